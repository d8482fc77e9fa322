"""acceptance.py TOOL JSON ARGUMENT...: NOCK_SHARED's tools/accept.py with these arguments, and a record of every run.

accept.py judges the round-trip program by its exit status and its output; its lines name only what it objects to. The
JSON file gets those lines, and for every run of the program the input, both formats, the outcome and the last line of
stderr, which says why a file was refused.
"""

import contextlib
import dataclasses
import io
import json
import os
import pathlib
import re
import runpy
import shlex
import subprocess
import sys

ACCEPT = pathlib.Path(os.environ.get("NOCK_SHARED", "."), "tools/accept.py")


@dataclasses.dataclass(frozen=True)
class Run:
    """One run of the program."""

    path: str
    in_format: str
    out_format: str
    # An exit status, minus the number of a signal, or None after a time-out.
    status: int | None
    message: str

    @property
    def died(self):
        return self.status is None or self.status < 0 or self.status >= 128

    @property
    def reason(self):
        """The type or feature that the program does not support, or None if it was something else that stopped it."""
        return unsupported(self.message) if self.status and not self.died else None


# What the messages of NOCK_ERR_UNSUPPORTED say, with the name for it in the table.
FEATURES = [
    (re.compile(r"no arrays of type (\w+)"), "{0}"),
    (re.compile(r"data of a (big|little)-endian machine"), "{0}-endian"),
    (re.compile(r"compressed with (lz4|zstd)"), "{0} compression"),
    (re.compile(r"compressed as Arrow 0\.17"), "compression as in Arrow 0.17"),
    (re.compile(r"compressed with codec number"), "unknown codec"),
    (re.compile(r"with the unknown code|of unknown kind"), "unknown type"),
    (re.compile(r"the oldest that can be read is V4"), "metadata before V4"),
    (re.compile(r"the newest that can be read is V5"), "metadata after V5"),
]


def unsupported(message):
    """The type or feature that a message of NOCK_ERR_UNSUPPORTED names; None for other messages."""
    status, _, text = message.partition(": ")
    if status != "NOCK_ERR_UNSUPPORTED":
        return None
    for pattern, name in FEATURES:
        if found := pattern.search(text):
            return name.format(*found.groups())
    # A new message: as it stands, until FEATURES has a name for it.
    return text[:60]


def accept(tool, arguments, folder):
    """The lines that accept.py prints and the runs that it makes, from a process of its own."""
    out = folder / ("-".join(pathlib.Path(argument).name for argument in arguments) + ".json")
    command = [sys.executable, __file__, tool, str(out), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0 and not done.stdout, f"{' '.join(command)}: status {done.returncode}: {done.stdout}"
    found = json.loads(out.read_text())
    return found["lines"], [Run(*run) for run in found["runs"]]


def main(tool, out, *arguments):
    runs, lines, run = [], io.StringIO(), subprocess.run

    def recorded(command, **options):
        if command[0] != tool:
            return run(command, **options)
        _, in_format, path, out_format, _ = command
        try:
            done = run(command, **options)
        except subprocess.TimeoutExpired:
            runs.append((path, in_format, out_format, None, ""))
            raise
        message = done.stderr.decode("utf-8", "replace").strip().splitlines()
        runs.append((path, in_format, out_format, done.returncode, message[-1] if message else ""))
        return done

    subprocess.run = recorded
    sys.argv = [str(ACCEPT), *arguments, "--cmd", shlex.quote(tool) + " {infmt} {in} {outfmt} {out}"]
    with contextlib.redirect_stdout(lines), contextlib.suppress(SystemExit):
        runpy.run_path(str(ACCEPT), run_name="__main__")
    pathlib.Path(out).write_text(json.dumps({"lines": lines.getvalue().splitlines(), "runs": runs}))


if __name__ == "__main__":
    main(*sys.argv[1:])
