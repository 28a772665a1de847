// SPDX-License-Identifier: EUPL-1.2
#include <set>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/commands/roster_times.h"
#include "clients/samenspel/roster_reader.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"
#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

constexpr std::chrono::hours kDay{24};

// How narrow the columns may become: a shift of one day fits on a line, or an id.
std::vector<size_t> LeastColumns(bool with_ids) {
  if (with_ids) return {10, 10, 30, 10, 12};
  return {10, 10, 14, 34};
}

std::string FunctionsText(const Context& context, const meeting::v1::Professional& person) {
  std::string text;
  for (const std::string& function : person.functions()) {
    text += (text.empty() ? "" : ", ") + context.printer.texts().Word("function", function);
  }
  return Printable(text.empty() ? "-" : text);
}

std::string OrganisationText(const KnownRoster& roster, const std::string& id) {
  const auto found = roster.organisations.find(id);
  return Printable(found == roster.organisations.end() ? id : found->second.name());
}

// A row for each shift; whose it is stands in the first.
void AddRows(const Context& context, const KnownRoster& roster, const meeting::v1::RosterLine& line,
             std::vector<std::vector<std::string>>& rows) {
  const meeting::v1::Professional& person = line.professional();
  std::vector<std::string> row{OrganisationText(roster, person.organisation()),
                               Printable(person.name()), FunctionsText(context, person)};
  if (context.options.operate.ids) row.insert(row.begin() + 2, Printable(person.id()));
  const std::vector<std::string> blank(row.size());
  if (line.shifts().empty()) {
    row.push_back(context.Say("roster.off_duty"));
    rows.push_back(row);
  }
  for (const meeting::v1::Shift& shift : line.shifts()) {
    row.push_back(context.printer.Span(shift.from_ms(), shift.until_ms()));
    rows.push_back(std::exchange(row, blank));
  }
}

Json LineJson(const meeting::v1::RosterLine& line) {
  const meeting::v1::Professional& person = line.professional();
  Json shifts = Json::array();
  for (const meeting::v1::Shift& shift : line.shifts()) {
    shifts.push_back({{"from", IsoTime(base::FromMs(shift.from_ms()))},
                      {"until", IsoTime(base::FromMs(shift.until_ms()))}});
  }
  return {{"professional", person.id()},
          {"name", person.name()},
          {"organisation", person.organisation()},
          {"employer", person.employer()},
          {"functions", std::vector(person.functions().begin(), person.functions().end())},
          {"deputy", person.deputy()},
          {"shifts", shifts}};
}

void Print(Context& context, const KnownRoster& roster, const Times& times) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({context.Say("table.organisation"), context.Say("table.name"),
                  context.Say("table.function"), context.Say("table.on_duty")});
  if (context.options.operate.ids) {
    rows.front().insert(rows.front().begin() + 2, context.Say("table.id"));
  }
  Json lines = Json::array();
  for (const meeting::v1::RosterLine& line : roster.lines) {
    AddRows(context, roster, line, rows);
    lines.push_back(LineJson(line));
  }
  Json organisations = Json::array();
  for (const auto& [id, one] : roster.organisations) {
    organisations.push_back(
        {{"id", id}, {"name", one.name()}, {"kind", one.kind()}, {"phone", one.phone()}});
  }
  const std::vector<size_t> least = LeastColumns(context.options.operate.ids);
  const std::string text = roster.lines.empty() ? context.Say("roster.nobody") + "\n"
                                                : context.printer.Table(rows, "", least);
  context.printer.Result(text, {{"from", IsoTime(times.from)},
                                {"until", IsoTime(times.until)},
                                {"organisations", organisations},
                                {"lines", lines}});
}

// The whole roster, of which a filter may have named nothing.
std::optional<KnownRoster> Everybody(Context& context, Session& session) {
  meeting::v1::ShowRoster request;
  request.set_from_ms(1);  // Of nobody the shifts: only who there is.
  request.set_until_ms(2);
  std::optional<Heard> failed;
  KnownRoster roster = FetchRoster(session, request, failed);
  if (!failed) return roster;
  Explain(context.printer, session, "meeting", *failed);
  return std::nullopt;
}

ExitCode Unknown(const Context& context, std::string_view key, const std::string& text,
                 const std::set<std::string>& known) {
  std::string names;
  for (const std::string& one : known) names += (names.empty() ? "" : ", ") + Printable(one);
  return context.printer.Fail(kExitInvalid, "unknown_filter",
                              context.Say(key, {{"text", Printable(text)}, {"known", names}}));
}

// Nobody with a function that nobody can have is no answer: which do exist is.
ExitCode CheckFunction(Context& context, Session& session) {
  const std::vector<std::string> worded = context.printer.texts().Codes("function");
  std::set<std::string> known(worded.begin(), worded.end());
  const std::string& asked = context.options.operate.function;
  if (asked.empty() || known.contains(asked)) return kExitOk;
  const auto roster = Everybody(context, session);
  if (!roster) return kExitUnavailable;
  for (const meeting::v1::RosterLine& line : roster->lines) {
    known.insert(line.professional().functions().begin(), line.professional().functions().end());
  }
  if (known.contains(asked)) return kExitOk;
  return Unknown(context, "roster.unknown_function", asked, known);
}

// By id, or by a name that one organisation has.
ExitCode FillOrganisation(Context& context, Session& session, meeting::v1::ShowRoster& request) {
  const std::string& asked = context.options.operate.organisation;
  request.set_organisation(asked);
  if (asked.empty() || base::IsId("org", asked)) return kExitOk;
  const auto roster = Everybody(context, session);
  if (!roster) return kExitUnavailable;
  std::set<std::string> names;
  std::vector<std::string> ids;
  for (const auto& [id, one] : roster->organisations) {
    names.insert(one.name());
    if (one.name() == asked) ids.push_back(id);
  }
  if (ids.size() > 1) {
    return Unknown(context, "roster.namesakes", asked, {ids.begin(), ids.end()});
  }
  if (ids.empty()) return Unknown(context, "roster.unknown_organisation", asked, names);
  request.set_organisation(ids.front());
  return kExitOk;
}

}  // namespace

ExitCode RosterShow(Context& context) {
  const OperateOptions& options = context.options.operate;
  // On duty, without a time: now.
  const base::milliseconds usual = options.on_duty ? base::milliseconds(1) : kDay;
  const auto times = TimesOf(context, usual);
  if (!times) return RefuseTimes(context);
  meeting::v1::ShowRoster request;
  request.set_from_ms(base::ToMs(times->from));
  request.set_until_ms(base::ToMs(times->until));
  request.set_function(options.function);
  request.set_on_duty(options.on_duty);
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  const ExitCode function = CheckFunction(context, **session);
  if (function != kExitOk) return function;
  const ExitCode organisation = FillOrganisation(context, **session, request);
  if (organisation != kExitOk) return organisation;
  std::optional<Heard> failed;
  const KnownRoster roster = FetchRoster(**session, request, failed);
  if (failed) return Explain(context.printer, **session, "meeting", *failed);
  Print(context, roster, *times);
  return kExitOk;
}

}  // namespace samenspel::cli
