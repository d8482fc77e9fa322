"""Values that pyarrow wrote, read one by one and through raw pointers, by way of nock.cdef."""

import os
import pathlib

import cffi
import pytest

import cases
from support import Contents, program, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVERY = list(cases.every_case())
SMALL = [*cases.for_each_kind(), *cases.for_each_shape()]


def ids(case):
    return case.name


class Nock:
    """The library, with errors as exceptions and handles that end themselves."""

    def __init__(self):
        self.ffi = cffi.FFI()
        self.ffi.cdef((ROOT / "include/nock/nock.cdef").read_text())
        self.lib = self.ffi.dlopen(os.path.join(os.environ["NOCK_BUILD_DIR"], "libnock.so"))

    def call(self, name, *arguments):
        """Call a function that returns a status."""
        error = self.ffi.new("nock_error_t **")
        status = getattr(self.lib, name)(*arguments, error)
        if status != self.lib.NOCK_OK:
            message = self.ffi.string(self.lib.nock_error_message(error[0])).decode()
            self.lib.nock_error_free(error[0])
            raise AssertionError(f"{name}: {message}")

    def make(self, kind, end, name, *arguments):
        """Call a function with an object as its output."""
        out = self.ffi.new(f"{kind} **")
        self.call(name, *arguments, out)
        return self.ffi.gc(out[0], getattr(self.lib, end)) if out[0] else None

    def batches(self, data, format):
        """Every batch of a file or stream."""
        null = self.ffi.NULL
        buffer = self.make("nock_buffer_t", "nock_buffer_unref", "nock_buffer_new_copy", data, len(data), null)
        stream = self.make("nock_stream_t", "nock_stream_unref", "nock_stream_open_buffer", buffer)
        kind = f"nock_ipc_{format}_reader"
        reader = self.make(f"{kind}_t", f"{kind}_free", f"{kind}_open", stream, null, null)
        if format == "stream":
            while batch := self.make("nock_batch_t", "nock_batch_unref", "nock_ipc_stream_reader_next", reader):
                yield batch
        else:
            for index in range(self.lib.nock_ipc_file_reader_num_batches(reader)):
                yield self.make(
                    "nock_batch_t", "nock_batch_unref", "nock_ipc_file_reader_get_batch", reader, index
                )

    def column(self, batch, index):
        return self.make("nock_array_t", "nock_array_unref", "nock_batch_column", batch, index)

    def slice(self, array, offset, length):
        return self.make("nock_array_t", "nock_array_unref", "nock_array_slice", array, offset, length)

    def values(self, array):
        """The values one by one, in the form of support.values."""
        ffi, lib = self.ffi, self.lib
        boolean = lib.nock_type_id(lib.nock_array_type(array)) == lib.NOCK_TYPE_BOOLEAN
        flag, value = ffi.new("uint8_t *"), ffi.new("nock_str_t *")
        found = []
        for index in range(lib.nock_array_length(array)):
            if lib.nock_array_is_null(array, index):
                found.append(None)
            elif boolean:
                self.call("nock_array_get_bool", array, index, flag)
                found.append(flag[0] != 0)
            else:
                self.call("nock_array_get_bytes", array, index, value)
                found.append(ffi.buffer(value.data, value.len)[:])
        return found


@pytest.fixture(scope="module")
def nock():
    return Nock()


@pytest.mark.parametrize("format", ["stream", "file"])
@pytest.mark.parametrize("case", SMALL, ids=ids)
def test_each_value(nock, case, format):
    data = case.bytes(format)
    expected = Contents.read(data, format)
    batches = list(nock.batches(data, format))
    assert len(batches) == len(expected.batches)
    for batch, (rows, columns) in zip(batches, expected.batches):
        assert nock.lib.nock_batch_num_rows(batch) == rows
        for index, values in enumerate(columns):
            column = nock.column(batch, index)
            assert nock.values(column) == values
            assert nock.lib.nock_array_null_count(column) == values.count(None)
            cut = nock.slice(column, rows // 3, rows // 2)
            assert nock.values(cut) == values[rows // 3 :][: rows // 2]


@pytest.mark.parametrize("format", ["stream", "file"])
@pytest.mark.parametrize("case", EVERY, ids=ids)
def test_raw_pointers(case, format, tmp_path):
    """The program scan adds up the bytes of all values that are not null."""
    path = tmp_path / "in"
    path.write_bytes(case.bytes(format))
    batches = Contents.read(path.read_bytes(), format).batches
    count = size = total = 0
    for _, columns in batches:
        for value in (value for column in columns for value in column if value is not None):
            data = bytes([value]) if isinstance(value, bool) else value
            count, size, total = count + 1, size + len(data), total + sum(data)
    rows = sum(rows for rows, _ in batches)
    expected = (
        f"{len(batches)} batches, {rows} rows, {count} values of {size} bytes with the sum {total}, 0 columns left out\n"
    )
    assert run(program("scan"), format, str(path)) == (0, expected, "")
