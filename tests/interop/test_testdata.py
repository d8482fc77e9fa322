"""Files that other implementations wrote, and damaged ones, through the round-trip program.

The data lies in the folder that NOCK_SHARED names (testdata, with tools/accept.py to judge the outcome); without it
nothing here runs. What holds only what nock handles has to come back equal. Everything else has to be refused with
NOCK_ERR_UNSUPPORTED and the name of what is in the way; never a crash, never other data without a word.
"""

import csv
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from support import BUILD, Contents, program, run

SHARED = os.environ.get("NOCK_SHARED")
COMMAND = "{infmt} {in} {outfmt} {out}"
DAMAGED = ["edges", "mutants", "fuzz_stream", "fuzz_file"]

# The names that ipcwalk.py gives to the types that are handled.
HANDLED = re.compile(
    r"null|bool|u?int(8|16|32|64)|float(16|32|64)|decimal(32|64|128|256)|date(32|64)|time(32|64)\[.*\]|timestamp\[.*\]|"
    r"duration\[.*\]|interval\[.*\]|binary|largebinary|utf8|largeutf8|fixedsizebinary|extension"
)
# What the message has to say for each thing that is not handled: one of these words.
WORDS = {
    "list": "list",
    "largelist": "list",
    "listview": "list",
    "largelistview": "list",
    "fixedsizelist": "list",
    "map": "map",
    "struct": "struct",
    "sparse_union": "union",
    "dense_union": "union",
    "runendencoded": "run",
    "binaryview": "view",
    "utf8view": "view",
    "dictionary": "dictionar",
    "compression": "compress",
    "big-endian": "endian",
}


def tools():
    """The folder of the shared tools, which becomes importable."""
    folder = pathlib.Path(SHARED, "tools")
    sys.path.insert(0, str(folder))
    return folder


def obstacles(data):
    """What in some valid file nock does not handle."""
    import ipcwalk

    summary = ipcwalk.summary(data)
    found = {kind.split("<")[0] for kind in summary.get("types", []) if not HANDLED.fullmatch(kind)}
    # The second is how Arrow 0.17 said it.
    if summary["compression"] or b"ARROW:experimental_compression" in data:
        found.add("compression")
    if summary["endianness"] != "little":
        found.add("big-endian")
    return found


def refused_for(path, format, found, out):
    """Whether the file is refused as unsupported, with the name of what is in the way."""
    status, _, err = run(program("roundtrip"), format, str(path), "stream", str(out))
    message = err.strip().splitlines()[-1] if err.strip() else ""
    named = any(WORDS[each] in message.lower() for each in found)
    return status == 1 and message.startswith("NOCK_ERR_UNSUPPORTED") and named


pytestmark = pytest.mark.skipif(not SHARED, reason="NOCK_SHARED is not set: no data of other implementations")


@pytest.fixture(scope="module")
def testdata():
    """The test data, unpacked into the build folder once."""
    folder = BUILD / "shared"
    subprocess.run([str(tools() / "unpack-testdata"), str(folder)], check=True)
    return folder / "testdata"


def accept(*arguments):
    """What accept.py prints, line by line."""
    command = [sys.executable, str(tools() / "accept.py"), *arguments, "--cmd", f"{program('roundtrip')} {COMMAND}"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_files_of_other_writers(testdata, note, tmp_path):
    manifest = json.loads((testdata / "manifest.json").read_text())
    formats = {entry["path"]: entry["format"] for entry in manifest["files"]}
    blocked = {entry["path"]: obstacles((testdata / entry["path"]).read_bytes()) for entry in manifest["files"]}
    passed, refused, wrong, seen = 0, 0, [], set()
    for line in accept("roundtrip", str(testdata), "-v"):
        ok = re.fullmatch(r"ok (.*) (stream|file)", line)
        failed = re.fullmatch(r"FAIL (.*) -> (stream|file): (.*)", line)
        if ok:
            passed += 1
            seen.add(ok[1])
        elif failed:
            path, _, outcome = failed.groups()
            seen.add(path)
            found = blocked[path]
            if outcome.startswith("error") and refused_for(testdata / path, formats[path], found, tmp_path / "out"):
                refused += 1
            else:
                wrong.append(f"{line} (in the way: {sorted(found) or 'nothing'})")
    note(f"files of other writers: {passed} runs came back equal, {refused} were refused as unsupported, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)
    assert seen == set(blocked), "files that were not tried"
    assert passed >= sum(1 for found in blocked.values() if not found)


@pytest.mark.parametrize("folder", DAMAGED)
def test_damaged_files(folder, testdata, note):
    """No signal, no time-out, no more memory than 1 GiB; and the same verdict as pyarrow, or a reason for another."""
    unsupported, others, wrong, runs = 0, [], [], None
    for line in accept("robust", str(testdata / folder)):
        differs = re.match(r"DIFF (\S+): want (\w+), got (\w+) \((.*?)\)? pyarrow: (.*)", line)
        counts = re.fullmatch(r"(\d+) runs, (\d+) failures", line)
        if line.startswith("FAIL"):
            wrong.append(line)
        elif differs and differs[2] == "accept" and differs[4].startswith("NOCK_ERR_UNSUPPORTED"):
            unsupported += 1
        elif differs:
            others.append(line)
        elif counts:
            runs = int(counts[1])
    note(f"{folder}: {runs} runs, {unsupported} of them unsupported, {len(others)} with another verdict than pyarrow's")
    for line in others:
        note("  " + line)
    assert not wrong, "\n".join(wrong)
    assert runs
    if folder == "edges":
        assert not others, "these inputs say what has to happen"


def test_edges_column_by_column(testdata):
    """The same inputs, reading the columns of handled types even where others stand beside them."""
    wrong = []
    with open(testdata / "edges" / "edges.tsv", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    for row in rows:
        status, out, err = run(program("scan"), row["kind"], str(testdata / "edges" / row["name"]))
        # The damage may lie in a column that is not looked at.
        left_out = not out.endswith(" 0 columns left out\n")
        if row["want"] == "accept" and status != 0 and not err.startswith("NOCK_ERR_UNSUPPORTED"):
            wrong.append(f"{row['name']}: {err}")
        elif row["want"] == "reject" and status == 0 and not left_out:
            wrong.append(f"{row['name']}: {out}")
    assert not wrong, "".join(wrong)


@pytest.mark.parametrize("folder", DAMAGED)
def test_damaged_files_that_are_read_say_the_same_to_others(folder, testdata, note, tmp_path):
    """Where pyarrow and nock both read a damaged file, what nock makes of it is what pyarrow finds in it."""
    same, other, out = 0, [], tmp_path / "out"
    with open(testdata / folder / "pyarrow.tsv", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["kind"] in ("stream", "file")]
    for row in rows:
        path = testdata / folder / row["name"]
        if row["outcome"] != "ok" or run(program("roundtrip"), row["kind"], str(path), "stream", str(out))[0] != 0:
            continue
        expected = Contents.read(path.read_bytes(), row["kind"])
        difference = expected.difference(Contents.read(out.read_bytes(), "stream"), footer=False)
        if difference:
            other.append(f"{folder}/{row['name']}: {difference}")
        else:
            same += 1
    note(f"{folder}: {same} damaged files that both read say the same, {len(other)} do not")
    assert not other, "\n".join(other)
