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

/// Our own time. Starts at the wall clock, but never before what was recorded last, and advances
/// with time since boot; a wall clock that is off by more than 60 s against it is not believed.
/// Smaller differences forward are followed at once, backward ones by standing still. It runs
/// backwards only when an operator accepts such a wall clock (docs/decisions/0008-clock.md).
class SteadyTime {
 public:
  ///   not_before  the last instant that was recorded: a wall clock behind it is not right
  explicit SteadyTime(Clock& clock, Instant not_before = {});
  Instant Now();
  /// Wall clock minus own time at the last Now(), while that is too much to be believed: an alarm
  /// for the operator. Zero: believed.
  milliseconds wall_off() const { return wall_off_; }
  /// The wall clock was right: from the next Now() on its time is ours, forward or back, as far as
  /// it was off at the last. Nothing happens when it is believed.
  void Accept();

 private:
  Clock& clock_;
  Instant last_;
  milliseconds boot_at_last_;
  milliseconds wall_off_{0};
};

}  // namespace samenspel::base
