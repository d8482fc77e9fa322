"""judge.py FORMAT FILE...: what pyarrow makes of files that may be damaged, one JSON line for each.

A process of its own: damaged files may end pyarrow. The line is null where pyarrow refuses the file or its data, and
otherwise a digest of all that it says.
"""

import hashlib
import json
import pathlib
import subprocess
import sys

from support import Contents


def verdict(path, format):
    try:
        found = Contents.read(pathlib.Path(path).read_bytes(), format)
    except Exception:
        return None
    said = (found.fields, found.metadata, found.batch_metadata, found.batches)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def verdicts(paths, format):
    """pyarrow's verdict on each file, from processes of their own; "died" where one crashes."""
    found = []
    while len(found) < len(paths):
        rest = [str(path) for path in paths[len(found) :]]
        done = subprocess.run([sys.executable, __file__, format, *rest], stdout=subprocess.PIPE, text=True)
        found += [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode != 0:
            found.append("died")
    return found


if __name__ == "__main__":
    for name in sys.argv[2:]:
        print(json.dumps(verdict(name, sys.argv[1])), flush=True)
