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
  open.asks_nobody = alarm.asked().empty();
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

std::vector<std::string> Board::Listed(bool with_ended, size_t ended_most) const {
  std::vector<std::string> listed;
  const size_t most = open_.size() + (with_ended ? ended_most : 0);
  for (const std::string& place : places_) {
    if (listed.size() == most) break;
    listed.push_back(AlarmAt(place));
  }
  return listed;
}

std::vector<std::string> Board::AskingNobody() const {
  std::vector<std::string> alarms;
  for (const auto& [id, open] : open_) {
    if (open.asks_nobody) alarms.push_back(id);
  }
  return alarms;
}

std::vector<std::pair<std::string, uint64_t>> Board::Counters(base::Instant now) const {
  uint64_t unacknowledged = 0;
  uint64_t asking_nobody = 0;
  int64_t oldest = base::ToMs(now);
  for (const auto& [id, open] : open_) {
    unacknowledged += open.acknowledged ? 0 : 1;
    asking_nobody += open.asks_nobody ? 1 : 0;
    oldest = std::min(oldest, open.raised_at_ms);
  }
  return {{"alarms_open", open_.size()},
          {"alarms_unacknowledged", unacknowledged},
          {"alarms_oldest_s", static_cast<uint64_t>((base::ToMs(now) - oldest) / 1000)},
          {"alarms_asking_nobody", asking_nobody},
          {"watches_open", waiting_.size()}};
}

}  // namespace samenspel::escalation
