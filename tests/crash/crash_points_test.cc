// SPDX-License-Identifier: EUPL-1.2
// Every point of a scripted day at which a disk can fail (docs/testing.md). By default a slice;
// SAMENSPEL_CRASH_POINTS=all takes every operation, SAMENSPEL_CRASH_COMMANDS a longer day,
// SAMENSPEL_CRASH_SEED others.
#include "tests/crash/crash_points.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace samenspel::crash {
namespace {

using simulation::DiskFault;

constexpr size_t kLarge = 64 << 20;  // Never flushed.
constexpr size_t kSmall = 64 << 10;

uint64_t Number(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

bool All() {
  const char* value = std::getenv("SAMENSPEL_CRASH_POINTS");  // NOLINT(concurrency-mt-unsafe)
  return value != nullptr && std::string_view(value) == "all";
}

class CrashPointsTest : public testing::TestWithParam<std::tuple<size_t, size_t>> {
 protected:
  static size_t service() { return std::get<0>(GetParam()); }
  static size_t buffers() { return std::get<1>(GetParam()); }
  static ScriptedDay& Day() {
    static ScriptedDay day(Number("SAMENSPEL_CRASH_SEED", 1),
                           static_cast<int>(Number("SAMENSPEL_CRASH_COMMANDS", 90)));
    return day;
  }
  static CrashPoints Points(uint64_t operations) {
    return {
        Day(), service(), buffers(),
        Choice{.seed = Number("SAMENSPEL_CRASH_SEED", 1), .operations = All() ? 0 : operations}};
  }
  void Report(const CrashPoints& points, const char* what) const {
    const auto took = std::chrono::steady_clock::now() - began_;
    std::printf("%s, %s, %s: %llu operations, %llu points, %llu verified, %.1f s\n",
                simulation::kServices[service()], buffers() == kSmall ? "tables" : "log only", what,
                static_cast<unsigned long long>(points.operations()),
                static_cast<unsigned long long>(points.points()),
                static_cast<unsigned long long>(points.verified()),
                std::chrono::duration<double>(took).count());
    for (const std::string& finding : points.findings()) ADD_FAILURE() << finding;
    EXPECT_GT(points.points(), 4U);
  }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

TEST_P(CrashPointsTest, LosesNothingWhenThePowerGoes) {
  CrashPoints points = Points(24);
  points.CutPower();
  Report(points, "power cuts");
  EXPECT_GT(points.ahead(), 0U) << "some entries were there that nobody had heard of";
  EXPECT_LT(points.ahead(), points.points());
  EXPECT_GT(points.cut_while_starting(), 0U);
  EXPECT_GT(points.verified(), 0U);
}

TEST_P(CrashPointsTest, LosesNothingWhenASyncFails) {
  CrashPoints points = Points(5);
  points.Fail(DiskFault::kSyncError);
  Report(points, "sync errors");
  EXPECT_GT(points.stopped_by_fault(), points.points() / 4);
}

TEST_P(CrashPointsTest, LosesNothingWhenTheDiskIsFull) {
  CrashPoints points = Points(5);
  points.Fail(DiskFault::kNoSpace);
  Report(points, "no space");
  EXPECT_GT(points.stopped_by_fault(), points.points() / 4);
}

INSTANTIATE_TEST_SUITE_P(Day, CrashPointsTest,
                         testing::Combine(testing::Values(simulation::kIntake, simulation::kMeeting,
                                                          simulation::kEscalation,
                                                          simulation::kAudit),
                                          testing::Values(kLarge, kSmall)),
                         [](const auto& param) {
                           return std::string(simulation::kServices[std::get<0>(param.param)]) +
                                  (std::get<1>(param.param) == kSmall ? "WithTables" : "LogOnly");
                         });

}  // namespace
}  // namespace samenspel::crash
