// SPDX-License-Identifier: EUPL-1.2
// Who is asked: the codes of docs/formats/alarms.md over the roster as escalation has it.
#include <algorithm>

#include "tests/simulation/model/alarms.h"

namespace samenspel::simulation::model {
namespace {

constexpr size_t kAskedAtMost = 50;
constexpr int64_t kInstant = 1;

}  // namespace

std::set<std::string> Alarms::Candidates(const std::string& code, const Ringing& ringing,
                                         int64_t at_ms) const {
  const auto* copy = copies_.Find(ringing.alarm.report());
  const Roster& roster = copies_.roster();
  const std::string owner = copy == nullptr ? "" : copy->owner();
  if (code == "owner") return owner.empty() ? std::set<std::string>() : std::set{owner};
  if (code == "deputy") {
    const auto* person = roster.Find(owner);
    if (person == nullptr || person->deputy().empty()) return {};
    return {person->deputy()};
  }
  const std::string function = code == "every_duty_manager" ? "duty_manager" : code;
  const std::string organisation =
      copy == nullptr || code == "privacy_officer" ? ringing.organisation : copy->organisation();
  std::set<std::string> here;
  std::set<std::string> on_duty;
  std::set<std::string> all;
  std::set<std::string> all_here;
  for (const std::string& id : copies_.people()) {
    if (!roster.Holds(id, function)) continue;
    const bool is_here = roster.Find(id)->organisation() == organisation;
    const bool is_on_duty = roster.OnDuty(id, at_ms, at_ms + kInstant);
    all.insert(id);
    if (is_here) all_here.insert(id);
    if (is_on_duty) on_duty.insert(id);
    if (is_here && is_on_duty) here.insert(id);
  }
  if (code == "privacy_officer") return here.empty() ? all_here : here;
  if (code == "duty_manager" && !here.empty()) return here;
  return on_duty.empty() ? all : on_duty;
}

std::set<std::string> Alarms::Wanted(const Ringing& ringing, uint32_t from, uint32_t to,
                                     int64_t at_ms) const {
  std::set<std::string> wanted;
  const auto steps = rules_.alarms().steps.find(ringing.alarm.kind());
  if (steps == rules_.alarms().steps.end()) return wanted;
  for (uint32_t i = from; i < std::min<size_t>(to, steps->second.size()); ++i) {
    for (const std::string& code : steps->second[i].ask) {
      for (const std::string& person : Candidates(code, ringing, at_ms)) {
        if (!ringing.asked.contains(person)) wanted.insert(person);
      }
    }
  }
  return wanted;
}

void Alarms::Ask(const Seen& seen, Ringing& ringing, uint32_t from, uint32_t to,
                 const google::protobuf::RepeatedPtrField<escalation::v1::Asked>& asked,
                 const std::set<std::string>& asked_before) {
  std::set<std::string> wanted = Wanted(ringing, from, to, seen.stamp());
  wanted.insert(asked_before.begin(), asked_before.end());
  std::set<std::string> new_ones;
  for (const auto& one : asked) {
    if (ringing.asked.contains(one.person()) || !new_ones.insert(one.person()).second) {
      Find(seen, ringing.alarm.alarm(), "asks " + one.person() + " twice");
    } else if (!wanted.contains(one.person())) {
      Find(seen, ringing.alarm.alarm(),
           "asks " + one.person() + " as " + one.as() + ", whom its steps do not name");
    }
    if (one.since_ms() != seen.stamp()) {
      Find(seen, ringing.alarm.alarm(), "asks " + one.person() + " at another time");
    }
  }
  // Whoever is asked beside a step that was taken before is the new owner alone.
  const bool whole_step = from < to && (from != 0 || ringing.asked.empty());
  if (whole_step && ringing.asked.size() + wanted.size() <= kAskedAtMost) {
    for (const std::string& person : wanted) {
      if (!new_ones.contains(person)) {
        Find(seen, ringing.alarm.alarm(), "does not ask " + person);
      }
    }
  }
  for (const std::string& person : new_ones) ringing.asked.emplace(person, false);
}

// The next in line is asked as long after this step as its own step says; behind the last is none.
void Alarms::CheckNext(const Seen& seen, const Ringing& ringing) {
  const auto steps = rules_.alarms().steps.find(ringing.alarm.kind());
  if (steps == rules_.alarms().steps.end()) return;
  const uint32_t step = ringing.alarm.step();
  if (step == 0 || step > steps->second.size()) {
    return Find(seen, ringing.alarm.alarm(), "is at no step");
  }
  const bool last = step == steps->second.size();
  const int64_t next = last ? 0 : seen.stamp() + steps->second[step].after_ms;
  if (ringing.alarm.next_at_ms() != next) {
    Find(seen, ringing.alarm.alarm(),
         "is passed on at another time than its steps say: step " + std::to_string(step) + ", " +
             std::to_string(ringing.alarm.next_at_ms() - seen.stamp()) + " ms on");
  }
}

}  // namespace samenspel::simulation::model
