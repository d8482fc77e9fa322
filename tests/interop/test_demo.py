"""The demo program: its own job, and files of anybody."""

import re
import subprocess

import pytest

import cases
from support import program, run


def test_main_job():
    status, out, err = run(program("demo"))
    assert (status, err) == (0, "")
    assert "wrote 1000 batches of 10000 numbers" in out
    found = re.findall(r"(\w+): +10000000 rows, sum 49999995000000, (\d+) bytes taken from the pool", out)
    assert [name for name, _ in found] == ["system", "mapped"]
    assert int(found[0][1]) >= 40_000_000
    assert int(found[1][1]) == 0


def test_main_job_without_room(tmp_path):
    """A file system without room gives an error, and nothing is left behind."""
    command = f"ulimit -f 1000; TMPDIR={tmp_path} exec {program('demo')}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("NOCK_ERR_IO: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", ["stream", "file"])
@pytest.mark.parametrize("case", list(cases.every_case()), ids=lambda case: case.name)
def test_anybody_s_file(case, format, tmp_path):
    path = tmp_path / "some.arrow"
    path.write_bytes(case.bytes(format))
    status, out, err = run(program("demo"), str(path))
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{path} is an Arrow {format}"
    rows = sum(batch.num_rows for batch in case.batches)
    assert f"  {len(case.batches)} batches, {rows} rows" in lines


def test_first_rows(tmp_path):
    path = tmp_path / "some.arrow"
    case = next(case for case in cases.every_case() if case.name == "utf8")
    path.write_bytes(case.bytes("file"))
    out = run(program("demo"), str(path))[1]
    assert 'utf8: ["", "a", "\u00e9", "\U0001f3f9 nock", "xxx' in out


@pytest.mark.parametrize("data", [b"", b"ARROW1", b"ARROW1\0\0ARROW1", b"no such thing", bytes(1000)])
def test_what_is_no_arrow_file(data, tmp_path):
    path = tmp_path / "some.arrow"
    path.write_bytes(data)
    status, _, err = run(program("demo"), str(path))
    assert status == 1
    assert err.startswith(("NOCK_ERR_CORRUPT: ", "NOCK_ERR_LIMIT: "))


def test_no_file(tmp_path):
    status, _, err = run(program("demo"), str(tmp_path / "missing"))
    assert status == 1
    assert err.startswith("NOCK_ERR_NOT_FOUND: ")
