// SPDX-License-Identifier: EUPL-1.2
// What intake makes of the events of other services.
#include <algorithm>

#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {
namespace {

// Whoever acted on an alarm sees for a while what became of it.
constexpr base::milliseconds kAfterAlarm = std::chrono::hours(1);

// Who is rung to do something for the child; the others are rung to supervise, and have their own
// lists.
bool ActsForTheChild(const std::string& asked_as) {
  constexpr std::string_view kActs[] = {"owner", "deputy", "duty_manager", "every_duty_manager"};
  return std::ranges::find(kActs, asked_as) != std::end(kActs);
}

}  // namespace

std::vector<Happened> NoteMeeting(const Facts& facts, const meeting::v1::Mdo& mdo) {
  if (!facts.report) return {};
  v1::MeetingNote note;
  note.set_mdo(mdo.mdo());
  note.set_starts_at_ms(mdo.starts_at_ms());
  note.set_ends_at_ms(mdo.ends_at_ms());
  const v1::MeetingNote& known = facts.report->meeting();
  if (known.mdo() == note.mdo() && known.starts_at_ms() == note.starts_at_ms() &&
      known.ends_at_ms() == note.ends_at_ms()) {
    return {};
  }
  Changes changes(*facts.report, facts.kase, {});
  v1::MeetingNoted& noted = *changes.OnReport().mutable_meeting_noted();
  noted.set_report(facts.report->report());
  *noted.mutable_meeting() = note;
  return changes.Take();
}

std::vector<Happened> NoteSeat(const Facts& facts, base::Instant now,
                               const meeting::v1::SeatTaken& taken,
                               const std::string& organisation) {
  if (!facts.report || taken.professional().empty()) return {};
  const bool settled = facts.report->outcome() != v1::OUTCOME_UNSPECIFIED;
  const int64_t until_ms = settled ? SeatsEndMs(*facts.report, now) : 0;
  if (settled && until_ms <= base::ToMs(now)) return {};
  Changes changes(*facts.report, facts.kase, now);
  changes.Open(common::v1::INVOLVEMENT_KIND_SEAT, taken.professional(), organisation, "", until_ms,
               /*urgent=*/true);
  return changes.Take();
}

std::vector<Happened> NoteAlarm(
    const Facts& facts, base::Instant now, const std::string& alarm,
    const google::protobuf::RepeatedPtrField<escalation::v1::Asked>& asked) {
  if (!facts.report) return {};
  Changes changes(*facts.report, facts.kase, now);
  for (const escalation::v1::Asked& one : asked) {
    const auto person = facts.persons.find(one.person());
    if (person == facts.persons.end() || !ActsForTheChild(one.as())) continue;
    changes.OpenForAlarm(alarm, one.person(), person->second.organisation());
  }
  return changes.Take();
}

std::vector<Happened> NoteAlarmEnded(const Facts& facts, base::Instant now,
                                     const std::string& alarm) {
  if (!facts.report) return {};
  Changes changes(*facts.report, facts.kase, now);
  changes.EndForAlarm(alarm, base::ToMs(now + kAfterAlarm));
  return changes.Take();
}

}  // namespace samenspel::intake
