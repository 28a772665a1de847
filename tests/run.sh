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
  --suite NAME    unit, scenario, faults, damage, kill, drill, crash, battery, attack, fuzz,
                  simulation, mutants, load, python, upgrade or all (all)
  --filter REGEX  only tests whose name matches, such as 'KeyStore.*Refuses'
  --repeat N      each test N times, until one fails
  --simulate HOURS [--seed N] [--commands N] [--faults N,N] [--shrink]
                  no tests, but so many simulated hours, a day a seed from N on; with --shrink a
                  failing run is cut down to the least that still fails
  --kill ROUNDS [--seed N] [--pause-seconds S]
                  no other tests, but so many rounds of killing daemons under load, a fifth as many
                  of killing all at once, and a pause of S seconds of each (30)
  --fuzz SECONDS  no other tests, but each fuzzer for so long; tests/fuzz/run.sh has more options
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
hours=0
rounds=0
fuzz=0
seed=1
pause=30
simulate=()
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --asan) sanitize=ON; shift; continue ;;
    --shrink) simulate+=(--shrink); shift; continue ;;
    --suite | --filter | --repeat | --build | --jobs | --simulate | --kill | --fuzz | --pause-seconds | --seed | --commands | --faults) (($# > 1)) || fail "$1 wants a value" ;;&
    --suite) suite=$2 ;;
    --filter) filter=$2 ;;
    --repeat) repeat=$2 ;;
    --simulate) hours=$2 ;;
    --kill) rounds=$2 ;;
    --fuzz) fuzz=$2 ;;
    --pause-seconds) pause=$2 ;;
    --seed) seed=$2; simulate+=("$1" "$2") ;;
    --commands | --faults) simulate+=("$1" "$2") ;;
    --build) build=$(realpath -m -- "$2") ;;
    --jobs) jobs=$2 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2
done
suites='unit|scenario|faults|damage|kill|drill|crash|battery|attack|fuzz|simulation|mutants|load|python|upgrade|all'
[[ $suite =~ ^($suites)$ ]] || fail "--suite: there is no suite $suite"
[[ $repeat =~ ^[1-9][0-9]*$ ]] || fail "--repeat: a number please"
[[ $jobs =~ ^[1-9][0-9]*$ ]] || fail "--jobs: a number please"
[[ $hours =~ ^[0-9]+$ ]] || fail "--simulate: a number of hours please"
[[ $rounds =~ ^[0-9]+$ && $seed =~ ^[0-9]+$ && $pause =~ ^[0-9]+$ ]] || fail "--kill, --seed and --pause-seconds: a number please"
[[ $fuzz =~ ^[0-9]+$ ]] || fail "--fuzz: a number of seconds please"
(((hours > 0) + (rounds > 0) + (fuzz > 0) < 2)) || fail "one of --simulate, --kill and --fuzz"
((hours > 0 || rounds > 0 || ${#simulate[@]} == 0)) || fail "--seed, --commands, --faults and --shrink want --simulate HOURS (--seed also --kill ROUNDS)"
((fuzz == 0)) || exec "$root/tests/fuzz/run.sh" "$fuzz" --jobs "$jobs" ${build:+--build "$build"}
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
  local targets=()
  [[ $suite != mutants ]] || targets=(samenspel-mutants)
  [[ $suite != fuzz ]] || targets=(fuzz_test)
  if [[ -t 1 ]]; then
    ninja -C "$build" -j "$jobs" "${targets[@]}" || fail "the build failed"
  else
    ninja -C "$build" -j "$jobs" "${targets[@]}" > "$log" 2>&1 ||
      { grep -A 20 -m 5 -E '^FAILED|error:' "$log" >&2; fail "the build failed; all of it: $log"; }
  fi
}

# The daemons of the last release, which today's must work together with. Without them their tests are skipped, and counted.
build_former() {
  local status=0
  "$root/tests/upgrade/build.sh" "$build/upgrade" "$jobs" || status=$?
  ((status == 0 || status == 4)) || fail "the last release does not build"
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

# A day a run, or less when less was asked for. Each failure prints the command that repeats it.
run_simulation() {
  local day=$((hours < 24 ? hours : 24))
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSAMENSPEL_SANITIZE="$sanitize" > /dev/null
  ninja -C "$build" -j "$jobs" samenspel-simulate > "$build/build.log" 2>&1 ||
    { tail -n 30 "$build/build.log" >&2; fail "the build failed; all of it: $build/build.log"; }
  exec "$build/tests/simulation/samenspel-simulate" --hours "$day" --total-hours "$hours" \
    --twice "$((hours > 24 ? 10 : 1))" --jobs "$jobs" "${simulate[@]}"
}

# Progress every ten rounds; a failure prints its seed.
run_kill() {
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DSAMENSPEL_SANITIZE="$sanitize" > /dev/null
  ninja -C "$build" -j "$jobs" kill_test > "$build/build.log" 2>&1 ||
    { tail -n 30 "$build/build.log" >&2; fail "the build failed; all of it: $build/build.log"; }
  export SAMENSPEL_KILL_ROUNDS=$rounds SAMENSPEL_KILL_SEED=$seed SAMENSPEL_PAUSE_SECONDS=$pause
  exec "$build/tests/kill/kill_test" --gtest_filter='Killing.*:Pausing.*' --gtest_brief=1
}

"$root/deploy/install-packages.sh"
((rounds == 0)) || run_kill
((hours == 0)) || run_simulation
run_build
[[ $suite != upgrade && ($suite != all || -n $filter) ]] || build_former
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
