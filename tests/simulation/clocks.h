// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>

#include "common/base/clock.h"
#include "tests/simulation/timeline.h"

namespace samenspel::simulation {

/// The two clocks of one machine, right until somebody makes them wrong.
class MachineClock : public base::Clock {
 public:
  explicit MachineClock(const Timeline& timeline) : timeline_(timeline) {}

  base::Instant Wall() override { return timeline_.instant() + wrong_by_; }
  base::milliseconds SinceBoot() override {
    return kUp + std::chrono::floor<base::milliseconds>(timeline_.now() - frozen_ - FrozenNow());
  }

  /// The wall clock shows this much too much; 0: it is right again.
  void SetWrongBy(base::milliseconds by) { wrong_by_ = by; }
  base::milliseconds wrong_by() const { return wrong_by_; }
  /// The machine stands still until then and does not notice, as one that is moved to another host.
  void FreezeUntil(Micros moment) {
    Thaw();
    froze_at_ = timeline_.now();
    thaws_at_ = moment;
  }
  /// It goes on, now.
  void Thaw() {
    frozen_ += FrozenNow();
    froze_at_ = thaws_at_ = Micros(0);
  }

 private:
  static constexpr base::milliseconds kUp{100LL * 24 * 3600 * 1000};  // Longer than any freeze.
  Micros FrozenNow() const { return std::min(timeline_.now(), thaws_at_) - froze_at_; }

  const Timeline& timeline_;
  base::milliseconds wrong_by_{0};
  Micros frozen_{0};  // In all, before the last freeze.
  Micros froze_at_{0};
  Micros thaws_at_{0};
};

}  // namespace samenspel::simulation
