"""What stands beside every figure: the date, the commit, the machine, and the versions of the peers."""

import datetime
import glob
import os
import re
import subprocess


def facts():
    return {"date": datetime.date.today().isoformat(), "commit": commit(), "machine": machine(), "versions": versions()}


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def read(path):
    with open(path) as file:
        return file.read()


def commit():
    """The commit, and whether the sources differ from it. The documentation may: its tables are what is made here."""
    changed = output("git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs")
    return output("git", "rev-parse", "--short=10", "HEAD") + (" with changes" if changed else "")


def machine():
    processor = re.search(r"^model name\s*: (.*)$", read("/proc/cpuinfo"), re.M)
    memory = int(re.search(r"^MemTotal:\s*(\d+)", read("/proc/meminfo"), re.M).group(1)) / (1 << 20)
    system = re.search(r'^PRETTY_NAME="?([^"\n]*)', read("/etc/os-release"), re.M)
    return ", ".join(
        [
            f"{os.cpu_count()} x {processor.group(1).strip() if processor else os.uname().machine}",
            f"{memory:.0f} GiB",
            system.group(1) if system else "Linux",
            f"Linux {os.uname().release.split('-')[0]}",
        ]
    )


def versions():
    """Of the peers as they were built, below the folder DEPS."""
    deps = os.environ["DEPS"]
    wheel = glob.glob(os.path.join(deps, "../venv/lib/python*/site-packages/pyarrow-*.dist-info"))
    nanoarrow = [path for path in glob.glob(os.path.join(deps, "nanoarrow-*")) if os.path.isdir(path)]
    lock = read(os.path.join(deps, "../source/rs/Cargo.lock"))
    arrow_rs = re.search(r'name = "arrow-ipc"\nversion = "([^"]*)"', lock)
    return ", ".join(
        [
            "Arrow C++ " + re.search(r"pyarrow-([^/]*)\.dist-info", wheel[0]).group(1),
            "nanoarrow " + os.path.basename(nanoarrow[0]).split("-")[1],
            "arrow-rs " + arrow_rs.group(1),
        ]
    )
