// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <utility>

#include "common/base/instant.h"
#include "tests/support/fake_clock.h"

namespace samenspel::simulation {

using Micros = std::chrono::microseconds;

/// Time that jumps from one happening to the next; those of one moment come in the order in which
/// they were planned.
class Timeline {
 public:
  /// One in which nothing ever happens, for who needs no more than a first morning.
  static const Timeline& Still() {
    static const Timeline still;
    return still;
  }
  Micros now() const { return now_; }
  base::Instant instant() const { return InstantOf(now_); }
  static base::Instant InstantOf(Micros at) {
    return support::kMorning + std::chrono::floor<base::milliseconds>(at);
  }
  /// The first moment that belongs to `instant`.
  static Micros MomentOf(base::Instant instant) { return instant - support::kMorning; }

  void At(Micros moment, std::function<void()> happening) {
    happenings_.emplace(std::pair(std::max(moment, now_), ++planned_), std::move(happening));
  }
  void In(Micros delay, std::function<void()> happening) { At(now_ + delay, std::move(happening)); }

  /// False: nothing is planned any more.
  bool RunNext() {
    if (happenings_.empty()) return false;
    auto next = happenings_.extract(happenings_.begin());
    now_ = next.key().first;
    next.mapped()();
    return true;
  }

 private:
  Micros now_{0};
  uint64_t planned_ = 0;
  std::map<std::pair<Micros, uint64_t>, std::function<void()>> happenings_;
};

}  // namespace samenspel::simulation
