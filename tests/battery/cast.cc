// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/cast.h"

#include <algorithm>
#include <map>

#include "clients/demo/random.h"
#include "tests/battery/stage.h"
#include "tests/simulation/world.h"

namespace samenspel::battery {
namespace {

constexpr uint64_t kSeed = 9;

struct Somebody {
  const char* name;
  const char* organisation;
  const char* role;
  const char* function;
};

constexpr Somebody kPeople[] = {
    {"a_sender", "a", "desk_worker", "veilig_thuis_desk"},
    {"a_owner", "a", "desk_worker", "veilig_thuis_desk"},
    {"a_desk", "a", "desk_worker", "veilig_thuis_desk"},
    {"a_duty", "a", "duty_manager", "duty_manager"},
    {"a_priv", "a", "privacy_officer", "privacy_officer"},
    {"a_table", "a", "table_member", "youth_health_care"},
    {"b_desk", "b", "desk_worker", "institution_desk"},
    {"b_offered", "b", "desk_worker", "institution_desk"},
    {"b_duty", "b", "duty_manager", "duty_manager"},
    {"b_priv", "b", "privacy_officer", "privacy_officer"},
    {"c_desk", "c", "desk_worker", "institution_desk"},
    {"c_glass", "c", "desk_worker", "institution_desk"},
    {"c_ended", "c", "desk_worker", "institution_desk"},
    {"c_expired", "c", "desk_worker", "institution_desk"},
    {"c_priv", "c", "privacy_officer", "privacy_officer"},
    {"c_named", "c", "desk_worker", "institution_desk"},
    {"d_first", "d", "table_member", "school_liaison"},
    {"s_expert1", "a", "table_member", "veilig_thuis_expert"},
    {"s_expert2", "a", "table_member", "veilig_thuis_expert"},
    {"s_worker1", "b", "table_member", "protection_worker"},
    {"s_worker2", "b", "table_member", "protection_worker"},
    {"s_board1", "d", "table_member", "child_protection_board_adviser"},
    {"s_board2", "d", "table_member", "child_protection_board_adviser"},
    {"s_doctor1", "a", "table_member", "confidential_physician"},
    {"s_doctor2", "a", "table_member", "confidential_physician"},
    {"m_manager", "m", "region_manager", "region_manager"},
    {"m_auditor", "m", "auditor", "auditor"},
    {"m_operator", "m", "operator", "operator"},
    {"x_fixed", "a", "desk_worker", "veilig_thuis_desk"},
    {"u_never", "d", "table_member", "school_liaison"},
};

const std::map<std::string, std::string>& Names() {
  static const auto names = [] {
    std::map<std::string, std::string> all;
    for (const Somebody& one : kPeople) all[IdOf(one.name)] = one.name;
    for (const char* letter : kOrganisations) all[OrganisationOf(letter)] = letter;
    return all;
  }();
  return names;
}

bus::Principal PrincipalOf(const std::string& id, const std::string& organisation, const char* role,
                           const char* function) {
  bus::Principal principal;
  principal.id = id;
  principal.employer = principal.organisation = organisation;
  principal.function = function;
  principal.roles = {role};
  principal.curve_key = simulation::KeyOf(id);
  principal.valid_until = base::Instant::max();
  return principal;
}

}  // namespace

std::string IdOf(std::string_view name) {
  if (name.starts_with("svc_")) return std::string(name);
  return demo::SeededId("pro", kSeed, name, 0);
}

std::string OrganisationOf(std::string_view letter) {
  return demo::SeededId("org", kSeed, letter, 0);
}

std::string NameOf(const std::string& id) {
  const auto found = Names().find(id);
  return found == Names().end() ? id : found->second;
}

std::vector<bus::Principal> NaturalCast() {
  std::vector<bus::Principal> all;
  for (const Somebody& one : kPeople) {
    all.push_back(
        PrincipalOf(IdOf(one.name), OrganisationOf(one.organisation), one.role, one.function));
  }
  for (const char* service : kServices) {
    all.push_back(
        PrincipalOf(std::string("svc_") + service, OrganisationOf("m"), "service", service));
  }
  return all;
}

bool IsFixed(const std::string& id) { return id.starts_with("svc_") || id == IdOf("x_fixed"); }

std::vector<meeting::v1::Request> Roster(base::Instant from, base::Instant until) {
  std::vector<meeting::v1::Request> requests;
  for (const char* letter : kOrganisations) {
    auto& one = *requests.emplace_back().mutable_register_organisation()->mutable_organisation();
    one.set_id(OrganisationOf(letter));
    one.set_name(std::string("Organisatie ") + letter);
    one.set_kind("veilig_thuis");
  }
  const auto person = [&](const Somebody& somebody) -> meeting::v1::Professional& {
    auto& one = *requests.emplace_back().mutable_register_professional()->mutable_professional();
    one.set_id(IdOf(somebody.name));
    one.set_name(std::string("Medewerker ") + somebody.name);
    one.set_employer(OrganisationOf(somebody.organisation));
    one.set_organisation(OrganisationOf(somebody.organisation));
    one.add_functions(somebody.function);
    return one;
  };
  for (const Somebody& somebody : kPeople) person(somebody);
  person(kPeople[0]).set_deputy(IdOf("a_desk"));
  for (const Somebody& somebody : kPeople) {
    auto& set = *requests.emplace_back().mutable_set_shifts();
    set.set_professional(IdOf(somebody.name));
    auto& shift = *set.add_shifts();
    shift.set_from_ms(base::ToMs(from));
    shift.set_until_ms(base::ToMs(until));
  }
  return requests;
}

}  // namespace samenspel::battery
