// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/board.h"

#include <algorithm>

#include "services/escalation/domain/page.h"
#include "services/escalation/domain/watches.h"

namespace samenspel::escalation {
namespace {

// The instant at which an open alarm has something next; 0: never.
int64_t DueOf(const v1::Alarm& alarm, const v1::ReportCopied* report) {
  int64_t due = alarm.next_at_ms();
  const auto moot = report == nullptr ? std::nullopt : MootOf(alarm, *report);
  if (moot && (due == 0 || moot->at_ms < due)) due = moot->at_ms;
  return due;
}

void Keep(std::set<std::string>& set, const std::string& one, bool holds) {
  if (holds) {
    set.insert(one);
  } else {
    set.erase(one);
  }
}

}  // namespace

void Board::Schedule(const std::string& stream, int64_t due_at_ms) {
  const auto before = due_.find(stream);
  if (before != due_.end()) {
    queue_.erase({before->second, stream});
    due_.erase(before);
  }
  if (due_at_ms == 0) return;
  queue_.emplace(due_at_ms, stream);
  due_.emplace(stream, due_at_ms);
}

void Board::Track(const std::string& id, const state::Watch& watch) {
  const v1::Alarm& alarm = watch.alarm();
  const bool waits = !watch.ended() && watch.raised().empty();
  Schedule(id, waits ? alarm.due_at_ms() : 0);
  Keep(waiting_, id, waits);
  if (!alarm.report().empty()) {
    Keep(by_report_[alarm.report()], id, !watch.ended());
    if (by_report_[alarm.report()].empty()) by_report_.erase(alarm.report());
  }
  if (alarm.kind() == kind::kFollowerLagging && alarm.subject() == kSelf) {
    Keep(silent_, alarm.detail(), !watch.ended());
  }
  if (alarm.kind() == kind::kFollowerLagging && alarm.detail() == kHere) {
    Keep(watched_, alarm.subject(), !watch.ended());
  }
  if (alarm.kind() == kind::kClockWrong) clock_watched_ = !watch.ended();
}

void Board::Track(const state::AlarmState& before, const state::AlarmState& state,
                  const v1::ReportCopied* report) {
  const v1::Alarm& alarm = state.alarm();
  if (before.version() != 0) places_.erase(PlaceOf(before.alarm()));
  places_.insert(PlaceOf(alarm));
  if (alarm.ended_at_ms() != 0) {
    Schedule(alarm.alarm(), 0);
    open_.erase(alarm.alarm());
    return;
  }
  Schedule(alarm.alarm(), DueOf(alarm, report));
  Open& open = open_[alarm.alarm()];
  open.raised_at_ms = alarm.raised_at_ms();
  open.asked.clear();
  for (const v1::Asked& asked : alarm.asked()) open.asked.insert(asked.person());
  open.acknowledged =
      std::any_of(alarm.asked().begin(), alarm.asked().end(),
                  [](const v1::Asked& asked) { return asked.acknowledged_at_ms() != 0; });
}

std::vector<std::string> Board::DueBy(base::Instant now, size_t most) const {
  std::vector<std::string> due;
  for (const auto& [at, stream] : queue_) {
    if (at > base::ToMs(now) || due.size() == most) break;
    due.push_back(stream);
  }
  return due;
}

std::optional<base::Instant> Board::NextDue() const {
  if (queue_.empty()) return std::nullopt;
  return base::FromMs(queue_.begin()->first);
}

std::vector<std::string> Board::OpenOf(const std::string& report) const {
  const auto found = by_report_.find(report);
  if (found == by_report_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

Board::Part Board::Listed(const std::string& after, bool with_ended, const std::string& asked,
                          size_t most) const {
  Part part;
  std::string last;
  for (auto at = places_.upper_bound(after); at != places_.end(); ++at) {
    if (!IsOpenAt(*at) && (!with_ended || !asked.empty())) break;
    std::string alarm = AlarmAt(*at);
    if (!asked.empty() && !open_.at(alarm).asked.contains(asked)) continue;
    if (part.alarms.size() >= most && *at > last) {
      part.until = last;
      break;
    }
    last = AfterInstantOf(*at);
    part.alarms.push_back(std::move(alarm));
  }
  return part;
}

void Board::See(const std::string& follower, bool lagging) { Keep(lagging_, follower, lagging); }

std::map<std::string, bool> Board::FollowersToTell() const {
  std::map<std::string, bool> changes;
  for (const std::string& follower : lagging_) {
    if (!watched_.contains(follower)) changes.emplace(follower, true);
  }
  for (const std::string& follower : watched_) {
    if (!lagging_.contains(follower)) changes.emplace(follower, false);
  }
  return changes;
}

std::vector<std::string> Board::Scheduled() const {
  std::vector<std::string> streams;
  streams.reserve(due_.size());
  for (const auto& [stream, at] : due_) streams.push_back(stream);
  return streams;
}

void Board::See(const v1::ReportCopied& report) {
  if (report.settled()) {
    unsettled_.erase(report.report());
  } else {
    unsettled_.insert(report.report());
  }
}

std::vector<std::string> Board::AskingNobody() const {
  std::vector<std::string> alarms;
  for (const auto& [id, open] : open_) {
    if (open.asked.empty()) alarms.push_back(id);
  }
  return alarms;
}

std::vector<std::pair<std::string, uint64_t>> Board::Counters(base::Instant now) const {
  uint64_t unacknowledged = 0;
  uint64_t asking_nobody = 0;
  int64_t oldest = base::ToMs(now);
  for (const auto& [id, open] : open_) {
    unacknowledged += open.acknowledged ? 0 : 1;
    asking_nobody += open.asked.empty() ? 1 : 0;
    oldest = std::min(oldest, open.raised_at_ms);
  }
  return {{"alarms_open", open_.size()},
          {"alarms_unacknowledged", unacknowledged},
          {"alarms_oldest_s", static_cast<uint64_t>((base::ToMs(now) - oldest) / 1000)},
          {"alarms_asking_nobody", asking_nobody},
          {"watches_open", waiting_.size()}};
}

}  // namespace samenspel::escalation
