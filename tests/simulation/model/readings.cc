// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/readings.h"

#include <algorithm>

namespace samenspel::simulation::model {

void Readings::Take(const Seen& seen) {
  for (const auto& event : seen.intake) {
    if (event.has_report_accessed()) Mark(seen, event.report_accessed());
  }
  if (seen.service != kEscalation) return;
  for (const auto& event : seen.escalation) Follow(seen, event);
  if (seen.IsCausedBy(kIntake)) Hear(seen);
}

void Readings::Mark(const Seen& seen, const intake::v1::ReportAccessed& mark) {
  const std::string& reader = mark.reader();
  if (rules_.alarms().households == 0 || !reader.starts_with("pro_")) return;
  if (lists_.HasPart(mark.household(), reader, seen.stamp())) return;
  auto& read = read_[reader];
  const int64_t since = seen.stamp() - rules_.alarms().reading_ms;
  const auto known = read.find(mark.household());
  if (known != read.end() && known->second > since) return;
  // Not sooner: a mark by a wrong clock that counts for nothing makes nothing forgotten.
  std::erase_if(read, [&](const auto& one) { return one.second <= since; });
  read.emplace(mark.household(), seen.stamp());
  expected_.push_back(
      {seen.sequence(), reader, mark.household(), read.size() > rules_.alarms().households});
}

void Readings::Follow(const Seen& seen, const escalation::v1::Event& event) {
  const auto& set = event.watch_set();
  if (event.has_watch_set() && set.alarm().kind() == "many_households") {
    watched_[set.watch()] = set.alarm().subject();
    const bool due = !expected_.empty() && seen.IsCausedBy(kIntake) &&
                     expected_.front().sequence == seen.header().cause().sequence() &&
                     expected_.front().reader == set.alarm().subject() &&
                     expected_.front().too_many;
    // Or the oldest was forgotten of who reads too much anyway, and is noted once more.
    const bool anyway = read_[set.alarm().subject()].size() > rules_.alarms().households &&
                        seen.IsCausedBy(kIntake);
    if (!due && !anyway) {
      Find(seen, set.alarm().subject() + " is watched and did not read too much");
    }
  }
  const auto& raised = event.alarm_raised();
  if (event.has_alarm_raised() && raised.alarm().kind() == "many_households") {
    watched_.erase(raised.watch());
    watched_[raised.alarm().alarm()] = raised.alarm().subject();
  }
  if (event.has_alarm_ended()) watched_.erase(event.alarm_ended().alarm());
  if (event.has_watch_ended()) watched_.erase(event.watch_ended().watch());
}

void Readings::Hear(const Seen& seen) {
  const uint64_t heard = seen.header().cause().sequence();
  for (const auto& event : seen.escalation) {
    if (!event.has_households_read()) continue;
    const auto& noted = event.households_read();
    const bool right = !expected_.empty() && expected_.front().sequence == heard &&
                       expected_.front().reader == noted.reader() && noted.read_size() > 0 &&
                       expected_.front().household == noted.read().rbegin()->household();
    const auto& read = read_[noted.reader()];
    const bool anew = read.size() > rules_.alarms().households && noted.read_size() > 0 &&
                      read.contains(noted.read().rbegin()->household());
    if (!right && anew) continue;
    if (!right) {
      Find(seen, "notes a reading of " + noted.reader() + " that there was not");
      continue;
    }
    const bool is_watched = std::any_of(watched_.begin(), watched_.end(), [&](const auto& one) {
      return one.second == noted.reader();
    });
    if (expected_.front().too_many && !is_watched) {
      Find(seen, noted.reader() + " reads the files of too many and nobody is to ask why");
    }
    expected_.pop_front();
  }
  for (; !expected_.empty() && expected_.front().sequence <= heard; expected_.pop_front()) {
    Find(seen, "passed over what " + expected_.front().reader + " read by " +
                   Where(kIntake, expected_.front().sequence));
  }
}

void Readings::AtEnd(base::Instant /*true_time*/) {
  for (const Expected& one : expected_) {
    notebook_.Find("escalation has not heard of what " + one.reader + " read by " +
                   Where(kIntake, one.sequence));
  }
}

}  // namespace samenspel::simulation::model
