// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/lines.h"

#include <algorithm>

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

std::vector<std::vector<std::string>> ReportRows(const Context& context, const ReportLines& lines,
                                                 bool with_received) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](std::vector<std::string> row, std::string received) {
    if (with_received) row.insert(row.begin() + 2, std::move(received));
    rows.push_back(std::move(row));
  };
  add({context.Say("table.case"), context.Say("table.colour"), context.Say("table.term"),
       context.Say("table.owner"), context.Say("table.state")},
      context.Say("table.received"));
  for (const ReportLine& line : lines) {
    add({Printable(line.case_number()), context.printer.Colour(line.colour()),
         LeftText(context, NextDue(line)), ShortPerson(context, line.ownership().owner()),
         StateText(context, line)},
        context.printer.Time(line.received_at_ms()));
  }
  return rows;
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
  return ms == 0 ? std::string() : context.printer.End(ms) + ", " + LeftText(context, ms);
}

std::string PersonText(const Context& context, const std::string& id) {
  if (id.empty()) return "-";
  if (IsMine(context, id)) return context.Say("line.you");
  const auto known = context.names.find(id);
  const bool named = known != context.names.end() && !known->second.empty();
  return Printable(named ? known->second : id);
}

std::string ShortPerson(const Context& context, const std::string& id) {
  constexpr size_t kColumns = 20;
  constexpr size_t kEnd = 4;
  std::string whole = PersonText(context, id);
  if (whole != id) return Clipped(whole, kColumns);
  const size_t kind = id.find('_');
  if (kind == std::string::npos || id.size() < kind + 1 + kEnd) return whole;
  return whole.substr(0, kind + 1) + "…" + whole.substr(whole.size() - kEnd);
}

int64_t NextDue(const ReportLine& line) {
  if (line.outcome() != intake::v1::OUTCOME_UNSPECIFIED) return 0;
  int64_t due = 0;
  const auto sooner = [&due](int64_t other) {
    if (other != 0 && (due == 0 || other < due)) due = other;
  };
  const intake::v1::Terms& terms = line.terms();
  const int64_t start = line.meeting().starts_at_ms();
  if (!line.has_first_step()) sooner(terms.first_step_due_ms());
  if (start == 0) sooner(terms.meeting_due_ms());
  const bool table_in_time =
      line.colour() == intake::v1::COLOUR_RED && start != 0 && start <= terms.settle_due_ms();
  if (!table_in_time) sooner(terms.settle_due_ms());
  if (line.provisional()) sooner(terms.confirm_due_ms());
  return due;
}

std::string LateText(const Context& context, int64_t starts_at_ms, int64_t term_ms) {
  if (term_ms == 0 || starts_at_ms <= term_ms) return {};
  const std::string length = LengthText(context, base::milliseconds(starts_at_ms - term_ms));
  return "■ " + context.Say("meeting.late", {{"length", length}});
}

std::string StateText(const Context& context, const ReportLine& line) {
  const intake::v1::Ownership& ownership = line.ownership();
  const bool red = line.colour() == intake::v1::COLOUR_RED;
  if (line.outcome() != intake::v1::OUTCOME_UNSPECIFIED) return context.Say("line.settled");
  if (red && !line.has_first_step()) {
    return context.Say(line.provisional() ? "line.no_step_unconfirmed" : "line.no_first_step");
  }
  if (line.provisional()) return context.Say("line.provisional");
  if (IsMine(context, ownership.offered_to())) return context.Say("line.offered_to_you");
  const int64_t term = line.terms().settle_due_ms();
  if (red && term != 0 && line.meeting().starts_at_ms() > term) {
    return "■ " + context.Say("line.late_table");
  }
  // Who holds a red report has more to do than to take it.
  const bool mine = red && IsMine(context, ownership.owner());
  if (ownership.open() && !mine) return context.Say("line.to_claim");
  return ownership.offered_to().empty() ? "" : context.Say("line.offered");
}

std::string ReportsText(const Context& context, const ReportLines& lines) {
  std::string whole = Table(ReportRows(context, lines, /*with_received=*/true));
  // Of a narrow terminal's wrapped lines nobody makes a table: there the term counts.
  const size_t columns = std::max(context.world.columns, context.printer.columns());
  if (WidestLine(whole) <= columns) return whole;
  return Table(ReportRows(context, lines, /*with_received=*/false));
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
