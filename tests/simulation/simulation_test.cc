// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <span>

#include "tests/simulation/run.h"

namespace samenspel::simulation {
namespace {

using testing::IsEmpty;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

uint64_t FirstSeed() { return FromEnvironment("SAMENSPEL_SEED", 1); }
constexpr uint64_t kSeedsForAll = 10;  // Fewer may miss a rare fault.

uint64_t Seeds() { return FromEnvironment("SAMENSPEL_SEEDS", 20); }

std::string Again(uint64_t seed) {
  return "again: SAMENSPEL_SEED=" + std::to_string(seed) + " SAMENSPEL_SEEDS=1";
}

// Each of these must have happened in every run, or it has proven less than it says.
constexpr const char* kInEachRun[] = {
    "frame dropped",      "frame doubled",         "frame late",       "restart of intake",
    "restart of meeting", "restart of escalation", "restart of audit", "request sent again"};
// And these in one of them.
constexpr const char* kInSomeRun[] = {"frame died with its connection",
                                      "connection cut",
                                      "crash between commit and answer",
                                      "sent without a connection",
                                      "peer gone",
                                      "checkpoint checked",
                                      "stranger refused"};

void ExpectEach(std::span<const char* const> kinds, FaultCounts counts) {
  for (const char* kind : kinds) EXPECT_GT(counts[kind], 0) << kind;
}

TEST(Simulation, KeepsItsPromisesThroughFaultsAndHealsAfterThem) {
  FaultCounts all;
  Micros simulated{0};
  for (uint64_t seed = FirstSeed(); seed < FirstSeed() + Seeds(); ++seed) {
    SCOPED_TRACE(Again(seed));
    SimulatedRun run({.seed = seed});
    ASSERT_THAT(run.Play(), IsEmpty());
    const Evidence evidence = run.CollectEvidence();
    EXPECT_THAT(CheckAll(evidence), IsEmpty());
    EXPECT_THAT(CheckReplay(run.world()), IsEmpty());
    EXPECT_THAT(CheckPrivacy(run.world(), evidence), IsEmpty());
    SimulatedRun twin({.seed = seed});
    (void)twin.Play();
    EXPECT_EQ(run.world().trace(), twin.world().trace()) << "the same seed, another run";
    ExpectEach(kInEachRun, run.Counts());
    for (const auto& [kind, count] : run.Counts()) all[kind] += count;
    simulated += run.length();
    if (HasFailure()) return;
  }
  if (Seeds() >= kSeedsForAll) ExpectEach(kInSomeRun, all);
  for (const auto& [kind, count] : all) std::cout << kind << ": " << count << '\n';
  std::cout << "simulated minutes: " << std::chrono::floor<std::chrono::minutes>(simulated).count()
            << '\n';
}

TEST(Simulation, RunsOtherwiseUnderAnotherSeed) {
  SimulatedRun first({.seed = 1, .reports = 5});
  SimulatedRun second({.seed = 2, .reports = 5});
  (void)first.Play();
  (void)second.Play();
  EXPECT_NE(first.world().trace(), second.world().trace());
}

}  // namespace
}  // namespace samenspel::simulation
