// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>

#include "common/base/clock.h"

namespace samenspel::support {

/// A Saturday morning in winter, before the Netherlands have their lunch.
constexpr base::Instant kMorning =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + std::chrono::hours(9);

/// Both clocks of a machine, moved by hand.
class FakeClock : public base::Clock {
 public:
  explicit FakeClock(base::Instant wall = kMorning) : wall_(wall) {}
  base::Instant Wall() override { return wall_; }
  base::milliseconds SinceBoot() override { return since_boot_; }

  void Advance(base::milliseconds by) {
    wall_ += by;
    since_boot_ += by;
  }
  void AdvanceTo(base::Instant wall) {
    if (wall > wall_) Advance(wall - wall_);
  }

 private:
  base::Instant wall_;
  base::milliseconds since_boot_{1'000'000};
};

}  // namespace samenspel::support
