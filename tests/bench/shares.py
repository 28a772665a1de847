# SPDX-License-Identifier: EUPL-1.2
"""Reads `perf script --no-inline -F ip,sym,dso` and prints shares of the samples, in percent.

First by library: where the processor was. Then of our own functions: how many stacks hold each, so
that a caller's share includes its callees. Then, for each function that is named as an argument,
its direct callees.
"""
import collections
import re
import sys

LEAST = 1.5  # Percent; what has less is not printed.
FRAME = re.compile(r"\s*[0-9a-f]+ (.*) \((.*)\)$")


def name_of(symbol):
    """Without arguments and our namespace: daemon::Core::Step."""
    symbol = symbol.replace("(anonymous namespace)::", "")
    if not symbol.startswith("("):
        symbol = re.sub(r"\(.*", "", symbol)
    return symbol.replace("samenspel::", "")


def stacks(lines):
    """Each sample as its frames, innermost first: (function, library)."""
    stack = []
    for line in lines:
        frame = FRAME.match(line)
        if frame:
            stack.append((name_of(frame.group(1)), frame.group(2).rsplit("/", 1)[-1]))
        elif stack:
            yield stack
            stack = []
    if stack:
        yield stack


def is_ours(name, library):
    foreign = ("google::", "std::", "rocksdb::", "spdlog::", "fmt::", "CLI::")
    generated = "::~" in name or "::_Internal" in name or name.endswith("::SharedDtor")
    return (library.startswith("samenspel-") and "::" in name and not generated
            and not name.startswith(foreign))


def show(counts, total, indent="  "):
    for name, count in counts.most_common():
        share = 100 * count / total
        if share < LEAST:
            break
        print(f"{indent}{share:5.1f}  {name}")


def main():
    wanted = sys.argv[1:]
    libraries, ours = collections.Counter(), collections.Counter()
    callees = {function: collections.Counter() for function in wanted}
    total = 0
    for stack in stacks(sys.stdin):
        total += 1
        libraries[stack[0][1]] += 1
        ours.update({name for name, library in stack if is_ours(name, library)})
        for function in wanted:
            called = {stack[i - 1][0] for i in range(1, len(stack)) if stack[i][0].endswith(function)}
            callees[function].update(called)
    if total == 0:
        sys.exit("no samples")
    print(f"{total} samples; by library")
    show(libraries, total)
    print("by function of ours, with what it calls")
    show(ours, total)
    for function, called in callees.items():
        print(f"called by {function}")
        show(called, total)


if __name__ == "__main__":
    main()
