// SPDX-License-Identifier: EUPL-1.2
// Who there is: the region's professionals with a key each, and those who work at desks.
#include "clients/demo/random.h"
#include "tests/simulation/crowd_stage.h"

namespace samenspel::simulation {
namespace {

constexpr size_t kDesks = 3;         // Organisations with a desk.
constexpr size_t kWorkersADesk = 2;  // The second desk has a guest more.
constexpr uint64_t kGuest = 4;

bus::Principal Someone(const std::string& id, const std::string& employer,
                       const std::string& organisation, const std::string& role) {
  bus::Principal principal;
  principal.id = id;
  principal.employer = employer;
  principal.organisation = organisation;
  principal.function = role;
  principal.roles = {role};
  principal.curve_key = KeyOf(id);
  principal.valid_until = base::Instant::max();
  return principal;
}

std::string ProId(const std::string& role, uint64_t number) {
  return demo::SeededId("pro", 1, role, number);
}

meeting::v1::Professional Colleague(const std::string& role, uint64_t number,
                                    const std::string& organisation) {
  meeting::v1::Professional person;
  person.set_id(ProId(role, number));
  person.set_name("Medewerker " + role + " " + std::to_string(number));
  person.set_employer(organisation);
  person.set_organisation(organisation);
  person.add_functions(role);
  return person;
}

}  // namespace

bool Stage::IsGuest(const std::string& id) { return id == ProId("desk_worker", kGuest); }

std::vector<meeting::v1::Professional> Stage::Colleagues(const demo::Region& region) {
  std::vector<meeting::v1::Professional> all;
  uint64_t worker = 0;
  for (size_t desk = 0; desk < kDesks; ++desk) {
    const std::string& organisation = region.organisations[desk].id();
    const size_t first = all.size();
    const size_t workers = kWorkersADesk + (desk == 1 ? 1 : 0);
    for (size_t i = 0; i < workers; ++i) {
      all.push_back(Colleague("desk_worker", worker++, organisation));
    }
    for (size_t i = 0; i < workers; ++i) {
      all[first + i].set_deputy(all[first + (i + 1) % workers].id());
    }
  }
  for (size_t desk = 0; desk < kDesks; ++desk) {
    all.push_back(Colleague("privacy_officer", desk, region.organisations[desk].id()));
  }
  for (uint64_t i = 0; i < 2; ++i) {
    all.push_back(Colleague("operator", i, region.organisations.front().id()));
  }
  return all;
}

std::vector<bus::Principal> Stage::Principals(const demo::Region& region) {
  std::vector<bus::Principal> principals;
  for (const char* service : kServices) {
    principals.push_back(
        Someone(std::string("svc_") + service, "org_region", "org_region", "service"));
  }
  const std::string& home = region.organisations.front().id();
  for (const auto& person : Colleagues(region)) {
    principals.push_back(
        Someone(person.id(), person.employer(), person.organisation(), person.functions(0)));
    // One who also works for people of the desk beside.
    if (person.id() == ProId("desk_worker", 0)) {
      principals.back().may_act_for = {region.organisations[1].id()};
    }
  }
  for (const char* role : {"region_manager", "auditor"}) {
    principals.push_back(Someone(ProId(role, 0), home, home, role));
  }
  for (const auto& person : region.professionals) {
    const bool manages = person.functions(0) == demo::kDutyManager;
    principals.push_back(Someone(person.id(), person.employer(), person.organisation(),
                                 manages ? "duty_manager" : "table_member"));
  }
  principals.push_back(Someone(ProId("table_member", 0), home, home, "table_member"));
  return principals;
}

}  // namespace samenspel::simulation
