# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# An installation of one's own to put a load on: what load.sh, soak.sh and growth.sh share.

# shellcheck source=../../deploy/lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../../../deploy/lib/common.sh"
# shellcheck source=../../deploy/lib/install.sh
. "$root/deploy/lib/install.sh"
# shellcheck source=../../deploy/lib/daemons.sh
. "$root/deploy/lib/daemons.sh"

# What await_ready keeps, and whatever is put there.
scratch=$(mktemp -d)
build=${BUILD:-$root/build}
load=$build/tests/bench/samenspel-load

say() { printf '%s  %s\n' "$(date +%T)" "$*" >&2; }

#   make_place DIR: a new folder for the installation, or a given one that is empty
make_place() {
  local place=$1
  if [[ -z $place ]]; then
    place=$(mktemp -d -p "${TMPDIR:-/tmp}" samenspel-load.XXXXXX)
    chmod 755 "$place"  # As root the daemons run as another user, who must get through.
    place+=/samenspel
  fi
  set_data "$place"
}

# The daemons and the demo region, anywhere below the ports that the system hands out.
start_region() {
  say "starting daemons of our own in $data"
  "$root/deploy/up.sh" --data "$data" --build "$build" --port-base $((10000 + RANDOM % 20000)) \
    > "$scratch/up.log" 2>&1 || { tail -n 20 "$scratch/up.log" >&2; fail "deploy/up.sh failed"; }
  ninja -C "$build" samenspel-load > "$scratch/ninja.log" 2>&1 ||
    { tail -n 20 "$scratch/ninja.log" >&2; fail "samenspel-load does not build"; }
}

# Also when we are stopped half way nothing of ours goes on.
stop_children() { pkill -TERM -P $$ || true; }

stop_region() { "$root/deploy/down.sh" --data "$data" > /dev/null 2>&1 || true; }

#   put_on_duty N: so many people for each seat that every table has
put_on_duty() {
  say "$1 people on duty for each seat"
  "$load" --roster "$data/config/manager.toml" --per-seat "$1"
}

# Meetings of five minutes that begin at once: people are free again soon, so that a roster lasts
# however long the load goes on.
shorten_meetings() {
  as_user sed -i -e 's/^timebox_minutes = .*/timebox_minutes = 5/' \
    -e 's/^notice_minutes = .*/notice_minutes = 0/' "$data/config/table.toml"
  kill -HUP "$(daemon_pid meeting)"
}

#   awk_of EXPRESSION: a number computed
awk_of() { awk "BEGIN { print $1 }"; }
