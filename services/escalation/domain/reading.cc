// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/reading.h"

#include <algorithm>

namespace samenspel::escalation {
namespace {

bool HasPart(const common::v1::CaseList& cases, const FileRead& read) {
  return std::ranges::any_of(cases.involvements(), [&](const common::v1::Involvement& one) {
    return one.person() == read.reader && decide::Covers(one, read.at) &&
           one.kind() != common::v1::INVOLVEMENT_KIND_BREAK_GLASS;
  });
}

}  // namespace

std::string ReadingStream(const std::string& reader) { return DerivedId("rdg", {reader}); }

std::optional<v1::HouseholdsRead> Noted(const AlarmRules& rules, const v1::HouseholdsRead& before,
                                        const common::v1::CaseList& cases, const FileRead& read) {
  if (HasPart(cases, read)) return std::nullopt;
  const int64_t since = base::ToMs(read.at - rules.reading);
  v1::HouseholdsRead reading;
  reading.set_reader(read.reader);
  reading.set_organisation(read.organisation);
  for (const v1::HouseholdRead& one : before.read()) {
    if (one.at_ms() <= since) continue;
    if (one.household() == read.household) return std::nullopt;
    *reading.add_read() = one;
  }
  // One more than the limit tells all.
  if (static_cast<size_t>(reading.read_size()) > rules.households) {
    reading.mutable_read()->DeleteSubrange(
        0, reading.read_size() - static_cast<int>(rules.households));
  }
  v1::HouseholdRead& last = *reading.add_read();
  last.set_household(read.household);
  last.set_at_ms(base::ToMs(read.at));
  return reading;
}

std::optional<Wanted> WantedOf(const AlarmRules& rules, const v1::HouseholdsRead& reading) {
  if (static_cast<size_t>(reading.read_size()) <= rules.households) return std::nullopt;
  Wanted wanted;
  wanted.alarm.set_kind(std::string(kind::kManyHouseholds));
  wanted.alarm.set_subject(reading.reader());
  wanted.organisation = reading.organisation();
  return wanted;
}

bool IsOfReading(const v1::Alarm& alarm) { return alarm.kind() == kind::kManyHouseholds; }

bool IsLookedInto(const v1::Alarm& alarm, int64_t now_ms) {
  const bool said = std::ranges::any_of(
      alarm.asked(), [](const v1::Asked& asked) { return asked.acknowledged_at_ms() != 0; });
  return IsOfReading(alarm) && said && alarm.next_at_ms() != 0 && now_ms >= alarm.next_at_ms();
}

}  // namespace samenspel::escalation
