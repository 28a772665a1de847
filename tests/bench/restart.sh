#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Writes a history in which intake has N entries (1,000,000) and measures how long the daemons take until they are ready.
# More options after N: --log-mb, --times, --keep. Wants N/400 MB in $TMPDIR (/tmp), on a real disk.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
build=${BUILD:-$root/build}
entries=${1:-1000000}
shift || true
ninja -C "$build" samenspel-restart > /dev/null
exec "$build/tests/bench/restart/samenspel-restart" --entries "$entries" "$@"
