"""Arrow data to write and read back: every type that nock handles, with nulls, slices, empty batches and metadata.

Values are given as the bytes that stand for them in memory, so that nothing depends on how a language shows them. What
lies under a null is filled with bytes that are no good value of the type.
"""

import dataclasses
import io
import struct

import pyarrow as pa

from support import with_formats


def ints(code):
    """The ends of the range and some between, for a struct code such as 'h'."""
    bits = 8 * struct.calcsize("<" + code)
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if code.islower() else (0, (1 << bits) - 1)
    return [struct.pack("<" + code, v) for v in (0, 1, 7, low, high, low + 1, high - 1, high // 3)]


def packed(code, *numbers):
    return [struct.pack("<" + code, *n) if isinstance(n, tuple) else struct.pack("<" + code, n) for n in numbers]


def decimals(width, precision):
    most = 10**precision - 1
    return [v.to_bytes(width, "little", signed=True) for v in (0, 1, -1, most, -most, most // 7, 10 ** (precision - 1))]


# Zeros of both signs, subnormal, largest, infinite, quiet and signalling not-a-number, one with a payload.
HALVES = packed("H", 0, 0x8000, 0x3C00, 0x0001, 0x7BFF, 0x7C00, 0xFC00, 0x7E00, 0x7D01, 0xFE55)
FLOATS = packed("I", 0, 0x80000000, 0x3F800000, 1, 0x7F7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7F800001, 0xFFC12345)
DOUBLES = packed(
    "Q", 0, 1 << 63, 0x3FF0000000000000, 1, 0x7FEFFFFFFFFFFFFF, 0x7FF0000000000000, 0x7FF8000000000000, 0xFFF8000000000001
)
INSTANTS = packed("q", 0, 1, -1, 951782400, -(1 << 63), (1 << 63) - 1)
DAY = 86400
TEXTS = ["", "a", "\u00e9", "\U0001f3f9 nock", "x" * 300, "\0", "line\nline", "\ud55c\uae00"]
UTF8 = [text.encode() for text in TEXTS]
BYTES = UTF8 + [b"\xff\xfe", bytes(range(256))]

# Name, type (or, for types without a Python class, the type it is made from and its format), and sample values.
FIXED = [
    ("int8", pa.int8(), ints("b")),
    ("int16", pa.int16(), ints("h")),
    ("int32", pa.int32(), ints("i")),
    ("int64", pa.int64(), ints("q")),
    ("uint8", pa.uint8(), ints("B")),
    ("uint16", pa.uint16(), ints("H")),
    ("uint32", pa.uint32(), ints("I")),
    ("uint64", pa.uint64(), ints("Q")),
    ("float16", pa.float16(), HALVES),
    ("float32", pa.float32(), FLOATS),
    ("float64", pa.float64(), DOUBLES),
    ("decimal32", pa.decimal32(9, 2), decimals(4, 9)),
    ("decimal64", pa.decimal64(18, -3), decimals(8, 18)),
    ("decimal128", pa.decimal128(38, 10), decimals(16, 38)),
    ("decimal128 of 5 digits", pa.decimal128(5, 0), decimals(16, 5)),
    ("decimal128 of tiny parts", pa.decimal128(38, 127), decimals(16, 38)),
    ("decimal256", pa.decimal256(76, 38), decimals(32, 76)),
    ("date32", pa.date32(), ints("i")),
    ("date64", pa.date64(), packed("q", 0, 1000 * DAY, -1000 * DAY, 365000 * DAY * 1000)),
    ("time32[s]", pa.time32("s"), packed("i", 0, 1, DAY - 1)),
    ("time32[ms]", pa.time32("ms"), packed("i", 0, 1, DAY * 1000 - 1)),
    ("time64[us]", pa.time64("us"), packed("q", 0, 1, DAY * 1000000 - 1)),
    ("time64[ns]", pa.time64("ns"), packed("q", 0, 1, DAY * 1000000000 - 1)),
    *[(f"timestamp[{u}]", pa.timestamp(u), INSTANTS) for u in ("s", "ms", "us", "ns")],
    *[
        (f"timestamp[{u}, {zone}]", pa.timestamp(u, zone), INSTANTS)
        for u, zone in (("s", "UTC"), ("ms", "Europe/Paris"), ("us", "+05:30"), ("ns", "Nowhere/At all \u00e9"))
    ],
    *[(f"duration[{u}]", pa.duration(u), INSTANTS) for u in ("s", "ms", "us", "ns")],
    ("month_day_nano", pa.month_day_nano_interval(), packed("iiq", (0, 0, 0), (-1, 2, -3), (2147483647, -2147483648, 1 << 62))),
    ("year_month", (pa.int32(), "tiM"), packed("i", 0, 13, -2147483648)),
    ("day_time", (pa.binary(8), "tiD"), packed("ii", (0, 0), (1, -2), (-2147483648, 2147483647))),
    ("fixed_size_binary[0]", pa.binary(0), [b""]),
    ("fixed_size_binary[1]", pa.binary(1), [b"\0", b"z", b"\xff"]),
    ("fixed_size_binary[3]", pa.binary(3), [b"abc", b"\0\0\0", b"\xff\0\xfe"]),
    ("fixed_size_binary[33]", pa.binary(33), [bytes(range(33)), bytes(33)]),
]
VARIABLE = [
    ("binary", pa.binary(), BYTES),
    ("large_binary", pa.large_binary(), BYTES),
    ("utf8", pa.utf8(), UTF8),
    ("large_utf8", pa.large_utf8(), UTF8),
]


@dataclasses.dataclass
class Kind:
    """A type, and how to make an array of it from bytes and None."""

    name: str
    type: object
    samples: list
    make: object
    format: str = None


def bits(flags):
    """A bitmap, least significant bit first."""
    packed_bits = bytearray((len(flags) + 7) // 8)
    for index, flag in enumerate(flags):
        packed_bits[index // 8] |= bool(flag) << index % 8
    return pa.py_buffer(bytes(packed_bits))


def validity(items):
    return bits([item is not None for item in items]) if None in items else None


def fixed(kind):
    def make(items):
        hidden = b"\xa5" * kind.byte_width
        data = b"".join(hidden if item is None else item for item in items)
        return pa.Array.from_buffers(kind, len(items), [validity(items), pa.py_buffer(data)])

    return make


def variable(kind):
    code = "q" if "large" in str(kind) else "i"

    def make(items):
        # A null takes up room here, so that a reader that looks under it is found out.
        data, offsets = b"", [0]
        for item in items:
            data += b"hidden" if item is None else item
            offsets.append(len(data))
        parts = [validity(items), pa.py_buffer(struct.pack(f"<{len(offsets)}{code}", *offsets)), pa.py_buffer(data)]
        return pa.Array.from_buffers(kind, len(items), parts)

    return make


def booleans(items):
    return pa.Array.from_buffers(pa.bool_(), len(items), [validity(items), bits([item or item is None for item in items])])


def kinds():
    """Every type."""
    yield Kind("null", pa.null(), [None], lambda items: pa.nulls(len(items)))
    yield Kind("bool", pa.bool_(), [True, False, False, True, True], booleans)
    for name, kind, samples in FIXED:
        storage, format = kind if isinstance(kind, tuple) else (kind, None)
        yield Kind(name, storage, samples, fixed(storage), format)
    for name, kind, samples in VARIABLE:
        yield Kind(name, kind, samples, variable(kind))


KINDS = list(kinds())


def cycle(kind, count, nulls=None):
    """So many values, with a null wherever nulls(index) says so."""
    samples = kind.samples
    return [None if nulls and nulls(i) else samples[i % len(samples)] for i in range(count)]


# What a column can look like: a name, a number of values, which of them are null, and the part that is used.
SHAPES = [
    ("plain", 37, None, None),
    ("some null", 37, lambda i: i % 5 == 2, None),
    ("all null", 10, lambda i: True, None),
    ("empty", 0, None, None),
    ("one", 1, None, None),
    ("cut in the middle", 64, lambda i: i % 7 == 3, (11, 30)),
    ("cut at a byte", 64, lambda i: i % 7 == 3, (16, 40)),
    ("cut to nothing", 20, lambda i: i % 2, (9, 0)),
    ("nulls cut away", 40, lambda i: i < 20, (20, 20)),
    ("empty again", 0, None, None),
    ("1000", 1000, lambda i: i % 3 == 0, None),
]


@dataclasses.dataclass
class Case:
    """A file: its batches with their metadata, and what else it says."""

    name: str
    schema: object
    batches: list
    batch_metadata: list = None
    footer: dict = None

    def bytes(self, format, **options):
        """What pyarrow writes."""
        sink = io.BytesIO()
        options = pa.ipc.IpcWriteOptions(**options)
        if format == "file":
            writer = pa.ipc.new_file(sink, self.schema, options=options, metadata=self.footer)
        else:
            writer = pa.ipc.new_stream(sink, self.schema, options=options)
        with writer:
            for index, batch in enumerate(self.batches):
                metadata = self.batch_metadata[index] if self.batch_metadata else None
                writer.write_batch(batch, custom_metadata=metadata)
        return sink.getvalue()


def batch_of(kinds, shape):
    """One batch with a column of each kind, all of one shape."""
    _, count, nulls, part = shape
    columns = [kind.make(cycle(kind, count, nulls)) for kind in kinds]
    batch = pa.RecordBatch.from_arrays(columns, names=[kind.name for kind in kinds])
    formats = iter([kind.format for kind in kinds])
    batch = with_formats(batch, lambda format: next(formats) or format)
    return batch.slice(*part) if part else batch


def for_each_kind():
    """A file for each type, with a batch for each shape."""
    for kind in KINDS:
        batches = [batch_of([kind], shape) for shape in SHAPES]
        yield Case(kind.name, batches[0].schema, batches)


def for_each_shape():
    """A file for each shape, with a column for each type."""
    for shape in SHAPES:
        batch = batch_of(KINDS, shape)
        yield Case(f"every type, {shape[0]}", batch.schema, [batch, batch])


def int32s(count, start=0):
    return pa.array(range(start, start + count), pa.int32())


def special():
    """Files whose schemas, batches or metadata are out of the ordinary."""
    ints = pa.schema([("i", pa.int32())])

    def batches(*counts):
        return [pa.record_batch([int32s(count)], schema=ints) for count in counts]

    yield Case("no batches", ints, [])
    yield Case("no batches of every type", batch_of(KINDS, SHAPES[0]).schema, [])
    yield Case("empty batches only", ints, batches(0, 0, 0))
    yield Case("empty batches between others", ints, batches(0, 3, 0, 0, 5, 0))
    yield Case("many batches", ints, batches(*range(300)))
    nothing = pa.schema([])
    yield Case("no columns, no batches", nothing, [])
    rows = pa.RecordBatch.from_struct_array(pa.array([{}] * 5, pa.struct([])))
    yield Case("no columns, with rows", nothing, [rows, rows.slice(0, 0), rows.slice(2)])
    yield Case("no columns, no rows", nothing, [rows.slice(0, 0)])
    names = ["a", "a", "", "", "\u00e9\U0001f3f9", " ", "a" * 500, "a.b", '"', "\n"]
    columns = [int32s(4, start) for start in range(len(names))]
    yield Case("names twice, empty, long and odd", pa.schema([(n, pa.int32()) for n in names]), [
        pa.RecordBatch.from_arrays(columns, schema=pa.schema([(n, pa.int32()) for n in names]))
    ])
    wide = [str(i) for i in range(2000)]
    yield Case("2000 columns", pa.schema([(n, pa.int16()) for n in wide]), [
        pa.RecordBatch.from_arrays([pa.array([i, None, -i], pa.int16()) for i in range(2000)], names=wide)
    ])
    odd = {b"": b"", b"k": b"v", b"\xff\xfe": b"\0\x80", b"nul\0key": b"nul\0value", b"long": b"x" * 100000, "\u00e9": "\u00fc"}
    fields = [
        pa.field("plain", pa.int32()),
        pa.field("required", pa.int32(), nullable=False),
        pa.field("noted", pa.utf8(), metadata=odd),
        pa.field("required and noted", pa.utf8(), nullable=False, metadata={"only": "one"}),
    ]
    schema = pa.schema(fields, metadata={**odd, "ARROW:schema": "not special to us"})
    texts = pa.array(["a", "b", "c"])
    batch = pa.RecordBatch.from_arrays([int32s(3), int32s(3, 5), texts, texts], schema=schema)
    # Keys and values of batches and footers have to be text: pyarrow decodes them.
    text = {"": "", "k": "v", "\u00e9": "\U0001f3f9", "long": "y" * 70000}
    yield Case("metadata everywhere", schema, [batch] * 4, [text, None, {"a": "1"}, {}], {"footer": "yes", **text})
    extension = {"ARROW:extension:name": "nobody.knows.this", "ARROW:extension:metadata": "\u00e9 {}"}
    schema = pa.schema([pa.field("extended", pa.binary(16), metadata=extension)])
    batch = pa.RecordBatch.from_arrays([pa.array([bytes(16), None], pa.binary(16))], schema=schema)
    yield Case("an extension type that nobody knows", schema, [batch])
    big = pa.RecordBatch.from_arrays([int32s(300000), pa.array(["text %d" % i for i in range(300000)])], names=["i", "t"])
    yield Case("300000 rows", big.schema, [big, big.slice(299990), big.slice(12345, 6789)])


def every_case():
    yield from for_each_kind()
    yield from for_each_shape()
    yield from special()
