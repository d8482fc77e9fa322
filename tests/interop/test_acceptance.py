"""The acceptance runs: files that other implementations wrote, and damaged ones, through the round-trip program.

The data lies in the folder that NOCK_SHARED names (testdata, with tools/accept.py to judge the outcome); without it
nothing here runs. What holds only what nock handles has to come back equal. Everything else has to be refused with
NOCK_ERR_UNSUPPORTED and the name of what is in the way; never a crash, never other data without a word. At the end stands
one table of all runs, with what is not supported by reason.
"""

import csv
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import outcomes as table
from acceptance import accept
from judge import verdicts
from outcomes import Outcomes
from support import BUILD, program, run

SHARED = os.environ.get("NOCK_SHARED")
WRITERS, *DAMAGED = table.SUITES

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


pytestmark = pytest.mark.skipif(not SHARED, reason="NOCK_SHARED is not set: no data of other implementations")


@pytest.fixture(scope="module")
def testdata():
    """The test data, unpacked into the build folder once."""
    tools = pathlib.Path(SHARED, "tools")
    sys.path.insert(0, str(tools))
    subprocess.run([str(tools / "unpack-testdata"), str(BUILD / "shared")], check=True)
    return BUILD / "shared" / "testdata"


@pytest.fixture(scope="module")
def accepted(testdata, tmp_path_factory):
    """accept.py over all suites at once: for each suite its lines and its runs."""
    folder, tool = tmp_path_factory.mktemp("accept"), program("roundtrip")
    jobs = {(WRITERS, out): ["roundtrip", str(testdata), "-v", "--out", out] for out in ("stream", "file")}
    jobs |= {(suite, "stream"): ["robust", str(testdata / suite)] for suite in DAMAGED}
    found = {suite: ([], []) for suite in table.SUITES}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = pool.map(lambda arguments: accept(tool, arguments, folder), jobs.values())
        for (suite, _), (lines, runs) in zip(jobs, done):
            found[suite][0].extend(lines)
            found[suite][1].extend(runs)
    return found


@pytest.fixture(scope="module")
def outcomes(note):
    """Counts what the tests below find; the table is printed after the last of them, and left in the build folder."""
    found = Outcomes()
    yield found
    lines = found.table()
    (BUILD / "acceptance.txt").write_text("\n".join(lines) + "\n")
    for line in lines:
        note(line)


def runs_of(line):
    """How many runs a line of accept.py counts: its last one does."""
    counts = re.fullmatch(r"(\d+) runs, \d+ failures", line)
    return int(counts[1]) if counts else 0


def rows_of(path):
    """The rows of a table with tabs, by name."""
    with open(path, newline="") as rows:
        return {row["name"]: row for row in csv.DictReader(rows, delimiter="\t")}


def test_files_of_other_writers(testdata, accepted, outcomes):
    manifest = json.loads((testdata / "manifest.json").read_text())
    blocked = {entry["path"]: obstacles((testdata / entry["path"]).read_bytes()) for entry in manifest["files"]}
    lines, runs = accepted[WRITERS]
    assert sum(map(runs_of, lines)) == len(runs)
    equal = {tuple(line.removeprefix("ok ").rsplit(" ", 1)) for line in lines if line.startswith("ok ")}
    failed = [line for line in lines if line.startswith("FAIL ")]
    objections = dict(re.fullmatch(r"FAIL (.* -> (?:stream|file)): (.*)", line).groups() for line in failed)
    wrong, seen = [], set()
    for each in runs:
        path = str(pathlib.Path(each.path).relative_to(testdata))
        seen.add(path)
        in_the_way = blocked[path]
        named = any(WORDS[obstacle] in each.message.lower() for obstacle in in_the_way)
        if each.died:
            outcome = table.DIED
        elif (path, each.out_format) in equal:
            outcome = table.EQUAL
        elif each.reason and named:
            outcome = table.REFUSED
        else:
            outcome = table.WRONG
        if outcome in (table.DIED, table.WRONG):
            key = f"{path} -> {each.out_format}"
            wrong.append(f"{outcome}: {key}: {objections.get(key)} (in the way: {sorted(in_the_way) or 'nothing'})")
        outcomes.add(WRITERS, path, outcome, each.reason if outcome == table.REFUSED else None)
    assert not wrong, "\n".join(wrong)
    assert seen == set(blocked), "files that were not tried"
    assert outcomes.count(WRITERS, table.EQUAL) >= sum(1 for found in blocked.values() if not found)


def say_the_same(paths, format, folder):
    """Whether pyarrow finds in what nock makes of each file what it finds in the file."""
    outputs = []
    for number, path in enumerate(paths):
        outputs.append(folder / f"{format}{number}")
        assert run(program("roundtrip"), format, path, "stream", str(outputs[-1]))[0] == 0, path
    pairs = zip(verdicts(outputs, "stream"), verdicts(paths, format))
    return {path: mine == theirs and mine not in (None, "died") for path, (mine, theirs) in zip(paths, pairs)}


@pytest.mark.parametrize("suite", DAMAGED)
def test_damaged_files(suite, testdata, accepted, outcomes, note, tmp_path):
    """No signal, no time-out, no more memory than 1 GiB. The verdict is pyarrow's, or there is a reason for another.

    Where both read a file, what nock makes of it is what pyarrow finds in it.
    """
    lines, runs = accepted[suite]
    assert sum(map(runs_of, lines)) == len(runs) > 0
    objections = {line.split(":")[0].split()[1]: line for line in lines if line.startswith(("DIFF ", "FAIL "))}
    theirs = rows_of(testdata / suite / "pyarrow.tsv")
    both = [each for each in runs if each.status == 0 and theirs[pathlib.Path(each.path).name]["outcome"] == "ok"]
    same = {}
    for format in ("stream", "file"):
        same |= say_the_same([each.path for each in both if each.in_format == format], format, tmp_path)
    wrong, judged = [], []
    for each in runs:
        name = pathlib.Path(each.path).name
        objection = None if each.reason else objections.get(name)
        if each.died:
            outcome = table.DIED
        elif each.reason:
            outcome = table.REFUSED
        elif objection and suite == "edges":
            # These inputs say what has to happen.
            outcome = table.WRONG
        elif each.status:
            outcome = table.REJECTED
        elif each.path in same:
            outcome = table.EQUAL if same[each.path] else table.WRONG
        else:
            outcome = table.ALONE
        outcomes.add(suite, each.path, outcome, each.reason)
        if outcome in (table.DIED, table.WRONG):
            wrong.append(f"{outcome}: {suite}/{name}: {objection or each.message or 'not what pyarrow finds in it'}")
        elif objection:
            judged.append(objection)
    note(f"{suite}: {len(judged)} with another verdict than pyarrow's")
    for line in judged:
        note("  " + line)
    assert not wrong, "\n".join(wrong)


def test_edges_column_by_column(testdata):
    """The same inputs, reading the columns of handled types even where others stand beside them."""
    wrong = []
    for name, row in rows_of(testdata / "edges" / "edges.tsv").items():
        status, out, err = run(program("scan"), row["kind"], str(testdata / "edges" / name))
        # The damage may lie in a column that is not looked at.
        left_out = not out.endswith(" 0 columns left out\n")
        if row["want"] == "accept" and status != 0 and not err.startswith("NOCK_ERR_UNSUPPORTED"):
            wrong.append(f"{name}: {err}")
        elif row["want"] == "reject" and status == 0 and not left_out:
            wrong.append(f"{name}: {out}")
    assert not wrong, "".join(wrong)


@pytest.mark.parametrize("body, status", [("kill -SEGV $$", -signal.SIGSEGV), ("sleep 9", None), ("exit 134", 134)])
def test_deaths_are_seen(body, status, testdata, tmp_path):
    tool = tmp_path / "tool"
    tool.write_text(f"#!/bin/sh\n{body}\n")
    tool.chmod(0o755)
    lines, (each,) = accept(str(tool), ["robust", str(testdata / "edges"), "--only", "empty.stream", "--sec", "1"], tmp_path)
    assert each.status == status and each.died
    assert lines[0].startswith("FAIL empty.stream")
