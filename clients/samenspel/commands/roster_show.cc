// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/commands/roster_times.h"
#include "clients/samenspel/roster_reader.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

constexpr std::chrono::hours kDay{24};

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
  if (line.shifts().empty()) {
    row.push_back(context.Say("roster.off_duty"));
    rows.push_back(row);
  }
  for (const meeting::v1::Shift& shift : line.shifts()) {
    row.push_back(context.printer.Span(shift.from_ms(), shift.until_ms()));
    rows.push_back(std::exchange(row, {"", "", ""}));
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
  Json lines = Json::array();
  for (const meeting::v1::RosterLine& line : roster.lines) {
    AddRows(context, roster, line, rows);
    lines.push_back(LineJson(line));
  }
  Json organisations = Json::array();
  for (const auto& [id, one] : roster.organisations) {
    organisations.push_back({{"id", id}, {"name", one.name()}, {"kind", one.kind()}});
  }
  const std::string text = roster.lines.empty() ? context.Say("roster.nobody") + "\n" : Table(rows);
  context.printer.Result(text, {{"from", IsoTime(times.from)},
                                {"until", IsoTime(times.until)},
                                {"organisations", organisations},
                                {"lines", lines}});
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
  request.set_organisation(options.organisation);
  request.set_on_duty(options.on_duty);
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  std::optional<Heard> failed;
  const KnownRoster roster = FetchRoster(**session, request, failed);
  if (failed) return Explain(context.printer, **session, "meeting", *failed);
  Print(context, roster, *times);
  return kExitOk;
}

}  // namespace samenspel::cli
