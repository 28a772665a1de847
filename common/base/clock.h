// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/instant.h"

namespace samenspel::base {

/// The two clocks of a machine. Only the loop around a core reads them; cores get instants.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall clock: UTC, may jump both ways.
  virtual Instant Wall() = 0;
  /// Time since boot, sleep included; never goes back.
  virtual milliseconds SinceBoot() = 0;
};

/// CLOCK_REALTIME and CLOCK_BOOTTIME.
class SystemClock : public Clock {
 public:
  Instant Wall() override;
  milliseconds SinceBoot() override;
};

/// Time that never runs backwards. Starts at the wall clock and advances with time since boot; a
/// wall clock that is off by more than 60 s against it is not believed. Smaller differences forward
/// are followed at once, backward ones by standing still.
class SteadyTime {
 public:
  explicit SteadyTime(Clock& clock);
  Instant Now();
  /// The wall clock is more than 60 s away from our own time: an alarm for the operator.
  bool wall_disbelieved() const { return wall_disbelieved_; }

 private:
  Clock& clock_;
  Instant last_;
  milliseconds boot_at_last_;
  bool wall_disbelieved_ = false;
};

}  // namespace samenspel::base
