#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Counts what a load costs, and sets medians side by side; compare.sh calls it.

  compare.py measure --name N --clients C --results FILE --device D --pids P,P -- LOAD...
  compare.py table FILE      medians, and each goal with what was reached
  compare.py --self-test
"""
import argparse
import csv
import datetime
import os
import re
import statistics
import subprocess
import sys
import threading
import time

COLUMNS = ["when", "name", "clients", "reports", "throughput", "p50_ms", "p99_ms",
           "syncs_per_report", "cpu_s_per_1000", "pss_mb", "other_cpu_pct"]
LINE = COLUMNS[1:3] + COLUMNS[4:10]
QUIET_PCT = 30  # Of a core, used by others: above it a run is disturbed.
DISTURBED = 3  # The exit code that says so.
TICKS = os.sysconf("SC_CLK_TCK")


# --- What a load says of itself.


def read_load(text):
    """Reports, throughput, p50 and p99 from what a load printed, in one of two ways."""
    lines = [line.split() for line in text.splitlines()]
    for header, values in zip(lines, lines[1:]):
        if header[:len(LINE)] == LINE:
            return from_columns(dict(zip(header, values)), text)
    for line in reversed(text.splitlines()):
        said = dict(part.split("=", 1) for part in line.split() if "=" in part)
        if "per_s" in said:
            return from_pairs(said)
    raise ValueError(f"no line of figures in: {text!r}")


def from_columns(said, text):
    """Of a header and a line; how many reports they were stands in another line."""
    counted = re.search(r"(\d+) reports in", text)
    if not counted:
        raise ValueError(f"not how many reports: {text!r}")
    return {"reports": int(counted[1]), **{key: float(said[key]) for key in
                                           ("throughput", "p50_ms", "p99_ms")}}


def from_pairs(said):
    """Of key=value, as tests/bench/loop prints it."""
    if said.get("failed", "0") != "0":
        raise ValueError(f"trips failed: {said}")
    return {"reports": int(said["reports"]), "throughput": float(said["per_s"]),
            "p50_ms": float(said["p50_ms"]), "p99_ms": float(said["p99_ms"])}


# --- What the machine says of it.


def processes():
    """Of each process: parent, ticks of itself and its ended children, and whether the kernel's."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(pid)] = (int(fields[1]), sum(map(int, fields[11:15])),
                           pid == "2" or fields[1] == "2")
    return found


def with_children(roots, found):
    tree = set(roots)
    while True:
        more = {pid for pid, (parent, _, _) in found.items() if parent in tree} - tree
        if not more:
            return tree
        tree |= more


def server_ticks(roots):
    found = processes()
    return sum(found[pid][1] for pid in with_children(roots, found) if pid in found)


def kernel_ticks():
    return sum(ticks for _, ticks, kernel in processes().values() if kernel)


def busy_ticks():
    """User, nice, system and steal of all cores."""
    with open("/proc/stat", encoding="ascii") as file:
        fields = list(map(int, file.readline().split()[1:]))
    return fields[0] + fields[1] + fields[2] + fields[7]


def pss_mb(roots):
    total = 0
    for pid in with_children(roots, processes()):
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total / 1024


def flushes(device):
    with open(f"/sys/block/{device}/stat", encoding="ascii") as file:
        return int(file.read().split()[15])


def own_ticks():
    times = os.times()
    return (times.user + times.system + times.children_user + times.children_system) * TICKS


def measure(options):
    pss = []
    sampled = threading.Timer(options.pss_after, lambda: pss.append(pss_mb(options.server)))
    before = (server_ticks(options.pids), own_ticks(), kernel_ticks(), busy_ticks(),
              flushes(options.device), time.monotonic())
    children = os.times().children_user + os.times().children_system
    sampled.start()
    load = subprocess.run(options.load, stdout=subprocess.PIPE, text=True, check=False)
    loads = os.times().children_user + os.times().children_system - children
    sampled.join()
    time.sleep(0.1)  # Until servers have taken leave of their clients.
    after = (server_ticks(options.pids), own_ticks(), kernel_ticks(), busy_ticks(),
             flushes(options.device), time.monotonic())
    server, own, kernel, busy, flushed, seconds = (b - a for a, b in zip(before, after))
    if load.returncode != 0:
        raise ValueError(f"the load ended with {load.returncode}: {load.stdout!r}")
    row = read_load(load.stdout)
    others = max(0.0, busy - server - own - kernel) / TICKS / seconds * 100
    row.update(
        when=datetime.datetime.now().isoformat(timespec="seconds"), name=options.name,
        clients=options.clients, pss_mb=round(pss[0], 1), other_cpu_pct=round(others),
        syncs_per_report=round(flushed / row["reports"], 2),
        cpu_s_per_1000=round((server / TICKS + loads) / row["reports"] * 1000, 3))
    fresh = not os.path.exists(options.results)
    with open(options.results, "a", newline="", encoding="ascii") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if fresh:
            writer.writeheader()
        writer.writerow(row)
    print(*(row[column] for column in LINE), f"(others {row['other_cpu_pct']} % of a core)")
    return DISTURBED if others > QUIET_PCT else 0


# --- Side by side.


def medians(rows):
    """Per (name, clients): the median of each figure over the undisturbed runs, how many those
    are, and how many were made. Where all were disturbed, the least disturbed one stands."""
    groups = {}
    for row in rows:
        groups.setdefault((row["name"], int(row["clients"])), []).append(row)
    result = {}
    for key, runs in groups.items():
        quiet = [run for run in runs if float(run["other_cpu_pct"]) <= QUIET_PCT]
        used = quiet or [min(runs, key=lambda run: float(run["other_cpu_pct"]))]
        result[key] = {column: statistics.median(float(run[column]) for run in used)
                       for column in COLUMNS[4:]}
        result[key].update(quiet=len(quiet), made=len(runs))
    return result


# Number, what, (name, clients), figure, at most or at least, factor, (name, clients) to compare
# with, or none: then the factor is the goal itself.
OURS, FLOOR = "samenspel", "floor-topology"
GOALS = [
    ("P1", "p50 at 1 client", (OURS, 1), "p50_ms", "<=", 1.5, (FLOOR, 1)),
    ("P2", "p50 at 1 client", (OURS, 1), "p50_ms", "<=", 1.0, ("rabbit-quorum", 1)),
    ("P2", "p50 at 1 client", (OURS, 1), "p50_ms", "<=", 2.0, ("pg-notify", 1)),
    ("P3", "throughput at 16", (OURS, 16), "throughput", ">=", 0.4, (FLOOR, 16)),
    ("P3", "throughput at 16", (OURS, 16), "throughput", ">=", 1.0, ("pg-notify", 16)),
    ("P4", "throughput at 64", (OURS, 64), "throughput", ">=", 0.4, (FLOOR, 64)),
    ("P4", "throughput at 64", (OURS, 64), "throughput", ">=", 1.0, ("pg-notify", 64)),
    ("P4", "throughput at 64", (OURS, 64), "throughput", ">=", 1.0, ("rabbit-quorum", 64)),
    ("P5", "p99 at 64", (OURS, 64), "p99_ms", "<=", 1.0, ("pg-poll", 64)),
    ("P5", "p99 at 16", (OURS, 16), "p99_ms", "<=", 1.0, ("pg-notify", 16)),
    ("P6", "flushes a report at 1", (OURS, 1), "syncs_per_report", "<=", 3.6, None),
    ("P6", "flushes a report at 16", (OURS, 16), "syncs_per_report", "<=", 1.2, None),
    ("P6", "flushes a report at 64", (OURS, 64), "syncs_per_report", "<=", 0.6, None),
    ("P7", "CPU at 64", (OURS, 64), "cpu_s_per_1000", "<=", 2.5, (FLOOR, 64)),
    ("P7", "PSS at 64", (OURS, 64), "pss_mb", "<=", 1.5, ("pg-poll", 64)),
    ("P8", "audit append at 1", ("audit-append", 1), "throughput", ">=", 1.0, ("pg-chain", 1)),
    ("P8", "audit append at 64", ("audit-append", 64), "throughput", ">=", 5.0, ("pg-chain", 64)),
    ("stretch", "p50 at 1 client", (OURS, 1), "p50_ms", "<=", 1.25, (FLOOR, 1)),
    ("stretch", "throughput at 64", (OURS, 64), "throughput", ">=", 0.75, (FLOOR, 64)),
    ("stretch", "throughput at 64", (OURS, 64), "throughput", ">=", 2.0, ("pg-notify", 64)),
    ("stretch", "throughput at 64", (OURS, 64), "throughput", ">=", 1.1, ("pg-poll", 64)),
    ("stretch", "CPU at 64", (OURS, 64), "cpu_s_per_1000", "<=", 1.0, ("pg-poll", 64)),
]


def judged(goal, found):
    """(figure, what it is measured against, verdict) of one goal."""
    _, _, subject, figure, way, factor, against = goal
    if subject not in found or (against and against not in found):
        return "-", "-", "not measured"
    ours = found[subject][figure]
    base = found[against][figure] if against else 1.0
    reached = ours <= factor * base if way == "<=" else ours >= factor * base
    shown = f"{ours:g} = {ours / base:.2f}x" if against else f"{ours:g}"
    return shown, f"{base:g}" if against else "-", "reached" if reached else "missed"


def print_table(rows, out=sys.stdout):
    found = medians(rows)
    print("| " + " | ".join(LINE + ["runs"]) + " |", file=out)
    print("|" + "---|" * (len(LINE) + 1), file=out)
    for (name, clients), figures in found.items():
        shown = [f"{figures[column]:.4g}" for column in LINE[2:]]
        print(f"| {name} | {clients} | " + " | ".join(shown)
              + f" | {figures['quiet']}/{figures['made']} |", file=out)
    print("\n| | what | goal | figure | against | |", file=out)
    print("|---|---|---|---|---|---|", file=out)
    for goal in GOALS:
        number, what, _, _, way, factor, against = goal
        aim = f"{way} {factor:g}" + (f"x {against[0]}" if against else "")
        print(f"| {number} | {what} | {aim} | " + " | ".join(judged(goal, found)) + " |", file=out)


# --- The self-test.


def row_of(name, clients, throughput, others=0, **more):
    row = {column: "1" for column in COLUMNS}
    row.update(name=name, clients=str(clients), throughput=str(throughput),
               other_cpu_pct=str(others), **more)
    return row


def self_test():
    said = read_load("noise\nclients=2 reports=10 failed=0 per_s=5 p50_ms=3 p99_ms=4\n")
    assert said == {"reports": 10, "throughput": 5.0, "p50_ms": 3.0, "p99_ms": 4.0}, said
    said = read_load(" ".join(LINE) + "\nours 1 5 3 4 1 2 - \nstages: 10 reports in 2.0 s\n")
    assert said == {"reports": 10, "throughput": 5.0, "p50_ms": 3.0, "p99_ms": 4.0}, said
    assert read_load("clients=1 reports=3 failed=0 per_s=1 p50_ms=.5 p99_ms=2")["p50_ms"] == 0.5
    for bad in ("", "clients=1 reports=3 failed=1 per_s=1 p50_ms=.5 p99_ms=2",
                " ".join(LINE) + "\nours 1 5 3 4 1 2 3\n"):
        try:
            read_load(bad)
            raise AssertionError(f"was read: {bad!r}")
        except ValueError:
            pass
    # A disturbed run does not count beside quiet ones, and the least disturbed one where all are.
    rows = [row_of(OURS, 64, 100), row_of(OURS, 64, 300), row_of(OURS, 64, 200),
            row_of(OURS, 64, 9000, others=31), row_of(FLOOR, 64, 500, others=90),
            row_of(FLOOR, 64, 400, others=40)]
    found = medians(rows)
    assert found[(OURS, 64)]["throughput"] == 200, found
    assert (found[(OURS, 64)]["quiet"], found[(OURS, 64)]["made"]) == (3, 4), found
    assert found[(FLOOR, 64)]["throughput"] == 400 and found[(FLOOR, 64)]["quiet"] == 0, found
    goals = {(goal[0], goal[6]): judged(goal, found) for goal in GOALS if goal[2] == (OURS, 64)}
    assert goals[("P4", (FLOOR, 64))] == ("200 = 0.50x", "400", "reached"), goals
    assert goals[("P4", ("rabbit-quorum", 64))][2] == "not measured", goals
    assert goals[("P6", None)][2] == "missed", goals
    assert with_children([10], {10: (1, 0, False), 11: (10, 0, False), 12: (11, 0, False),
                                13: (1, 0, False)}) == {10, 11, 12}
    print("ok")


def numbers(text):
    return list(map(int, text.split(",")))


def main():
    parser = argparse.ArgumentParser(description="figures of compare.sh")
    parser.add_argument("--self-test", action="store_true")
    commands = parser.add_subparsers(dest="command")
    one = commands.add_parser("measure")
    for name in ("--name", "--results", "--device"):
        one.add_argument(name, required=True)
    one.add_argument("--clients", type=int, required=True)
    one.add_argument("--pids", required=True, type=numbers, help="whose processor time counts")
    one.add_argument("--server", required=True, type=numbers, help="whose memory counts")
    one.add_argument("--pss-after", type=float, default=2.5)
    one.add_argument("load", nargs="+")
    commands.add_parser("table").add_argument("results")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if options.command == "measure":
        return measure(options)
    if options.command != "table":
        parser.error("measure, table or --self-test")
    with open(options.results, newline="", encoding="ascii") as file:
        return print_table(csv.DictReader(file))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ValueError as error:
        sys.exit(str(error))
