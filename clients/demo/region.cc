// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/region.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <string>

#include "clients/demo/names.h"
#include "clients/demo/random.h"

namespace samenspel::demo {
namespace {

using base::Instant;

struct Kind {
  std::string_view kind;
  std::string_view name;
};
constexpr std::array<Kind, 4> kOrganisations{{{"veilig_thuis", "Veilig Thuis Maasveen"},
                                              {"certified_institution", "Jeugdbescherming Rietdam"},
                                              {"child_protection_board", "Raad Oosterhaven"},
                                              {"local_team", "Wijkteam Lindewaard"}}};
constexpr size_t kVeiligThuis = 0;
constexpr size_t kCertifiedInstitution = 1;
constexpr size_t kChildProtectionBoard = 2;
constexpr size_t kLocalTeam = 3;

constexpr size_t kFunctionCount = std::size(kSeatFunctions);
constexpr std::array<size_t, kFunctionCount> kEmployerOf{kVeiligThuis, kCertifiedInstitution,
                                                         kChildProtectionBoard, kVeiligThuis};
constexpr size_t kProtectionWorker = 1;
// Of every five people of a function one is in each shift: three shifts a day, so each works three
// days in five.
constexpr size_t kPeoplePerSeat = 5;

Instant LocalTime(date::local_days day, std::chrono::hours hour) {
  return date::make_zoned("Europe/Amsterdam", day + hour).get_sys_time();
}

// The bounds of all shifts: shift i lasts from bounds[i] until bounds[i + 1]. One day more than
// asked, so that `days` after any hour of the first day are covered.
std::vector<Instant> ShiftBounds(Instant start, int days) {
  using std::chrono::hours;
  const auto zoned = date::make_zoned("Europe/Amsterdam", start);
  const auto first = date::floor<date::days>(zoned.get_local_time());
  std::vector<Instant> bounds;
  for (int day = 0; day <= days; ++day) {
    const date::local_days today = first + date::days(day);
    bounds.push_back(LocalTime(today - date::days(1), hours(23)));
    bounds.push_back(LocalTime(today, hours(7)));
    bounds.push_back(LocalTime(today, hours(15)));
  }
  bounds.push_back(LocalTime(first + date::days(days), hours(23)));
  return bounds;
}

std::vector<meeting::v1::Organisation> Organisations(uint64_t seed) {
  std::vector<meeting::v1::Organisation> all;
  for (const Kind& kind : kOrganisations) {
    meeting::v1::Organisation organisation;
    organisation.set_id(SeededId("org", seed, kind.kind, 0));
    organisation.set_name(std::string(kind.name));
    organisation.set_kind(std::string(kind.kind));
    all.push_back(std::move(organisation));
  }
  return all;
}

meeting::v1::Professional ProfessionalOf(uint64_t seed, size_t number, const Region& region) {
  Random random(SeedOf(seed, "professional", number));
  const size_t function = number % kFunctionCount;
  meeting::v1::Professional person;
  person.set_id(SeededId("pro", seed, "professional", number));
  person.set_name(FullName(random));
  const std::string& employer = region.organisations[kEmployerOf[function]].id();
  person.set_employer(employer);
  // Some protection workers act for the local team while the institution employs them (P.05).
  const bool lent = function == kProtectionWorker && random.OneIn(3);
  person.set_organisation(lent ? region.organisations[kLocalTeam].id() : employer);
  person.add_functions(std::string(kSeatFunctions[function]));
  return person;
}

// Deals the shifts round among the people of one function, `seats` at a time. Who had one waits
// until all others did.
void Roster(Region& region, size_t function, const std::vector<Instant>& bounds) {
  std::vector<size_t> people;
  for (size_t i = function; i < region.professionals.size(); i += kFunctionCount) {
    people.push_back(i);
  }
  if (people.empty()) return;
  const size_t seats = std::max<size_t>(1, people.size() / kPeoplePerSeat);
  size_t next = 0;
  for (size_t shift = 0; shift + 1 < bounds.size(); ++shift) {
    for (size_t seat = 0; seat < seats; ++seat) {
      auto* duty = region.shifts[people[next]].add_shifts();
      duty->set_from_ms(base::ToMs(bounds[shift]));
      duty->set_until_ms(base::ToMs(bounds[shift + 1]));
      next = (next + 1) % people.size();
    }
  }
}

}  // namespace

Region Generate(uint64_t seed, int professionals, int days, Instant start) {
  Region region;
  region.organisations = Organisations(seed);
  for (int i = 0; i < professionals; ++i) {
    region.professionals.push_back(ProfessionalOf(seed, static_cast<size_t>(i), region));
    region.shifts.emplace_back().set_professional(region.professionals.back().id());
  }
  const std::vector<Instant> bounds = ShiftBounds(start, days);
  for (size_t function = 0; function < kFunctionCount; ++function) {
    Roster(region, function, bounds);
  }
  return region;
}

}  // namespace samenspel::demo
