#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Writes a history in which intake has N entries (1,000,000) and measures --backup, --restore and --repair-from audit of it.
# More options after N: --keep. Wants N/200 MB in $TMPDIR (/tmp), on a real disk.
set -euo pipefail
entries=${1:-1000000}
shift || true
exec "$(dirname -- "${BASH_SOURCE[0]}")/restart.sh" "$entries" --backups "$@"
