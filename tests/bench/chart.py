#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Draws what soak.sh has recorded.

usage: chart.py CSV SVG [--timeline CSV]

CSV is soak.csv: memory, descriptors and disk of each daemon. With --timeline, what samenspel-load has written of the
same run, reports a second and their latency stand above. Dashed: a daemon was killed and started again. All colours
are of middle brightness and there is no background, so that it reads on light and on dark pages.
"""
import argparse
import csv
import math
import sys
from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP = 860, 64, 16, 58
HEIGHT, GAP = 150, 62  # Of a panel, and between two.
INK = "#7f7f7f"
COLOURS = ("#3b82f6", "#dd6b20", "#17a34a", "#b845d6")
DASHES = ("", "7 3", "2 3", "9 3 2 3")  # So that nobody needs to tell colours apart.


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tick_step(most, wanted=5):
    """The least of 1, 2 or 5 times a power of ten that divides `most` into no more than `wanted` parts."""
    if most <= 0:
        return 1.0
    rough = most / wanted
    power = 10 ** math.floor(math.log10(rough))
    return next(power * part for part in (1, 2, 5, 10) if power * part >= rough * (1 - 1e-9))


def number_text(value):
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:g}"


class Panel:
    """One pair of axes; lines are (name, [(seconds, value)])."""

    def __init__(self, title, unit, lines, powers=False):
        """powers: each grid line is ten times the one below"""
        self.title, self.unit, self.lines, self.powers = title, unit, lines, powers
        values = [value for _, points in lines for _, value in points if value > 0] or [1]
        if powers:
            low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
            self.ticks = [10.0 ** power for power in range(low, max(high, low + 1) + 1)]
        else:
            step = tick_step(max(values))
            self.ticks = [step * i for i in range(math.ceil(max(values) / step - 1e-9) + 1)]

    def part(self, value):
        """Where on the axis: 0 at its foot, 1 at its head."""
        low, high = self.ticks[0], self.ticks[-1]
        if self.powers:
            return math.log(max(value, low) / low) / math.log(high / low)
        return (value - low) / (high - low)

    def draw(self, out, above, seconds, starts):
        bottom = above + HEIGHT
        width = WIDTH - LEFT - RIGHT

        def across(at):
            return LEFT + width * at / seconds

        def up(value):
            return bottom - HEIGHT * self.part(value)

        out.append(f'<text x="{LEFT}" y="{above - 10}" class="title">{escape(self.title)}</text>')
        out.append(f'<text x="{LEFT - 8}" y="{above - 10}" class="end">{escape(self.unit)}</text>')
        for tick in self.ticks:
            y = up(tick)
            out.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" class="grid"/>')
            out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" class="end">{number_text(tick)}</text>')
        minutes = seconds / 60
        step = tick_step(minutes, 10)
        for i in range(int(minutes / step + 1e-9) + 1):
            x = across(i * step * 60)
            out.append(f'<line x1="{x:.1f}" y1="{bottom}" x2="{x:.1f}" y2="{bottom + 4}" class="axis"/>')
            out.append(f'<text x="{x:.1f}" y="{bottom + 17}" class="middle">{number_text(i * step)}</text>')
        out.append(f'<text x="{WIDTH - RIGHT}" y="{bottom + 32}" class="end">minutes</text>')
        for at in starts:
            x = across(at)
            out.append(f'<line x1="{x:.1f}" y1="{above}" x2="{x:.1f}" y2="{bottom}" class="kill"/>')
        out.append(f'<path d="M{LEFT} {above}V{bottom}H{WIDTH - RIGHT}" class="axis"/>')
        for number, (_, points) in enumerate(self.lines):
            path = " ".join(f"{across(at):.1f},{up(value):.1f}" for at, value in points)
            out.append(f'<polyline points="{path}" {stroke(number)}/>')
        self.draw_legend(out, above)

    def draw_legend(self, out, above):
        x = WIDTH - RIGHT
        for number, (name, _) in reversed(list(enumerate(self.lines))):
            x -= 7 * len(name) + 6
            out.append(f'<text x="{x}" y="{above - 10}">{escape(name)}</text>')
            x -= 34
            out.append(f'<line x1="{x}" y1="{above - 14}" x2="{x + 28}" y2="{above - 14}" {stroke(number)}/>')
            x -= 12


def stroke(number):
    dash = DASHES[number % len(DASHES)]
    return f'fill="none" stroke="{COLOURS[number % len(COLOURS)]}" stroke-width="1.8"' + (
        f' stroke-dasharray="{dash}"' if dash else "")


def starts_of(rows):
    """Seconds at which a daemon was first seen with another process."""
    known, starts = {}, []
    for row in rows:
        if known.setdefault(row["service"], row["pid"]) != row["pid"]:
            known[row["service"]] = row["pid"]
            starts.append(float(row["seconds"]))
    return starts


def panels_of(rows, timeline):
    panels = []
    if timeline:
        def line(column):
            return [(float(row["seconds"]), float(row[column])) for row in timeline]
        panels.append(Panel("Reports audited", "/s", [("reports", line("per_s"))]))
        panels.append(Panel("From due to audited", "ms",
                            [("p50", line("p50_ms")), ("p99", line("p99_ms"))], powers=True))
    services = list(dict.fromkeys(row["service"] for row in rows))
    for title, unit, column in (("Memory (proportional set size)", "MB", "pss_mb"),
                                ("Open descriptors, without table files", "", "descriptors"), ("Data on disk", "MB", "disk_mb")):
        panels.append(Panel(title, unit, [
            (service, [(float(row["seconds"]), float(row[column])) for row in rows if row["service"] == service])
            for service in services]))
    return panels


def chart(rows, timeline):
    panels = panels_of(rows, timeline)
    seconds = max([float(row["seconds"]) for row in rows + timeline] + [1.0])
    starts = starts_of(rows)
    height = TOP + len(panels) * (HEIGHT + GAP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
           f'height="{height}" font-family="sans-serif" font-size="12">',
           f"<style>text{{fill:{INK}}}.title{{font-weight:bold;font-size:13px}}.end{{text-anchor:end}}"
           f".middle{{text-anchor:middle}}.grid{{stroke:{INK};stroke-opacity:.25}}"
           f".axis{{stroke:{INK};fill:none}}.kill{{stroke:{INK};stroke-dasharray:3 4;stroke-opacity:.8}}</style>",
           f'<line x1="{LEFT}" y1="18" x2="{LEFT + 28}" y2="18" class="kill"/>',
           f'<text x="{LEFT + 34}" y="22">a daemon was killed (-9) and started again ({len(starts)} times)</text>']
    for number, panel in enumerate(panels):
        panel.draw(out, TOP + number * (HEIGHT + GAP), seconds, starts)
    out.append("</svg>\n")
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description="Draws what soak.sh has recorded.")
    parser.add_argument("csv")
    parser.add_argument("svg")
    parser.add_argument("--timeline")
    options = parser.parse_args()
    rows = rows_of(options.csv)
    if not rows:
        sys.exit(f"{options.csv} holds no samples")
    timeline = rows_of(options.timeline) if options.timeline else []
    with open(options.svg, "w", encoding="utf-8") as file:
        file.write(chart(rows, timeline))


if __name__ == "__main__":
    main()
