"""tables.py RESULTS PAGE WORKLOAD...: write the tables of the workloads into their places in the page; all else stays."""

import json
import os
import re
import sys

import catalogue

# The place of a workload on the page. picture.py reads what stands there.
BEFORE, AFTER = "<!-- bench-peers: {} -->\n", "<!-- end of {} -->\n"


def shown(ns):
    for limit, unit, scale in ((1e3, "ns", 1), (1e6, "us", 1e3), (1e9, "ms", 1e6)):
        # What would be rounded to the limit belongs to the next unit.
        if ns < limit * 0.9995:
            return f"{ns / scale:.3g} {unit}"
    return f"{ns / 1e9:.3g} s"


def ratio(one, other):
    value = one / other
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def counted(number):
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def row(cells):
    return "| " + " | ".join(cells) + " |\n"


def head(cells):
    return row(cells) + "|---|" + "---:|" * (len(cells) - 1) + "\n"


def table_of_times(rows):
    peers = list(catalogue.PEERS)
    text = head(["case"] + [catalogue.PEERS[p] for p in peers] + ["to the fastest", "to raw"])
    for case in rows:
        if "na" in case:
            text += row([case["case"], case["na"]] + ["-"] * (len(peers) + 1))
            continue
        ns = case["ns"]
        fastest = min((ns[p] for p in ns if p not in ("nock", "raw")), default=None)
        text += row(
            [case["case"]]
            + [shown(ns[p]) if p in ns else "-" for p in peers]
            + [ratio(ns["nock"], other) if other else "-" for other in (fastest, ns.get("raw"))]
        )
    return text


def table_of_counts(counts):
    peers = [p for p in catalogue.PEERS if p != "raw"]
    text = head(["instructions"] + [catalogue.PEERS[p] for p in peers] + ["to the fewest"])
    for case in counts:
        of = case["of"]
        fewest = min((of[p] for p in of if p != "nock"), default=None)
        text += row(
            [case["case"]]
            + [counted(of[p]) if p in of else "-" for p in peers]
            + [ratio(of["nock"], fewest) if fewest else "-"]
        )
    return text


def section(workload, measured):
    text = f"### {workload}: {catalogue.WORKLOADS[workload]}\n\n"
    text += f"{measured['date']}, commit {measured['commit']}, {measured['machine']}; {measured['versions']}."
    if measured["runs"]:
        text += f" {measured['disturbed']} of {measured['runs']} runs had other work beside them."
    text += "\n\n" + table_of_times(measured["rows"])
    if measured["counts"]:
        text += "\n" + table_of_counts(measured["counts"])
    return text + "\n"


def put(page, workload, text):
    """The page with the text in the workload's place; a new one comes behind those that are before it in the catalogue."""
    before, after = BEFORE.format(workload), AFTER.format(workload)
    place = before + "\n" + text + after
    there = re.search(re.escape(before) + ".*?" + re.escape(after), page, re.S)
    if there:
        return page[: there.start()] + place + page[there.end() :]
    order = list(catalogue.WORKLOADS)
    ends = [end for end in re.finditer(r"<!-- end of (\w+) -->\n", page) if end.group(1) in order[: order.index(workload)]]
    if not ends:
        sys.exit(f"the page has no place for {workload}")
    return page[: ends[-1].end()] + "\n" + place + page[ends[-1].end() :]


def main(results, path, workloads):
    with open(path) as file:
        page = file.read()
    for workload in workloads:
        with open(os.path.join(results, workload + ".json")) as file:
            page = put(page, workload, section(workload, json.load(file)))
    with open(path, "w") as file:
        file.write(page)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
