# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# Fills the installation folder: programs, keys and configs. Everything here is safe to repeat.

make_user() {
  ((EUID == 0)) || return 0
  getent passwd "$run_user" > /dev/null && return 0
  useradd --system --user-group --no-create-home --home-dir /var/lib/samenspel \
    --shell /usr/sbin/nologin "$run_user"
  note "made the system user $run_user"
}

make_folders() {
  if [[ -n $(ls -A "$data" 2> /dev/null) && ! -d $data/registry ]]; then
    fail "--data: $data holds other things already; name an empty or a new folder"
  fi
  mkdir -p "$data"
  if ((EUID == 0)); then chown "$run_user:" "$data"; fi
  as_user test -w "$data" ||
    fail "$run_user cannot write in $data: choose another --data, or let it pass the folders above"
  as_user mkdir -p "$data"/{config,data,demo,log,registry,run,secrets,spool}
  as_user chmod 700 "$data" "$data/secrets" "$data/spool"
}

# Writes standard input to a file of the installation, whole or not at all; an equal one stays.
put() {
  # shellcheck disable=SC2016
  as_user sh -c 'cat > "$1.new" && { cmp -s "$1.new" "$1" && rm "$1.new" || mv "$1.new" "$1"; }' \
    sh "$data/$1"
}

install_program() {
  cmp -s "$build/$1" "$data/bin/${1##*/}" || install -m 755 "$build/$1" "$data/bin/${1##*/}"
}

install_programs() {
  local service
  mkdir -p "$data/bin"
  chmod 755 "$data/bin"
  install_program clients/samenspel/samenspel
  for service in "${services[@]}"; do install_program "services/$service/daemon/samenspel-$service"; done
}

# The manual page, and what `source` teaches bash.
install_helps() {
  mkdir -p "$data/share/man/man1"
  chmod 755 "$data/share" "$data/share/man" "$data/share/man/man1"
  install -m 644 "$build/samenspel.1" "$data/share/man/man1/samenspel.1"
  "$data/bin/samenspel" completion bash > "$scratch/samenspel.bash"
  install -m 644 "$scratch/samenspel.bash" "$data/share/samenspel.bash"
}

# A rule file that somebody changed here stays; the new one then lies beside it.
install_rules() {
  local name from=$root/deploy/config to=$data/config
  for name in "${rules[@]}"; do
    if [[ ! -e $to/$name ]] || cmp -s "$to/$name" "$to/$name.delivered"; then
      put "config/$name" < "$from/$name"
    elif ! cmp -s "$from/$name" "$to/$name"; then
      note "kept your own config/$name; the one of this release is config/$name.delivered"
    fi
    put "config/$name.delivered" < "$from/$name"
  done
}
