"""Arrays that nock makes of pyarrow's buffers, in place: offsets and bits as pyarrow laid them out, nothing copied."""

import pyarrow as pa
import pytest

import cases
from library import Nock
from support import Contents, format_of, values

# Rows, which of them are null, and the part that is used.
PARTS = [(10, None, (0, 10)), (70, lambda i: i % 3 == 1, (13, 50)), (70, lambda i: i % 3 == 1, (64, 6)), (9, lambda i: True, (3, 4))]


@pytest.fixture(scope="module")
def nock():
    return Nock()


@pytest.mark.parametrize("part", PARTS, ids=str)
@pytest.mark.parametrize("kind", cases.KINDS, ids=lambda kind: kind.name)
def test_pyarrow_s_buffers(nock, kind, part):
    rows, nulls, (offset, length) = part
    array = kind.make(cases.cycle(kind, rows, nulls)).slice(offset, length)
    made = nock.array(kind.format or format_of(kind.type), array)
    expected = values(array)
    assert nock.values(made) == expected
    assert nock.values(nock.slice(made, 1, length - 2)) == expected[1 : length - 1]
    written = nock.stream([nock.batch([made])])
    assert Contents.read(written, "stream").batches == [(length, [expected])]


@pytest.mark.parametrize("kind", cases.KINDS, ids=lambda kind: kind.name)
def test_equality(nock, kind):
    """Equal values are equal, whatever lies around them; another value is not."""
    format = kind.format or format_of(kind.type)
    long = kind.make(cases.cycle(kind, 60, lambda i: i % 5 == 2))
    one = nock.array(format, long.slice(3, 20))
    two = nock.array(format, kind.make(cases.cycle(kind, 23, lambda i: i % 5 == 2)).slice(3))
    other = nock.array(format, kind.make(cases.cycle(kind, 23, lambda i: i % 5 == 2 and i < 20)).slice(3))
    equal = nock.ffi.new("uint8_t *")
    nock.call("nock_array_equals", one, two, nock.lib.NOCK_EQUALS_NANS, equal)
    assert equal[0] == 1
    nock.call("nock_array_equals", one, other, nock.lib.NOCK_EQUALS_NANS, equal)
    assert equal[0] == (1 if pa.types.is_null(kind.type) else 0)
