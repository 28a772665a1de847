// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/clock.h"
#include "common/daemon/core.h"

namespace samenspel::daemon {

/// The time that a core goes by, between the clocks of its machine and its turns
/// (docs/decisions/0008-clock.md). Whoever runs a core asks it before each turn and tells it after.
class OwnTime {
 public:
  ///   core  started; outlives this, as `clock` does
  OwnTime(base::Clock& clock, Core& core, Log log);

  /// The time of the next turn; tells the core whether the wall clock is believed.
  base::Instant Now();
  /// After a turn: takes over the wall clock when an operator accepted it. The time that it ended
  /// at, which `wake_at` is in.
  base::Instant After(const Turn& turn);
  /// As at the last Now(); zero: the wall clock is believed.
  base::milliseconds wall_off() const { return time_.wall_off(); }

 private:
  void LogChange();

  base::SteadyTime time_;
  Core& core_;
  Log log_;
  base::Instant now_{};
  bool disbelieved_ = false;
};

}  // namespace samenspel::daemon
