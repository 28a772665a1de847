// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/lines.h"

#include "clients/samenspel/show.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using intake::v1::ReportLine;
using std::chrono::duration_cast;

// The largest unit of which there are at least two: an hour and a half reads best in minutes.
std::string LengthText(const Context& context, base::milliseconds length) {
  const auto minutes = duration_cast<std::chrono::minutes>(length).count();
  if (minutes < 120) return context.Say("left.minutes", {{"count", std::to_string(minutes)}});
  // To the nearest: of 22 hours and 59 minutes nobody says 22 hours.
  const auto hours = (minutes + 30) / 60;
  if (hours < 48) return context.Say("left.hours", {{"count", std::to_string(hours)}});
  return context.Say("left.days", {{"count", std::to_string((hours + 12) / 24)}});
}

bool IsMine(const Context& context, const std::string& id) {
  return !id.empty() && id == context.settings.principal;
}

}  // namespace

std::string LeftText(const Context& context, int64_t ms) {
  if (ms == 0) return {};
  const base::milliseconds left = base::FromMs(ms) - context.world.clock.Wall();
  const bool over = left.count() < 0;
  const std::string length = LengthText(context, over ? -left : left);
  return context.Say(over ? "left.over" : "left.left", {{"length", length}});
}

std::string DueText(const Context& context, int64_t ms) {
  return ms == 0 ? std::string() : context.printer.Time(ms) + ", " + LeftText(context, ms);
}

std::string PersonText(const Context& context, const std::string& id) {
  if (id.empty()) return "-";
  return IsMine(context, id) ? context.Say("line.you") : Printable(id);
}

std::string ShortPerson(const Context& context, const std::string& id) {
  constexpr size_t kEnd = 4;
  const size_t kind = id.find('_');
  std::string whole = PersonText(context, id);
  if (IsMine(context, id) || kind == std::string::npos || id.size() < kind + 1 + kEnd) return whole;
  return whole.substr(0, kind + 1) + "…" + whole.substr(whole.size() - kEnd);
}

int64_t NextDue(const ReportLine& line) {
  const intake::v1::Terms& terms = line.terms();
  if (line.outcome() != intake::v1::OUTCOME_UNSPECIFIED) return 0;
  if (!line.has_first_step() && terms.first_step_due_ms() != 0) return terms.first_step_due_ms();
  if (line.provisional() && terms.confirm_due_ms() != 0) return terms.confirm_due_ms();
  const bool has_start = line.meeting().starts_at_ms() != 0;
  if (!has_start && terms.meeting_due_ms() != 0) return terms.meeting_due_ms();
  return terms.settle_due_ms();
}

std::string StateText(const Context& context, const ReportLine& line) {
  const intake::v1::Ownership& ownership = line.ownership();
  if (line.outcome() != intake::v1::OUTCOME_UNSPECIFIED) return context.Say("line.settled");
  if (line.colour() == intake::v1::COLOUR_RED && !line.has_first_step()) {
    return context.Say("line.no_first_step");
  }
  if (line.provisional()) return context.Say("line.provisional");
  if (IsMine(context, ownership.offered_to())) return context.Say("line.offered_to_you");
  if (ownership.open()) return context.Say("line.to_claim");
  return ownership.offered_to().empty() ? "" : context.Say("line.offered");
}

std::string ReportsText(const Context& context, const ReportLines& lines) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({context.Say("table.case"), context.Say("table.colour"),
                  context.Say("table.received"), context.Say("table.term"),
                  context.Say("table.owner"), context.Say("table.state")});
  for (const ReportLine& line : lines) {
    rows.push_back({Printable(line.case_number()), context.printer.Colour(line.colour()),
                    context.printer.Time(line.received_at_ms()), LeftText(context, NextDue(line)),
                    ShortPerson(context, line.ownership().owner()), StateText(context, line)});
  }
  return Table(rows);
}

Json ReportLineJson(const ReportLine& line) {
  return {{"report", line.report()},
          {"case_number", line.case_number()},
          {"colour", ColourCode(line.colour())},
          {"provisional", line.provisional()},
          {"received_at", TimeJson(line.received_at_ms())},
          {"owner", OwnershipJson(line.ownership())},
          {"first_step", line.has_first_step() ? FirstStepJson(line.first_step()) : Json()},
          {"meeting", line.has_meeting() ? MeetingNoteJson(line.meeting()) : Json()},
          {"terms", TermsJson(line.terms())},
          {"outcome", OutcomeJson(line.outcome())},
          {"version", line.version()}};
}

Json ReportsJson(const ReportLines& lines) {
  Json list = Json::array();
  for (const ReportLine& line : lines) list.push_back(ReportLineJson(line));
  return list;
}

}  // namespace samenspel::cli
