# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# Keys, configs and roster of the demo: the services, and people of all parts.

readonly origin=samenspel.example/demo
readonly region_organisation=org_region
readonly demo_region=(--seed 1 --professionals 30 --days 30)

# alias, id, kind of organisation, function, role, purpose, deputy, name. All invented. The table
# member is one of the region's protection workers: which, the generator tells.
people() {
  cat << 'EOF'
desk-vt2   pro_0000000000000000000deskvt2 veilig_thuis           veilig_thuis_desk           desk_worker     child_safety   -                              Tessa Waterlelie
desk-vt    pro_00000000000000000000deskvt veilig_thuis           veilig_thuis_desk           desk_worker     child_safety   pro_0000000000000000000deskvt2 Sanne Bloemgracht
desk-gi    pro_00000000000000000000deskgc certified_institution  institution_desk            desk_worker     child_safety   -                              Youssef Rietveen
desk-rvdk  pro_00000000000000000000deskrk child_protection_board child_protection_board_desk desk_worker     child_safety   -                              Marloes Dijkzicht
desk-team  pro_00000000000000000000deskwt local_team             local_team_desk             desk_worker     child_safety   -                              Imani Kersenboom
duty-vt    pro_0000000000000000000dtymgrv veilig_thuis           duty_manager                duty_manager    child_safety   -                              Ruben Kastanjelaan
table-gi   -                              certified_institution  protection_worker           table_member    child_safety   -                              -
privacy-vt pro_000000000000000000prvacyvt veilig_thuis           privacy_officer             privacy_officer privacy_review -                              Noor Schemerlicht
operator   pro_00000000000000000000keeper municipality           operator                    operator        region_setup   -                              Wim Keteldijk
manager    pro_0000000000000000000manager -                      region_manager              region_manager  region_setup   -                              Pieter Zonderland
auditor    pro_0000000000000000000checker -                      auditor                     auditor         audit          -                              Hanneke Nergens
EOF
}

samenspel() { as_user "$data/bin/samenspel" "$@"; }

# As one of the people: speak ALIAS report show ...
speak() {
  local alias=$1
  shift
  samenspel --config "$data/config/$alias.toml" "$@"
}

#   make_key ID EMPLOYER FUNCTION ROLE [--organisation ID] [--service]
make_key() {
  samenspel --quiet keys new --if-missing --registry "$data/registry" --secrets "$data/secrets" \
    --id "$1" --employer "$2" --function "$3" --role "$4" "${@:5}"
}

# The region's organisations have ids that follow from the seed; the generator tells.
organisation_of() {
  [[ $1 != - ]] || { echo "$region_organisation"; return; }
  jq -r --arg kind "$1" '.organisations[] | select(.kind == $kind).id' <<< "$region"
}

# Of equally busy people the planner takes the first by id: this protection worker, employed by the
# institution, sits at the first table, so that somebody with a key can take their seat.
table_member() {
  jq '[.professionals[] | select(.functions == ["protection_worker"])] | min_by(.id)' <<< "$region"
}

# The people with the ids that the region gave them.
all_people() {
  local alias id rest
  while read -r alias id rest; do
    [[ $id != - ]] || id=$(table_member | jq -r .id)
    printf '%s %s %s\n' "$alias" "$id" "$rest"
  done < <(people)
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
  local service id kind function role organisation acts_for
  drop_ended_keys
  for service in "${services[@]}"; do
    make_key "svc_$service" "$region_organisation" "$service" service --service
  done
  region=$(samenspel --json region demo "${demo_region[@]}" --print)
  while read -r _ id kind function role _; do
    organisation=$(organisation_of "$kind")
    [[ -n $organisation ]] || fail "the demo region has no organisation of kind $kind"
    acts_for=$organisation  # The table member may be lent to another (P.05).
    [[ $role != table_member ]] || acts_for=$(table_member | jq -r .organisation)
    make_key "$id" "$organisation" "$function" "$role" --organisation "$acts_for"
  done < <(all_people)
  put secrets/README.txt << 'EOF'
Demo only. These are secret keys, made by deploy/up.sh so that one machine can play all parts.
In use, each desk makes and keeps its own, and each service's master key comes from outside this
folder. Never use these keys for data of real people; never copy them anywhere.
EOF
}

# The public CURVE key that the registry has of a principal.
public_key() { as_user sed -n 's/^curve_key *= *"\(.*\)"/\1/p' "$data/registry/$1.toml"; }

# The other one, while that key changes; nothing otherwise.
next_key() { as_user sed -n 's/^other_curve_key *= *"\(.*\)"/\1/p' "$data/registry/$1.toml"; }

#   filled TEMPLATE NAME=VALUE...: puts each value where the template says @NAME@
filled() {
  local text pair
  text=$(< "$root/deploy/config/$1")
  for pair in "DATA=$data" "${ports[@]}" "${@:2}"; do
    text=${text//"@${pair%%=*}@"/"${pair#*=}"}
  done
  printf '%s\n' "$text"
}

# Each service listens on port base + 1 to 4, and shows its metrics ten further.
write_configs() {
  local service alias id purpose keys=() ports=() number=0
  for service in "${services[@]}"; do
    ports+=("${service^^}_PORT=$((port_base + ++number))"
      "${service^^}_METRICS_PORT=$((port_base + 10 + number))")
    keys+=("${service^^}_KEY=$(public_key "svc_$service")"
      "${service^^}_NEXT_KEY=$(next_key "svc_$service")")
  done
  for service in "${services[@]}"; do
    filled "daemons/$service.toml.in" "ORIGIN=$origin" | put "config/$service.toml"
  done
  keys+=("LOG_KEY=$(samenspel keys audit-key --registry "$data/registry" --origin "$origin")")
  while read -r alias id _ _ _ purpose _; do
    filled client.toml.in "ID=$id" "ALIAS=$alias" "PURPOSE=$purpose" "LANGUAGE=$language" \
      "${keys[@]}" | put "config/$alias.toml"
  done < <(all_people)
}

# The people above as meeting must know them, so that alarms can name them: all of them on duty from
# this midnight on, for thirty days. Of the table member, whom the region knows, the shifts alone.
make_roster() {
  local id kind function deputy name from until
  from=$(date -d "$(date +%F)" --iso-8601=seconds)
  until=$(date -d "$(date +%F) + 30 days" --iso-8601=seconds)
  while read -r _ id kind function _ _ deputy name; do
    [[ $kind != - ]] || continue
    jq -n --arg id "$id" --arg name "$name" --arg org "$(organisation_of "$kind")" \
      --arg function "$function" --arg deputy "$deputy" --arg from "$from" --arg until "$until" '
      {professional: (if $name == "-" then null else
         {id: $id, name: $name, employer: $org, organisation: $org, functions: [$function]} +
         (if $deputy == "-" then {} else {deputy: $deputy} end) end),
       shifts: {professional: $id, shifts: [{from: $from, until: $until}]}}'
  done < <(all_people) | jq -s '{professionals: map(.professional | values), shifts: map(.shifts)}' |
    put demo/roster.json
}
