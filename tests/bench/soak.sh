#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# shellcheck source-path=SCRIPTDIR
# Hours of half load on daemons of our own, of which one is killed (-9) every few minutes. Ends red when memory or
# descriptors grow, or when a user would have seen another error than `unavailable` during a kill.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/lib/installation.sh"

usage() {
  cat << 'EOF'
usage: tests/bench/soak.sh [--minutes 120] [--rate R] [--kill-every 300] [--out DIR] ...
  --minutes N      how long (120)
  --rate R         reports a second; else half of what a short closed loop with 64 clients reaches
  --red N          percent of red reports (2); the others are amber and green. All are settled at once
  --kill-every S   kill -9 of one daemon, drawn, and its restart (300); 0: never
  --sample S       a row for each daemon every S seconds (5)
  --warm-up S      what is not judged, after the beginning and after each restart (a tenth, at most 600)
  --seed N         of families, arrivals and which daemon is killed (1)
  --out DIR        soak.csv, kills.csv, errors.csv, timeline.csv, latency.txt, soak.svg (a new folder)
  --data DIR       an empty folder for the installation, which stays; else a new one, removed at the end
EOF
}

minutes=120 rate='' red=2 kill_every=300 sample_every=5 warm_up='' seed=1 out='' place=''
while (($#)); do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --*) (($# > 1)) || fail "$1 wants a value" ;;&
    --minutes) minutes=$2 ;;
    --rate) rate=$2 ;;
    --red) red=$2 ;;
    --kill-every) kill_every=$2 ;;
    --sample) sample_every=$2 ;;
    --warm-up) warm_up=$2 ;;
    --seed) seed=$2 ;;
    --out) out=$2 ;;
    --data) place=$2 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2
done
seconds=$(awk_of "int($minutes * 60)")
if [[ -z $warm_up ]]; then warm_up=$((seconds / 10 < 600 ? seconds / 10 : 600)); fi
make_place "$place"
if [[ -z $out ]]; then out=$(mktemp -d -p "${TMPDIR:-/tmp}" samenspel-soak.XXXXXX); fi
mkdir -p "$out"

loader=''
end() {
  stop_children
  stop_region
  [[ -n $place ]] || rm -rf "${data%/samenspel}"
  rm -rf "$scratch"
}
trap end EXIT

# Two desks and their colleagues send; those of one organisation may settle what the other sent.
load_with() { "$load" --config "$data/config/desk-vt.toml" --red "$red" --close "$@"; }

half_load() {
  say "how much it takes: 64 clients for 20 s"
  load_with --clients 64 --seconds 20 --no-seats > "$scratch/first" 2> "$scratch/first.errors" ||
    { cat "$scratch/first.errors" >&2; return 1; }
  awk 'NR == 2 { print $3 / 2 }' "$scratch/first"
}

# In each five minutes so many meetings begin and end; people are booked for 60 % of their time.
people_for() { awk_of "int($1 * $red / 100 * 300 / 0.6) + 20"; }

row_of() {
  local service=$1 pid pss rss descriptors tables disk
  pid=$(daemon_pid "$service") || return 0
  pss=$(awk '/^Pss:/ { print $2 / 1024 }' "/proc/$pid/smaps_rollup" 2> /dev/null) || return 0
  rss=$(awk '/^VmRSS:/ { print $2 / 1024 }' "/proc/$pid/status" 2> /dev/null) || return 0
  descriptors=$(find "/proc/$pid/fd" -mindepth 1 ! -lname '*.sst' 2> /dev/null | wc -l)
  tables=$(find "/proc/$pid/fd" -mindepth 1 -lname '*.sst' 2> /dev/null | wc -l)
  disk=$(du -sm "$data/data/$service" 2> /dev/null | cut -f1) || return 0
  echo "$((SECONDS - began)),$(date +%s),$service,$pid,$pss,$rss,$descriptors,$tables,$disk"
}

sample() {
  local service
  for service in "${services[@]}"; do row_of "$service" >> "$out/soak.csv"; done
}

kill_one() {
  local service=${services[RANDOM % ${#services[@]}]} killed pid
  pid=$(daemon_pid "$service")
  killed=$(date +%s%3N)
  kill -KILL "$pid"
  wait "$pid" 2> /dev/null || true  # One that we started ends as our child: the shell would tell of it.
  await_gone "$service"
  started=()
  launch "$service"
  await_ready
  echo "$killed,$(date +%s%3N),$service" >> "$out/kills.csv"
  say "killed samenspel-$service; ready again after $(($(date +%s%3N) - killed)) ms"
}

watch_over() {
  local next_kill=$((kill_every > 0 ? kill_every : seconds * 2))
  # Not in the last seconds, so that what a kill does to senders is seen to its end.
  local last_kill=$((seconds - 20))
  while kill -0 "$loader" 2> /dev/null; do
    sample
    if ((SECONDS - began >= next_kill && SECONDS - began < last_kill)); then
      kill_one
      next_kill=$((next_kill + kill_every))
    fi
    sleep "$sample_every"
  done
}

start_region
RANDOM=$seed  # Not before: ports are drawn too.
shorten_meetings
put_on_duty 500
[[ -n $rate ]] || rate=$(half_load)
put_on_duty "$(people_for "$rate")"
say "$rate reports a second for $minutes minutes; a daemon is killed every $kill_every s; all in $out"
echo "seconds,unix,service,pid,pss_mb,rss_mb,descriptors,tables,disk_mb" > "$out/soak.csv"
echo "killed_ms,ready_ms,service" > "$out/kills.csv"
began=$SECONDS
load_with --clients 110 --rate "$rate" --seconds "$seconds" --seed "$seed" --patience 60 \
  --timeline "$out/timeline.csv" --errors "$out/errors.csv" --histogram "$out/latency.txt" \
  > "$out/figures.txt" 2> "$out/progress.txt" &
loader=$!
watch_over
code=0
wait "$loader" || code=$?
loader=''
cat "$out/figures.txt"
((code < 2)) || fail "$(tail -n 3 "$out/progress.txt")"
grep '^samenspel-load:' "$out/progress.txt" >&2 || true
"$root/tests/bench/chart.py" "$out/soak.csv" "$out/soak.svg" --timeline "$out/timeline.csv"
"$root/tests/bench/soak_verdict.py" "$out" --warm-up "$warm_up"
