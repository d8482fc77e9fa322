"""Values that pyarrow wrote, read one by one and through raw pointers, by way of nock.cdef."""

import io
import struct

import pyarrow as pa
import pytest

import cases
from library import Nock
from support import Contents, program, run

EVERY = list(cases.every_case())
SMALL = [*cases.for_each_kind(), *cases.for_each_shape()]


def ids(case):
    return case.name


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


INTERVALS = [(1, -2, 3), (0, 0, 0), None, (2**31 - 1, -(2**31), -(2**63)), (-(2**31), 2**31 - 1, 2**63 - 1)]


@pytest.mark.parametrize("format", ["stream", "file"])
def test_month_day_nano_both_ways(nock, format):
    """Intervals as pyarrow's own objects, in which months, days and nanoseconds have names."""
    theirs = pa.array([row and pa.MonthDayNano(row) for row in INTERVALS], pa.month_day_nano_interval())
    bytes_of = [row and struct.pack("<iiq", *row) for row in INTERVALS]
    sink = io.BytesIO()
    with getattr(pa.ipc, f"new_{format}")(sink, pa.schema([("", theirs.type)])) as writer:
        writer.write(pa.record_batch([theirs], [""]))
    (batch,) = nock.batches(sink.getvalue(), format)
    assert nock.values(nock.column(batch, 0)) == bytes_of
    mine = nock.array("tin", pa.array(bytes_of, pa.binary(16)))
    found = pa.ipc.open_stream(nock.stream([nock.batch([mine])])).read_all().column(0)
    assert found.type == theirs.type
    assert [row and (row.months, row.days, row.nanoseconds) for row in found.to_pylist()] == INTERVALS


@pytest.mark.parametrize("case", SMALL, ids=ids)
def test_slices_are_written_as_if_they_were_alone(nock, case):
    for batch in nock.batches(case.bytes("stream"), "stream"):
        rows = nock.lib.nock_batch_num_rows(batch)
        for offset, length in ((0, rows), (1, rows - 1), (rows // 2, rows // 3), (rows, 0), (9, 17), (8, 8)):
            if length < 0 or offset + length > rows:
                continue
            whole = [nock.values(nock.column(batch, i)) for i in range(nock.lib.nock_batch_num_columns(batch))]
            part = nock.make("nock_batch_t", "nock_batch_unref", "nock_batch_slice", batch, offset, length)
            again = nock.make("nock_batch_t", "nock_batch_unref", "nock_batch_slice", part, 0, length)
            written = nock.stream([part, again])
            expected = [column[offset : offset + length] for column in whole]
            assert Contents.read(written, "stream").batches == [(length, expected)] * 2


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
