// SPDX-License-Identifier: EUPL-1.2
// Lists with settled reports: which lines they ask for, and how they go on.
#include "common/base/ids.h"
#include "services/intake/domain/lists.h"

namespace samenspel::intake {
namespace {

constexpr unsigned char kReadingBit = 0x80;

char ReadingByte(v1::ReportOrder order) {
  return static_cast<char>(static_cast<unsigned char>(order) | kReadingBit);
}

bool IsMine(const v1::ReportLine& line, const Stamp& stamp) {
  return line.ownership().owner() == stamp.actor || line.ownership().offered_to() == stamp.actor;
}

}  // namespace

bool IsByNumber(v1::ReportOrder order) {
  return order != v1::REPORT_ORDER_COLOUR && order != v1::REPORT_ORDER_TERM;
}

std::string ReadingToken(std::string_view number, v1::ReportOrder order) {
  return ReadingByte(order) + std::string(number);
}

std::optional<std::string_view> NumberFrom(const std::string& token, v1::ReportOrder order) {
  if (token.empty() || token[0] != ReadingByte(order)) return std::nullopt;
  const std::string_view number = std::string_view(token).substr(1);
  if (!number.empty() && !base::IsCaseNumber(number)) return std::nullopt;
  return number;
}

std::optional<Reading> ReadingOf(const v1::ListReports& wish) {
  if (!wish.with_settled()) return std::nullopt;
  const v1::ReportOrder order = wish.order();
  const std::string& token = wish.page().after();
  Reading reading;
  reading.newest_first = order != v1::REPORT_ORDER_OLDEST && order != v1::REPORT_ORDER_CASE;
  reading.first_waiting = !IsByNumber(order);
  if (const auto number = NumberFrom(token, order)) {
    reading.after = *number;
    reading.first_waiting = false;
  } else if (!token.empty() && (IsByNumber(order) || !PlaceFrom(token, order))) {
    return std::nullopt;
  }
  return reading;
}

bool IsIn(const v1::ListReports& wish, const v1::ReportLine& line, const Stamp& stamp) {
  return (wish.with_settled() || IsWaiting(line)) &&
         (wish.colour() == v1::COLOUR_UNSPECIFIED || wish.colour() == line.colour()) &&
         line.received_at_ms() >= wish.from_ms() &&
         (wish.until_ms() == 0 || line.received_at_ms() < wish.until_ms()) &&
         (!wish.mine() || IsMine(line, stamp));
}

bool IsWanted(const v1::ListReports& wish, const v1::ReportLine& line, const Stamp& stamp) {
  return IsIn(wish, line, stamp) && (IsByNumber(wish.order()) || !IsWaiting(line));
}

}  // namespace samenspel::intake
