#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Builds the daemons of the last release in releases.txt from this clone's history: FOLDER/last/bin and, as that
# release delivered it, FOLDER/last/config. What is built already stays. Exit code 4: the history lacks the release.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

(($# >= 1)) || { echo "usage: tests/upgrade/build.sh FOLDER [JOBS]" >&2; exit 2; }
folder=$(realpath -m -- "$1")
jobs=${2:-$(nproc)}
read -r version commit < <(grep -v '^#' "$here/releases.txt" | tail -n 1)
place=$folder/$version
daemons=(samenspel-intake samenspel-meeting samenspel-escalation samenspel-audit)

# A newer release in the list must not leave the former one in its place.
rm -f "$folder/last"
if ! git -C "$here" cat-file -e "$commit^{commit}" 2> /dev/null; then
  echo "release $version is not in this clone's history (a shallow clone?)"
  exit 4
fi
if [[ $(cat "$place/commit" 2> /dev/null) != "$commit" ]]; then
  rm -rf "$place"
  mkdir -p "$place/source" "$place/bin"
  git -C "$here/../.." archive "$commit" | tar -x -C "$place/source"
  # Flags and relative paths as in the checkout's own build: what has not changed since comes out of ccache.
  export CCACHE_BASEDIR=$place/source CCACHE_NOHASHDIR=1
  log=$place/build.log
  { cmake -S "$place/source" -B "$place/source/build" -G Ninja -DCMAKE_BUILD_TYPE=Release &&
    ninja -C "$place/source/build" -j "$jobs" "${daemons[@]}"; } > "$log" 2>&1 ||
    { tail -n 40 "$log" >&2; echo "release $version does not build; all of it: $log" >&2; exit 1; }
  for daemon in "${daemons[@]}"; do
    find "$place/source/build" -type f -name "$daemon" -exec mv {} "$place/bin/" \;
  done
  mv "$place/source/deploy/config" "$place/config"
  rm -rf "$place/source"
  echo "$commit" > "$place/commit"
fi
ln -s "$version" "$folder/last"
echo "release $version: $place"
