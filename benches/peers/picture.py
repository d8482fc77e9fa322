"""picture.py PAGE SVG: draw what the tables of the page say, a bar for each row: nock's time to that of the fastest peer."""

import math
import re
import sys
from xml.sax.saxutils import escape

COLUMN, LABEL, PLOT, NUMBERS = 640, 196, 300, 120
ROW, MARGIN = 15, 24
# The scale is logarithmic, from a thirty-second to thirty-two times; what lies outside ends at the edge.
STEPS = 5
FASTER, SLOWER, TEXT, FAINT, GRID = "#2b8a6e", "#d9622b", "#222222", "#777777", "#dddddd"


class Group:
    """A workload: its name and title, when and where it was measured, its rows (case, ratio to the fastest, ratio to raw)."""

    def __init__(self, workload, text):
        self.name = workload
        self.title = re.search(r"^### (.*)$", text, re.M).group(1)
        self.facts = re.search(r"^(\d{4}-\d\d-\d\d, commit .*?; .*?)\.(?: \d|$)", text, re.M).group(1)
        self.rows = []
        for line in text.split("| instructions |")[0].splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("| ") and cells[0] != "case":
                self.rows.append((cells[0], None if cells[1] == "not yet" else cells[-2], cells[-1]))

    def height(self):
        return ROW * (len(self.rows) + 3)


def groups(page):
    found = re.findall(r"<!-- bench-peers: (\w+) -->\n(.*?)<!-- end of \1 -->", page, re.S)
    return [Group(workload, text) for workload, text in found if "### " in text]


def text(x, y, words, size=11, fill=TEXT, anchor="start", weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(words)}</text>\n'
    )


def place(ratio):
    """How far from the left of the plot a ratio lies."""
    steps = max(-STEPS, min(STEPS, math.log2(ratio)))
    return PLOT * (steps + STEPS) / (2 * STEPS)


def draw_row(x, y, case, fastest, raw):
    left = x + LABEL
    drawn = text(left - 10, y + 11, case, anchor="end")
    if fastest is None:
        return drawn + text(left + PLOT / 2 + 4, y + 11, "not yet", fill=FAINT)
    numbers = []
    if fastest != "-":
        ratio = float(fastest)
        start, end = sorted((place(1), place(ratio)))
        drawn += (
            f'<rect x="{left + start:.1f}" y="{y + 2.5}" width="{max(end - start, 1):.1f}" height="{ROW - 5}" '
            f'fill="{FASTER if ratio <= 1 else SLOWER}"/>\n'
        )
        numbers.append(fastest)
    if raw != "-":
        at, middle = left + place(float(raw)), y + ROW / 2
        drawn += (
            f'<path d="M{at:.1f} {middle - 5}l4 5l-4 5l-4 -5z" fill="#ffffff" stroke="{TEXT}" stroke-width="1.2"/>\n'
        )
        numbers.append(f"(raw {raw})")
    return drawn + text(left + PLOT + 8, y + 11, " ".join(numbers) or "no peer")


def draw_group(x, y, group):
    drawn = text(x, y + 12, group.title, size=12, weight="bold")
    top, bottom = y + 2 * ROW + 2, y + 2 * ROW + 2 + ROW * len(group.rows)
    for step in range(-STEPS, STEPS + 1):
        at = x + LABEL + place(2.0**step)
        colour = FAINT if step == 0 else GRID
        drawn += f'<path d="M{at:.1f} {top}V{bottom}" stroke="{colour}" stroke-width="{1 if step == 0 else 0.6}"/>\n'
        name = f"1/{2**-step}" if step < 0 else f"{2**step}x" if step else "1"
        if step % 2 == 0 or abs(step) == STEPS:
            drawn += text(at, y + 2 * ROW - 1, name, size=8, fill=FAINT, anchor="middle")
    for number, row in enumerate(group.rows):
        drawn += draw_row(x, top + number * ROW, *row)
    return drawn


def legend(drawn):
    """What the colours mean, and what was measured when and where; with the place where it ends."""
    lines = text(MARGIN, 34, "nock beside the fastest of Arrow C++, nanoarrow and arrow-rs", size=18, weight="bold")
    lines += f'<rect x="{MARGIN}" y="48" width="30" height="10" fill="{FASTER}"/>\n'
    lines += text(MARGIN + 36, 57, "nock takes less time than the fastest peer")
    lines += f'<rect x="{MARGIN + 290}" y="48" width="30" height="10" fill="{SLOWER}"/>\n'
    lines += text(MARGIN + 326, 57, "more")
    lines += f'<path d="M{MARGIN + 390} 48l4 5l-4 5l-4 -5z" fill="#ffffff" stroke="{TEXT}" stroke-width="1.2"/>\n'
    lines += text(MARGIN + 400, 57, "nock's time to the limit of the machine")
    lines += text(MARGIN + 660, 57, "logarithmic; what is beyond 32 times ends at the edge", fill=FAINT)
    y = 78
    for facts in dict.fromkeys(group.facts for group in drawn):
        names = ", ".join(group.name for group in drawn if group.facts == facts)
        lines += text(MARGIN, y, f"{names}: {facts}", size=10, fill=FAINT)
        y += 14
    return lines, y + 10


def main(page, path):
    with open(page) as file:
        drawn = groups(file.read())
    # In two columns, the groups in their order.
    half, used, left = sum(group.height() for group in drawn) / 2, 0, 0
    for group in drawn:
        if used + group.height() / 2 > half:
            break
        used += group.height()
        left += 1
    head, top = legend(drawn)
    body, bottom = "", 0
    for column, part in enumerate((drawn[:left], drawn[left:])):
        y = top
        for group in part:
            body += draw_group(MARGIN + column * COLUMN, y, group)
            y += group.height()
        bottom = max(bottom, y)
    width, height = MARGIN * 2 + COLUMN * 2 - 20, bottom + MARGIN
    with open(path, "w") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'font-family="DejaVu Sans, Helvetica, Arial, sans-serif">\n<rect width="100%" height="100%" fill="#ffffff"/>\n'
            f"{head}{body}</svg>\n"
        )


main(sys.argv[1], sys.argv[2])
