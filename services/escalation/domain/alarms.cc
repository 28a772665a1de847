// SPDX-License-Identifier: EUPL-1.2
// What people ask of alarms.
#include <algorithm>

#include "services/escalation/domain/chain.h"
#include "services/escalation/domain/decider.h"
#include "services/escalation/domain/page.h"
#include "services/escalation/domain/reading.h"

namespace samenspel::escalation {
namespace {

// As whom the actor was asked, while they act for the organisation for which they were (P.05).
const v1::Asked* AskedOf(const v1::Alarm& alarm, const Stamp& stamp) {
  const auto found =
      std::find_if(alarm.asked().begin(), alarm.asked().end(), [&](const v1::Asked& asked) {
        return asked.person() == stamp.actor &&
               (asked.organisation().empty() || asked.organisation() == stamp.organisation);
      });
  return found == alarm.asked().end() ? nullptr : &*found;
}

bool HasTechnicalRole(const Stamp& stamp) {
  return std::any_of(stamp.roles.begin(), stamp.roles.end(), [](const std::string& role) {
    return role == "operator" || role == "duty_manager" || role == "region_manager";
  });
}

bool MaySee(const Facts& facts, const v1::Alarm& alarm, const Stamp& stamp) {
  if (AskedOf(alarm, stamp) != nullptr) return true;
  if (IsOfReading(alarm)) return false;  // About a person, and nobody else's affair.
  if (alarm.household().empty()) return HasTechnicalRole(stamp);
  const auto cases = facts.find_cases(alarm.household());
  return cases && decide::MayKnow(*cases, stamp) != nullptr;
}

// What a look that was refused was about, so that it stands with the case.
std::string SubjectOf(const v1::Alarm& alarm) {
  if (!alarm.report().empty()) return alarm.report();
  return alarm.household().empty() ? alarm.alarm() : alarm.household();
}

std::optional<Refusal> WhyNotShown(const Facts& facts, const Stamp& stamp) {
  if (!facts.alarm) return decide::NotFound("alarm");
  const v1::Alarm& alarm = facts.alarm->alarm();
  if (!MaySee(facts, alarm, stamp)) return decide::NotFound("alarm", SubjectOf(alarm));
  return std::nullopt;
}

bool IsDutyManager(const People& people, const std::string& person) {
  const auto* known = people.Find(person);
  return known != nullptr && std::find(known->functions().begin(), known->functions().end(),
                                       ask::kDutyManager) != known->functions().end();
}

// Who was asked as the owner and has handed the report over is no longer needed, unless they would
// have been asked as a duty manager too: nobody is asked twice.
bool IsFormerOwner(const Facts& facts, const v1::Alarm& alarm, const v1::Asked& asked) {
  if (asked.as() != ask::kOwner || alarm.report().empty()) return false;
  const std::string owner = facts.find_owner(alarm.report());
  return !owner.empty() && owner != asked.person() && !IsDutyManager(*facts.people, asked.person());
}

bool WaitsFor(const Facts& facts, const v1::Alarm& alarm, const Stamp& stamp) {
  const v1::Asked* asked = AskedOf(alarm, stamp);
  return alarm.ended_at_ms() == 0 && asked != nullptr && asked->acknowledged_at_ms() == 0 &&
         !IsFormerOwner(facts, alarm, *asked);
}

bool Matches(const Facts& facts, const v1::Alarm& alarm, const v1::ListAlarms& request,
             const Stamp& stamp) {
  if (alarm.ended_at_ms() != 0 && !request.with_ended()) return false;
  if (!request.kind().empty() && request.kind() != alarm.kind()) return false;
  return !request.asked_me() || WaitsFor(facts, alarm, stamp);
}

Happened Seen(const Facts& facts, const Stamp& stamp) {
  const state::AlarmState& state = *facts.alarm;
  Happened happened;
  happened.stream = state.alarm().alarm();
  happened.version = state.version() + 1;
  happened.urgent = state.alarm().colour() == intake::v1::COLOUR_RED;
  happened.keeper = state.organisation();
  v1::SeenByPerson& event = *happened.event.mutable_seen_by_person();
  event.set_alarm(happened.stream);
  event.set_person(stamp.actor);
  event.set_at_ms(base::ToMs(stamp.received_at));
  event.set_next_at_ms(
      IsOfReading(state.alarm())
          ? base::ToMs(stamp.received_at + facts.rules->reading)
          : HeldBack(state.alarm().next_at_ms(), stamp.received_at, facts.rules->acknowledged));
  return happened;
}

}  // namespace

void Apply(v1::Alarm& alarm, const v1::SeenByPerson& event) {
  for (v1::Asked& asked : *alarm.mutable_asked()) {
    if (asked.person() == event.person()) asked.set_acknowledged_at_ms(event.at_ms());
  }
  alarm.set_next_at_ms(event.next_at_ms());
}

Decision DecideListAlarms(const Facts& facts, const Stamp& stamp, const v1::ListAlarms& request) {
  PageOf page;
  if (!page.Read(request.page())) return decide::Invalid("bad_page", "page.after");
  Accepted accepted;
  v1::AlarmsListed& listed = *accepted.response.mutable_alarms_listed();
  for (const std::string& id : facts.listed) {
    v1::Alarm alarm = facts.find_alarm(id);
    if (!Matches(facts, alarm, request, stamp) || !MaySee(facts, alarm, stamp)) continue;
    if (!page.Takes(alarm)) break;
    *listed.add_alarms() = std::move(alarm);
  }
  listed.set_next(page.Next(facts.listed_until));
  const bool all = request.page().after().empty() && listed.next().empty();
  listed.set_total(all ? static_cast<uint32_t>(listed.alarms_size()) : 0);
  return accepted;
}

Decision DecideShowAlarm(const Facts& facts, const Stamp& stamp) {
  if (auto refusal = WhyNotShown(facts, stamp)) return *std::move(refusal);
  Accepted accepted;
  *accepted.response.mutable_alarm_shown()->mutable_alarm() = facts.alarm->alarm();
  accepted.response.mutable_alarm_shown()->set_version(facts.alarm->version());
  return accepted;
}

Decision DecideAcknowledgeAlarm(const Facts& facts, const Stamp& stamp) {
  if (auto refusal = WhyNotShown(facts, stamp)) return *std::move(refusal);
  const v1::Alarm& alarm = facts.alarm->alarm();
  const v1::Asked* asked = AskedOf(alarm, stamp);
  if (asked == nullptr) {
    return decide::Refuse(common::v1::STATUS_REFUSED, "not_asked", "alarm");
  }
  if (alarm.ended_at_ms() != 0) {
    return decide::Refuse(common::v1::STATUS_REFUSED, "ended", "alarm");
  }
  Accepted accepted;
  v1::Alarm& shown = *accepted.response.mutable_alarm_acknowledged()->mutable_alarm();
  shown = alarm;
  if (asked->acknowledged_at_ms() != 0) return accepted;
  accepted.events.push_back(Seen(facts, stamp));
  Apply(shown, accepted.events.front().event.seen_by_person());
  return accepted;
}

Decision DecideAdoptAlarms(const Facts& facts, const v1::AdoptAlarms& request,
                           const AlarmRules& rules) {
  Happened happened;
  happened.stream = "alarms";
  happened.version = facts.rules_version + 1;
  v1::AlarmsAdopted& event = *happened.event.mutable_alarms_adopted();
  event.set_toml(request.toml());
  event.set_hash(rules.hash);
  event.set_version(rules.version);
  event.set_adopted_on(rules.adopted_on);
  event.set_adopted_by(rules.adopted_by);
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  return accepted;
}

}  // namespace samenspel::escalation
