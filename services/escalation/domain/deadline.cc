// SPDX-License-Identifier: EUPL-1.2
// What follows when a due time has come.
#include <cassert>

#include "common/base/ids.h"
#include "services/escalation/domain/chain.h"
#include "services/escalation/domain/decider.h"
#include "services/escalation/domain/reading.h"
#include "services/escalation/domain/watches.h"

namespace samenspel::escalation {
namespace {

Happened On(const v1::Alarm& alarm, uint64_t version, const std::string& keeper,
            const AlarmRules& rules) {
  Happened happened;
  happened.stream = alarm.alarm();
  happened.version = version;
  happened.urgent = alarm.colour() == intake::v1::COLOUR_RED || rules.Of(alarm.kind()).urgent;
  happened.keeper = keeper;
  return happened;
}

Decision OneEvent(Happened happened) {
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  return accepted;
}

// The report knows its owner best: it may have changed since the watch was set.
Concerned ConcernedBy(const Facts& facts, const std::string& owner,
                      const std::string& organisation) {
  if (!facts.report) return {owner, organisation};
  return {facts.report->owner(), facts.report->organisation()};
}

std::optional<Moot> MootNow(const Facts& facts, const v1::Alarm& alarm, base::Instant now) {
  if (!facts.report) return std::nullopt;
  const auto moot = MootOf(alarm, *facts.report);
  return moot && moot->at_ms <= base::ToMs(now) ? moot : std::nullopt;
}

bool IsBackSoon(const Facts& facts, base::Instant now) {
  if (!facts.alarm) return false;
  const v1::Alarm& last = facts.alarm->alarm();
  return last.ended_at_ms() != 0 && now < base::FromMs(last.ended_at_ms()) + facts.rules->again;
}

v1::Alarm Rung(const Facts& facts, const std::string& watch_id, base::Instant now) {
  const state::Watch& watch = *facts.watch;
  const AlarmKind& rule = facts.rules->Of(watch.alarm().kind());
  const Concerned concerned = ConcernedBy(facts, watch.owner(), watch.organisation());
  if (IsBackSoon(facts, now)) {
    v1::Alarm alarm = RungAgain(rule, facts.alarm->alarm(), concerned, *facts.people, now);
    alarm.set_due_at_ms(watch.alarm().due_at_ms());
    return alarm;
  }
  v1::Alarm alarm = watch.alarm();
  alarm.set_alarm(DerivedId("alm", {watch_id, std::to_string(watch.version())}));
  alarm.set_raised_at_ms(base::ToMs(now));
  alarm.set_text_nl(rule.nl);
  alarm.set_text_en(rule.en);
  alarm.set_times(1);
  const Progress progress = Advance(rule, alarm, 0, concerned, *facts.people, now);
  for (const v1::Asked& asked : progress.asked) *alarm.add_asked() = asked;
  alarm.set_step(progress.step);
  alarm.set_next_at_ms(progress.next_at_ms);
  return alarm;
}

Decision Raise(const Facts& facts, const std::string& watch_id, const Stamp& stamp) {
  const state::Watch& watch = *facts.watch;
  if (const auto moot = MootNow(facts, watch.alarm(), stamp.received_at)) {
    return OneEvent(Ended(watch_id, {watch, std::nullopt}, moot->ended_by, stamp));
  }
  v1::Alarm alarm = Rung(facts, watch_id, stamp.received_at);
  const bool again = facts.alarm && facts.alarm->alarm().alarm() == alarm.alarm();
  Happened happened =
      On(alarm, again ? facts.alarm->version() + 1 : 1, watch.organisation(), *facts.rules);
  happened.event.mutable_alarm_raised()->set_watch(watch_id);
  *happened.event.mutable_alarm_raised()->mutable_alarm() = std::move(alarm);
  return OneEvent(std::move(happened));
}

Progress NextOf(const Facts& facts, base::Instant now) {
  const state::AlarmState& state = *facts.alarm;
  const v1::Alarm& alarm = state.alarm();
  // Where nobody could be asked, the whole chain is tried again.
  const uint32_t from = alarm.asked().empty() ? 0 : alarm.step();
  return Advance(facts.rules->Of(alarm.kind()), alarm, from,
                 ConcernedBy(facts, state.owner(), state.organisation()), *facts.people, now);
}

Decision PassOn(const Facts& facts, const Stamp& stamp) {
  const state::AlarmState& state = *facts.alarm;
  const Progress progress = NextOf(facts, stamp.received_at);
  Happened happened = On(state.alarm(), state.version() + 1, state.organisation(), *facts.rules);
  v1::AlarmPassedOn& event = *happened.event.mutable_alarm_passed_on();
  event.set_alarm(state.alarm().alarm());
  event.set_report(state.alarm().report());
  for (const v1::Asked& asked : progress.asked) *event.add_asked() = asked;
  event.set_step(progress.step);
  event.set_next_at_ms(progress.next_at_ms);
  return OneEvent(std::move(happened));
}

}  // namespace

bool CanAskSomebody(const Facts& facts, base::Instant now) {
  return !NextOf(facts, now).asked.empty();
}

Decision DecideDeadlinePassed(const Facts& facts, const Stamp& stamp,
                              const v1::DeadlinePassed& request) {
  assert(facts.rules != nullptr);  // Nothing is due before an alarms file was adopted.
  const int64_t now = base::ToMs(stamp.received_at);
  if (base::IsId("wch", request.stream())) {
    if (!facts.watch || facts.watch->ended() || !facts.watch->raised().empty()) return Accepted{};
    if (now < facts.watch->alarm().due_at_ms()) {
      return decide::Refuse(common::v1::STATUS_REFUSED, "too_early", "stream");
    }
    return Raise(facts, request.stream(), stamp);
  }
  if (!facts.alarm || facts.alarm->alarm().ended_at_ms() != 0) return Accepted{};
  const v1::Alarm& alarm = facts.alarm->alarm();
  if (const auto moot = MootNow(facts, alarm, stamp.received_at)) {
    const KnownWatch known{facts.watch.value_or(state::Watch()), facts.alarm};
    return OneEvent(Ended(facts.alarm->watch(), known, moot->ended_by, stamp));
  }
  if (IsLookedInto(alarm, now)) {
    const KnownWatch known{facts.watch.value_or(state::Watch()), facts.alarm};
    return OneEvent(Ended(facts.alarm->watch(), known, "looked_into", stamp));
  }
  const bool next_is_due = alarm.next_at_ms() != 0 && now >= alarm.next_at_ms();
  const bool found_somebody = alarm.asked().empty() && CanAskSomebody(facts, stamp.received_at);
  if (next_is_due || found_somebody) return PassOn(facts, stamp);
  return decide::Refuse(common::v1::STATUS_REFUSED, "too_early", "stream");
}

}  // namespace samenspel::escalation
