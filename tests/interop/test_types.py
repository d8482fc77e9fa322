"""Types, fields and schemas say what pyarrow's say: text, format strings, equality."""

import os
import pathlib

import cffi
import pyarrow as pa
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNITS = {"s": 1, "ms": 2, "us": 3, "ns": 4}

ARROW_SCHEMA = """
struct ArrowSchema {
  const char *format; const char *name; const char *metadata; int64_t flags; int64_t n_children;
  struct ArrowSchema **children; struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *); void *private_data;
};
"""


class Nock:
    """The library through its plain declarations; everything that is made lives as long as this object."""

    def __init__(self):
        cdef = (ROOT / "include/nock/nock.cdef").read_text()
        self.ffi = cffi.FFI()
        self.ffi.cdef(cdef)
        if "struct ArrowSchema {" not in cdef:
            self.ffi.cdef(ARROW_SCHEMA)
        self.lib = self.ffi.dlopen(os.path.join(os.environ["NOCK_BUILD_DIR"], "libnock.so"))
        self.kept = []

    def call(self, name, *arguments, kind):
        out = self.ffi.new(f"nock_{kind}_t **")
        error = self.ffi.new("nock_error_t **")
        status = getattr(self.lib, name)(*arguments, out, error)
        message = self.ffi.string(self.lib.nock_error_message(error[0])).decode()
        self.lib.nock_error_free(error[0])
        assert status == self.lib.NOCK_OK, message
        return self.ffi.gc(out[0], getattr(self.lib, f"nock_{kind}_unref"))

    def text(self, name, thing):
        out = self.ffi.new("char **")
        assert getattr(self.lib, name)(thing, self.ffi.cast("const char **", out), self.ffi.NULL) == self.lib.NOCK_OK
        return self.ffi.string(out[0]).decode()

    def metadata(self, pairs):
        def strs(items):
            kept = [self.ffi.from_buffer("char[]", item) for item in items]
            self.kept.append(kept)
            return self.ffi.new("nock_str_t[]", [(k, len(k)) for k in kept])

        if not pairs:
            return self.ffi.NULL
        return self.call("nock_metadata_new", strs(pairs.keys()), strs(pairs.values()), len(pairs), kind="metadata")

    def field(self, field):
        flags = 0 if field.nullable else self.lib.NOCK_FIELD_NOT_NULL
        arguments = (field.name.encode(), self.type(field.type), flags, self.metadata(field.metadata))
        return self.call("nock_field_new", *arguments, kind="field")

    def fields(self, fields):
        made = [self.field(field) for field in fields]
        self.kept.append(made)
        return self.ffi.new("nock_field_t *[]", made)

    def type(self, t):
        lib, types = self.lib, pa.types
        make = lambda name, *arguments: self.call(f"nock_type_new_{name}", *arguments, kind="type")
        if types.is_decimal(t):
            return make(f"decimal{t.bit_width}", t.precision, t.scale)
        if types.is_time32(t) or types.is_time64(t):
            return make(f"time{t.bit_width}", UNITS[t.unit])
        if types.is_duration(t):
            return make("duration", UNITS[t.unit])
        if types.is_timestamp(t):
            return make("timestamp", UNITS[t.unit], t.tz.encode() if t.tz else self.ffi.NULL)
        if types.is_fixed_size_binary(t):
            return make("fixed_size_binary", t.byte_width)
        for check, name in (
            (types.is_list, "list"),
            (types.is_large_list, "large_list"),
            (types.is_list_view, "list_view"),
            (types.is_large_list_view, "large_list_view"),
        ):
            if check(t):
                return make(name, self.field(t.value_field))
        if types.is_fixed_size_list(t):
            return make("fixed_size_list", self.field(t.value_field), t.list_size)
        if types.is_struct(t):
            return make("struct", self.fields(t), t.num_fields)
        if types.is_union(t):
            fields = self.fields([t.field(i) for i in range(t.num_fields)])
            return make(f"{t.mode}_union", fields, self.ffi.new("int8_t[]", t.type_codes), t.num_fields)
        if types.is_map(t):
            flags = lib.NOCK_TYPE_MAP_KEYS_SORTED if t.keys_sorted else 0
            return make("map", self.field(t.key_field), self.field(t.item_field), flags)
        if types.is_dictionary(t):
            flags = lib.NOCK_TYPE_DICTIONARY_ORDERED if t.ordered else 0
            return make("dictionary", self.type(t.index_type), self.type(t.value_type), flags)
        if types.is_run_end_encoded(t):
            ends = pa.field("run_ends", t.run_end_type, nullable=False)
            return make("run_end_encoded", self.field(ends), self.field(pa.field("values", t.value_type)))
        return lib.nock_type_ref(lib.nock_type_simple(t.id + 1))


@pytest.fixture(scope="module")
def nock():
    return Nock()


SIMPLE = [
    pa.null(), pa.bool_(), pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(),
    pa.float16(), pa.float32(), pa.float64(), pa.date32(), pa.date64(), pa.month_day_nano_interval(), pa.binary(),
    pa.large_binary(), pa.binary_view(), pa.string(), pa.large_string(), pa.string_view(),
]  # fmt: skip
PARAMETERS = (
    [pa.decimal32(9, 2), pa.decimal64(18, -3), pa.decimal128(38, 0), pa.decimal256(76, 40)]
    + [pa.time32("s"), pa.time32("ms"), pa.time64("us"), pa.time64("ns")]
    + [pa.duration(unit) for unit in UNITS]
    + [pa.timestamp(unit, tz=tz) for unit in UNITS for tz in (None, "UTC", "Europe/Berlin", "+02:00")]
    + [pa.binary(0), pa.binary(16)]
)
ITEM = pa.field("item", pa.int32(), nullable=False)
NESTED = [
    pa.list_(pa.int32()), pa.list_(ITEM), pa.large_list(ITEM), pa.list_view(pa.string()), pa.large_list_view(ITEM),
    pa.list_(pa.int32(), 3), pa.list_(ITEM, 0), pa.struct([]), pa.struct([("a", pa.int32()), ("", pa.string())]),
    pa.struct([ITEM, pa.field("deep", pa.list_(pa.struct([("x", pa.list_(pa.int8()))])), nullable=False)]),
    pa.sparse_union([ITEM, pa.field("b", pa.string())], [5, 0]), pa.dense_union([ITEM, pa.field("b", pa.string())]),
    pa.map_(pa.string(), pa.int32()), pa.map_(pa.string(), pa.map_(pa.int8(), pa.int8()), keys_sorted=True),
    pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.uint64(), pa.list_(pa.int32()), ordered=True),
    pa.run_end_encoded(pa.int16(), pa.string()), pa.run_end_encoded(pa.int64(), pa.struct([ITEM])),
]  # fmt: skip
TYPES = SIMPLE + PARAMETERS + NESTED


@pytest.mark.parametrize("data_type", TYPES, ids=str)
def test_text_is_pyarrow_s(nock, data_type):
    assert nock.text("nock_type_to_text", nock.type(data_type)) == str(data_type)


@pytest.mark.parametrize("data_type", TYPES, ids=str)
def test_numbers_and_widths_are_pyarrow_s(nock, data_type):
    made = nock.type(data_type)
    assert nock.lib.nock_type_id(made) == data_type.id + 1
    try:
        bits = data_type.bit_width
    except ValueError:
        bits = 0
    if not pa.types.is_nested(data_type):
        assert nock.lib.nock_type_bit_width(made) == bits
    if not pa.types.is_dictionary(data_type):
        assert nock.lib.nock_type_num_fields(made) == data_type.num_fields


@pytest.mark.parametrize("data_type", TYPES, ids=str)
def test_format_is_pyarrow_s(nock, data_type):
    exported = nock.ffi.new("struct ArrowSchema *")
    data_type._export_to_c(int(nock.ffi.cast("uintptr_t", exported)))
    try:
        format = nock.ffi.string(exported.format).decode()
        assert nock.text("nock_type_to_format", nock.type(data_type)) == format
        if not format.startswith("+") and exported.dictionary == nock.ffi.NULL:
            again = nock.call("nock_type_from_format", format.encode(), kind="type")
            assert nock.lib.nock_type_equals(again, nock.type(data_type))
    finally:
        exported.release(exported)


def test_equality_is_pyarrow_s(nock):
    other_name = pa.field("element", pa.int32(), nullable=False)
    noted = ITEM.with_metadata({"k": "v"})
    variants = TYPES + [make(field) for make in (pa.list_, pa.large_list) for field in (other_name, noted)]
    variants += [pa.struct([field]) for field in (ITEM, other_name, noted)]
    made = [nock.type(data_type) for data_type in variants]
    for a, made_a in zip(variants, made):
        for b, made_b in zip(variants, made):
            assert nock.lib.nock_type_equals(made_a, made_b) == a.equals(b), (a, b)
            if a.num_fields == 0:
                same = a.equals(b, check_metadata=True)
                assert nock.lib.nock_type_equals_with_metadata(made_a, made_b) == same, (a, b)


def test_fields_and_schemas_are_pyarrow_s(nock):
    fields = [pa.field(f"f{i}", data_type, nullable=i % 2 == 0) for i, data_type in enumerate(TYPES)]
    for field in fields:
        made = nock.field(field)
        text = nock.text("nock_field_to_text", made)
        assert text == f"{field.name}: {field.type}" + ("" if field.nullable else " not null")
    schema = pa.schema(fields)
    lines = [line for line in schema.to_string().split("\n") if not line.lstrip().startswith("child ")]
    made = nock.call("nock_schema_new", nock.fields(fields), len(fields), nock.ffi.NULL, 0, kind="schema")
    assert nock.text("nock_schema_to_text", made) == "\n".join(lines)
    for i, field in enumerate(fields):
        index = nock.ffi.new("size_t *")
        assert nock.lib.nock_schema_find(made, field.name.encode(), 0, index, nock.ffi.NULL) == nock.lib.NOCK_OK
        assert index[0] == i == schema.get_field_index(field.name)
