// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/region.h"

#include <date/tz.h>

#include <algorithm>
#include <string>

#include "clients/demo/names.h"
#include "clients/demo/random.h"
#include "clients/demo/staff.h"

namespace samenspel::demo {
namespace {

using base::Instant;

// People of one function who take turns and stand in for each other.
struct Crew {
  std::vector<size_t> people;  // Indexes of professionals.
  bool by_day = false;         // All at work each weekday; else in turn, day and night.
};

Instant LocalTime(date::local_days day, std::chrono::minutes time) {
  return date::make_zoned("Europe/Amsterdam", day + time).get_sys_time();
}

date::local_days FirstDay(Instant start) {
  return date::floor<date::days>(date::make_zoned("Europe/Amsterdam", start).get_local_time());
}

// The bounds of all shifts: shift i lasts from bounds[i] until bounds[i + 1]. One day more than
// asked, so that `days` after any hour of the first day are covered.
std::vector<Instant> ShiftBounds(Instant start, int days) {
  using std::chrono::hours;
  const auto first = FirstDay(start);
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
    const std::string number = std::to_string(100 + all.size() + 1).substr(1);
    organisation.set_phone(std::string(kPhone) + number + std::string(kInvented));
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

Crew CrewOf(const Region& region, size_t function) {
  Crew crew;
  for (size_t i = function; i < region.professionals.size(); i += kFunctionCount) {
    crew.people.push_back(i);
  }
  return crew;
}

// More people, after those there are.
Crew Hire(uint64_t seed, const std::string& topic, std::string_view function,
          const std::string& organisation, size_t count, Region& region) {
  Crew crew;
  for (size_t i = 0; i < count; ++i) {
    Random random(SeedOf(seed, topic, i));
    crew.people.push_back(region.professionals.size());
    meeting::v1::Professional& person = region.professionals.emplace_back();
    person.set_id(SeededId("pro", seed, topic, i));
    person.set_name(FullName(random));
    person.set_employer(organisation);
    person.set_organisation(organisation);
    person.add_functions(std::string(function));
  }
  return crew;
}

std::vector<Crew> CrewsOf(uint64_t seed, Region& region) {
  std::vector<Crew> crews;
  for (size_t function = 0; function < kFunctionCount; ++function) {
    crews.push_back(CrewOf(region, function));
  }
  for (const Staff& staff : kStaff) {
    crews.push_back(Hire(seed, std::string(staff.function), staff.function,
                         region.organisations[staff.organisation].id(),
                         staff.at_night ? kStaffAtNight : kStaffByDay, region));
    crews.back().by_day = !staff.at_night;
  }
  for (size_t i = 0; i < kFounders; ++i) {
    const auto& organisation = region.organisations[i];
    crews.push_back(Hire(seed, "duty_manager/" + organisation.kind(), kDutyManager,
                         organisation.id(), kDutyManagers, region));
  }
  return crews;
}

void AddShift(Region& region, size_t person, Instant from, Instant until) {
  auto* duty = region.shifts[person].add_shifts();
  duty->set_from_ms(base::ToMs(from));
  duty->set_until_ms(base::ToMs(until));
}

// Deals the shifts round, so many at a time. Who had one waits until all others did.
void TakeTurns(Region& region, const std::vector<size_t>& people,
               const std::vector<Instant>& bounds) {
  if (people.empty()) return;
  const size_t seats = std::max<size_t>(1, people.size() / kPeoplePerSeat);
  size_t next = 0;
  for (size_t shift = 0; shift + 1 < bounds.size(); ++shift) {
    for (size_t seat = 0; seat < seats; ++seat) {
      AddShift(region, people[next], bounds[shift], bounds[shift + 1]);
      next = (next + 1) % people.size();
    }
  }
}

void WorkByDay(Region& region, const std::vector<size_t>& people, Instant start, int days) {
  using std::chrono::hours;
  using std::chrono::minutes;
  const auto first = FirstDay(start);
  for (int day = 0; day <= days; ++day) {
    const date::local_days today = first + date::days(day);
    const auto weekday = date::weekday(today);
    if (weekday == date::Saturday || weekday == date::Sunday) continue;
    const Instant from = LocalTime(today, hours(8) + minutes(30));
    const Instant until = LocalTime(today, hours(17) + minutes(30));
    for (const size_t person : people) AddShift(region, person, from, until);
  }
}

// The first duty manager of an organisation; empty: it has none.
std::string ManagerOf(const Region& region, const std::string& organisation) {
  for (const auto& person : region.professionals) {
    if (person.organisation() == organisation && person.functions(0) == kDutyManager) {
      return person.id();
    }
  }
  return "";
}

// Everybody has the next of their crew as deputy; who is alone, a duty manager.
void NameDeputies(const std::vector<Crew>& crews, Region& region) {
  region.deputies = region.professionals;
  for (const Crew& crew : crews) {
    for (size_t i = 0; i < crew.people.size(); ++i) {
      auto& person = region.deputies[crew.people[i]];
      const size_t next = crew.people[(i + 1) % crew.people.size()];
      person.set_deputy(crew.people.size() > 1 ? region.professionals[next].id()
                                               : ManagerOf(region, person.organisation()));
    }
  }
}

}  // namespace

Region Generate(uint64_t seed, int professionals, int days, Instant start) {
  Region region;
  region.organisations = Organisations(seed);
  for (int i = 0; i < professionals; ++i) {
    region.professionals.push_back(ProfessionalOf(seed, static_cast<size_t>(i), region));
  }
  const std::vector<Crew> crews = CrewsOf(seed, region);
  for (const auto& person : region.professionals) {
    region.shifts.emplace_back().set_professional(person.id());
  }
  const std::vector<Instant> bounds = ShiftBounds(start, days);
  for (const Crew& crew : crews) {
    if (crew.by_day) {
      WorkByDay(region, crew.people, start, days);
    } else {
      TakeTurns(region, crew.people, bounds);
    }
  }
  NameDeputies(crews, region);
  return region;
}

}  // namespace samenspel::demo
