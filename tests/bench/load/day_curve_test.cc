// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/day_curve.h"

#include <gtest/gtest.h>

namespace samenspel::bench {
namespace {

double MeanOf(double from, double until) {
  constexpr int kSteps = 100'000;
  double sum = 0;
  for (int i = 0; i < kSteps; ++i) sum += DayIntensity(from + (until - from) * (i + 0.5) / kSteps);
  return sum / kSteps;
}

TEST(DayCurve, HasTheMeanOfOne) { EXPECT_NEAR(MeanOf(0, 1), 1, 1e-6); }

TEST(DayCurve, IsBusyByDayAndQuietAtNight) {
  EXPECT_GT(MeanOf(9.0 / 24, 17.0 / 24), 1.5);
  EXPECT_LT(MeanOf(0, 6.0 / 24), 0.4);
}

TEST(DayCurve, NeverRisesAboveItsPeakAndNeverStops) {
  double most = 0;
  for (double part = 0; part < 1; part += 1e-4) {
    most = std::max(most, DayIntensity(part));
    EXPECT_GT(DayIntensity(part), 0.2);
  }
  EXPECT_NEAR(most, DayPeak(), 1e-3);
  EXPECT_LE(most, DayPeak());
}

TEST(DayCurve, GoesOnTheNextDayWithoutAJump) {
  EXPECT_DOUBLE_EQ(DayIntensity(0.25), DayIntensity(3.25));
  EXPECT_NEAR(DayIntensity(0.99999), DayIntensity(1.00001), 1e-3);
}

}  // namespace
}  // namespace samenspel::bench
