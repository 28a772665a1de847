#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# shellcheck source-path=SCRIPTDIR
# Builds Samenspel, starts it on this machine with an invented region, and sends one red report.
# Safe to run again: what is there stays, what runs keeps running.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/install.sh
. "$root/deploy/lib/install.sh"
# shellcheck source=lib/keys.sh
. "$root/deploy/lib/keys.sh"
# shellcheck source=lib/daemons.sh
. "$root/deploy/lib/daemons.sh"

usage() {
  cat << 'EOF'
usage: deploy/up.sh [--data DIR] [--port-base N] [--build DIR]
  --data DIR      where everything is kept; as root /var/lib/samenspel, otherwise
                  ~/.local/state/samenspel
  --port-base N   the daemons listen on 127.0.0.1, ports N+1 to N+4 (first time: 7100), and show
                  their metrics on N+11 to N+14
  --build DIR     folder to build in (build/ of the checkout)
EOF
}

read_options() {
  local data_option='' base_option=''
  build=$root/build
  while (($#)); do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --data | --port-base | --build) (($# > 1)) || fail "$1 wants a value" ;;&
      --data) data_option=$2 ;;
      --port-base) base_option=$2 ;;
      --build) build=$(realpath -m -- "$2") ;;
      *) usage >&2; exit 2 ;;
    esac
    shift 2
  done
  set_data "$data_option"
  port_base=$base_option
  if [[ -z $port_base && -r $data/config/port-base ]]; then port_base=$(< "$data/config/port-base"); fi
  port_base=${port_base:-7100}
  if [[ ! $port_base =~ ^[0-9]{4,5}$ ]] || ((port_base < 1024 || port_base > 65500)); then
    fail "--port-base: a number from 1024 to 65500 please"
  fi
  language="en"
  [[ ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} != nl* ]] || language="nl"
}

step_number=0
step() { printf '%d/6  %s\n' $((++step_number)) "$*"; }

# With paths relative to the checkout, another clone of the same sources finds what this one built.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

# In the name of the checkout's owner, so that `sudo deploy/up.sh` leaves no files of root in it.
build_programs() {
  local owner as_owner=() targets=(samenspel manual "${services[@]/#/samenspel-}")
  owner=$(stat -c %U "$root")
  if ((EUID == 0)) && [[ $owner != root && $owner != UNKNOWN ]]; then
    as_owner=(runuser -u "$owner" -- env HOME="$(getent passwd "$owner" | cut -d: -f6)")
  fi
  quietly "$scratch/configure.log" "Configuring" "${as_owner[@]}" \
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release
  quietly "$scratch/build.log" "The build" "${as_owner[@]}" ninja -C "$build" "${targets[@]}"
}

# Only one of us at a time in one installation.
lock_installation() {
  exec 9< "$data/registry"
  flock --nonblock 9 || fail "another deploy/up.sh is at work in $data"
}

# Sent once; a later run shows what became of it, without opening what the form says of the family.
first_report() {
  local file=$data/demo/first-report
  if case_number=$(cat "$file" 2> /dev/null) &&
    speak desk-vt meeting show "$case_number" > "$scratch/shown"; then
    note "the report of an earlier run, $case_number, stands; nothing new is sent"
    cat "$scratch/shown"
    return
  fi
  speak desk-vt report submit "$data/demo/red-toddler.json" | tee "$scratch/shown"
  case_number=$(grep -oE '[0-9]{4}-[0-9]{6}-[A-Z]' "$scratch/shown" | head -n 1) ||
    fail "the answer to the report holds no case number"
  put demo/first-report <<< "$case_number"
  speak desk-vt report hold "$case_number" --who "Crisisdienst Maasveen" --step crisis_team
}

what_next() {
  local client
  printf -v client '%s%q --config %q' "$(as_user_words)" "$data/bin/samenspel" "$data/config"
  cat << EOF

Samenspel runs. A daily round, as Sanne Bloemgracht of the Veilig Thuis desk:
  $client/desk-vt.toml me
  $client/desk-vt.toml queue
  $client/desk-vt.toml report submit $data/demo/amber-unknown.json
  $client/desk-vt.toml report show $case_number
  $client/desk-vt.toml alarm list
  $client/desk-vt.toml report import $data/demo/fifty.jsonl
The protection worker at the table takes their seat, and may read the case from then on:
  $client/table-gi.toml meeting accept $case_number
The same report seen from a desk that has no part in it (it is told nothing):
  $client/desk-gi.toml report show $case_number
Who is rung when something is late, the log's proofs, and whether all daemons are well:
  $client/duty-vt.toml alarm list
  $client/auditor.toml audit show $case_number
  $client/operator.toml status
All commands, and completion with the tab key in this shell:
  man $(printf %q "$data/share/man/man1/samenspel.1")
  source $(printf %q "$data/share/samenspel.bash")
Everybody with a key: $(people | cut -d' ' -f1 | sort | xargs)
Stop it (everything is kept):
  $(words_for down.sh)
EOF
}

main() {
  local name
  read_options "$@"
  scratch=$(mktemp -d)
  trap '(($?)) || rm -rf "$scratch"' EXIT  # After a failure the logs stay.

  step "packages"
  quietly "$scratch/packages.log" "Installing packages" "$root/deploy/install-packages.sh"
  step "build (the first time takes minutes)"
  build_programs
  step "install in $data"
  umask 077
  make_user
  make_folders
  lock_installation
  install_programs
  install_helps
  install_rules
  put config/port-base <<< "$port_base"
  make_keys
  write_configs
  for name in "$root"/deploy/demo/{reports,bulk}/*; do put "demo/${name##*/}" < "$name"; done
  step "start the daemons"
  start_daemons
  await_ready
  step "load the demo region: who works there, and who is on duty the coming 30 days"
  speak manager region demo "${demo_region[@]}"
  make_roster
  speak manager roster load "$data/demo/roster.json"
  step "a red report, its first step, its meeting, and the proof that all are in the log"
  first_report
  speak desk-vt alarm list
  speak auditor audit show "$case_number"
  what_next
  printf '\nThis took %d s.\n' "$SECONDS"
}
main "$@"
