// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/due_book.h"

#include <algorithm>

namespace samenspel::simulation::model {
namespace {

constexpr base::milliseconds kGrace{10'000};
constexpr int kStamps = 3;

}  // namespace

void DueBook::Set(const std::string& what, int64_t due_ms) {
  Clear(what);
  due_[what] = due_ms;
  by_due_.emplace(due_ms, what);
}

void DueBook::Clear(const std::string& what) {
  const auto found = due_.find(what);
  if (found == due_.end()) return;
  by_due_.erase({found->second, what});
  due_.erase(found);
}

void DueBook::Move(const common::v1::ClockSeen& back) {
  const auto before = std::exchange(due_, {});
  by_due_.clear();
  for (const auto& [what, due_ms] : before) {
    Set(what, std::max(due_ms, back.at_ms()) + back.off_ms());
  }
}

std::optional<std::string> DueBook::Missed(const Seen& seen) {
  if (by_due_.empty() || by_due_.begin()->first > seen.stamp()) {
    late_.reset();
    return std::nullopt;
  }
  const auto& first = *by_due_.begin();
  if (!late_ || late_->first != first) {
    late_ = Late{first, seen.true_time, seen.stamp()};
    return std::nullopt;
  }
  if (late_->stamp != seen.stamp()) ++late_->stamps;
  late_->stamp = seen.stamp();
  if (late_->stamps < kStamps || seen.true_time - late_->since < kGrace) return std::nullopt;
  std::string what = first.second;
  Clear(what);
  late_.reset();
  return what;
}

std::set<std::string> DueBook::DueBefore(int64_t ms) const {
  std::set<std::string> late;
  for (const auto& [due, what] : by_due_) {
    if (due >= ms) break;
    late.insert(what);
  }
  return late;
}

}  // namespace samenspel::simulation::model
