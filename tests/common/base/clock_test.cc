// SPDX-License-Identifier: EUPL-1.2
#include "common/base/clock.h"

#include <gmock/gmock.h>

namespace samenspel::base {
namespace {

using namespace std::chrono_literals;

class FakeClock : public Clock {
 public:
  Instant Wall() override { return wall; }
  milliseconds SinceBoot() override { return boot; }
  void Pass(milliseconds time) {
    wall += time;
    boot += time;
  }

  Instant wall = FromMs(1'780'000'000'000);
  milliseconds boot{5'000};
};

class SteadyTimeTest : public testing::Test {
 protected:
  FakeClock clock_;
  SteadyTime time_{clock_};
  const Instant start_ = clock_.wall;
};

TEST_F(SteadyTimeTest, StartsAtTheWallClockAndPassesWithIt) {
  EXPECT_EQ(time_.Now(), start_);
  clock_.Pass(2h);
  EXPECT_EQ(time_.Now(), start_ + 2h);
  EXPECT_EQ(time_.wall_off(), 0ms);
}

TEST_F(SteadyTimeTest, FollowsASmallStepForwardAtOnce) {
  clock_.wall += 60s;
  EXPECT_EQ(time_.Now(), start_ + 60s);
  EXPECT_EQ(time_.wall_off(), 0ms);
}

TEST_F(SteadyTimeTest, StandsStillThroughASmallStepBack) {
  clock_.Pass(10s);
  ASSERT_EQ(time_.Now(), start_ + 10s);
  clock_.wall -= 5s;
  EXPECT_EQ(time_.Now(), start_ + 10s);
  clock_.Pass(4s);
  EXPECT_EQ(time_.Now(), start_ + 10s);
  clock_.Pass(3s);
  EXPECT_EQ(time_.Now(), start_ + 12s);
  EXPECT_EQ(time_.wall_off(), 0ms);
}

TEST_F(SteadyTimeTest, DoesNotBelieveAJumpForward) {
  clock_.wall += 60s + 1ms;
  EXPECT_EQ(time_.Now(), start_);
  EXPECT_EQ(time_.wall_off(), 60s + 1ms);
  clock_.Pass(3s);
  EXPECT_EQ(time_.Now(), start_ + 3s);
  EXPECT_EQ(time_.wall_off(), 60s + 1ms);
}

TEST_F(SteadyTimeTest, DoesNotBelieveAJumpBack) {
  clock_.wall -= 24h * 365;
  clock_.boot += 1s;
  EXPECT_EQ(time_.Now(), start_ + 1s);
  EXPECT_EQ(time_.wall_off(), -24h * 365 - 1s);
}

TEST_F(SteadyTimeTest, BelievesTheWallClockAgainOnceItIsBack) {
  clock_.wall += 1h;
  ASSERT_EQ(time_.Now(), start_);
  clock_.wall -= 1h;
  clock_.Pass(1s);
  EXPECT_EQ(time_.Now(), start_ + 1s);
  EXPECT_EQ(time_.wall_off(), 0ms);
}

TEST_F(SteadyTimeTest, NeverRunsBackwardsWhateverTheWallClockDoes) {
  Instant last = time_.Now();
  for (int64_t step = 0; step < 2'000; ++step) {
    clock_.boot += milliseconds(step % 17);
    clock_.wall += milliseconds((step * 7'919) % 240'001 - 120'000);
    const Instant now = time_.Now();
    ASSERT_GE(now, last) << "step " << step;
    last = now;
  }
}

TEST_F(SteadyTimeTest, FollowsAnAcceptedWallClockForward) {
  for (const milliseconds jump : {milliseconds(61s), milliseconds(24h * 3653)}) {
    clock_.wall += jump;
    const Instant before = time_.Now();
    time_.Accept();
    EXPECT_EQ(time_.Now(), before + jump);
    EXPECT_EQ(time_.wall_off(), 0ms);
    clock_.Pass(2s);
    EXPECT_EQ(time_.Now(), before + jump + 2s);
  }
}

TEST_F(SteadyTimeTest, GoesBackToAnAcceptedWallClock) {
  clock_.wall -= 24h * 3653;
  ASSERT_EQ(time_.Now(), start_);
  time_.Accept();
  EXPECT_EQ(time_.Now(), start_ - 24h * 3653);
  clock_.Pass(2s);
  EXPECT_EQ(time_.Now(), start_ - 24h * 3653 + 2s);
  EXPECT_EQ(time_.wall_off(), 0ms);
}

TEST_F(SteadyTimeTest, MovesByWhatWasAcceptedAndNotByWhatCameAfterIt) {
  clock_.wall += 1h;
  ASSERT_EQ(time_.Now(), start_);
  clock_.wall += 24h;
  time_.Accept();
  EXPECT_EQ(time_.Now(), start_ + 1h);
  EXPECT_EQ(time_.wall_off(), 24h);
}

TEST_F(SteadyTimeTest, AcceptsNothingWhileTheWallClockIsBelieved) {
  clock_.wall -= 50s;
  ASSERT_EQ(time_.Now(), start_);
  time_.Accept();
  EXPECT_EQ(time_.Now(), start_);
}

TEST_F(SteadyTimeTest, DoesNotStartBeforeWhatWasRecordedLast) {
  SteadyTime time(clock_, start_ + 24h * 365);
  EXPECT_EQ(time.Now(), start_ + 24h * 365);
  EXPECT_EQ(time.wall_off(), -24h * 365);
  clock_.Pass(1s);
  EXPECT_EQ(time.Now(), start_ + 24h * 365 + 1s);
  time.Accept();
  EXPECT_EQ(time.Now(), start_ + 1s);
  SteadyTime close(clock_, start_ + 30s);
  EXPECT_EQ(close.Now(), start_ + 30s) << "stands still until the wall clock is there";
  EXPECT_EQ(close.wall_off(), 0ms);
}

TEST(SystemClock, TellsThisCenturyAndNeverGoesBackSinceBoot) {
  SystemClock clock;
  EXPECT_GT(clock.Wall(), FromMs(1'700'000'000'000));
  const milliseconds before = clock.SinceBoot();
  EXPECT_GT(before, 0ms);
  EXPECT_GE(clock.SinceBoot(), before);
}

}  // namespace
}  // namespace samenspel::base
