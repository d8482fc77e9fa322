"""run.py RESULTS WORKLOAD...: measure the workloads in all programs, one file RESULTS/WORKLOAD.json each.

One round of a case runs it once in every program, one after the other, so that a slow second of the machine falls on all of
them. The programs are in the folder DEPS, PB_NOCK is nock's; ROUNDS and SAMPLES say how often.
"""

import collections
import concurrent.futures
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

import catalogue
import facts

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SAMPLES = os.environ.get("SAMPLES", "5")
# Rounds that make up for disturbed ones: how many, and how long after the start none is added any more.
MORE_ROUNDS = 2
MORE_WITHIN_SECONDS = 8 * 60
# No case takes as long as this; a program that does hangs.
LONGEST_SECONDS = 180


def program(workload, peer):
    folder = os.environ["DEPS"]
    names = [os.environ["PB_NOCK"]] if peer == "nock" else catalogue.programs(workload, peer)
    return next((path for path in (os.path.join(folder, name) for name in names) if os.access(path, os.X_OK)), None)


def lines(command, **environment):
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=LONGEST_SECONDS, env=dict(os.environ, PB_EXACT="1", **environment)
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr[-500:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.stderr


def cases(workload):
    """The cases that nock's program has, or lacks, in its order."""
    environment = {key: value for key, value in os.environ.items() if key != "PB_EXACT"}
    done = subprocess.run([os.environ["PB_NOCK"], workload, "0"], capture_output=True, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def disturbed(line):
    """Whether other work had a good part of a processor; short samples cannot tell it exactly."""
    return line["other"] > max(0.15, 0.03 / max(line["span"], 0.02))


def rounds_of(workload, case, started):
    """Samples of a case in every program that has it: peer -> name -> lines."""
    samples = {peer: {} for peer in catalogue.PEERS if program(workload, peer)}
    for peer in samples:
        samples[peer] = {name: [] for name in catalogue.names_in(workload, case, peer)}
    for number in range(ROUNDS + MORE_ROUNDS):
        if number >= ROUNDS and (time.time() - started > MORE_WITHIN_SECONDS or not wants_more(samples)):
            break
        # Each round begins with another program.
        order = collections.deque(samples)
        order.rotate(-number)
        for peer in order:
            for name in list(samples[peer]):
                found = [
                    line
                    for line in lines([program(workload, peer), workload, SAMPLES, name])[0]
                    if line["case"] == name and "ns" in line
                ]
                if found:
                    samples[peer][name] += found
                else:
                    del samples[peer][name]
        if number == 0:
            samples = {peer: names for peer, names in samples.items() if names}
    return samples


def wants_more(samples):
    """Whether some samples were disturbed, but not most: then the machine is busy, and more rounds would not help."""
    found = [line for names in samples.values() for sampled in names.values() for line in sampled]
    bad = sum(map(disturbed, found))
    return 0 < bad < len(found) / 2


def time_of(found):
    """The median of the undisturbed samples; of all, when there are not two of those."""
    quiet = [line["ns"] for line in found if not disturbed(line)]
    return statistics.median(quiet if len(quiet) >= 2 else [line["ns"] for line in found])


def instructions(workload, peer, name):
    """Of one operation: the difference between two samples and one, so that the start of the program does not count."""
    totals = []
    for samples in ("1", "2"):
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        found, text = lines(valgrind + [program(workload, peer), workload, samples, name], PB_INNER="1")
        found = [line for line in found if line["case"] == name and "ns" in line]
        if not found:
            return None
        totals.append(int(re.search(r"Collected : (\d+)", text).group(1)))
    return (totals[1] - totals[0]) / found[0]["ops"]


def count(workload, rows):
    """Instructions of the small cases; they do not depend on other work, so as many run at once as there are processors."""
    if not shutil.which("valgrind"):
        print("SKIPPED: instruction counts: valgrind is not installed", flush=True)
        return []
    wanted = [row for row in rows if row["case"] in catalogue.COUNTED.get(workload, []) and "nock" in row.get("ns", {})]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        futures = {
            (row["case"], peer): threads.submit(
                instructions, workload, peer, catalogue.COUNTED_AS.get((workload, row["case"], peer), row["case"])
            )
            for row in wanted
            for peer in row["ns"]
            if peer != "raw"
        }
    counts = [
        {"case": row["case"], "of": {p: futures[row["case"], p].result() for p in row["ns"] if (row["case"], p) in futures}}
        for row in wanted
    ]
    return [{"case": c["case"], "of": {p: n for p, n in c["of"].items() if n is not None}} for c in counts]


def measure(workload, started):
    rows = []
    runs = bad = 0
    for case in cases(workload):
        if "na" in case:
            rows.append({"case": case["case"], "na": case["na"]})
            print(f"{workload} {case['case']}: {case['na']}", flush=True)
            continue
        samples = rounds_of(workload, case["case"], started)
        ns = {peer: min(time_of(found) for found in names.values()) for peer, names in samples.items()}
        for names in samples.values():
            for found in names.values():
                runs += len(found)
                bad += sum(map(disturbed, found))
        rows.append({"case": case["case"], "ns": ns})
        print(f"{workload} {case['case']}: " + ", ".join(f"{p} {t:.4g} ns" for p, t in ns.items()), flush=True)
    return {"rows": rows, "counts": count(workload, rows), "runs": runs, "disturbed": bad}


def main(results, workloads):
    started = time.time()
    known = facts.facts()
    os.makedirs(results, exist_ok=True)
    for workload in workloads:
        measured = dict(known, **measure(workload, started))
        with open(os.path.join(results, workload + ".json"), "w") as file:
            json.dump(measured, file, indent=1)


main(sys.argv[1], sys.argv[2:])
