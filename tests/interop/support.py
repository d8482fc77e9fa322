"""What the tests here share: where things lie, how to run our programs, and values that do not depend on layout.

NOCK_BUILD_DIR is the CMake build folder. NOCK_SHARED is a folder with more test data and is optional. NOCK_ROUNDTRIP
names another round-trip program, such as one built with a sanitizer.
"""

import os
import pathlib
import subprocess
import tempfile

import pyarrow as pa

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ["NOCK_BUILD_DIR"]).resolve()


def program(name):
    """The path of a program of examples_c."""
    override = os.environ.get(f"NOCK_{name.upper()}")
    path = pathlib.Path(override) if override else BUILD / "examples_c" / name
    assert path.is_file(), f"{path} is missing: build first"
    return str(path)


def run(*command, timeout=60):
    """Run a program: its exit status, output and errors. Death by a signal is a failure of the test."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    if done.returncode < 0 or done.returncode > 128:
        raise AssertionError(f"{' '.join(command)} died: status {done.returncode}: {err}")
    return done.returncode, out, err


def rewrite(data, in_format, out_format):
    """What the round-trip program makes of some bytes."""
    with tempfile.TemporaryDirectory() as folder:
        source, sink = os.path.join(folder, "in"), os.path.join(folder, "out")
        pathlib.Path(source).write_bytes(data)
        status, _, err = run(program("roundtrip"), in_format, source, out_format, sink)
        if status != 0:
            raise AssertionError(f"roundtrip {in_format} to {out_format}: {err.strip()}")
        return pathlib.Path(sink).read_bytes()


# ---- types that pyarrow reads and writes but has no Python class for -------------------------------------------------

# What they are shown as: the same bytes under a type that can be looked at.
SHOWN = {"tiM": "i", "tiD": "w:8"}


def with_formats(batch, change):
    """The batch with the format strings of its columns changed: change(format) gives the new one."""
    from pyarrow.cffi import ffi

    array, schema = ffi.new("struct ArrowArray *"), ffi.new("struct ArrowSchema *")
    addresses = [int(ffi.cast("uintptr_t", part)) for part in (array, schema)]
    batch._export_to_c(*addresses)
    texts = []
    for index in range(schema.n_children):
        child = schema.children[index]
        texts.append(ffi.new("char[]", change(ffi.string(child.format).decode()).encode()))
        child.format = texts[-1]
    return pa.RecordBatch._import_from_c(*addresses)


def format_of(kind):
    """The format string of a type in the C data interface."""
    from pyarrow.cffi import ffi

    schema = ffi.new("struct ArrowSchema *")
    kind._export_to_c(int(ffi.cast("uintptr_t", schema)))
    format = ffi.string(schema.format).decode()
    schema.release(schema)
    return format


def shown(batch):
    """The batch with every column under a type that can be looked at."""
    return with_formats(batch, lambda format: SHOWN.get(format, format))


# ---- values ----------------------------------------------------------------------------------------------------------


def values(array):
    """The values as they are in memory: None, bool, or bytes; offsets, padding and what lies under nulls do not matter."""
    kind = array.type
    present = [True] * len(array) if array.null_count == 0 else array.is_valid().to_pylist()
    if pa.types.is_null(kind):
        return [None] * len(array)
    if pa.types.is_boolean(kind):
        return array.to_pylist()
    binary = {"string": pa.binary(), "large_string": pa.large_binary()}.get(str(kind))
    if binary is not None:
        array = array.view(binary)
    if binary is not None or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return array.to_pylist()
    width = kind.byte_width
    data = memoryview(array.buffers()[1] or b"").cast("B")
    found = []
    for index, valid in enumerate(present, array.offset):
        found.append(bytes(data[index * width : (index + 1) * width]) if valid else None)
    return found


def describe(field):
    """All that is stated about a field, in a form that prints well."""
    return (field.name, str(field.type), field.nullable, sorted((field.metadata or {}).items()))


class Contents:
    """Everything that a file or stream says, as pyarrow reads it, fully validated."""

    def __init__(self, schema, batches, metadata, footer):
        self.fields = [describe(field) for field in schema]
        self.metadata = sorted((schema.metadata or {}).items())
        self.footer = sorted((footer or {}).items())
        self.batches = []
        for batch in batches:
            batch.validate(full=True)
            if batch.num_rows:
                columns = [values(column) for column in shown(batch).columns]
            else:
                columns = [[] for _ in batch.schema]
            self.batches.append((batch.num_rows, columns))
        self.batch_metadata = [sorted((each or {}).items()) for each in metadata]

    @staticmethod
    def read(data, format):
        source = pa.BufferReader(data)
        if format == "stream":
            reader = pa.ipc.open_stream(source)
            pairs = list(reader.iter_batches_with_custom_metadata())
            footer = None
        else:
            reader = pa.ipc.open_file(source)
            pairs = [reader.get_batch_with_custom_metadata(i) for i in range(reader.num_record_batches)]
            footer = reader.metadata
        return Contents(reader.schema, [p.batch for p in pairs], [p.custom_metadata for p in pairs], footer)

    def difference(self, other, footer=True):
        """None, or one line about the first thing in which other is not the same."""
        for what in ("fields", "metadata", "batch_metadata") + (("footer",) if footer else ()):
            mine, theirs = getattr(self, what), getattr(other, what)
            if mine != theirs:
                return f"{what}: expected {mine}, found {theirs}"
        rows = [[count for count, _ in contents.batches] for contents in (self, other)]
        if rows[0] != rows[1]:
            return f"rows of the batches: expected {rows[0]}, found {rows[1]}"
        for number, ((_, mine), (_, theirs)) in enumerate(zip(self.batches, other.batches)):
            for field, expected, found in zip(self.fields, mine, theirs):
                if expected != found:
                    place = next(i for i, pair in enumerate(zip(expected, found)) if pair[0] != pair[1])
                    return (
                        f"batch {number}, column {field[0]!r} of {field[1]}, row {place}: "
                        f"expected {expected[place]}, found {found[place]}"
                    )
        return None
