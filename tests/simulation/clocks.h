// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/clock.h"
#include "tests/simulation/timeline.h"

namespace samenspel::simulation {

/// The two clocks of one machine, right until somebody makes them wrong.
class MachineClock : public base::Clock {
 public:
  explicit MachineClock(const Timeline& timeline) : timeline_(timeline) {}

  base::Instant Wall() override { return timeline_.instant() + wrong_by_; }
  base::milliseconds SinceBoot() override {
    return kUp + std::chrono::floor<base::milliseconds>(timeline_.now()) - frozen_;
  }

  /// The wall clock shows this much too much; 0: it is right again.
  void SetWrongBy(base::milliseconds by) { wrong_by_ = by; }
  base::milliseconds wrong_by() const { return wrong_by_; }
  /// The machine stood still for so long and did not notice, as one that was moved to another host.
  void Freeze(base::milliseconds by) { frozen_ += by; }

 private:
  static constexpr base::milliseconds kUp{100LL * 24 * 3600 * 1000};  // Longer than any freeze.
  const Timeline& timeline_;
  base::milliseconds wrong_by_{0};
  base::milliseconds frozen_{0};
};

}  // namespace samenspel::simulation
