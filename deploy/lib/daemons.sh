# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# Starts what is not running, or runs from older files, and waits until all answer.

declare -A started=()  # process -> service, of this run

# The files that a daemon starts from; other bytes call for a restart.
stamp_of() {
  as_user sha256sum "$data/bin/samenspel-$1" "$data/config/$1.toml" \
    "${rules[@]/#/$data/config/}"
}

# A session of its own, so that closing the terminal does not reach it, and no open file of ours or
# of whoever started us: a lock or a pipe would stay held for as long as the daemon runs.
launch() {
  local service=$1
  stamp_of "$service" | put "run/$service.stamp"
  # shellcheck disable=SC2016
  (become bash -c '
    for open in /proc/self/fd/*; do
      ((${open##*/} <= 2)) || eval "exec ${open##*/}>&-"
    done
    exec setsid "$1" --config "$2" < /dev/null >> "$3" 2>&1' bash \
    "$data/bin/samenspel-$service" "$data/config/$service.toml" "$data/log/$service.log") &
  started[$!]=$service
  put "run/$service.pid" <<< "$!"
}

start_daemons() {
  local service pid
  for service in "${services[@]}"; do
    if pid=$(daemon_pid "$service"); then
      if stamp_of "$service" | cmp -s - "$data/run/$service.stamp"; then
        note "samenspel-$service runs already (process $pid)"
        continue
      fi
      note "samenspel-$service runs from older files (process $pid): restarting it"
      ask_to_stop "$service" || true
      await_gone "$service"
    fi
    launch "$service"
  done
}

# Until all answer, or one of those just started has ended, or 30 seconds have passed.
await_ready() {
  local waiter ended code=0 service
  (become "$data/bin/samenspel" --config "$data/config/manager.toml" status --wait 30) \
    > "$scratch/status" 2>&1 &
  waiter=$!
  wait -n -p ended "$waiter" "${!started[@]}" || code=$?
  if [[ $ended != "$waiter" ]]; then
    kill "$waiter" 2> /dev/null || true
    service=${started[$ended]}
    tail -n 10 "$data/log/$service.log" >&2
    fail "samenspel-$service ended while starting (exit code $code); its log: $data/log/$service.log"
  fi
  ((code == 0)) && return
  cat "$scratch/status" >&2
  for service in "${services[@]}"; do
    printf -- '--- %s\n' "$data/log/$service.log" >&2
    tail -n 5 "$data/log/$service.log" >&2
  done
  fail "not all daemons answer after 30 s"
}
