// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <set>

#include "services/meeting/domain/decider.h"
#include "services/meeting/domain/page.h"

namespace samenspel::meeting {
namespace {

using decide::Invalid;

bool Overlaps(const Interval& shift, const v1::ShowRoster& request) {
  return (request.until_ms() == 0 || base::ToMs(shift.from) < request.until_ms()) &&
         (request.from_ms() == 0 || base::ToMs(shift.until) > request.from_ms());
}

bool IsAsked(const Person& person, const v1::ShowRoster& request) {
  if (!request.organisation().empty() && person.organisation != request.organisation()) {
    return false;
  }
  const auto& functions = person.functions;
  if (!request.function().empty() &&
      std::find(functions.begin(), functions.end(), request.function()) == functions.end()) {
    return false;
  }
  return !request.on_duty() ||
         std::any_of(person.shifts.begin(), person.shifts.end(),
                     [&](const Interval& shift) { return Overlaps(shift, request); });
}

// By organisation, then name: for people to read, so by what they are called.
std::string KeyOf(const Person& person, const Roster& roster) {
  const v1::Organisation* organisation = roster.Organisation(person.organisation);
  std::string key = organisation == nullptr ? person.organisation : organisation->name();
  key += '\0';
  key += person.name;
  key += '\0';
  return key + person.id;
}

void Write(const Person& person, const v1::ShowRoster& request, v1::RosterLine& line) {
  v1::Professional& professional = *line.mutable_professional();
  professional.set_id(person.id);
  professional.set_name(person.name);
  professional.set_employer(person.employer);
  professional.set_organisation(person.organisation);
  for (const std::string& function : person.functions) professional.add_functions(function);
  professional.set_deputy(person.deputy);
  for (const Interval& shift : person.shifts) {
    if (!Overlaps(shift, request)) continue;
    line.add_shifts()->set_from_ms(base::ToMs(shift.from));
    line.mutable_shifts()->rbegin()->set_until_ms(base::ToMs(shift.until));
  }
}

// Those that the lines of this page name, each once.
void AddOrganisations(const Roster& roster, v1::RosterShown& shown) {
  std::set<std::string> named;
  for (const v1::RosterLine& line : shown.lines()) {
    named.insert(line.professional().organisation());
    named.insert(line.professional().employer());
  }
  for (const std::string& id : named) {
    const v1::Organisation* organisation = roster.Organisation(id);
    if (organisation != nullptr) *shown.add_organisations() = *organisation;
  }
}

}  // namespace

Decision DecideShowRoster(const Facts& facts, const v1::ShowRoster& request) {
  const auto cut = PageCut::Of(request.page(), 'r', "pro");
  if (!cut) return Invalid("bad_page", "page.after");
  std::vector<std::pair<std::string, const Person*>> lines;
  for (const auto& [id, person] : facts.roster->persons()) {
    if (IsAsked(person, request)) lines.emplace_back(KeyOf(person, *facts.roster), &person);
  }
  Accepted accepted;
  v1::RosterShown& shown = *accepted.response.mutable_roster_shown();
  shown.set_next(cut->Fill(std::move(lines), [&](const Person* person) {
    v1::RosterLine& line = *shown.add_lines();
    Write(*person, request, line);
    return line.ByteSizeLong();
  }));
  AddOrganisations(*facts.roster, shown);
  return accepted;
}

}  // namespace samenspel::meeting
