"""Damaged files of the types that nock handles: never a crash, and what both nock and pyarrow accept says the same to both.

The mutants come from NOCK_SHARED's tools/mutate.py, made of the files of cases.py; the same on every run.
"""

import os
import pathlib
import subprocess
import sys

import pytest

import cases
from judge import verdicts
from support import program, run

SHARED = os.environ.get("NOCK_SHARED")
# More of them: NOCK_MUTANTS=100.
COUNT = os.environ.get("NOCK_MUTANTS", "8")
LARGEST = 20000

pytestmark = pytest.mark.skipif(not SHARED, reason="NOCK_SHARED is not set: nothing makes mutants")


@pytest.fixture(scope="module")
def mutants(tmp_path_factory):
    """A folder of mutants for each format."""
    folders = {}
    for format in ("stream", "file"):
        sound, folder = tmp_path_factory.mktemp("sound"), tmp_path_factory.mktemp("mutants")
        paths = []
        for number, case in enumerate(cases.every_case()):
            data = case.bytes(format)
            if len(data) <= LARGEST:
                paths.append(sound / f"{number:03}.{format}")
                paths[-1].write_bytes(data)
        command = [sys.executable, pathlib.Path(SHARED, "tools/mutate.py"), folder, "nock", COUNT, *paths]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        folders[format] = sorted(path for path in folder.iterdir() if path.suffix != ".tsv")
    return folders


@pytest.mark.parametrize("format", ["stream", "file"])
def test_mutants(format, mutants, tmp_path, note):
    accepted, outputs, refused = [], [], {}
    for number, path in enumerate(mutants[format]):
        # Reading and looking at everything, then reading and writing: neither may die.
        status, _, why = run(program("scan"), format, str(path), timeout=20)
        out = tmp_path / str(number)
        again, _, _ = run(program("roundtrip"), format, str(path), "stream", str(out), timeout=20)
        if status == 0 and again == 0:
            accepted.append(path)
            outputs.append(out)
        else:
            refused[path] = why.strip()
    same, other, only_nock = 0, [], 0
    for path, mine, theirs in zip(accepted, verdicts(outputs, "stream"), verdicts(accepted, format)):
        if theirs == mine is not None:
            same += 1
        elif theirs in (None, "died"):
            only_nock += 1
        else:
            other.append(path.name)
    paths = list(refused)
    only_pyarrow = [path for path, theirs in zip(paths, verdicts(paths, format)) if theirs not in (None, "died")]
    note(
        f"{len(mutants[format])} {format}s damaged: {same} say the same to nock and pyarrow, {only_nock} only nock reads "
        f"(pyarrow checks text and values as well), {len(only_pyarrow)} only pyarrow reads, "
        f"{len(refused) - len(only_pyarrow)} neither reads"
    )
    for path in only_pyarrow[:20]:
        note(f"  only pyarrow reads {path.name}: {refused[path]}")
    assert not other, f"not the same to both: {other}"
