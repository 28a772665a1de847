// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <set>
#include <string>

#include "tests/simulation/evidence.h"
#include "tests/simulation/faults.h"
#include "tests/simulation/model/watch.h"

namespace samenspel::simulation {

/// One run: a fault phase in which people work while frames are lost, disks fail and daemons die,
/// then a healing phase without faults in which everything must come to an end. All follows from
/// the plan.
class SimulatedRun {
 public:
  struct Plan {
    uint64_t seed = 1;
    int hours = 24;
    int commands = -1;  ///< Of people, in all; -1: one a minute.
    bool calm = false;  ///< No faults at all.
    /// Only these of the planned faults, by number; absent: all. A shrinker leaves some out.
    std::optional<std::set<int>> only = std::nullopt;
  };
  explicit SimulatedRun(Plan plan);

  /// What went wrong on the way: somebody was told wrong things, or it did not come to an end.
  Findings Play();
  /// All that there is to check afterwards, on disks and in journals.
  Findings CheckAfterwards();

  World& world() { return *world_; }
  Evidence CollectEvidence();
  /// How often each kind of fault, and each kind of answer to one, happened.
  FaultCounts Counts() const;
  /// Kinds of faults that this run was to see and did not: it is not counted.
  std::vector<std::string> Missing() const;
  const std::vector<PlannedFault>& faults() const { return faults_; }
  /// "tables", "log only, escalation away": what kind of day the seed gives.
  std::string ProfileName() const;
  int commands() const { return commands_; }
  /// In simulated time.
  Micros length() const { return world_->timeline().now(); }

 private:
  void PlanDay();
  void TryAgain(int nth);
  void Judge();
  void LookAtClock(size_t service);
  bool RunUntil(Micros moment, bool stop_when_done);
  bool CaughtUp();
  bool Settle();
  Findings WhatIsOpen();

  Plan plan_;
  Profile profile_;
  int commands_;
  Micros phase_;
  demo::Region region_;
  model::Watch watch_{kOrigin, LogKey()};
  size_t answers_judged_ = 0;
  std::unique_ptr<World> world_;
  std::unique_ptr<Crowd> crowd_;
  std::vector<PlannedFault> faults_;
};

}  // namespace samenspel::simulation
