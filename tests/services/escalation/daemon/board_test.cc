// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/board.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/services/escalation/domain/given.h"

namespace samenspel::escalation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

std::string AlarmId(int number) { return DerivedId("alm", {std::to_string(number)}); }

class BoardList : public testing::Test {
 protected:
  void Ring(int number, int raised, const std::string& asked, int ended = 0) {
    state::AlarmState state;
    v1::Alarm& alarm = *state.mutable_alarm();
    alarm.set_alarm(AlarmId(number));
    alarm.set_raised_at_ms(MinuteMs(raised));
    if (ended != 0) alarm.set_ended_at_ms(MinuteMs(ended));
    if (!asked.empty()) alarm.add_asked()->set_person(asked);
    board_.Track(state::AlarmState(), state, nullptr);
  }
  std::vector<std::string> Walk(bool with_ended, size_t most) const {
    std::vector<std::string> all;
    std::string after;
    do {
      const Board::Part part = board_.Listed(after, with_ended, "", most);
      all.insert(all.end(), part.alarms.begin(), part.alarms.end());
      after = part.until;
    } while (!after.empty());
    return all;
  }

  Board board_;
};

TEST_F(BoardList, GivesAPartAtATimeAndEachAlarmOnce) {
  for (int i = 0; i < 10; ++i) Ring(i, i, kOwner);
  for (int i = 10; i < 30; ++i) Ring(i, i, kOwner, 100 - i);
  EXPECT_THAT(board_.Listed("", true, "", 7).alarms, SizeIs(7));
  EXPECT_THAT(Walk(false, 7), SizeIs(10));
  const auto all = Walk(true, 7);
  ASSERT_THAT(all, SizeIs(30));
  for (int i = 0; i < 30; ++i) EXPECT_EQ(all[static_cast<size_t>(i)], AlarmId(i));
}

TEST_F(BoardList, EndsAPartBetweenTwoInstantsSoThatItNamesNoAlarm) {  // Invariant 10
  for (int i = 0; i < 5; ++i) Ring(i, 1, kOwner);
  Ring(5, 2, kOwner);
  const Board::Part part = board_.Listed("", false, "", 2);
  EXPECT_THAT(part.alarms, SizeIs(5));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(part.until.find(AlarmId(i)), std::string::npos);
  EXPECT_THAT(board_.Listed(part.until, false, "", 2).alarms, ElementsAre(AlarmId(5)));
  EXPECT_EQ(board_.Listed(part.until, false, "", 2).until, "");
}

TEST_F(BoardList, FindsWhatAsksAPersonBehindAnyNumberOfOthers) {
  for (int i = 0; i < 50; ++i) Ring(i, i, kManagerHere);
  Ring(50, 60, kOwner);
  Ring(51, 61, kOwner, 62);
  const Board::Part part = board_.Listed("", true, kOwner, 2);
  EXPECT_THAT(part.alarms, ElementsAre(AlarmId(50)));
  EXPECT_EQ(part.until, "");
}

TEST(BoardFollowers, AreToldOfUntilAWatchSaysTheSame) {
  Board board;
  board.See("svc_audit", false);
  EXPECT_THAT(board.FollowersToTell(), IsEmpty());
  board.See("svc_audit", true);
  EXPECT_THAT(board.FollowersToTell(), ElementsAre(Pair("svc_audit", true)));
  state::Watch watch;
  *watch.mutable_alarm() = WantedOf("svc_audit", kHere, true).alarm;
  board.Track("wch_1", watch);
  EXPECT_THAT(board.FollowersToTell(), IsEmpty());
  board.See("svc_audit", false);
  EXPECT_THAT(board.FollowersToTell(), ElementsAre(Pair("svc_audit", false)));
  watch.set_ended(true);
  board.Track("wch_1", watch);
  EXPECT_THAT(board.FollowersToTell(), IsEmpty());
}

}  // namespace
}  // namespace samenspel::escalation
