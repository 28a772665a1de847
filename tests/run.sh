#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Installs what is missing, builds everything, runs the tests. Ends with "N passed, N failed".
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

# With paths relative to the checkout, another clone of the same sources finds what this one built.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

usage() {
  cat << 'EOF'
usage: tests/run.sh [--asan] [--suite NAME] [--filter REGEX] [--repeat N] [--build DIR] [--jobs N]
  --asan          with the address and undefined-behaviour sanitizers, in build-asan/
  --suite NAME    unit, scenario, faults, simulation, load, python or all (all)
  --filter REGEX  only tests whose name matches, such as 'KeyStore.*Refuses'
  --repeat N      each test N times, until one fails
  --build DIR     folder to build in (build/ or build-asan/ of the checkout)
  --jobs N        compilers and tests at a time (one per core)
EOF
}

fail() {
  echo "$*" >&2
  exit 2
}

sanitize=OFF
suite=all
filter=''
repeat=1
build=''
jobs=$(nproc)
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --asan) sanitize=ON; shift; continue ;;
    --suite | --filter | --repeat | --build | --jobs) (($# > 1)) || fail "$1 wants a value" ;;&
    --suite) suite=$2 ;;
    --filter) filter=$2 ;;
    --repeat) repeat=$2 ;;
    --build) build=$(realpath -m -- "$2") ;;
    --jobs) jobs=$2 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2
done
[[ $suite =~ ^(unit|scenario|faults|simulation|load|python|all)$ ]] || fail "--suite: there is no suite $suite"
[[ $repeat =~ ^[1-9][0-9]*$ ]] || fail "--repeat: a number please"
[[ $jobs =~ ^[1-9][0-9]*$ ]] || fail "--jobs: a number please"
if [[ -z $build ]]; then
  build=$root/build
  [[ $sanitize == OFF ]] || build=$root/build-asan
fi

# Terse on a terminal, and in a log only what went wrong.
run_build() {
  local log=$build/build.log
  mkdir -p "$build"
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DSAMENSPEL_SANITIZE="$sanitize" > "$log" 2>&1 || { cat "$log" >&2; fail "configuring failed"; }
  if [[ -t 1 ]]; then
    ninja -C "$build" -j "$jobs" || fail "the build failed"
  else
    ninja -C "$build" -j "$jobs" > "$log" 2>&1 ||
      { grep -A 20 -m 5 -E '^FAILED|error:' "$log" >&2; fail "the build failed; all of it: $log"; }
  fi
}

# The count in the first line of the results that names it: attribute tests, failures, ...
count() { grep -oE -m 1 "\\b$1=\"[0-9]+\"" "$build/results.xml" | head -n 1 | grep -oE '[0-9]+'; }

run_tests() {
  local options=(--test-dir "$build" -j "$jobs" --output-on-failure --output-junit results.xml)
  [[ $suite == all ]] || options+=(-L "^$suite\$")
  [[ -z $filter ]] || options+=(-R "$filter")
  ((repeat == 1)) || options+=(--repeat "until-fail:$repeat")
  rm -f "$build/results.xml"
  UBSAN_OPTIONS=print_stacktrace=1 ctest "${options[@]}"
}

"$root/deploy/install-packages.sh"
run_build
status=0
run_tests || status=$?
[[ -s $build/results.xml ]] || fail "ctest left no results in $build/results.xml"
skipped=$(($(count skipped) + $(count disabled)))
failed=$(count failures)
passed=$(($(count tests) - failed - skipped))
((skipped == 0)) || echo "$skipped skipped"
((passed + failed > 0)) || echo "no test has run"
echo "$passed passed, $failed failed"
((status == 0 && failed == 0 && passed > 0))
