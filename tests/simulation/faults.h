// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulation/world.h"

namespace samenspel::simulation {

/// What may befall a region. Each happens at least once in every run.
enum class FaultKind {
  kKill,             ///< A daemon dies; what it wrote stays.
  kKillTwo,          ///< Two at the same moment.
  kKillAfterCommit,  ///< Between the commit and the answer about it.
  kPowerCut,         ///< What was not synced may be gone, in part, or torn.
  kConnectionCut,
  kHalfOpen,  ///< Nothing comes through in one direction, and nobody notices.
  kStorm,     ///< Frames lost, doubled, late, cut short, with flipped bits.
  kPause,     ///< A daemon that takes no turns.
  kFreeze,    ///< The same, and its clock did not notice.
  kClockForward,
  kClockBack,
  kClockFarOff,  ///< By years.
  kClockNudge,   ///< Little enough to be believed.
  kWrongStart,   ///< A machine comes up with a wrong clock.
  kSecondInstance,
  kRegistryChange,
  kRulesChange,
  kPowerCutBeforeOperation,
  kPowerCutAfterOperation,
  kSyncError,
  kDiskFull,
  kBitRotOnRead,
  kOldCopyPutBack,
};

/// "power cut before an operation": for counters.
const char* NameOf(FaultKind kind);

/// What kind of day a seed gives.
struct Profile {
  int hours = 24;
  bool tables = false;  ///< Written and compacted now and then.
  int away = -1;        ///< A follower that is away most of the run; -1: none.
  Micros down_at_most{};
  Micros lateness{};
};

/// One fault of a run. All its chance is in `draw`, so that it stays the same when others are left
/// out.
struct PlannedFault {
  int number = 0;  ///< Its place in the plan, to name it by.
  FaultKind kind = FaultKind::kKill;
  Micros at{};
  uint64_t draw = 0;
};

/// The kinds that a run must have seen, or it proves less than it says.
std::vector<FaultKind> AllKinds();
/// At least each kind once and 50 a day.
std::vector<PlannedFault> PlanFaults(uint64_t seed, const Profile& profile, Micros phase);
/// Lets it happen, now.
void Inject(World& world, const Profile& profile, const PlannedFault& fault);

}  // namespace samenspel::simulation
