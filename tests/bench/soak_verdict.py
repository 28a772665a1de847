#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Whether a soak went well: memory and descriptors flat, and no error but `unavailable` during a kill.

usage: soak_verdict.py DIR [--warm-up SECONDS]

Reads soak.csv, kills.csv, errors.csv and timeline.csv of DIR. Growth is a slope by Theil and Sen, the median of
the slopes between any two samples, which a few odd ones do not move; two of them, for memory and descriptors:
- of one process, between samples of the same process: what leaks;
- of the service, between samples of different ones too: what grows with what is stored.
What a slope makes of the time that was judged must stay under a tenth of the median, or 32 MB (a daemon's write
buffers, which fill and are emptied all the time) and 10 descriptors. Samples nearer to each other than a tenth of that
time, or two minutes, say nothing, so a process whose life was shorter is not judged. Table files that RocksDB keeps open are
not among the descriptors: they grow with the data, up to 256.
"""
import argparse
import csv
import os
import statistics
import sys

MOST_PAIRS = 200_000
LEAST_APART = 120.0
LEAST = {"pss_mb": 32.0, "rss_mb": 32.0, "descriptors": 10.0}
AFTER_READY_MS = 10_000  # Who was waiting is served from the backlog first.


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def judged(rows, warm_up):
    """Samples of one service without those soon after the beginning or a restart."""
    first = {}
    for row in rows:
        first.setdefault(row["pid"], float(row["seconds"]))
    return [row for row in rows if float(row["seconds"]) - first[row["pid"]] >= warm_up]


def slope(samples, same_process):
    """Per second; None where there are too few samples to say.

    samples  (seconds, value, process)
    """
    apart = max(LEAST_APART, (samples[-1][0] - samples[0][0]) / 10)
    step = max(1, len(samples) ** 2 // 2 // MOST_PAIRS)
    slopes = []
    number = 0
    for i, (at, value, process) in enumerate(samples):
        for later, then, other in samples[i + 1:]:
            number += 1
            if number % step or later - at <= apart or (same_process and other != process):
                continue
            slopes.append((then - value) / (later - at))
    return statistics.median(slopes) if len(slopes) >= 10 else None


def growth(rows, column, warm_up):
    """(median, growth of one process, growth of the service) over the time that was judged."""
    samples = [(float(row["seconds"]), float(row[column]), row["pid"]) for row in judged(rows, warm_up)]
    if len(samples) < 5:
        return None
    span = samples[-1][0] - samples[0][0]
    middle = statistics.median(value for _, value, _ in samples)
    slopes = [slope(samples, same) for same in (True, False)]
    return (middle, *(None if one is None else one * span for one in slopes))


def is_flat(column, middle, grown):
    return grown is None or grown <= max(LEAST[column], middle / 10)


def during_a_kill(error, kills):
    due, ended = int(error["due_ms"]), int(error["ended_ms"])
    return any(due <= int(kill["ready_ms"]) + AFTER_READY_MS and ended >= int(kill["killed_ms"]) for kill in kills)


def wrong_errors(errors, kills):
    """Those that a user should not have seen."""
    return [error for error in errors
            if error["code"].split("/")[0] != "unavailable" or not during_a_kill(error, kills)]


def text_of(number):
    return "     -" if number is None else f"{number:+6.1f}"


def main():
    parser = argparse.ArgumentParser(description="Whether a soak went well.")
    parser.add_argument("folder")
    parser.add_argument("--warm-up", type=float, default=600)
    options = parser.parse_args()
    folder = options.folder
    rows = rows_of(os.path.join(folder, "soak.csv"))
    kills = rows_of(os.path.join(folder, "kills.csv"))
    errors = rows_of(os.path.join(folder, "errors.csv"))
    done = int(rows_of(os.path.join(folder, "timeline.csv"))[-1]["done"])
    wrong = []

    print("service     column        median   of one process   of the service   KB a report")
    for service in dict.fromkeys(row["service"] for row in rows):
        own = [row for row in rows if row["service"] == service]
        for column in ("pss_mb", "rss_mb", "descriptors"):
            found = growth(own, column, options.warm_up)
            if found is None:
                wrong.append(f"{service}: too few samples of {column} after the warm-up")
                continue
            middle, leaked, grown = found
            flat = all(is_flat(column, middle, one) for one in (leaked, grown))
            span = float(own[-1]["seconds"]) or 1
            first = judged(own, options.warm_up)[0]
            part = (span - float(first["seconds"])) / span
            share = grown * 1024 / (done * part) if column != "descriptors" and grown is not None and done else None
            print(f"{service:<11} {column:<12} {middle:7.1f}           {text_of(leaked)}           "
                  f"{text_of(grown)}        {text_of(share)}{'' if flat else '   GROWS'}")
            if not flat:
                wrong.append(f"{service}: {column} grows")
    unwanted = wrong_errors(errors, kills)
    print(f"{done} reports, {len(kills)} kills, {len(errors)} errors, {len(unwanted)} of them not "
          "`unavailable` during a kill")
    if unwanted:
        codes = sorted({f"{one['asked']}:{one['code']}" for one in unwanted})
        wrong.append(f"{len(unwanted)} errors that a user would have seen: {', '.join(codes)}")
    for one in wrong:
        print(f"RED: {one}")
    if not wrong:
        print("green: memory and descriptors are flat, and nobody saw an error")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
