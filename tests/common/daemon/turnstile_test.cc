// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/turnstile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace samenspel::daemon {
namespace {

using base::milliseconds;
using support::kMorning;
using testing::IsEmpty;
using testing::SizeIs;

constexpr milliseconds kMinute{60'000};

TEST(Turnstile, AdmitsTwentyAMinuteOfEachPrincipal) {
  Turnstile turnstile;
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(turnstile.Admit(kMorning, "pro_a")) << i;
  EXPECT_FALSE(turnstile.Admit(kMorning, "pro_a"));
  EXPECT_FALSE(turnstile.Admit(kMorning + milliseconds(59'999), "pro_a"));
  EXPECT_TRUE(turnstile.Admit(kMorning, "pro_b")) << "another's noise is not mine";
}

TEST(Turnstile, CountsTheRestAndGivesTheCountOnceWhenTheMinuteIsOver) {
  Turnstile turnstile;
  for (int i = 0; i < 27; ++i) (void)turnstile.Admit(kMorning, "pro_a");
  EXPECT_THAT(turnstile.TakeCounts(kMorning + milliseconds(59'999)), IsEmpty());
  const auto counts = turnstile.TakeCounts(kMorning + kMinute);
  ASSERT_THAT(counts, SizeIs(1));
  EXPECT_EQ(counts[0].principal, "pro_a");
  EXPECT_EQ(counts[0].turned_away, 7U);
  EXPECT_THAT(turnstile.TakeCounts(kMorning + kMinute), IsEmpty());
}

TEST(Turnstile, AdmitsAgainInTheNextMinute) {
  Turnstile turnstile;
  for (int i = 0; i < 25; ++i) (void)turnstile.Admit(kMorning, "pro_a");
  (void)turnstile.TakeCounts(kMorning + kMinute);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(turnstile.Admit(kMorning + kMinute, "pro_a"));
  EXPECT_FALSE(turnstile.Admit(kMorning + kMinute, "pro_a"));
}

TEST(Turnstile, LosesNoCountWhenTheMinuteEndsWithARequest) {
  Turnstile turnstile;
  for (int i = 0; i < 25; ++i) (void)turnstile.Admit(kMorning, "pro_a");
  EXPECT_FALSE(turnstile.Admit(kMorning + kMinute, "pro_a")) << "its count is still to be taken";
  const auto counts = turnstile.TakeCounts(kMorning + kMinute);
  ASSERT_THAT(counts, SizeIs(1));
  EXPECT_EQ(counts[0].turned_away, 6U);
}

TEST(Turnstile, CountsNothingOfThoseWhoStayBelowTheLimit) {
  Turnstile turnstile;
  for (int i = 0; i < 20; ++i) (void)turnstile.Admit(kMorning, "pro_a");
  EXPECT_THAT(turnstile.TakeCounts(kMorning + kMinute), IsEmpty());
}

TEST(Turnstile, WakesWhenTheFirstMinuteEndsAndThenKeepsNothing) {
  Turnstile turnstile;
  EXPECT_EQ(turnstile.WakeAt(), std::nullopt);
  (void)turnstile.Admit(kMorning + milliseconds(5), "pro_b");
  (void)turnstile.Admit(kMorning, "pro_a");
  EXPECT_EQ(turnstile.WakeAt(), kMorning + kMinute);
  (void)turnstile.TakeCounts(kMorning + kMinute + milliseconds(5));
  EXPECT_EQ(turnstile.WakeAt(), std::nullopt);
}

}  // namespace
}  // namespace samenspel::daemon
