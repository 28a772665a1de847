#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Runs clang-tidy over our sources, several at a time. A file that passed is not checked again until
# it, something it includes or .clang-tidy changes: what passed is remembered in ~/.cache by the hash
# of the preprocessed text.  usage: tests/tidy.sh BUILD FILE.cc...
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
export root
export build=$1
export passed=${XDG_CACHE_HOME:-$HOME/.cache}/samenspel/tidy
shift

# shellcheck disable=SC2317
# The compile command of a source in compile_commands.json, made to print the preprocessed text.
preprocess_command() {
  awk -v file="\"file\": \"$root/$1\"" '
    /"command":/ { command = $0 }
    index($0, file) { print command; exit }' "$build/compile_commands.json" |
    sed -e 's/^ *"command": "//' -e 's/",$//' -e 's/\\"/"/g' -e 's/\\\\/\\/g' \
      -e 's/^[^ ]*ccache //' -e 's/ -o [^ ]* -c / -E -C -P /'
}

# shellcheck disable=SC2317
# Prints "kept" or "checked"; findings go to standard error.
tidy() {
  local source=$1 command key findings
  command=$(preprocess_command "$source")
  if [[ -z $command ]]; then
    echo "$source: stands in no CMakeLists.txt" >&2
    return 1
  fi
  # Without the path of the checkout, so that another clone knows it again.
  key=$({ clang-tidy --version; cat "$root/.clang-tidy"; cd "$build" && bash -c "$command"; } |
    sed "s|$root/||g" | sha256sum | cut -c1-64)
  if [[ -e $passed/$key ]]; then
    touch "$passed/$key"
    echo kept
    return
  fi
  if findings=$(clang-tidy -p "$build" --quiet \
    --header-filter="^$root/(common|services|clients|tests)/" "$root/$source" 2>&1); then
    : > "$passed/$key"
    echo checked
  else
    grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header' <<< "$findings" >&2
    return 1
  fi
}
export -f preprocess_command tidy

mkdir -p "$passed"
find "$passed" -type f -mtime +60 -delete
status=0
# shellcheck disable=SC2016
printf '%s\0' "$@" | xargs -0 -r -n 1 -P "$(nproc)" bash -c 'set -euo pipefail; tidy "$1"' _ |
  sort | uniq -c | sed 's/^ */clang-tidy: /' || status=1
exit "$status"
