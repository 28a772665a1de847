#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Checks what no test sees: licence lines, formatting, shell scripts, clang-tidy.
# usage: tests/lint.sh [--build DIR] [--no-tidy]
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
build=$root/build
tidy=yes
while (($#)); do
  case $1 in
    --build) build=$(realpath -m -- "${2:?--build wants a folder}"); shift 2 ;;
    --no-tidy) tidy=no; shift ;;
    *) sed -n 's/^# usage/usage/p' "$0" >&2; exit 2 ;;
  esac
done

# Files that are tracked, or would be by `git add .`: files PATTERN...
files() {
  git ls-files -z --cached --others --exclude-standard -- "$@" |
    while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\n' "$file"; done
}

failures=0
#   check NAME COMMAND...: runs it, says how long it took, and goes on when it fails
check() {
  local name=$1 from=$SECONDS verdict=ok
  shift
  "$@" || { verdict=FAILED; ((++failures)); }
  printf '%-14s %s (%d s)\n' "$name" "$verdict" $((SECONDS - from))
}

# The line stands first, or second after the line that names the interpreter.
licence_lines() {
  local file bad=0
  while read -r file; do
    head -n 2 "$file" | grep -qE '^(//|#|<!--) SPDX-License-Identifier: EUPL-1\.2' && continue
    echo "$file: has no SPDX line" >&2
    bad=1
  done < <(files '*.cc' '*.h' '*.proto' '*.cmake' '*CMakeLists.txt' '*.sh' '*.toml' '*.toml.in' \
    .ci/run .clang-tidy .clang-format deploy/packages.txt)
  return "$bad"
}

# What is left to do stands in the issues, not in the code.
no_reminders() {
  local word='TO''DO|FIX''ME|XX''X'
  mapfile -t found < <(files '*.cc' '*.h' '*.proto' '*.cmake' '*CMakeLists.txt' '*.sh' '*.toml')
  ! grep -nE "\\b($word)\\b" "${found[@]}" >&2
}

formatted() {
  mapfile -t found < <(files '*.cc' '*.h')
  clang-format --dry-run -Werror "${found[@]}"
}

shell_scripts() {
  local script bad=0
  mapfile -t found < <(files '*.sh' .ci/run)
  for script in "${found[@]}"; do bash -n "$script" || bad=1; done
  # What is only sourced is checked where it is sourced.
  mapfile -t found < <(printf '%s\n' "${found[@]}" | grep -v /lib/)
  shellcheck -x "${found[@]}" || bad=1
  return "$bad"
}

# Of what runs for users; tests are held to format and warnings. clang-tidy reads the generated
# headers, so these are made first.
tidied() {
  cmake -S . -B "$build" -G Ninja > "$build.log" 2>&1 || { cat "$build.log" >&2; return 1; }
  rm -f "$build.log"
  mapfile -t found < <(ninja -C "$build" -t targets all | sed -n 's/^\(.*\.pb\.h\): .*/\1/p')
  ninja -C "$build" "${found[@]}" > /dev/null || return 1
  mapfile -t found < <(files 'common/*.cc' 'services/*.cc' 'clients/*.cc')
  tests/tidy.sh "$build" "${found[@]}"
}

check "licence lines" licence_lines
check "reminders" no_reminders
check "shell scripts" shell_scripts
check "clang-format" formatted
[[ $tidy == no ]] || check "clang-tidy" tidied
((failures == 0))
