// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/faults.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kFaultsADay = 56;  // Some find nobody to befall.
constexpr seconds kPauseAtMost{300};
constexpr minutes kFreezeAtMost{20};
constexpr minutes kStormAtLeast{15};
constexpr minutes kStormMore{30};
constexpr minutes kHalfOpenAtMost{5};
constexpr hours kWrongAtMost{3};
constexpr uint64_t kSoonOperations = 400;

// The draws of one fault, apart from all others.
class Draw {
 public:
  explicit Draw(uint64_t seed) : chance_(seed) {}
  Micros Some(Micros at_most) {
    return Micros(1 + chance_.Below(static_cast<uint64_t>(at_most.count())));
  }
  base::milliseconds SomeMs(Micros at_most) {
    return std::chrono::ceil<base::milliseconds>(Some(at_most));
  }
  uint64_t Below(uint64_t end) { return chance_.Below(end); }
  uint64_t OneOf(std::initializer_list<uint64_t> values) {
    return values.begin()[chance_.Below(values.size())];
  }

 private:
  support::SeededEntropy chance_;
};

Weather StormOf(Draw& draw, const Profile& profile) {
  Weather storm;
  storm.dropped = draw.OneOf({100, 500, 3000});
  storm.doubled = draw.OneOf({200, 1000, 5000});
  storm.late = draw.OneOf({200, 1000, 3000});
  storm.late_at_most = profile.lateness;
  storm.cut_short = draw.OneOf({100, 300});
  storm.flipped = draw.OneOf({100, 300});
  return storm;
}

void SetWrongFor(World& world, size_t machine, base::milliseconds by, Micros length) {
  world.SetWallWrongBy(machine, by);
  world.timeline().In(length,
                      [&world, machine] { world.SetWallWrongBy(machine, base::milliseconds(0)); });
}

void InjectClock(World& world, FaultKind kind, size_t machine, Draw& draw) {
  const Micros length = draw.Some(kWrongAtMost);
  switch (kind) {
    case FaultKind::kClockForward:
      return SetWrongFor(world, machine, draw.SomeMs(hours(30)) + minutes(2), length);
    case FaultKind::kClockBack:
      return SetWrongFor(world, machine, -draw.SomeMs(hours(30)) - minutes(2), length);
    case FaultKind::kClockFarOff: {
      const auto by = draw.SomeMs(days(3650)) + minutes(2);
      return SetWrongFor(world, machine, draw.Below(2) == 0 ? by : -by, length);
    }
    default: {
      const auto by = draw.SomeMs(seconds(50));
      return SetWrongFor(world, machine, draw.Below(2) == 0 ? by : -by, length);
    }
  }
}

// Mostly ahead: a clock that is behind the last entry is not believed, so that little goes wrong.
void InjectWrongStart(World& world, size_t machine, Micros down, Draw& draw) {
  const Micros length = draw.Some(kWrongAtMost);
  const bool far = draw.Below(2) == 0;
  const base::milliseconds by = draw.SomeMs(far ? Micros(days(3650)) : hours(30)) + minutes(2);
  const base::milliseconds wrong = draw.Below(4) == 0 ? -by : by;
  const bool all = draw.Below(2) == 0;  // They may well share a machine.
  for (size_t i = 0; i < kMachines; ++i) {
    if (all ? world.IsRunning(i) : i == machine) {
      world.StartWithWrongClock(i, wrong, down, down + length);
    }
  }
}

void InjectDisk(World& world, FaultKind kind, size_t machine, Micros down, Draw& draw) {
  const uint64_t in = 1 + draw.Below(kSoonOperations);
  switch (kind) {
    case FaultKind::kPowerCut:
      return world.CutPower(machine, down);
    case FaultKind::kPowerCutBeforeOperation:
      return world.FailDisk(machine, DiskFault::kPowerCutBefore, in, down);
    case FaultKind::kPowerCutAfterOperation:
      return world.FailDisk(machine, DiskFault::kPowerCutAfter, in, down);
    case FaultKind::kSyncError:
      return world.FailDisk(machine, DiskFault::kSyncError, in, down);
    case FaultKind::kDiskFull:
      return world.FailDisk(machine, DiskFault::kNoSpace, in, down);
    case FaultKind::kBitRotOnRead:
      return world.RotOnRead(machine, down);
    default:
      return world.PutBackOldCopy(machine, draw.Some(hours(2)), down);
  }
}

}  // namespace

const char* NameOf(FaultKind kind) {
  switch (kind) {
    case FaultKind::kKill:
      return "kill";
    case FaultKind::kKillTwo:
      return "kill of two";
    case FaultKind::kKillAfterCommit:
      return "kill after a commit";
    case FaultKind::kPowerCut:
      return "power cut";
    case FaultKind::kConnectionCut:
      return "connection to cut";
    case FaultKind::kHalfOpen:
      return "connection to deafen";
    case FaultKind::kStorm:
      return "storm";
    case FaultKind::kPause:
      return "pause";
    case FaultKind::kFreeze:
      return "freeze";
    case FaultKind::kClockForward:
      return "clock forward";
    case FaultKind::kClockBack:
      return "clock back";
    case FaultKind::kClockFarOff:
      return "clock off by years";
    case FaultKind::kClockNudge:
      return "clock nudged";
    case FaultKind::kWrongStart:
      return "start with a wrong clock";
    case FaultKind::kSecondInstance:
      return "second instance";
    case FaultKind::kRegistryChange:
      return "registry change";
    case FaultKind::kRulesChange:
      return "rules change";
    case FaultKind::kPowerCutBeforeOperation:
      return "power cut before an operation";
    case FaultKind::kPowerCutAfterOperation:
      return "power cut after an operation";
    case FaultKind::kSyncError:
      return "sync error";
    case FaultKind::kDiskFull:
      return "disk full";
    case FaultKind::kBitRotOnRead:
      return "bit rot on read";
    case FaultKind::kOldCopyPutBack:
      return "old copy put back";
  }
  return "";
}

std::vector<FaultKind> AllKinds() {
  std::vector<FaultKind> kinds;
  for (int kind = 0; kind <= static_cast<int>(FaultKind::kOldCopyPutBack); ++kind) {
    kinds.push_back(static_cast<FaultKind>(kind));
  }
  return kinds;
}

std::vector<PlannedFault> PlanFaults(uint64_t seed, const Profile& profile, Micros phase) {
  support::SeededEntropy chance(seed);
  const std::vector<FaultKind> kinds = AllKinds();
  const auto wanted =
      std::max(kinds.size(), static_cast<size_t>((kFaultsADay * profile.hours + 23) / 24));
  std::vector<PlannedFault> plan;
  while (plan.size() < wanted) {
    PlannedFault fault;
    fault.number = static_cast<int>(plan.size());
    fault.kind =
        plan.size() < kinds.size() ? kinds[plan.size()] : kinds[chance.Below(kinds.size())];
    fault.at = Micros(chance.Below(static_cast<uint64_t>(phase.count()) * 9 / 10));
    fault.draw = chance.Number();
    plan.push_back(fault);
  }
  return plan;
}

void Inject(World& world, const Profile& profile, const PlannedFault& fault) {
  Draw draw(fault.draw);
  const size_t machine = draw.Below(kMachines);
  const Micros down = draw.Some(profile.down_at_most);
  world.network().Count(NameOf(fault.kind));
  switch (fault.kind) {
    case FaultKind::kKillTwo:
      world.Crash((machine + 1 + draw.Below(kMachines - 1)) % kMachines,
                  draw.Some(profile.down_at_most));
      [[fallthrough]];
    case FaultKind::kKill:
      return world.Crash(machine, down);
    case FaultKind::kKillAfterCommit:
      return world.CrashAfterCommit(machine, down);
    case FaultKind::kConnectionCut:
      return world.CutSome();
    case FaultKind::kHalfOpen:
      return world.DeafenSome(draw.Some(kHalfOpenAtMost));
    case FaultKind::kStorm:
      return world.Storm(StormOf(draw, profile), kStormAtLeast + draw.Some(kStormMore));
    case FaultKind::kPause:
      return world.Pause(machine, draw.Some(kPauseAtMost), false);
    case FaultKind::kFreeze:
      return world.Pause(machine, draw.Some(kFreezeAtMost), true);
    case FaultKind::kClockForward:
    case FaultKind::kClockBack:
    case FaultKind::kClockFarOff:
    case FaultKind::kClockNudge:
      return InjectClock(world, fault.kind, machine, draw);
    case FaultKind::kWrongStart:
      return InjectWrongStart(world, machine, down, draw);
    case FaultKind::kSecondInstance:
      return world.StartTwice(machine);
    case FaultKind::kRegistryChange:
      return world.ForgetSomebody(draw.Some(hours(1)));
    case FaultKind::kRulesChange:
      return world.ChangeRules(machine, "2026-12." + std::to_string(fault.number));
    default:
      return InjectDisk(world, fault.kind, machine, down, draw);
  }
}

}  // namespace samenspel::simulation
