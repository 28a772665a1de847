#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# shellcheck source-path=SCRIPTDIR/../../deploy
# Measures our daemons, the bare pipe of the same shape, PostgreSQL and RabbitMQ in turn on this
# machine, and prints medians and goals (docs/performance.md, "Side by side").
set -euo pipefail
# shellcheck source=lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../../deploy/lib/common.sh"
# shellcheck source=lib/install.sh
. "$root/deploy/lib/install.sh"
# shellcheck source=lib/daemons.sh
. "$root/deploy/lib/daemons.sh"

usage() {
  cat << 'EOF'
usage: tests/bench/compare.sh DIR [--passes N] [--systems "NAME ..."] [--clients "N ..."]
                              [--seconds S] [--tries N] [--professionals N] [--port-base N] [--build DIR]
                              [--table]
  DIR                where all is kept: installations, clusters, and results.csv, which grows with
                     each run; on the disk that is to be measured
  --passes N         how often each is measured, all in turn (5)
  --systems          of samenspel floor-topology pg-notify pg-poll rabbit-quorum audit-append pg-chain (all)
  --clients          at once, one run each (1 16 64)
  --seconds S        of each run (3)
  --tries N          how often at most a run is made while others use the processor (3)
  --professionals N  of the roster, ours and the peers' (2000)
  --port-base N      ports N to N+40 are used (24000)
  --table            measures nothing, prints what results.csv holds
EOF
}

passes=5
systems="samenspel floor-topology pg-notify pg-poll rabbit-quorum audit-append pg-chain"
clients="1 16 64"
seconds=3
tries=3
professionals=2000
ports=24000
build=$root/build
only_table=no

read_options() {
  (($# > 0)) || { usage >&2; exit 2; }
  [[ $1 != --help && $1 != -h ]] || { usage; exit 0; }
  dir=$(realpath -m -- "$1")
  shift
  while (($#)); do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --table) only_table=yes; shift; continue ;;
      --passes | --systems | --clients | --seconds | --tries | --professionals | --port-base | --build) (($# > 1)) || fail "$1 wants a value" ;;&
      --passes) passes=$2 ;;
      --systems) systems=$2 ;;
      --clients) clients=$2 ;;
      --seconds) seconds=$2 ;;
      --tries) tries=$2 ;;
      --professionals) professionals=$2 ;;
      --port-base) ports=$2 ;;
      --build) build=$(realpath -m -- "$2") ;;
      *) usage >&2; exit 2 ;;
    esac
    shift 2
  done
}

# The disk below DIR, whose flushes are counted.
device() { lsblk -nso NAME,TYPE "$(df --output=source "$dir" | tail -n 1)" | awk '$2 == "disk" {print $1; exit}' | tr -dc 'a-z0-9'; }

# Processes of ours that are not daemons of an installation: their numbers, newest last.
running=()
current=''  # The system that runs.
stop_running() {
  local pid
  for pid in "${running[@]}"; do kill "$pid" 2> /dev/null || true; done
  for pid in "${running[@]}"; do wait "$pid" 2> /dev/null || true; done
  running=()
}

joined() { local IFS=,; echo "$*"; }

# --- Our daemons, everything on. Each run starts from the same history: a region and no reports.

prepare_samenspel() {
  set_data "$dir/samenspel"
  [[ ! -r $dir/samenspel.tar ]] || return 0
  current=samenspel
  "$root/deploy/up.sh" --data "$data" --port-base $((ports + 20)) --build "$build" > "$scratch/up.log" ||
    fail "deploy/up.sh failed: $scratch/up.log"
  as_user "$data/bin/samenspel" --config "$data/config/manager.toml" region demo --seed 1 \
    --professionals "$professionals" --days 30 > "$scratch/region.log"
  stop_samenspel
  current=''
  tar -C "$data/data" --exclude=ballast -cf "$dir/samenspel.tar" .
}

restore_samenspel() {
  set_data "$dir/samenspel"
  find "$data/data" -type f ! -name ballast -delete
  tar -C "$data/data" -xf "$dir/samenspel.tar"
  sync -f "$data"
  started=()
}

start_samenspel() {
  restore_samenspel
  start_daemons > "$scratch/start.log"
  await_ready
  local service
  pids=()
  for service in "${services[@]}"; do pids+=("$(daemon_pid "$service")"); done
  # How far the roster was used is the same for all.
  load=("$build/tests/bench/samenspel-load" --no-seats
    --config "$data/config/desk-vt.toml" --clients "$1" --seconds "$seconds" --seed "$RANDOM")
}

stop_samenspel() {
  local service
  for service in "${services[@]}"; do ask_to_stop "$service" || true; done
  for service in "${services[@]}"; do await_gone "$service"; done
}

# --- The bare pipe.

start_floor-topology() {
  local program=$build/tests/bench/floor/samenspel-floor service
  local common=(--keys "$dir/floor/keys" --port-base $((ports + 10)))
  rm -rf "$dir/floor"
  mkdir "$dir/floor"
  "$program" keys "$dir/floor/keys"
  for service in "${services[@]}"; do
    "$program" daemon "$service" --data "$dir/floor/$service" "${common[@]}" > "$dir/floor/$service.log" &
    running+=($!)
  done
  for service in "${services[@]}"; do await_line ready "$dir/floor/$service.log"; done
  pids=("${running[@]}")
  load=("$program" load "${common[@]}" --clients "$1" --seconds "$seconds")
}

stop_floor-topology() { stop_running; }

# --- Audit alone, fed by who plays intake: what it appends, hashes, signs and syncs.

prepare_audit-append() { prepare_samenspel; }

start_audit-append() {
  restore_samenspel
  launch audit
  until daemon_pid audit > /dev/null; do sleep 0.05; done  # It is still becoming that program.
  pids=("$(daemon_pid audit)")
  load=("$build/tests/bench/append/samenspel-append" --config "$data/config/desk-vt.toml"
    --leader-secret "$data/secrets/intake/curve.secret" --clients "$1" --seconds "$seconds")
}

stop_audit-append() { stop_samenspel; }

# --- PostgreSQL: a cluster of our own, as Debian's package makes it.

peer=''  # The program, once the build folder is known.
database=''

#   as_server USER COMMAND...: servers do not run as root
as_server() {
  local user=$1
  shift
  if ((EUID == 0)); then set -- setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"; fi
  (cd / && "$@")
}

pg() { as_server postgres "$(pg_config --bindir)/$1" -D "$dir/pg/cluster" "${@:2}"; }

prepare_pg() {
  [[ -x $peer ]] || fail "$peer is missing: install tests/bench/packages.txt and build with -DSAMENSPEL_BENCH_PEERS=ON"
  database="host=$dir/pg port=$((ports + 40)) user=postgres dbname=postgres"
  [[ ! -d $dir/pg/cluster ]] || return 0
  mkdir -p "$dir/pg"
  ((EUID != 0)) || chown postgres "$dir/pg"
  pg initdb -A trust -U postgres > "$scratch/initdb.log" 2>&1 || fail "initdb failed: $scratch/initdb.log"
}

start_pg() {
  pg pg_ctl -w -l "$dir/pg/log" start > /dev/null \
    -o "-p $((ports + 40)) -k $dir/pg -c listen_addresses= -c synchronous_commit=on -c max_connections=200"
  server=("$(head -n 1 "$dir/pg/cluster/postmaster.pid")")
  pids=("${server[@]}")
  "$peer" pg-setup --database "$database" 2> "$scratch/pg-setup.log"
}

stop_pg() {
  stop_running
  pg pg_ctl -w -m fast stop > /dev/null
}

# What grades and plans; it is counted, but its memory is not the server's.
#   start_consumer ARGUMENT...
start_consumer() {
  rm -f "$scratch/consumer.log"
  "$peer" "$@" --professionals "$professionals" > "$scratch/consumer.log" &
  running+=($!)
  pids+=($!)
  await_line ready "$scratch/consumer.log"
}

await_line() {
  local rounds=600
  until grep -q "$1" "$2" 2> /dev/null; do
    ((rounds-- > 0)) || fail "no '$1' in $2 within 60 s"
    sleep 0.1
  done
}

start_pg_flow() {
  start_pg
  start_consumer pg-consume --database "$database" --hears "$1"
  load=("$peer" pg-load --database "$database" --hears "$1" --clients "$2" --seconds "$seconds"
    --seed "$RANDOM")
}

prepare_pg-notify() { prepare_pg; }
start_pg-notify() { start_pg_flow notify "$1"; }
stop_pg-notify() { stop_pg; }
prepare_pg-poll() { prepare_pg; }
start_pg-poll() { start_pg_flow poll "$1"; }
stop_pg-poll() { stop_pg; }
prepare_pg-chain() { prepare_pg; }
start_pg-chain() {
  start_pg
  load=("$peer" pg-chain --database "$database" --clients "$1" --seconds "$seconds")
}
stop_pg-chain() { stop_pg; }

# --- RabbitMQ: a node of our own, with its own epmd.

rabbit() {
  local own=$dir/rabbit
  as_server rabbitmq env HOME="$own" LC_ALL=C.UTF-8 RABBITMQ_NODENAME=compare@localhost \
    RABBITMQ_MNESIA_BASE="$own/mnesia" RABBITMQ_LOG_BASE="$own/log" RABBITMQ_PID_FILE="$own/pid" \
    RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE="$own/rabbitmq" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$own/plugins" RABBITMQ_DIST_PORT=$((ports + 31)) \
    ERL_EPMD_PORT=$((ports + 32)) ERL_EPMD_ADDRESS=127.0.0.1 "$@"
}

prepare_rabbit-quorum() {
  [[ -x $peer ]] || fail "$peer is missing: install tests/bench/packages.txt and build with -DSAMENSPEL_BENCH_PEERS=ON"
  mkdir -p "$dir/rabbit"
  ((EUID != 0)) || chown rabbitmq "$dir/rabbit"
  echo "listeners.tcp.local = 127.0.0.1:$((ports + 30))" > "$dir/rabbit/rabbitmq.conf"
}

start_rabbit-quorum() {
  rm -f "$dir/rabbit/pid" "$scratch/rabbit.log"
  (exec > "$scratch/rabbit.log" 2>&1; rabbit /usr/lib/rabbitmq/bin/rabbitmq-server) &
  node=$!
  await_line "Starting broker... completed" "$scratch/rabbit.log"
  server=("$(< "$dir/rabbit/pid")")
  pids=("${server[@]}")
  "$peer" rabbit-setup --port $((ports + 30))
  start_consumer rabbit-consume --port $((ports + 30))
  load=("$peer" rabbit-load --port $((ports + 30)) --clients "$1" --seconds "$seconds" --seed "$RANDOM")
}

stop_rabbit-quorum() {
  stop_running
  ((${#server[@]} == 0)) || kill "${server[0]}" || true
  wait "$node" || true
  rabbit epmd -kill > /dev/null || true
}

# --- All in turn.

# One run; again while others use the processor, but not for ever.
run_one() {
  local system=$1 count=$2 attempt status
  for ((attempt = 1; attempt <= tries; ++attempt)); do
    pids=()
    server=()
    load=()
    current=$system
    "start_$system" "$count"
    ((${#server[@]})) || server=("${pids[@]}")
    status=0
    "$here/compare.py" measure --name "$system" --clients "$count" --results "$dir/results.csv" \
      --device "$(device)" --pids "$(joined "${pids[@]}")" --server "$(joined "${server[@]}")" \
      --pss-after "$(awk "BEGIN {print $seconds * 0.8}")" -- "${load[@]}" || status=$?
    "stop_$system"
    current=''
    ((status != 0)) || return 0
    ((status == 3)) || fail "$system with $count clients was not measured"
    echo "   disturbed: others used more than 30 % of a core (run $attempt of $tries)"
  done
}

main() {
  local pass system count
  here=$root/tests/bench
  read_options "$@"
  if [[ $only_table == yes ]]; then exec "$here/compare.py" table "$dir/results.csv"; fi
  peer=$build/tests/bench/peers/samenspel-peer
  mkdir -p "$dir"
  chmod 755 "$dir"  # As root, servers run as other users, who must get through.
  scratch=$(mktemp -d)
  trap 'cleanup; rm -rf "$scratch"' EXIT
  trap 'exit 130' INT TERM
  for system in $systems; do
    if declare -F "prepare_$system" > /dev/null; then "prepare_$system"; fi
  done
  for ((pass = 1; pass <= passes; ++pass)); do
    for system in $systems; do
      for count in $clients; do run_one "$system" "$count"; done
    done
  done
  "$here/compare.py" table "$dir/results.csv"
}

# What runs when this ends early.
cleanup() {
  [[ -z $current ]] || "stop_$current" || true
  stop_running
}
main "$@"
