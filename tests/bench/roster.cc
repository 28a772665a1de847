// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/roster.h"

#include "clients/demo/region.h"

namespace samenspel::bench {
namespace {

constexpr uint64_t kSeed = 1;
constexpr int kDays = 30;

}  // namespace

meeting::Roster RosterOf(int professionals, base::Instant start) {
  const demo::Region region = demo::Generate(kSeed, professionals, kDays, start);
  meeting::Roster roster;
  for (const auto& organisation : region.organisations) roster.SetOrganisation(organisation);
  for (const auto& person : region.professionals) roster.SetPerson(person);
  for (const auto& set : region.shifts) {
    std::vector<meeting::Interval> shifts;
    shifts.reserve(static_cast<size_t>(set.shifts_size()));
    for (const auto& shift : set.shifts()) {
      shifts.push_back({base::FromMs(shift.from_ms()), base::FromMs(shift.until_ms())});
    }
    roster.SetShifts(set.professional(), std::move(shifts));
  }
  return roster;
}

}  // namespace samenspel::bench
