// SPDX-License-Identifier: EUPL-1.2
// What must be watched or ring, and what ends it: as the table of services/escalation says.
#include <algorithm>

#include "tests/simulation/model/alarms.h"

namespace samenspel::simulation::model {

void Alarms::Ended(const Seen& seen, const escalation::v1::AlarmEnded& event) {
  const auto found = alarms_.find(event.alarm());
  if (found == alarms_.end() || found->second.ended_ms != 0) {
    return Find(seen, event.alarm(), "ends and does not ring");
  }
  if (!IsTrue(seen, found->second, event.ended_by())) {
    Find(seen, event.alarm(),
         "of " + KeyOf(found->second.alarm) + " falls silent by " + event.ended_by() +
             ", which is not so");
  }
  if (found->second.alarm.kind() == "clock_wrong") clock_due_.Clear(kClockEnds);
  found->second.ended_ms = std::max<int64_t>(1, event.at_ms());
  Index(found->second.alarm.report(), event.alarm(), true, false);
  pass_on_.Clear(event.alarm());
}

// As the table of services/escalation says what ends each kind.
bool Alarms::IsTrue(const Seen& seen, const Ringing& ringing, const std::string& reason) const {
  const std::string& kind = ringing.alarm.kind();
  if (kind == "follower_lagging") return reason == "level_again";
  if (kind == "clock_wrong") return reason == "clock_right" && !clock_wrong_;
  if (kind == "many_households") {
    const bool said = std::any_of(ringing.asked.begin(), ringing.asked.end(),
                                  [](const auto& one) { return one.second; });
    return reason == "looked_into" && said && seen.stamp() >= ringing.alarm.next_at_ms();
  }
  if (kind == "break_glass_review") return reason == "opening_reviewed" && seen.IsCausedBy(kIntake);
  const auto* copy = copies_.Find(ringing.alarm.report());
  if (copy == nullptr) return false;
  const bool red = copy->colour() == intake::v1::COLOUR_RED;
  const int64_t start = copy->meeting_starts_at_ms();
  const auto& empty = copy->empty_seats();
  if (reason == "regraded") return !DemandsOf(*copy).contains(KeyOf(ringing.alarm));
  if (reason == "report_settled") return copy->settled();
  if (kind == "no_first_step") return reason == "first_step_named" && copy->first_step_named();
  if (kind == "meeting_not_planned") return reason == "meeting_planned" && start != 0;
  if (kind == "seat_empty" && reason == "seat_filled") {
    return std::find(empty.begin(), empty.end(), ringing.alarm.detail()) == empty.end();
  }
  if (kind == "seat_empty") {
    return reason == "meeting_over" && copy->meeting_ends_at_ms() != 0 &&
           copy->meeting_ends_at_ms() <= seen.stamp();
  }
  if (kind == "provisional_red") {
    return (reason == "grade_confirmed" || reason == "convened_by_itself") && !copy->provisional();
  }
  if (kind == "term_near") {
    return reason == "term_passed" && copy->terms().settle_due_ms() <= seen.stamp();
  }
  if (kind != "term_passed" || !red || start == 0) return false;
  if (reason == "meeting_in_time") return start <= copy->terms().settle_due_ms();
  return reason == "meeting_begun" && start <= seen.stamp();
}

void Alarms::CheckDemands(const std::string& where, const std::string& report, int64_t now_ms) {
  const auto* copy = copies_.Find(report);
  if (copy == nullptr) return;
  std::map<std::string, Demand> demands = DemandsOf(*copy);
  const auto allow = [&](const std::string& id, const escalation::v1::Alarm& alarm, bool rings) {
    if (alarm.kind() == "break_glass_review" || alarm.kind() == "follower_lagging") return;
    const auto demand = demands.find(KeyOf(alarm));
    if (demand == demands.end()) {
      notebook_.Find(where + ", " + id + ": " + (rings ? "rings" : "is watched") +
                     " though nothing asks for " + KeyOf(alarm) + " of " + report);
      return;
    }
    if (!rings && demand->second.due_ms != 0 && alarm.due_at_ms() != demand->second.due_ms) {
      notebook_.Find(where + ", " + id + ": is watched by another instant than the term of " +
                     report);
    }
    demands.erase(demand);
  };
  for (const std::string& id : ringing_of_[report]) allow(id, alarms_.at(id).alarm, true);
  for (const std::string& id : watches_of_[report]) allow(id, watches_.at(id).alarm, false);
  for (const auto& [key, demand] : demands) {
    if (demand.may_wait) continue;
    // A meeting stays where it is when its term comes earlier (decision 8, "Not yet").
    if (copy->meeting_starts_at_ms() != 0 && moved_.contains(report)) continue;
    // Time has ended it, or once seemed to have.
    if (demand.over_ms != 0 && demand.over_ms <= std::max(now_ms, latest_ms_)) continue;
    notebook_.Find(where + ": nobody watches " + key + " of " + report + " at " +
                   std::to_string(now_ms) + ": " + copy->ShortDebugString());
  }
}

}  // namespace samenspel::simulation::model
