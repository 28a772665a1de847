# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# What up.sh and down.sh share: where things are, who runs them, how they talk.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
readonly root
readonly services=(intake meeting escalation audit)
readonly rules=(crisismeter.toml terms.toml table.toml alarms.toml)
readonly run_user=samenspel

note() { printf '      %s\n' "$*"; }

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# Also fits a folder with spaces; quotes and backslashes would need escaping in the configs.
set_data() {
  default_data=/var/lib/samenspel
  if ((EUID != 0)); then default_data=${XDG_STATE_HOME:-$HOME/.local/state}/samenspel; fi
  data=${1:-$default_data}
  [[ $data == /* ]] || data=$PWD/$data
  data=${data%/}
  [[ $data != *[\"\\$'\n']* ]] || fail "--data: a folder name without quotes and backslashes please: $data"
  [[ -n $data && $root/ != "$data"/* ]] || fail "--data: not a folder that holds the checkout: $data"
}

# Turns this shell into a command of the user that owns the installation: never root.
become() {
  ((EUID == 0)) || exec "$@"
  cd / && exec env HOME="$data" setpriv --reuid="$run_user" --regid="$run_user" --init-groups \
    --inh-caps=-all --no-new-privs -- "$@"
}

as_user() { (become "$@"); }

# What a person types to do the same.
as_user_words() {
  if ((EUID == 0)); then printf 'runuser -u %s -- ' "$run_user"; fi
}

# Runs a noisy command; its output goes to a log that is shown only when it fails.
#   quietly LOG WHAT COMMAND...
quietly() {
  local log=$1 what=$2
  shift 2
  "$@" > "$log" 2>&1 < /dev/null && return
  tail -n 40 "$log" >&2
  fail "$what failed; all of it: $log"
}

# The process of a service, when it runs. A pid file may outlive its process, and the number may by
# then be another's: the command line tells.
daemon_pid() {
  local pid arguments=()
  read -r pid 2> /dev/null < "$data/run/$1.pid" || return 1
  mapfile -t -d '' arguments 2> /dev/null < "/proc/$pid/cmdline" || return 1
  [[ ${arguments[0]-} == "$data/bin/samenspel-$1" ]] || return 1
  echo "$pid"
}

#   ask_to_stop SERVICE: false when it does not run
ask_to_stop() {
  local pid
  pid=$(daemon_pid "$1") && kill -TERM "$pid" 2> /dev/null
}

# Until a service is gone; a clean stop takes well under a second.
await_gone() {
  local service=$1 rounds=200
  # Not `tail --pid`: where nobody collects ended processes, that would wait for a dead one.
  while daemon_pid "$service" > /dev/null; do
    ((rounds-- > 0)) || fail "samenspel-$service (process $(daemon_pid "$service")) has not stopped" \
      "within 10 s; its log: $data/log/$service.log"
    sleep 0.05
  done
  rm -f "$data/run/$service.pid" "$data/run/$service.stamp"
}

# What a person types to start or stop this installation: words_for up.sh
words_for() {
  printf '%q' "$root/deploy/$1"
  [[ $data == "$default_data" ]] || printf ' --data %q' "$data"
}
