// SPDX-License-Identifier: EUPL-1.2
#include <limits>

#include "services/intake/domain/case_list.h"
#include "services/intake/domain/lists.h"

namespace samenspel::intake {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max();
constexpr size_t kNumberBytes = 8;
// Numbers as bytes in network order.
std::string Bytes(int64_t number) {
  auto bits = static_cast<uint64_t>(number);
  std::string bytes(kNumberBytes, '\0');
  for (size_t i = kNumberBytes; i-- > 0; bits >>= 8) bytes[i] = static_cast<char>(bits & 0xff);
  return bytes;
}

int64_t IntegerFrom(std::string_view bytes) {
  uint64_t bits = 0;
  for (const char byte : bytes) bits = (bits << 8) | static_cast<unsigned char>(byte);
  return static_cast<int64_t>(bits);
}

void Sooner(int64_t& due, int64_t other) {
  if (other != 0 && other < due) due = other;
}

}  // namespace

int64_t NextDueMs(const v1::ReportLine& line) {
  int64_t due = kNever;
  if (!IsWaiting(line)) return due;
  const v1::Terms& terms = line.terms();
  const int64_t start = line.meeting().starts_at_ms();
  if (!line.has_first_step()) Sooner(due, terms.first_step_due_ms());
  if (start == 0) Sooner(due, terms.meeting_due_ms());
  const bool table_in_time =
      line.colour() == v1::COLOUR_RED && start != 0 && start <= terms.settle_due_ms();
  if (!table_in_time) Sooner(due, terms.settle_due_ms());
  if (line.provisional()) Sooner(due, terms.confirm_due_ms());
  return due;
}

v1::ReportLine LineOf(const state::Report& report) {
  v1::ReportLine line;
  line.set_report(report.report());
  line.set_case_number(report.case_number());
  line.set_household(report.household());
  line.set_colour(report.grade().colour());
  line.set_provisional(report.provisional());
  line.set_received_at_ms(report.received_at_ms());
  *line.mutable_ownership() = OwnershipOf(report);
  if (report.has_first_step()) *line.mutable_first_step() = report.first_step();
  if (report.has_meeting()) *line.mutable_meeting() = report.meeting();
  if (report.has_terms()) *line.mutable_terms() = report.terms();
  line.set_outcome(report.outcome());
  line.set_version(report.version());
  return line;
}

Place PlaceOf(const v1::ReportLine& line, v1::ReportOrder order) {
  switch (order) {
    case v1::REPORT_ORDER_OLDEST:
      return {line.received_at_ms(), 0, line.report()};
    case v1::REPORT_ORDER_COLOUR:
      return {-line.colour(), NextDueMs(line), line.report()};
    case v1::REPORT_ORDER_TERM:
      return {NextDueMs(line), 0, line.report()};
    case v1::REPORT_ORDER_CASE:
      return {0, 0, line.case_number()};
    default:
      return {-line.received_at_ms(), 0, line.report()};
  }
}

std::string TokenOf(const Place& place, v1::ReportOrder order) {
  return std::string(1, static_cast<char>(order)) + Bytes(place.first) + Bytes(place.second) +
         std::string(place.last);
}

std::optional<Place> PlaceFrom(const std::string& token, v1::ReportOrder order) {
  constexpr size_t kHead = 1 + 2 * kNumberBytes;
  constexpr size_t kLastMax = 64;
  if (token.size() <= kHead || token.size() > kHead + kLastMax) return std::nullopt;
  if (token[0] != static_cast<char>(order)) return std::nullopt;
  const std::string_view bytes(token);
  return Place{IntegerFrom(bytes.substr(1, kNumberBytes)),
               IntegerFrom(bytes.substr(1 + kNumberBytes, kNumberBytes)), bytes.substr(kHead)};
}

}  // namespace samenspel::intake
