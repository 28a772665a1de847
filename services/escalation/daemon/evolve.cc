// SPDX-License-Identifier: EUPL-1.2
// Applies events to the state: copies what they say, computes nothing.
#include "common/base/ids.h"
#include "common/daemon/common_events.h"
#include "services/escalation/daemon/service.h"
#include "services/escalation/domain/decider.h"

namespace samenspel::escalation {

using daemon::View;

namespace {

// Reports that are not settled. What this turn, or a replay, has not written yet is not in the
// store; nor is what is there kept in memory, for one day in years.
std::set<std::string> Unsettled(View& view, std::set<std::string> since_start) {
  view.store().Scan(
      store::Column::kState, "rpt_", "", [&](std::string_view id, std::string_view row) {
        state::Report report;
        const bool read = report.ParseFromArray(row.data(), static_cast<int>(row.size()));
        if (read && !report.copy().settled()) since_start.emplace(id);
        return true;
      });
  return since_start;
}

}  // namespace

void Service::ApplyWatch(View& view, const std::string& id, const state::Watch& watch) {
  view.Save(id, watch);
  board_.Track(id, watch);
}

void Service::ApplyAlarm(View& view, const state::AlarmState& before,
                         const state::AlarmState& alarm) {
  const std::string& report = alarm.alarm().report();
  const auto copy = view.Load<state::Report>(report);
  view.Save(alarm.alarm().alarm(), alarm);
  board_.Track(before, alarm, copy.version() == 0 ? nullptr : &copy.copy());
}

void Service::ApplyRaised(View& view, uint64_t version, const v1::AlarmRaised& event) {
  auto watch = view.Load<state::Watch>(event.watch());
  watch.set_raised(event.alarm().alarm());
  ApplyWatch(view, event.watch(), watch);
  const auto before = view.Load<state::AlarmState>(event.alarm().alarm());
  state::AlarmState alarm;
  alarm.set_version(version);
  *alarm.mutable_alarm() = event.alarm();
  alarm.set_watch(event.watch());
  alarm.set_owner(watch.owner());
  alarm.set_organisation(watch.organisation());
  ApplyAlarm(view, before, alarm);
}

void Service::ApplyEnded(View& view, uint64_t version, const v1::AlarmEnded& event) {
  const auto before = view.Load<state::AlarmState>(event.alarm());
  state::AlarmState alarm = before;
  alarm.set_version(version);
  alarm.mutable_alarm()->set_ended_at_ms(event.at_ms());
  alarm.mutable_alarm()->set_ended_by(event.ended_by());
  alarm.mutable_alarm()->set_next_at_ms(0);
  ApplyAlarm(view, before, alarm);
  auto watch = view.Load<state::Watch>(alarm.watch());
  watch.set_ended(true);
  ApplyWatch(view, alarm.watch(), watch);
}

void Service::ApplyReport(View& view, uint64_t version, const v1::ReportCopied& event) {
  state::Report report;
  report.set_version(version);
  *report.mutable_copy() = event;
  view.Save(event.report(), report);
  board_.See(event);
  // When its alarms are over by themselves may have changed.
  for (const std::string& id : board_.OpenOf(event.report())) {
    const auto watch = view.Load<state::Watch>(id);
    if (watch.raised().empty()) continue;
    const auto alarm = view.Load<state::AlarmState>(watch.raised());
    board_.Track(alarm, alarm, &event);
  }
}

void Service::ApplyPerson(View& view, uint64_t version, const v1::PersonCopied& event) {
  auto person = view.Load<state::Person>(event.id());
  person.set_version(version);
  if (event.has_professional()) *person.mutable_professional() = event.professional();
  if (event.with_shifts()) *person.mutable_shifts() = event.shifts();
  view.Save(event.id(), person);
  people_.Set(person);
  people_changed_ = true;
}

// An alarm and its watch, or a watch that waits. Their versions stay: nobody decided anything.
void Service::MoveDue(View& view, const std::string& stream, const common::v1::ClockSeen& seen) {
  if (base::IsId("wch", stream)) {
    auto watch = view.Load<state::Watch>(stream);
    v1::Alarm& alarm = *watch.mutable_alarm();
    alarm.set_due_at_ms(daemon::MovedDue(seen, alarm.due_at_ms()));
    return ApplyWatch(view, stream, watch);
  }
  const auto before = view.Load<state::AlarmState>(stream);
  state::AlarmState after = before;
  v1::Alarm& alarm = *after.mutable_alarm();
  alarm.set_next_at_ms(daemon::MovedDue(seen, alarm.next_at_ms()));
  ApplyAlarm(view, before, after);
}

// What was still to come comes earlier by as much as time went back: never later than it should.
// Intake accepts its clock too; until then its terms are moved here.
void Service::ApplyClock(View& view, const common::v1::ClockSeen& seen) {
  board_.SeeClock(seen.off_ms() != 0 && !seen.accepted());
  if (!seen.accepted() || seen.off_ms() >= 0) return;
  // Also of those for which nothing is watched now: their table may fall apart later.
  for (const std::string& id : Unsettled(view, board_.unsettled())) {
    auto report = view.Load<state::Report>(id);
    if (report.copy().settled()) continue;
    daemon::MoveEnds(seen, *report.mutable_copy()->mutable_terms());
    ApplyReport(view, report.version(), report.copy());
  }
  for (const std::string& stream : board_.Scheduled()) MoveDue(view, stream, seen);
}

void Service::Evolve(View& view, const common::v1::Ref&, const common::v1::EventRecord& record,
                     const google::protobuf::Message& message) {
  const auto& event = static_cast<const v1::Event&>(message);
  const uint64_t version = record.version();
  switch (event.kind_case()) {
    case v1::Event::kWatchSet: {
      state::Watch watch;
      watch.set_version(version);
      *watch.mutable_alarm() = event.watch_set().alarm();
      watch.set_owner(event.watch_set().owner());
      watch.set_organisation(event.watch_set().organisation());
      return ApplyWatch(view, record.stream(), watch);
    }
    case v1::Event::kWatchEnded: {
      auto watch = view.Load<state::Watch>(record.stream());
      watch.set_version(version);
      watch.set_ended(true);
      return ApplyWatch(view, record.stream(), watch);
    }
    case v1::Event::kAlarmRaised:
      return ApplyRaised(view, version, event.alarm_raised());
    case v1::Event::kAlarmPassedOn: {
      const auto before = view.Load<state::AlarmState>(record.stream());
      state::AlarmState alarm = before;
      alarm.set_version(version);
      const v1::AlarmPassedOn& passed = event.alarm_passed_on();
      for (const v1::Asked& asked : passed.asked()) *alarm.mutable_alarm()->add_asked() = asked;
      alarm.mutable_alarm()->set_step(passed.step());
      alarm.mutable_alarm()->set_next_at_ms(passed.next_at_ms());
      return ApplyAlarm(view, before, alarm);
    }
    case v1::Event::kSeenByPerson: {
      const auto before = view.Load<state::AlarmState>(record.stream());
      state::AlarmState alarm = before;
      alarm.set_version(version);
      Apply(*alarm.mutable_alarm(), event.seen_by_person());
      return ApplyAlarm(view, before, alarm);
    }
    case v1::Event::kAlarmEnded:
      return ApplyEnded(view, version, event.alarm_ended());
    case v1::Event::kAlarmsAdopted: {
      state::Rules rules;
      rules.set_version(version);
      rules.set_toml(event.alarms_adopted().toml());
      rules.set_hash(event.alarms_adopted().hash());
      view.Save(record.stream(), rules);
      (void)rules_.Adopt(rules.toml());  // It was parsed before it was adopted.
      return;
    }
    case v1::Event::kPersonCopied:
      return ApplyPerson(view, version, event.person_copied());
    case v1::Event::kInvolvementSet: {
      auto list = view.Load<common::v1::CaseList>(record.stream());
      decide::Evolve(list, event.involvement_set(), version);
      return view.Save(record.stream(), list);
    }
    case v1::Event::kReportCopied:
      return ApplyReport(view, version, event.report_copied());
    case v1::Event::kHouseholdsRead: {
      state::Reading reading;
      reading.set_version(version);
      *reading.mutable_reading() = event.households_read();
      return view.Save(record.stream(), reading);
    }
    case v1::Event::kFollowerSeen:
      return board_.See(event.follower_seen().principal(), event.follower_seen().lagging());
    case v1::Event::kClockSeen:
      return ApplyClock(view, event.clock_seen());
    case v1::Event::kRegistryChanged:
    case v1::Event::kTurnedAway:
    case v1::Event::KIND_NOT_SET:
      return;
  }
}

}  // namespace samenspel::escalation
