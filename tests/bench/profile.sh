#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# shellcheck source-path=SCRIPTDIR
# Where the time of each daemon goes under load: starts an installation of its own with people on duty for all that
# comes, loads it, samples every daemon meanwhile, prints shares. Wants perf (package linux-perf).
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/lib/installation.sh"

usage() {
  cat << 'END'
usage: tests/bench/profile.sh [--clients N] [--seconds S] [--keep] [FUNCTION...]
  --clients N     of samenspel-load (64)
  --seconds S     how long they send (10)
  --keep          leave the samples there, and say where
  FUNCTION...     print the direct callees of these too, such as Core::Step
END
}

clients=64 seconds=10 keep='' functions=()
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --keep) keep=1; shift; continue ;;
    --clients | --seconds) (($# > 1)) || fail "$1 wants a value" ;;&
    --clients) clients=$2 ;;
    --seconds) seconds=$2 ;;
    --*) usage >&2; exit 2 ;;
    *) functions+=("$1"); shift; continue ;;
  esac
  shift 2
done
[[ $seconds =~ ^([3-9]|[1-9][0-9]+)$ ]] || fail "--seconds: three or more"
command -v perf > /dev/null || fail "perf is missing: deploy/install-packages.sh installs it"

end() {
  stop_children
  [[ -z ${data-} ]] || { stop_region; rm -rf "${data%/samenspel}"; }
  if [[ $keep ]]; then echo "kept: $scratch"; else rm -rf "$scratch"; fi
}
trap end EXIT

make_place ''
start_region
put_on_duty $((seconds * 900))

"$load" --config "$data/config/desk-vt.toml" --clients "$clients" --seconds "$seconds" --no-seats \
  > "$scratch/load.log" &
loading=$!
sleep 1  # The clients connect.
samplers=()
for service in "${services[@]}"; do
  # Shared virtual cores often have no hardware counters: the clock samples, and unwinds by DWARF.
  perf record --quiet --event cpu-clock --freq 499 --call-graph dwarf,16384 \
    --pid "$(daemon_pid "$service")" --output "$scratch/$service.perf" -- sleep $((seconds - 2)) 2> /dev/null &
  samplers+=($!)
done
wait "$loading" "${samplers[@]}"
cat "$scratch/load.log"
for service in "${services[@]}"; do
  echo
  echo "== $service"
  perf script --no-inline --fields ip,sym,dso --input "$scratch/$service.perf" 2> /dev/null |
    python3 "$root/tests/bench/shares.py" "${functions[@]}"
done
