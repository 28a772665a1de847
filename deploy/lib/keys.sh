# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# Keys and configs of the demo: three services, four desk workers, a region manager, an auditor.

readonly origin=samenspel.example/demo
readonly region_organisation=org_region

# alias, id, kind of organisation, function, role, purpose, name. All invented.
people() {
  cat << 'EOF'
desk-vt   pro_00000000000000000000deskvt veilig_thuis           veilig_thuis_desk           desk_worker    child_safety Sanne Bloemgracht
desk-gi   pro_00000000000000000000deskgc certified_institution  institution_desk            desk_worker    child_safety Youssef Rietveen
desk-rvdk pro_00000000000000000000deskrk child_protection_board child_protection_board_desk desk_worker    child_safety Marloes Dijkzicht
desk-team pro_00000000000000000000deskwt local_team             local_team_desk             desk_worker    child_safety Imani Kersenboom
manager   pro_0000000000000000000manager -                      region_manager              region_manager region_setup Pieter Zonderland
auditor   pro_0000000000000000000checker -                      auditor                     auditor        audit        Hanneke Nergens
EOF
}

samenspel() { as_user "$data/bin/samenspel" "$@"; }

# As one of the people: speak ALIAS report show ...
speak() {
  local alias=$1
  shift
  samenspel --config "$data/config/$alias.toml" "$@"
}

#   make_key ID ORGANISATION FUNCTION ROLE [--service]
make_key() {
  samenspel --quiet keys new --if-missing --registry "$data/registry" --secrets "$data/secrets" \
    --id "$1" --employer "$2" --organisation "$2" --function "$3" --role "$4" "${@:5}"
}

# The region's organisations have ids that follow from the seed; the generator tells.
organisation_of() {
  [[ $1 != - ]] || { echo "$region_organisation"; return; }
  jq -r --arg kind "$1" '.organisations[] | select(.kind == $kind).id' <<< "$region"
}

# A key that has ended is entered again with a new term; one that was revoked stays revoked.
drop_ended_keys() {
  local id
  [[ -n $(ls "$data/registry") ]] || return 0
  while read -r id; do
    note "the key of $id had ended: renewed"
    as_user rm "$data/registry/$id.toml"
  done < <(samenspel --json keys list --registry "$data/registry" |
    jq -r '.principals[] | select(.state == "expired").id')
}

make_keys() {
  local service id kind function role organisation region
  drop_ended_keys
  for service in "${services[@]}"; do
    make_key "svc_$service" "$region_organisation" "$service" service --service
  done
  region=$(samenspel --json region demo --seed 1 --professionals 4 --days 1 --print)
  while read -r _ id kind function role _; do
    organisation=$(organisation_of "$kind")
    [[ -n $organisation ]] || fail "the demo region has no organisation of kind $kind"
    make_key "$id" "$organisation" "$function" "$role"
  done < <(people)
  put secrets/README.txt << 'EOF'
Demo only. These are secret keys, made by deploy/up.sh so that one machine can play all parts.
In use, each desk makes and keeps its own, and each service's master key comes from outside this
folder. Never use these keys for data of real people; never copy them anywhere.
EOF
}

# The public CURVE key that the registry has of a principal.
public_key() { as_user sed -n 's/^curve_key *= *"\(.*\)"/\1/p' "$data/registry/$1.toml"; }

#   filled TEMPLATE NAME=VALUE...: puts each value where the template says @NAME@
filled() {
  local text pair
  text=$(< "$root/deploy/config/$1")
  for pair in "DATA=$data" "INTAKE_PORT=$((port_base + 1))" "MEETING_PORT=$((port_base + 2))" \
    "AUDIT_PORT=$((port_base + 4))" "${@:2}"; do
    text=${text//"@${pair%%=*}@"/"${pair#*=}"}
  done
  printf '%s\n' "$text"
}

write_configs() {
  local service alias id purpose keys
  for service in "${services[@]}"; do
    filled "daemons/$service.toml.in" "ORIGIN=$origin" | put "config/$service.toml"
  done
  keys=("INTAKE_KEY=$(public_key svc_intake)" "MEETING_KEY=$(public_key svc_meeting)"
    "AUDIT_KEY=$(public_key svc_audit)"
    "LOG_KEY=$(samenspel keys audit-key --registry "$data/registry" --origin "$origin")")
  while read -r alias id _ _ _ purpose _; do
    filled client.toml.in "ID=$id" "ALIAS=$alias" "PURPOSE=$purpose" "LANGUAGE=$language" \
      "${keys[@]}" | put "config/$alias.toml"
  done < <(people)
}
