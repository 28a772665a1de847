#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# shellcheck source-path=SCRIPTDIR
# samenspel-load in a closed loop, for each number of clients on daemons and a roster of its own: header, one line each.
set -euo pipefail
. "$(dirname -- "${BASH_SOURCE[0]}")/lib/installation.sh"

usage() {
  cat << 'EOF'
usage: tests/bench/load.sh [--clients "1 16 64"] [--reports "1000 3000 4000"] [--times N] [--keep]
  --clients LIST   so many desk workers at once, one run after the other
  --reports LIST   so many reports in each of these runs
  --times N        each so often (1)
  --keep           the last installation stays, and runs
EOF
}

clients=(1 16 64)
reports=(1000 3000 4000)
times=1
keep=''
while (($#)); do
  case $1 in
    --keep) keep=1; shift; continue ;;
    --clients | --reports | --times) (($# > 1)) || fail "$1 wants a value" ;;&
    --clients) read -r -a clients <<< "$2" ;;
    --reports) read -r -a reports <<< "$2" ;;
    --times) times=$2 ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2
done

end() {
  stop_children
  [[ -z $keep ]] || { say "kept and running: $data"; rm -rf "$scratch"; return; }
  [[ -z ${data-} ]] || { stop_region; rm -rf "${data%/samenspel}"; }
  rm -rf "$scratch"
}
trap end EXIT

status=0
#   run CLIENTS REPORTS: a warm-up of a tenth, then the run
run() {
  [[ -z ${data-} ]] || { stop_region; rm -rf "${data%/samenspel}"; }
  make_place ''
  start_region
  put_on_duty $(($2 * 3 / 2))
  "$load" --config "$data/config/desk-vt.toml" --clients "$1" --reports $(($2 / 10)) --no-seats \
    > /dev/null
  "$load" --config "$data/config/desk-vt.toml" --clients "$1" --reports "$2" || status=1
}

for ((time = 1; time <= times; ++time)); do
  for i in "${!clients[@]}"; do run "${clients[i]}" "${reports[i]:-1000}"; done
done
((status == 0))
