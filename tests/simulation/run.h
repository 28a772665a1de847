// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "tests/simulation/evidence.h"

namespace samenspel::simulation {

/// One run: a fault phase in which reports come in while frames are lost and daemons die, then a
/// healing phase without faults in which everything must come to an end. All follows from the seed.
class SimulatedRun {
 public:
  struct Plan {
    uint64_t seed = 1;
    int reports = 40;
    bool calm = false;  ///< No faults at all.
  };
  explicit SimulatedRun(Plan plan);

  /// What went wrong on the way: somebody was told wrong things, or it did not come to an end.
  Findings Play();

  World& world() { return *world_; }
  Evidence CollectEvidence();
  /// How often each kind of fault, and each kind of answer to one, happened.
  FaultCounts Counts() const;
  /// In simulated time.
  Micros length() const { return world_->timeline().now(); }

 private:
  Micros Some(Micros at_most);
  void PlanFaults(Micros phase);
  bool RunUntil(Micros moment, bool stop_when_done);
  bool CaughtUp();
  bool Settle();

  Plan plan_;
  support::SeededEntropy chance_;
  int slowness_;  // Terms and pace are stretched by this: the same run from seconds to hours.
  demo::Region region_;
  std::unique_ptr<World> world_;
  std::unique_ptr<Crowd> crowd_;
};

}  // namespace samenspel::simulation
