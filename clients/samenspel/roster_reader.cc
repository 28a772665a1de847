// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/roster_reader.h"

#include <algorithm>

namespace samenspel::cli {
namespace {

bool SameShifts(const meeting::v1::SetShifts& set, const meeting::v1::RosterLine* line) {
  const auto same = [](const meeting::v1::Shift& one, const meeting::v1::Shift& other) {
    return one.from_ms() == other.from_ms() && one.until_ms() == other.until_ms();
  };
  if (line == nullptr) return set.shifts().empty();
  return std::equal(set.shifts().begin(), set.shifts().end(), line->shifts().begin(),
                    line->shifts().end(), same);
}

}  // namespace

KnownRoster FetchRoster(Session& session, meeting::v1::ShowRoster request,
                        std::optional<Heard>& failed, base::milliseconds wait) {
  if (wait.count() == 0) wait = session.settings().timeout;
  KnownRoster known;
  for (;;) {
    meeting::v1::Request wrapped;
    *wrapped.mutable_show_roster() = request;
    Heard heard = session.Call("meeting", session.EnvelopeOf(wrapped), wait);
    meeting::v1::Response response;
    if (!heard.ok() || !response.ParseFromString(heard.reply.response()) ||
        !response.has_roster_shown()) {
      failed = std::move(heard);
      return known;
    }
    auto& shown = *response.mutable_roster_shown();
    for (auto& line : *shown.mutable_lines()) known.lines.push_back(std::move(line));
    for (auto& one : *shown.mutable_organisations()) {
      known.organisations[one.id()] = one;
    }
    // A page that does not move on would never end.
    if (shown.next().empty() || shown.next() == request.page().after()) return known;
    request.mutable_page()->set_after(shown.next());
  }
}

demo::Region Differences(const demo::Region& roster, const KnownRoster& known) {
  std::map<std::string, const meeting::v1::RosterLine*> people;
  for (const auto& line : known.lines) people[line.professional().id()] = &line;
  const auto line_of = [&](const std::string& id) -> const meeting::v1::RosterLine* {
    const auto found = people.find(id);
    return found == people.end() ? nullptr : found->second;
  };
  demo::Region differs;
  for (const auto& one : roster.organisations) {
    const auto found = known.organisations.find(one.id());
    if (found == known.organisations.end() ||
        found->second.SerializeAsString() != one.SerializeAsString()) {
      differs.organisations.push_back(one);
    }
  }
  for (const auto& one : roster.professionals) {
    const auto* line = line_of(one.id());
    if (line != nullptr && line->professional().SerializeAsString() == one.SerializeAsString()) {
      continue;
    }
    differs.professionals.push_back(one);
    if (one.deputy().empty() || line_of(one.deputy()) != nullptr) continue;
    differs.professionals.back().clear_deputy();
    differs.deputies.push_back(one);
  }
  for (const auto& set : roster.shifts) {
    if (!SameShifts(set, line_of(set.professional()))) differs.shifts.push_back(set);
  }
  return differs;
}

}  // namespace samenspel::cli
