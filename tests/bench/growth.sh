#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# shellcheck source-path=SCRIPTDIR
# How fast, large and quick to start the daemons are with so many reports in their past: one line for each number.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/lib/installation.sh"

usage() {
  cat << 'EOF'
usage: tests/bench/growth.sh [--clients 64] [--load 3000] [--folder DIR] [REPORTS...]
  REPORTS...    stored reports, all past and settled (10000 100000 1000000); each 10,000 want 200 MB twice
                in $TMPDIR (/tmp) and 40 s of a core
  --folder DIR  a history that `restart.sh N --keep` has left; it is copied, and stays as it is
  --clients N   desk workers of the closed loop (64)
  --load N      reports that they send (3000)
EOF
}

clients=64 load_reports=3000 folders=() sizes=()
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --*) (($# > 1)) || fail "$1 wants a value" ;;&
    --clients) clients=$2; shift ;;
    --load) load_reports=$2; shift ;;
    --folder) folders+=("$2"); shift ;;
    --*) usage >&2; exit 2 ;;
    *) sizes+=("$1") ;;
  esac
  shift
done
if ((${#sizes[@]} + ${#folders[@]} == 0)); then sizes=(10000 100000 1000000); fi
ninja -C "$build" samenspel samenspel-load samenspel-restart "${services[@]/#/samenspel-}" > "$scratch/ninja.log" ||
  { tail -n 20 "$scratch/ninja.log" >&2; fail "the build failed"; }

daemons=()
stop_daemons() {
  ((${#daemons[@]} == 0)) || kill "${daemons[@]}" 2> /dev/null || true
  wait
  daemons=()
}
end() {
  stop_children
  stop_daemons
  [[ -z ${region-} ]] || rm -rf "$region"
  rm -rf "$scratch"
}
trap end EXIT

# History and restart times; sets `region`, its folder.
make_history() {
  say "writing a history of $1 reports"
  # Of intake, a report has 4.4 entries.
  "$build/tests/bench/restart/samenspel-restart" --entries $(($1 * 44 / 10)) --times 1 --keep > "$scratch/restart"
  region=$(sed -n 's/^kept: //p' "$scratch/restart")
}

# The same of a history that is there.
copy_history() {
  say "copying $1"
  region=$(mktemp -d -p "${TMPDIR:-/tmp}" samenspel-growth.XXXXXX)
  cp -a "$1"/{config,registry,secrets,left} "$region"
  mkdir -p "$region"/{data,log,spool,keys-copy}
  sed -i "s#$1#$region#g" "$region"/config/*.toml
  "$build/tests/bench/restart/samenspel-restart" --folder "$region" --times 1 > "$scratch/restart"
}

# Those of the history may be in use by now.
change_ports() {
  local port base=$((10000 + RANDOM % 20000))
  while read -r port; do
    sed -i "s#127\.0\.0\.1:$port\"#127.0.0.1:$((++base))\"#" "$region"/config/*.toml
  done < <(grep -ohE '127\.0\.0\.1:[0-9]+' "$region"/config/*.toml | cut -d: -f2 | sort -u)
}

start_daemons_there() {
  local service
  mkdir -p "$region/run"
  for service in "${services[@]}"; do
    "$build/services/$service/daemon/samenspel-$service" --config "$region/config/$service.toml" \
      < /dev/null >> "$region/log/$service.log" 2>&1 &
    daemons+=($!)
    echo $! > "$region/run/$service.pid"
  done
  "$build/clients/samenspel/samenspel" --config "$region/config/manager.toml" status --wait 60 \
    > "$scratch/status" 2>&1 || { cat "$scratch/status" >&2; fail "not all daemons answer"; }
}

# Seconds from a kill -9 until ready, warm: the sixth column of the lines that restart has printed.
restart_seconds() { awk -v service="$1" '$1 == service && $3 == "kill" { print $6 }' "$scratch/restart"; }

entries_of_intake() {
  "$build/clients/samenspel/samenspel" --config "$region/config/manager.toml" --json status |
    jq -r '.services[] | select(.service == "intake").entries'
}

# Puts the load on it, and prints the line of this region.
measure() {
  local entries disk service desk=$region/config/desk-vt.toml line=()
  change_ports
  start_daemons_there
  entries=$(entries_of_intake)
  "$load" --roster "$region/config/manager.toml" --per-seat $((load_reports * 3 / 2))
  "$load" --config "$desk" --clients "$clients" --reports $((load_reports / 10)) --no-seats > /dev/null
  "$load" --config "$desk" --clients "$clients" --reports "$load_reports" > "$scratch/figures" || cat "$scratch/figures" >&2
  read -r -a line < <(sed -n 2p "$scratch/figures")
  stop_daemons
  disk=$(du -sm "$region/data" | cut -f1)
  printf '%s %s %s %s %s %s %s %s' "$1" "$entries" "$clients" "${line[2]}" "${line[3]}" "${line[4]}" "${line[7]}" "$disk"
  for service in "${services[@]}"; do printf ' %s' "$(restart_seconds "$service")"; done
  printf '\n'
  rm -rf "$region"
}

echo "reports entries clients throughput p50_ms p99_ms pss_mb disk_mb restart_s: ${services[*]}"
for size in "${sizes[@]}"; do
  make_history "$size"
  measure "$(sed -n 's/^\([0-9]*\) reports, .*/\1/p' "$scratch/restart")"
done
for folder in "${folders[@]}"; do
  copy_history "${folder%/}"
  measure -
done
