// SPDX-License-Identifier: EUPL-1.2
// Who has a key in the region of the tests, and how the roster knows them.
#include <algorithm>

#include "tests/support/region.h"

namespace samenspel::support {
namespace {

constexpr int kTableMemberAmong = 30;  // As many as the stories register.

constexpr const char* kDeskVt = "pro_00000000000000000000deskvt";
constexpr const char* kDeskVt2 = "pro_0000000000000000000deskvt2";
constexpr const char* kDeskGi = "pro_00000000000000000000deskgc";
constexpr const char* kDutyVt = "pro_0000000000000000000dtymgrv";
constexpr const char* kPrivacyVt = "pro_000000000000000000prvacyvt";
constexpr const char* kOperator = "pro_00000000000000000000keeper";

// The protection worker who comes first where several are equally busy.
meeting::v1::Professional TableMember() {
  const auto region = demo::Generate(kRegionSeed, kTableMemberAmong, 1, base::Instant{});
  const meeting::v1::Professional* first = nullptr;
  for (const auto& one : region.professionals) {
    const bool fits = one.functions(0) == "protection_worker";
    if (fits && (first == nullptr || one.id() < first->id())) first = &one;
  }
  return *first;
}

}  // namespace

void Region::EnterMembers() {
  const std::string region(kOwnOrganisation);
  const std::string& thuis = Organisation("veilig_thuis");
  const std::string& institution = Organisation("certified_institution");
  const meeting::v1::Professional table = TableMember();
  const std::string& municipality = Organisation("municipality");
  const std::vector<std::pair<std::string, Member>> members = {
      {"desk-vt", {kDeskVt, thuis, "veilig_thuis_desk", "desk_worker", "child_safety"}},
      {"desk-vt2", {kDeskVt2, thuis, "veilig_thuis_desk", "desk_worker", "child_safety"}},
      {"desk-gi", {kDeskGi, institution, "institution_desk", "desk_worker", "child_safety"}},
      {"duty-vt", {kDutyVt, thuis, "duty_manager", "duty_manager", "child_safety"}},
      {"table-gi",
       {table.id(), table.organisation(), "protection_worker", "table_member", "child_safety",
        table.employer()}},
      {"privacy-vt", {kPrivacyVt, thuis, "privacy_officer", "privacy_officer", "privacy_review"}},
      {"manager",
       {"pro_0000000000000000000manager", region, "region_manager", "region_manager",
        "region_setup"}},
      {"auditor", {"pro_0000000000000000000checker", region, "auditor", "auditor", "audit"}},
      {"operator", {kOperator, municipality, "operator", "operator", "region_setup"}},
  };
  for (const auto& [name, member] : members) Enter(name, member);
}

void Region::AddMembersToRoster() {
  meeting::v1::Shift always = people_.shifts.front().shifts(0);
  for (const auto& set : people_.shifts) {
    for (const auto& shift : set.shifts()) {
      always.set_from_ms(std::min(always.from_ms(), shift.from_ms()));
      always.set_until_ms(std::max(always.until_ms(), shift.until_ms()));
    }
  }
  for (const char* name : {"desk-vt2", "desk-vt", "desk-gi", "duty-vt", "privacy-vt", "operator"}) {
    const bus::Principal& member = PrincipalOf(name);
    auto& person = people_.professionals.emplace_back();
    person.set_id(member.id);
    person.set_name(name);
    person.set_employer(member.employer);
    person.set_organisation(member.organisation);
    person.add_functions(member.function);
    if (name == std::string_view("desk-vt")) person.set_deputy(kDeskVt2);
  }
  const std::string& table_member = PrincipalOf("table-gi").id;
  std::erase_if(people_.shifts,
                [&](const auto& set) { return set.professional() == table_member; });
  for (const std::string& id : {PrincipalOf("duty-vt").id, table_member}) {
    const auto known = [&](const auto& one) { return one.id() == id; };
    if (std::ranges::none_of(people_.professionals, known)) continue;
    auto& set = people_.shifts.emplace_back();
    set.set_professional(id);
    *set.add_shifts() = always;
  }
}

}  // namespace samenspel::support
