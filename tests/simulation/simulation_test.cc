// SPDX-License-Identifier: EUPL-1.2
// What a run is; that it keeps its promises under 200 seeds is simulation.slice.
#include <gmock/gmock.h>

#include "tests/simulation/result.h"

namespace samenspel::simulation {
namespace {

using testing::IsEmpty;

TEST(Simulation, KeepsItsPromisesOnACalmDay) {
  const RunResult result = PlayAndCheck({.seed = 3, .hours = 24, .calm = true}, false);
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_EQ(result.counts.count("frame dropped"), 0U);
}

TEST(Simulation, IsTheSameRunUnderTheSameSeed) {
  EXPECT_THAT(PlayAndCheck({.seed = 4, .hours = 3}, true).findings, IsEmpty());
}

TEST(Simulation, RunsOtherwiseUnderAnotherSeed) {
  SimulatedRun first({.seed = 1, .hours = 1});
  SimulatedRun second({.seed = 2, .hours = 1});
  (void)first.Play();
  (void)second.Play();
  EXPECT_NE(first.world().trace(), second.world().trace());
}

TEST(Simulation, PlansEachKindOfFaultAndFiftyADay) {
  const auto plan = PlanFaults(1, Profile(), std::chrono::hours(24));
  EXPECT_GE(plan.size(), 50U);
  std::set<FaultKind> kinds;
  for (const PlannedFault& fault : plan) kinds.insert(fault.kind);
  EXPECT_EQ(kinds.size(), AllKinds().size());
}

TEST(Simulation, LeavesOutFaultsWithoutChangingTheOthers) {
  SimulatedRun all({.seed = 5, .hours = 2});
  SimulatedRun few({.seed = 5, .hours = 2, .only = std::set<int>{1}});
  (void)all.Play();
  (void)few.Play();
  Profile profile;
  profile.hours = 2;
  const size_t planned = PlanFaults(1, profile, std::chrono::hours(2)).size();
  ASSERT_GE(all.faults().size(), planned);  // Those without effect were tried again.
  ASSERT_EQ(few.faults().size(), planned);
  EXPECT_EQ(all.faults()[1].draw, few.faults()[1].draw);
  EXPECT_LT(few.Counts().size(), all.Counts().size());
}

}  // namespace
}  // namespace samenspel::simulation
