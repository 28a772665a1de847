#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What the inner parts of a report cost, one line each: name, time on the clock, processor, entries a second.
# Options go to Google Benchmark: tests/bench/inner.sh --benchmark_filter=Plan
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
build=${BUILD:-$root/build}
ninja -C "$build" samenspel-inner > /dev/null
exec "$build/tests/bench/inner/samenspel-inner" --benchmark_min_time=0.2 "$@"
