// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/intake/domain/facts.h"

namespace samenspel::intake {

/// The next instant by which something must be done about a report, the soonest of all; INT64_MAX:
/// nothing has a term any more. A report that is settled, a first step that is named, a meeting
/// that has a start in time and a grade that was confirmed ask for nothing. Clients show this
/// instant beside each line by the same rule (NextDue in clients/samenspel/lines.h).
int64_t NextDueMs(const v1::ReportLine& line);

/// Openings for review in one answer: so many, and so many bytes with their reasons.
inline constexpr size_t kReviewsMax = 50;
inline constexpr size_t kReviewBytesMax = 256 * 1024;

/// Whether the report still waits for something of its desk.
inline bool IsWaiting(const v1::ReportLine& line) {
  return line.outcome() == v1::OUTCOME_UNSPECIFIED;
}

/// The line of a report: its clear fields.
v1::ReportLine LineOf(const state::Report& report);

/// A list with settled reports reads them by case number, in the order in which they came in, a
/// piece an answer: all of it when it is ordered so itself, and otherwise, behind what waits, those
/// that are settled, the newest first.
struct Reading {
  bool newest_first = true;
  bool first_waiting = false;  ///< This answer still shows what waits, before what is read.
  std::string after;           ///< Case number behind which it goes on; empty: it begins.
};
/// Whether the order of case numbers is this one, or its reverse.
bool IsByNumber(v1::ReportOrder order);
/// What to read for such a list; nothing: it shows none that are settled, or its page is none.
std::optional<Reading> ReadingOf(const v1::ListReports& wish);
/// Whether a list asks for this line, should the actor know of it.
bool IsIn(const v1::ListReports& wish, const v1::ReportLine& line, const Stamp& stamp);
/// Whether such a list takes this line from what was read, should the actor know of it.
bool IsWanted(const v1::ListReports& wish, const v1::ReportLine& line, const Stamp& stamp);

/// Where a line stands in an order; the last of a page is its `next` token.
/// Looks at the line as long as it lives.
struct Place {
  int64_t first = 0;
  int64_t second = 0;
  std::string_view last;  ///< Unlike for any other line.
  auto operator<=>(const Place&) const = default;
};
Place PlaceOf(const v1::ReportLine& line, v1::ReportOrder order);

/// "order byte with its highest bit, case number" as bytes: where the reading goes on.
std::string ReadingToken(std::string_view number, v1::ReportOrder order);
/// The number in such a token, looking at it; nothing: it is none, or one of another order.
std::optional<std::string_view> NumberFrom(const std::string& token, v1::ReportOrder order);

/// "order byte, first, second, last" as bytes.
std::string TokenOf(const Place& place, v1::ReportOrder order);
/// The place in such a token, looking at it; nothing: it is none, or one of another order.
std::optional<Place> PlaceFrom(const std::string& token, v1::ReportOrder order);

}  // namespace samenspel::intake
