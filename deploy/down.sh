#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# shellcheck source-path=SCRIPTDIR
# Stops the daemons that up.sh started. Keeps everything. Safe to run again.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/lib/common.sh"

usage() { echo "usage: deploy/down.sh [--data DIR]     (the same DIR that deploy/up.sh was given)"; }

main() {
  local data_option='' service stopping=()
  while (($#)); do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --data) (($# > 1)) || fail "--data wants a value"; data_option=$2; shift 2 ;;
      *) usage >&2; exit 2 ;;
    esac
  done
  set_data "$data_option"
  [[ -d $data ]] || fail "There is no installation in $data."
  [[ -r $data/run ]] || fail "$data is not yours: run this as the user that ran up.sh."

  # All are asked first: they end side by side.
  for service in "${services[@]}"; do
    if ask_to_stop "$service"; then stopping+=("$service"); fi
  done
  for service in "${services[@]}"; do await_gone "$service"; done
  if ((${#stopping[@]})); then
    echo "stopped ${stopping[*]/#/samenspel-}"
  else
    echo "nothing was running"
  fi
  echo "Kept in $data: reports, meetings, log, keys and configs. To start again: $(words_for up.sh)"
  echo "To remove it all: rm -r $(printf '%q' "$data")"
}
main "$@"
