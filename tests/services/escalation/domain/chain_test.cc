// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/chain.h"

#include <gmock/gmock.h>

#include "tests/services/escalation/domain/given.h"

namespace samenspel::escalation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Concerned kConcerned{kOwner, kDesk};

std::string As(const char* person, const char* as, int step) {
  return std::string(person) + " " + as + " " + std::to_string(step);
}

class Chain : public testing::Test {
 protected:
  Progress Next(uint32_t from, int minute) {
    const Progress progress =
        Advance(rules_.Of(kind::kNoFirstStep), alarm_, from, kConcerned, people_, Minute(minute));
    for (const v1::Asked& asked : progress.asked) *alarm_.add_asked() = asked;
    alarm_.set_step(progress.step);
    return progress;
  }

  AlarmRules rules_ = Rules();
  People people_ = Everybody();
  v1::Alarm alarm_;
};

TEST_F(Chain, AsksOwnerAndDutyManagerFirstThenTheDeputyThenEveryDutyManager) {  // P.01
  const Progress first = Next(0, 10);
  EXPECT_THAT(Said(first.asked),
              ElementsAre(As(kOwner, "owner", 1), As(kManagerHere, "duty_manager", 1)));
  EXPECT_EQ(first.next_at_ms, MinuteMs(15));
  const Progress second = Next(1, 15);
  EXPECT_THAT(Said(second.asked), ElementsAre(As(kDeputy, "deputy", 2)));
  EXPECT_EQ(second.next_at_ms, MinuteMs(25));
  const Progress last = Next(2, 25);
  EXPECT_THAT(Said(last.asked), ElementsAre(As(kManagerThere, "duty_manager", 3)));
  EXPECT_EQ(last.next_at_ms, 0);
}

TEST_F(Chain, NamesWhoIsInTheRoster) { EXPECT_EQ(Next(0, 10).asked.at(0).name(), "Naam w00"); }

TEST_F(Chain, AsksAPersonOnce) {
  people_.Set(Somebody(kOwner, kDesk, {"duty_manager"}, {{0, 1440}}));
  EXPECT_THAT(Said(Next(0, 10).asked),
              ElementsAre(As(kOwner, "owner", 1), As(kManagerHere, "duty_manager", 1)));
}

TEST_F(Chain, GoesOnAtOnceWhereAStepAddsNobody) {
  people_.Set(Somebody(kOwner, kDesk, {"veilig_thuis_desk"}));  // Has no deputy.
  Next(0, 10);
  const Progress next = Next(1, 15);
  EXPECT_EQ(next.step, 3u);
  EXPECT_THAT(Said(next.asked), ElementsAre(As(kManagerThere, "duty_manager", 3)));
}

TEST_F(Chain, StaysAtTheLastStep) {
  people_ = People();
  people_.Set(Somebody(kManagerHere, kDesk, {"duty_manager"}, {{0, 1440}}));
  Next(0, 10);
  const Progress next = Next(1, 15);
  EXPECT_EQ(next.step, 3u);
  EXPECT_THAT(next.asked, IsEmpty());
  EXPECT_EQ(next.next_at_ms, 0);
  EXPECT_EQ(Next(3, 30).next_at_ms, 0);
}

TEST_F(Chain, SaysWhenThereIsNobodyAtAll) {
  people_ = People();
  const Progress progress =
      Advance(rules_.Of(kind::kMeetingNotPlanned), alarm_, 0, {"", kDesk}, people_, Minute(10));
  EXPECT_THAT(progress.asked, IsEmpty());
  EXPECT_EQ(progress.next_at_ms, 0);
}

TEST_F(Chain, AsksNoMoreThanAnAlarmHolds) {
  for (int i = 100; i < 180; ++i) {
    people_.Set(Somebody("pro_" + std::to_string(i), kDesk, {"duty_manager"}, {{0, 1440}}));
  }
  Next(0, 10);
  EXPECT_EQ(alarm_.asked_size(), kAskedMax);
  EXPECT_THAT(Next(1, 15).asked, IsEmpty());
}

TEST_F(Chain, AsksAnewWhenItRingsAgain) {
  Next(0, 10);
  alarm_.set_times(1);
  alarm_.set_ended_at_ms(MinuteMs(20));
  alarm_.set_ended_by("level_again");
  alarm_.mutable_asked(0)->set_acknowledged_at_ms(MinuteMs(12));
  people_.Set(Somebody("pro_0000000000000000000000new", kDesk, {"duty_manager"}, {{30, 60}}));
  const v1::Alarm again =
      RungAgain(rules_.Of(kind::kNoFirstStep), alarm_, kConcerned, people_, Minute(30));
  EXPECT_EQ(again.times(), 2u);
  EXPECT_EQ(again.ended_at_ms(), 0);
  EXPECT_EQ(again.ended_by(), "");
  ASSERT_EQ(again.asked_size(), 3);
  EXPECT_EQ(again.asked(2).person(), "pro_0000000000000000000000new");
  for (const v1::Asked& asked : again.asked()) {
    EXPECT_EQ(asked.acknowledged_at_ms(), 0);
    EXPECT_EQ(asked.since_ms(), MinuteMs(30));
  }
  EXPECT_EQ(again.next_at_ms(), MinuteMs(35));
}

TEST(HeldBack, KeepsTheNextInLineWaitingAfterTheLatestYes) {
  EXPECT_EQ(HeldBack(MinuteMs(15), Minute(11), minutes(15)), MinuteMs(26));
  EXPECT_EQ(HeldBack(MinuteMs(40), Minute(11), minutes(15)), MinuteMs(40));
  EXPECT_EQ(HeldBack(0, Minute(11), minutes(15)), 0);
}

}  // namespace
}  // namespace samenspel::escalation
