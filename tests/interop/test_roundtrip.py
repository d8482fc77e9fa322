"""pyarrow writes, nock reads and writes, pyarrow reads: everything that was said comes back.

Every case goes through both formats on both sides, and every result is validated in full by pyarrow.
"""

import pytest

import cases
from support import Contents, rewrite

EVERY = list(cases.every_case())
WIDE = [*cases.for_each_shape(), *cases.special()]
# Ways in which other writers frame the same data: Arrow 0.8 to 0.14, and metadata of Arrow before 1.0.
FRAMES = {
    "legacy": {"use_legacy_format": True},
    "V4": {"metadata_version": 3},
    "V4 legacy": {"metadata_version": 3, "use_legacy_format": True},
}


def ids(case):
    return case.name


def check(case, source, sink, **options):
    data = case.bytes(source, **options)
    expected = Contents.read(data, source)
    found = Contents.read(rewrite(data, source, sink), sink)
    assert expected.difference(found, footer=source == sink == "file") is None


@pytest.mark.parametrize("sink", ["stream", "file"])
@pytest.mark.parametrize("source", ["stream", "file"])
@pytest.mark.parametrize("case", EVERY, ids=ids)
def test_everything_comes_back(case, source, sink):
    check(case, source, sink)


# pyarrow takes the metadata of a V4 batch for a sign that it is compressed, and cannot read what it wrote.
OLD = [case for case in WIDE if not case.batch_metadata]


@pytest.mark.parametrize("source", ["stream", "file"])
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("case", OLD, ids=ids)
def test_old_framing(case, frame, source):
    check(case, source, source, **FRAMES[frame])


@pytest.mark.parametrize("format", ["stream", "file"])
@pytest.mark.parametrize("case", WIDE, ids=ids)
def test_what_nock_wrote_it_writes_again(case, format):
    once = rewrite(case.bytes(format), format, format)
    assert rewrite(once, format, format) == once
