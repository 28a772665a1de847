// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/hearing.h"

#include <gmock/gmock.h>

namespace samenspel::escalation {
namespace {

using base::milliseconds;
using testing::IsEmpty;
using testing::SizeIs;

const base::Instant kStart = base::FromMs(1'000'000'000);

class HearingTest : public testing::Test {
 protected:
  void See(base::Instant now, base::Instant heard, uint64_t applied, uint64_t head,
           bool stopped = false) {
    common::v1::FollowStatus follow;
    follow.set_service("intake");
    follow.set_applied(applied);
    follow.set_head(head);
    follow.set_heard_at_ms(heard == base::Instant{} ? 0 : base::ToMs(heard));
    follow.set_stopped(stopped);
    hearing_.See({follow}, now);
  }
  bool IsLagging() const {
    const auto changes = hearing_.ChangesFrom({});
    return !changes.empty() && changes[0].lagging;
  }

  Hearing hearing_{kSilence};
};

TEST_F(HearingTest, GivesAServiceAMinuteFromTheStart) {
  See(kStart, {}, 0, 0);
  See(kStart + kSilence - milliseconds(1), {}, 0, 0);
  EXPECT_FALSE(IsLagging());
  See(kStart + kSilence, {}, 0, 0);
  EXPECT_TRUE(IsLagging());
}

TEST_F(HearingTest, CountsFromTheMomentAServiceWasHeardLast) {
  See(kStart, kStart, 5, 5);
  See(kStart + milliseconds(20'000), kStart + milliseconds(10'000), 5, 5);
  See(kStart + milliseconds(69'999), kStart + milliseconds(10'000), 5, 5);
  EXPECT_FALSE(IsLagging());
  EXPECT_EQ(*hearing_.NextAt({}), kStart + milliseconds(70'000));
  See(kStart + milliseconds(70'000), kStart + milliseconds(10'000), 5, 5);
  EXPECT_TRUE(IsLagging());
  EXPECT_EQ(hearing_.ChangesFrom({})[0].since, kStart + milliseconds(10'000));
}

TEST_F(HearingTest, MindsWhatStandsStillThoughItIsHeard) {
  for (int second = 0; second <= 60; ++second) {
    const base::Instant now = kStart + milliseconds(second * 1000);
    See(now, now, 5, 9);
  }
  EXPECT_TRUE(IsLagging());
}

TEST_F(HearingTest, IsPatientWithWhatGains) {
  for (uint64_t second = 0; second <= 120; ++second) {
    const base::Instant now = kStart + milliseconds(second * 1000);
    See(now, now, second, 1000);
  }
  EXPECT_FALSE(IsLagging());
}

TEST_F(HearingTest, MindsAFollowThatWasStopped) {
  for (int second = 0; second <= 60; ++second) {
    const base::Instant now = kStart + milliseconds(second * 1000);
    See(now, now, 5, 5, true);
  }
  EXPECT_TRUE(IsLagging());
}

TEST_F(HearingTest, TellsOnlyWhatIsNotRecordedYet) {
  See(kStart, {}, 0, 0);
  See(kStart + kSilence, {}, 0, 0);
  EXPECT_THAT(hearing_.ChangesFrom({"intake"}), IsEmpty());
  EXPECT_EQ(hearing_.NextAt({"intake"}), std::nullopt);
  See(kStart + kSilence * 2, kStart + kSilence * 2, 1, 1);
  ASSERT_THAT(hearing_.ChangesFrom({"intake"}), SizeIs(1));
  EXPECT_FALSE(hearing_.ChangesFrom({"intake"})[0].lagging);
  EXPECT_THAT(hearing_.ChangesFrom({}), IsEmpty());
}

}  // namespace
}  // namespace samenspel::escalation
