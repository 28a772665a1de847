// SPDX-License-Identifier: EUPL-1.2
// What intake hears of the services that it follows.
#include <functional>
#include <map>

#include "common/daemon/decided.h"
#include "common/decide/case_list.h"
#include "common/decide/parsed.h"
#include "proto/escalation/v1/events.pb.h"
#include "services/intake/daemon/service.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {

using daemon::Decided;
using daemon::Recorded;
using daemon::View;

// What the events of one entry lead to, each on what the ones before it left.
class Service::FromEntry {
 public:
  /// What is known of a report, as the events before left it.
  Facts& About(const std::string& report, const std::function<Facts()>& look_up) {
    const auto [known, fresh] = reports_.try_emplace(report);
    if (fresh) known->second = look_up();
    return known->second;
  }
  void Add(Facts& facts, std::vector<Happened> events) {
    for (Happened& happened : events) {
      if (happened.event.has_meeting_noted()) {
        facts.report->set_version(happened.version);
        *facts.report->mutable_meeting() = happened.event.meeting_noted().meeting();
      } else {
        decide::Evolve(*facts.kase.mutable_list(), happened.event.involvement_set(),
                       happened.version);
      }
      decided_.events.push_back(Recorded(std::move(happened)));
    }
  }
  std::optional<Decided> Take() {
    return decided_.events.empty() ? std::nullopt : std::optional(std::move(decided_));
  }

 private:
  std::map<std::string, Facts> reports_;
  Decided decided_;
};

namespace {

// For which organisation a seat was taken: that of whoever made the entry, or, when somebody else
// did, the one that the registry names.
std::string SeatedFor(const common::v1::EntryHeader& header, const meeting::v1::SeatTaken& taken,
                      const Facts& facts) {
  const std::string& taker =
      header.on_behalf_of().empty() ? header.principal() : header.on_behalf_of();
  if (taker == taken.professional() && !header.organisation().empty()) {
    return header.organisation();
  }
  const auto known = facts.persons.find(taken.professional());
  return known == facts.persons.end() ? "" : known->second.organisation();
}

}  // namespace

std::vector<daemon::FollowWish> Service::follows() const {
  daemon::FollowWish meeting;
  meeting.service = "meeting";
  meeting.kinds = {meeting::v1::Event::kMdoPlanned, meeting::v1::Event::kMdoUnplannable,
                   meeting::v1::Event::kSeatTaken};
  // Whoever took a seat reads the case next.
  meeting.urgent_kinds = {meeting::v1::Event::kSeatTaken};
  daemon::FollowWish escalation;
  escalation.service = "escalation";
  escalation.kinds = {escalation::v1::Event::kAlarmRaised, escalation::v1::Event::kAlarmPassedOn,
                      escalation::v1::Event::kAlarmEnded};
  // Whoever is rung must be able to act at once.
  escalation.urgent_kinds = {escalation::v1::Event::kAlarmRaised,
                             escalation::v1::Event::kAlarmPassedOn};
  return {meeting, escalation};
}

void Service::HearMeeting(View& view, const common::v1::EntryHeader& header,
                          const meeting::v1::Event& event, base::Instant now,
                          FromEntry& from) const {
  const auto about = [&](const std::string& id) -> Facts& {
    return from.About(id, [&] { return About(view, id); });
  };
  if (event.has_seat_taken()) {
    const meeting::v1::SeatTaken& taken = event.seat_taken();
    Facts& facts = about(taken.report());
    AddPerson(view, taken.professional(), now, facts);
    from.Add(facts, NoteSeat(facts, now, taken, SeatedFor(header, taken, facts)));
  }
  const meeting::v1::Mdo* mdo = event.has_mdo_planned()       ? &event.mdo_planned().mdo()
                                : event.has_mdo_unplannable() ? &event.mdo_unplannable().mdo()
                                                              : nullptr;
  if (mdo == nullptr) return;
  Facts& facts = about(mdo->report());
  from.Add(facts, NoteMeeting(facts, *mdo));
}

void Service::HearAlarm(View& view, const escalation::v1::Event& event, base::Instant now,
                        FromEntry& from) const {
  const auto ring = [&](const std::string& report, const std::string& alarm, const auto& asked) {
    if (report.empty()) return;  // About a service.
    Facts& facts = from.About(report, [&] { return About(view, report); });
    for (const escalation::v1::Asked& one : asked) AddPerson(view, one.person(), now, facts);
    from.Add(facts, NoteAlarm(facts, now, alarm, asked));
  };
  if (event.has_alarm_raised()) {
    const escalation::v1::Alarm& alarm = event.alarm_raised().alarm();
    ring(alarm.report(), alarm.alarm(), alarm.asked());
  } else if (event.has_alarm_passed_on()) {
    const escalation::v1::AlarmPassedOn& passed = event.alarm_passed_on();
    ring(passed.report(), passed.alarm(), passed.asked());
  } else if (event.has_alarm_ended() && !event.alarm_ended().report().empty()) {
    const std::string& report = event.alarm_ended().report();
    Facts& facts = from.About(report, [&] { return About(view, report); });
    from.Add(facts, NoteAlarmEnded(facts, now, event.alarm_ended().alarm()));
  }
}

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant now) {
  FromEntry from;
  const common::v1::EntryHeader& header = entry.entry->header;
  for (const auto& record : header.events()) {
    if (entry.from == "escalation") {
      const decide::Parsed<escalation::v1::Event> event(record.payload());
      if (event.ok()) HearAlarm(view, *event, now, from);
    } else {
      const decide::Parsed<meeting::v1::Event> event(record.payload());
      if (event.ok()) HearMeeting(view, header, *event, now, from);
    }
  }
  return from.Take();
}

}  // namespace samenspel::intake
