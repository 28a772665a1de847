// SPDX-License-Identifier: EUPL-1.2
// What intake makes of the events of other services.
#include <algorithm>

#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {

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
                               const meeting::v1::SeatTaken& taken) {
  if (!facts.report || taken.professional().empty()) return {};
  const auto known = facts.persons.find(taken.professional());
  const std::string organisation = known == facts.persons.end() ? "" : known->second.organisation();
  Changes changes(*facts.report, facts.kase, now);
  changes.Open(common::v1::INVOLVEMENT_KIND_SEAT, taken.professional(), organisation, "", 0,
               /*urgent=*/true);
  return changes.Take();
}

}  // namespace samenspel::intake
