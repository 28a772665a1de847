#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Installs what deploy/packages.txt names and this machine lacks. Nothing to do: under a second.
# Another list of the same form may be given.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
list=${1:-$here/packages.txt}
if [[ ! -r $list ]]; then
  echo "usage: deploy/install-packages.sh [LIST]: there is no $list" >&2
  exit 2
fi

wanted() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$list"; }

# The wanted packages that dpkg does not report as installed.
missing() {
  comm -23 <(wanted | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
}

if ! command -v dpkg-query > /dev/null; then
  echo "This script knows Debian packages only. Install by hand what ${1:-deploy/packages.txt} names." >&2
  exit 1
fi
mapfile -t packages < <(missing)
if ((${#packages[@]} == 0)); then
  echo "all packages are there"
  exit 0
fi

as_root=()
if ((EUID != 0)); then
  if ! command -v sudo > /dev/null; then
    echo "Missing packages: ${packages[*]}" >&2
    echo "Installing them takes root, and sudo is not here. As root: $here/install-packages.sh${1:+ $1}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "installing ${packages[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -q -y --no-install-recommends "${packages[@]}"
