#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Builds the fuzzers with clang and runs each for a while. One line a target: runs, runs a second,
# what is covered, what is new. Ends red on a finding and keeps its input. docs/testing.md tells more.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

usage() {
  cat << 'EOF'
usage: tests/fuzz/run.sh [SECONDS] [--runs N] [--jobs N] [--build DIR] [--keep] [--list] [TARGET...]
  SECONDS      for each target (60); with --runs at most so long, and without limit when not given
  --runs N     ends each target after N runs
  --jobs N     targets at a time (one per core)
  --build DIR  folder to build in (build-fuzz/ of the checkout)
  --keep       merges what was found into tests/fuzz/corpus: the least that covers the same
  --list       names the targets
EOF
}

fail() {
  echo "$*" >&2
  exit 2
}

seconds=''
runs=-1
jobs=$(nproc)
build=$root/build-fuzz
keep=no
list=no
wanted=()
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --keep) keep=yes; shift; continue ;;
    --list) list=yes; shift; continue ;;
    --runs | --jobs | --build) (($# > 1)) || fail "$1 wants a value" ;;&
    --runs) runs=$2; shift 2 ;;
    --jobs) jobs=$2; shift 2 ;;
    --build) build=$(realpath -m -- "$2"); shift 2 ;;
    -*) usage >&2; exit 2 ;;
    *) if [[ $1 =~ ^[0-9]+$ ]]; then seconds=$1; else wanted+=("$1"); fi; shift ;;
  esac
done
[[ $runs =~ ^(-1|[1-9][0-9]*)$ ]] || fail "--runs: a number please"
[[ $jobs =~ ^[1-9][0-9]*$ ]] || fail "--jobs: a number please"
if [[ -z $seconds ]]; then
  seconds=60
  ((runs < 0)) || seconds=0
fi

"$root/deploy/install-packages.sh"
mkdir -p "$build"
CC=clang CXX=clang++ cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DSAMENSPEL_FUZZ=ON > "$build/build.log" 2>&1 || { cat "$build/build.log" >&2; fail "configuring failed"; }
ninja -C "$build" -j "$(nproc)" fuzzers > "$build/build.log" 2>&1 ||
  { grep -A 20 -m 5 -E '^FAILED|error:' "$build/build.log" >&2; fail "the build failed; all of it: $build/build.log"; }

# TARGET BYTES: each target, and the most bytes that an input of it should have.
rm -rf "$build/seeds"
"$build/tests/fuzz/samenspel-fuzz-seeds" "$build/seeds" > "$build/targets.txt"
if [[ $list == yes ]]; then
  cut -d ' ' -f 1 "$build/targets.txt"
  exit 0
fi
for target in "${wanted[@]}"; do
  grep -qE "^$target " "$build/targets.txt" || fail "there is no target $target"
done

# What was freed is kept aside for less long than usual, so that the limit of memory means something.
export ASAN_OPTIONS=quarantine_size_mb=64 UBSAN_OPTIONS=print_stacktrace=1

# What the repository keeps of a target: so many files, each smaller than this.
kept_files=120
kept_bytes=2048

#   run_target NAME BYTES: what was found goes to $build/found/NAME, an input that broke something to
#   $build/findings/NAME
run_target() {
  local name=$1 bytes=$2 log=$build/log/$1.log status=0
  local kept=$root/tests/fuzz/corpus/$name again=$root/tests/fuzz/regressions/$name
  local folders=("$build/found/$name" "$build/seeds/$name")
  mkdir -p "$build/log" "$build/found/$name" "$build/findings/$name"
  [[ ! -d $kept ]] || folders+=("$kept")
  [[ ! -d $again ]] || folders+=("$again")
  # Entropic scheduling costs ten times what our code does; leaks are looked for at the end.
  "$build/tests/fuzz/samenspel-fuzz-$name" -max_total_time="$seconds" -runs="$runs" -max_len="$bytes" \
    -entropic=0 -detect_leaks=0 -print_funcs=0 \
    -timeout=5 -rss_limit_mb=512 -malloc_limit_mb=256 -print_final_stats=1 -reload=0 \
    -artifact_prefix="$build/findings/$name/" "${folders[@]}" > "$log" 2>&1 || status=$?
  local done_runs speed covered new
  done_runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
  new=$(sed -n 's/^stat::new_units_added: *//p' "$log")
  covered=$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1 | grep -oE '[0-9]+' || true)
  local verdict=ok
  ((status == 0)) || verdict="FOUND: $(grep -m 1 -oE 'does not hold: .*|runtime error: .*|ERROR: .*' "$log" || echo "see $log")"
  printf '%-20s %12s runs %8s/s  covers %6s  new %6s  %s\n' "$name" "${done_runs:-?}" "${speed:-?}" \
    "${covered:-?}" "${new:-?}" "$verdict"
  ((status == 0)) || { echo "  input: $(find "$build/findings/$name" -type f -newer "$build/targets.txt" | head -n 1)"; return 1; }
}

#   keep_found NAME: the corpus becomes the fewest of the old and the found that cover as much, the
#   small ones of them when they are many
keep_found() {
  local name=$1 kept=$root/tests/fuzz/corpus/$1 bytes
  bytes=$(sed -n "s/^$name //p" "$build/targets.txt")
  rm -rf "$build/merged/$name"
  mkdir -p "$build/merged/$name" "$kept"
  "$build/tests/fuzz/samenspel-fuzz-$name" -set_cover_merge=1 -use_counters=0 -print_funcs=0 -max_len="$bytes" \
    "$build/merged/$name" "$build/seeds/$name" "$kept" "$build/found/$name" > "$build/log/$name.merge.log" 2>&1 ||
    fail "merging $name failed; $build/log/$name.merge.log tells more"
  rm -rf "$kept"
  mkdir -p "$kept"
  find "$build/merged/$name" -type f -size "-${kept_bytes}c" -printf '%s %p\n' | sort -n | head -n "$kept_files" |
    cut -d ' ' -f 2 | xargs -r cp -t "$kept"
}

status=0
running=0
while read -r name bytes; do
  [[ ${#wanted[@]} -eq 0 || " ${wanted[*]} " == *" $name "* ]] || continue
  run_target "$name" "$bytes" &
  running=$((running + 1))
  ((running < jobs)) || { wait -n || status=1; running=$((running - 1)); }
done < "$build/targets.txt"
while ((running > 0)); do
  wait -n || status=1
  running=$((running - 1))
done
if [[ $keep == yes ]]; then
  while read -r name _; do
    [[ ${#wanted[@]} -eq 0 || " ${wanted[*]} " == *" $name "* ]] || continue
    keep_found "$name"
  done < "$build/targets.txt"
fi
exit "$status"
