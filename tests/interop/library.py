"""The library through nock.cdef, for tests."""

import os
import pathlib

import cffi

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Nock:
    """The library, with errors as exceptions and handles that end themselves."""

    def __init__(self):
        self.ffi = cffi.FFI()
        self.ffi.cdef((ROOT / "include/nock/nock.cdef").read_text())
        self.lib = self.ffi.dlopen(os.path.join(os.environ["NOCK_BUILD_DIR"], "libnock.so"))
        self.kept = []

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

    def stream(self, batches):
        """A stream of batches, as bytes."""
        null = self.ffi.NULL
        sink = self.make("nock_stream_t", "nock_stream_unref", "nock_stream_new_buffer_writer", 0, null)
        kind = "nock_ipc_stream_writer"
        schema = self.lib.nock_batch_schema(batches[0])
        writer = self.make(f"{kind}_t", f"{kind}_free", f"{kind}_open", sink, schema, null, null)
        for batch in batches:
            self.call(f"{kind}_write_batch", writer, batch, null)
        self.call(f"{kind}_close", writer)
        written = self.make("nock_buffer_t", "nock_buffer_unref", "nock_stream_finish_buffer", sink)
        return self.ffi.buffer(self.lib.nock_buffer_data(written), self.lib.nock_buffer_size(written))[:]

    def foreign_buffer(self, buffer):
        """A pyarrow buffer, without a copy."""
        address = self.ffi.cast("void *", buffer.address)
        return self.make(
            "nock_buffer_t", "nock_buffer_unref", "nock_buffer_new_foreign", address, buffer.size, self.ffi.NULL, address
        )

    def array(self, format, array):
        """An array of the buffers of one of pyarrow's, without a copy."""
        # The release function of foreign memory would be a callback into Python: this is simpler.
        self.kept.append(array)
        kind = self.make("nock_type_t", "nock_type_unref", "nock_type_from_format", format.encode())
        buffers = [self.foreign_buffer(buffer) if buffer else None for buffer in array.buffers()]
        if format == "n":
            buffers = []
        pointers = self.ffi.new("nock_buffer_t const *[]", [buffer or self.ffi.NULL for buffer in buffers])
        return self.make(
            "nock_array_t",
            "nock_array_unref",
            "nock_array_new",
            kind,
            len(array),
            array.null_count,
            array.offset,
            pointers,
            len(buffers),
            self.lib.NOCK_VALIDATE_FULL,
        )

    def batch(self, arrays):
        """A batch of arrays with columns that have no name."""
        null = self.ffi.NULL
        fields = [
            self.make("nock_field_t", "nock_field_unref", "nock_field_new", b"", self.lib.nock_array_type(array), 0, null)
            for array in arrays
        ]
        pointers = self.ffi.new("nock_field_t const *[]", fields)
        schema = self.make(
            "nock_schema_t", "nock_schema_unref", "nock_schema_new", pointers, len(fields), null, 0
        )
        columns = self.ffi.new("nock_array_t const *[]", arrays)
        rows = self.lib.nock_array_length(arrays[0])
        return self.make("nock_batch_t", "nock_batch_unref", "nock_batch_new", schema, columns, len(arrays), rows)

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
