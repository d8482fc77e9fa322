"""results.jsonl -> one Markdown table a workload: medians, and nock's ratio to the fastest peer and to Arrow C++."""

import collections
import json
import statistics
import sys

PEERS = ["nock", "cpp", "nano"]
NAMES = {"nock": "nock", "cpp": "Arrow C++", "nano": "nanoarrow"}


def shown(ns):
    for limit, unit, scale in ((1e3, "ns", 1), (1e6, "us", 1e3), (1e9, "ms", 1e6)):
        if ns < limit:
            return f"{ns / scale:.3g} {unit}"
    return f"{ns / 1e9:.3g} s"


def main(path):
    samples = collections.defaultdict(list)
    order = []
    for line in open(path):
        row = json.loads(line)
        key = row["w"], row["case"]
        if "ns" in row:
            samples[key + (row["peer"],)].append(row["ns"])
            if key not in order:
                order.append(key)
    workload = None
    for key in order:
        ours = samples.get(key + ("nock",))
        if not ours:
            continue
        if key[0] != workload:
            workload = key[0]
            print(f"\n### {workload}\n")
            print("| case | " + " | ".join(NAMES[p] for p in PEERS) + " | to C++ | to the fastest |")
            print("|---|" + "---:|" * (len(PEERS) + 2))
        median = {p: statistics.median(samples[key + (p,)]) for p in PEERS if key + (p,) in samples}
        cells = [shown(median[p]) if p in median else "-" for p in PEERS]
        others = [median[p] for p in PEERS[1:] if p in median]
        to_cpp = f"{median['nock'] / median['cpp']:.2f}" if "cpp" in median else "-"
        to_best = f"{median['nock'] / min(others):.2f}" if others else "-"
        print(f"| {key[1]} | " + " | ".join(cells) + f" | {to_cpp} | {to_best} |")


main(sys.argv[1])
