"""Other readers than pyarrow take what nock writes: nanoarrow and polars, where they are installed."""

import pyarrow as pa
import pytest

import cases
from support import Contents, rewrite

# nanoarrow cuts metadata at NUL bytes, and refuses values of no bytes.
FOREIGN_TO_NANOARROW = {"metadata everywhere", "fixed_size_binary[0]", "no batches of every type"}
FOR_NANOARROW = [
    case for case in (*cases.for_each_kind(), *cases.special()) if case.name not in FOREIGN_TO_NANOARROW
]

# polars panics or gives up on these, whoever wrote them: intervals, scales below 0 or beyond the precision, time zones
# that it has no rules for, values of no bytes.
FOREIGN_TO_POLARS = {
    "month_day_nano",
    "year_month",
    "day_time",
    "decimal64",
    "decimal256",
    "decimal128 of tiny parts",
    "fixed_size_binary[0]",
    "timestamp[us, +05:30]",
    "timestamp[ns, Nowhere/At all \u00e9]",
}
FOR_POLARS = [case for case in cases.for_each_kind() if case.name not in FOREIGN_TO_POLARS]


def ids(case):
    return case.name


@pytest.mark.parametrize("case", FOR_NANOARROW, ids=ids)
def test_nanoarrow_reads_streams(case):
    nanoarrow = pytest.importorskip("nanoarrow.ipc", reason="nanoarrow is not installed")
    data = case.bytes("stream")
    with nanoarrow.InputStream.from_readable(rewrite(data, "stream", "stream")) as source:
        reader = pa.RecordBatchReader.from_stream(source)
        batches = list(reader)
    expected = Contents.read(data, "stream")
    found = Contents(reader.schema, batches, [None] * len(batches), None)
    expected.batch_metadata = found.batch_metadata
    assert expected.difference(found) is None


@pytest.mark.parametrize("format", ["stream", "file"])
@pytest.mark.parametrize("case", FOR_POLARS, ids=ids)
def test_polars_reads_what_pyarrow_would_have_written(case, format):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    read = polars.read_ipc_stream if format == "stream" else polars.read_ipc
    theirs = case.bytes(format)
    assert read(rewrite(theirs, format, format)).equals(read(theirs), null_equal=True)
