"""What became of the acceptance runs, counted, as one table."""

import collections

# The columns of the table: a heading, and what one file counts as. Damaged files are run once each.
SUITES = ["other writers", "edges", "mutants", "fuzz_stream", "fuzz_file"]
# What can become of a run, in the order of the table.
EQUAL = "equal"
REFUSED = "refused as unsupported"
REJECTED = "rejected as damaged"
ALONE = "read, but not by pyarrow"
WRONG = "wrong"
DIED = "died"
OUTCOMES = [REFUSED, EQUAL, REJECTED, ALONE, WRONG, DIED]


class Outcomes:
    """Counts of outcomes and, for what was refused as unsupported, of reasons."""

    def __init__(self):
        self.runs = collections.Counter()
        self.files = collections.defaultdict(set)

    def add(self, suite, path, outcome, reason=None):
        for row in (outcome, "all", *([("reason", reason)] if reason else [])):
            self.runs[suite, row] += 1
            self.runs["all", row] += 1
            self.files[suite, row].add(path)

    def count(self, suite, outcome):
        return self.runs[suite, outcome]

    def table(self):
        """The lines of the table: a row for each reason, most frequent first, then the outcomes."""
        reasons = [row for suite, row in self.runs if suite == "all" and isinstance(row, tuple)]
        reasons.sort(key=lambda row: (-self.runs["all", row], row))
        first, *damaged = SUITES
        headings = [f"{first}: files", "runs", *damaged, "all runs"]
        rows = [(f"  {row[1]}", row) for row in reasons] + [(outcome, outcome) for outcome in OUTCOMES] + [("all", "all")]
        names = ["UNSUPPORTED, by reason"] + [name for name, _ in rows]
        wide = max(map(len, names))
        lines = [" ".join([names[0].ljust(wide), *headings])]
        for name, row in rows:
            numbers = [len(self.files[first, row]), *(self.runs[suite, row] for suite in SUITES), self.runs["all", row]]
            none = "-" if isinstance(row, tuple) else "0"
            cells = [str(number or none).rjust(len(heading)) for number, heading in zip(numbers, headings)]
            lines.append(" ".join([name.ljust(wide), *cells]))
        return lines
