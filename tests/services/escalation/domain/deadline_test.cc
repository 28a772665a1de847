// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "services/escalation/domain/decider.h"
#include "tests/services/escalation/domain/given.h"

namespace samenspel::escalation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kWatch = WatchId(kind::kNoFirstStep, kReport);

class Deadline : public testing::Test {
 protected:
  Deadline() {
    facts_.rules = &rules_;
    facts_.people = &people_;
    facts_.report = Copy(intake::v1::COLOUR_RED);
    facts_.watch.emplace();
    facts_.watch->set_version(1);
    facts_.watch->set_owner(kOwner);
    facts_.watch->set_organisation(kDesk);
    SetKind(kind::kNoFirstStep);
    facts_.watch->mutable_alarm()->set_due_at_ms(MinuteMs(10));
  }
  void SetKind(std::string_view kind) {
    v1::Alarm& alarm = *facts_.watch->mutable_alarm();
    alarm.set_kind(std::string(kind));
    alarm.set_subject(kReport);
    alarm.set_report(kReport);
    alarm.set_colour(facts_.report->colour());
  }
  Decision PassedOn(const std::string& stream, base::Instant at) {
    v1::DeadlinePassed request;
    request.set_stream(stream);
    Stamp stamp;
    stamp.received_at = at;
    return DecideDeadlinePassed(facts_, stamp, request);
  }
  Decision Watch(int minute) { return PassedOn(kWatch, Minute(minute)); }
  v1::Alarm Raised(int minute) {
    const Decision decision = Watch(minute);
    EXPECT_EQ(EventsOf(decision).size(), 1u);
    return EventsOf(decision).at(0).event.alarm_raised().alarm();
  }
  // As it stands after it was raised.
  void Keep(const v1::Alarm& alarm) {
    facts_.alarm.emplace();
    facts_.alarm->set_version(facts_.alarm->version() + 1);
    *facts_.alarm->mutable_alarm() = alarm;
    facts_.alarm->set_watch(kWatch);
    facts_.alarm->set_owner(kOwner);
    facts_.alarm->set_organisation(kDesk);
    facts_.watch->set_raised(alarm.alarm());
  }

  AlarmRules rules_ = Rules();
  People people_ = Everybody();
  Facts facts_;
};

TEST_F(Deadline, RaisesAtTheDueInstantAndNotAMillisecondBefore) {  // P.01
  EXPECT_THAT(Why(PassedOn(kWatch, Minute(10) - base::milliseconds(1))),
              ElementsAre("too_early stream"));
  const v1::Alarm alarm = Raised(10);
  EXPECT_EQ(alarm.raised_at_ms(), MinuteMs(10));
  EXPECT_EQ(alarm.text_nl(), "nl no_first_step");
  EXPECT_EQ(alarm.text_en(), "en no_first_step");
  EXPECT_EQ(alarm.times(), 1u);
  EXPECT_EQ(alarm.asked_size(), 2);
  EXPECT_EQ(alarm.next_at_ms(), MinuteMs(15));
}

TEST_F(Deadline, IsUrgentForRedAndWhereTheRuleSaysSo) {
  EXPECT_TRUE(EventsOf(Watch(10))[0].urgent);
  facts_.report->set_colour(intake::v1::COLOUR_GREEN);
  SetKind(kind::kTermPassed);
  EXPECT_FALSE(EventsOf(Watch(10))[0].urgent);
  for (AlarmKind& rule : rules_.kinds) rule.urgent = true;
  EXPECT_TRUE(EventsOf(Watch(10))[0].urgent);
}

TEST_F(Deadline, RaisesNothingTwiceAndNothingThatEnded) {
  facts_.watch->set_raised("alm_00000000000000000000000001");
  EXPECT_THAT(EventsOf(Watch(11)), IsEmpty());
  facts_.watch->clear_raised();
  facts_.watch->set_ended(true);
  EXPECT_THAT(EventsOf(Watch(11)), IsEmpty());
  facts_.watch.reset();
  EXPECT_THAT(EventsOf(Watch(11)), IsEmpty());
}

TEST_F(Deadline, AsksTheOwnerOfNowRatherThanOfThen) {
  facts_.report->set_owner(kDeputy);
  EXPECT_EQ(Raised(10).asked(0).person(), kDeputy);
}

TEST_F(Deadline, AsksTheNextInLineWhenItsTimeHasCome) {
  Keep(Raised(10));
  const std::string& id = facts_.alarm->alarm().alarm();
  EXPECT_THAT(Why(PassedOn(id, Minute(15) - base::milliseconds(1))),
              ElementsAre("too_early stream"));
  const Decision decision = PassedOn(id, Minute(15));
  ASSERT_EQ(EventsOf(decision).size(), 1u);
  const v1::AlarmPassedOn& passed = EventsOf(decision)[0].event.alarm_passed_on();
  EXPECT_EQ(passed.asked(0).person(), kDeputy);
  EXPECT_EQ(passed.step(), 2u);
  EXPECT_EQ(passed.next_at_ms(), MinuteMs(25));
}

TEST_F(Deadline, StaysQuietWhenTheAlarmEnded) {
  Keep(Raised(10));
  facts_.alarm->mutable_alarm()->set_ended_at_ms(MinuteMs(12));
  EXPECT_THAT(EventsOf(PassedOn(facts_.alarm->alarm().alarm(), Minute(15))), IsEmpty());
}

TEST_F(Deadline, TriesTheWholeChainAgainWhereNobodyCouldBeAsked) {
  facts_.report->clear_owner();
  people_ = People();
  Keep(Raised(10));
  EXPECT_EQ(facts_.alarm->alarm().asked_size(), 0);
  EXPECT_EQ(facts_.alarm->alarm().next_at_ms(), 0);
  EXPECT_FALSE(CanAskSomebody(facts_, Minute(11)));
  people_ = Everybody();
  EXPECT_TRUE(CanAskSomebody(facts_, Minute(11)));
  const Decision decision = PassedOn(facts_.alarm->alarm().alarm(), Minute(11));
  const v1::AlarmPassedOn& passed = EventsOf(decision).at(0).event.alarm_passed_on();
  EXPECT_EQ(passed.asked(0).person(), kManagerHere);
  EXPECT_EQ(passed.step(), 1u);
}

TEST_F(Deadline, ReopensTheSameAlarmWithinAShortTime) {
  Keep(Raised(10));
  v1::Alarm& last = *facts_.alarm->mutable_alarm();
  last.set_ended_at_ms(MinuteMs(20));
  facts_.watch->mutable_alarm()->set_alarm(last.alarm());
  facts_.watch->clear_raised();
  facts_.watch->set_version(3);
  const Decision decision = PassedOn(kWatch, Minute(50) - base::milliseconds(1));
  const Happened& again = EventsOf(decision).at(0);
  EXPECT_EQ(again.event.alarm_raised().alarm().alarm(), last.alarm());
  EXPECT_EQ(again.event.alarm_raised().alarm().times(), 2u);
  EXPECT_EQ(again.version, facts_.alarm->version() + 1);
  const v1::Alarm fresh = Raised(50);
  EXPECT_NE(fresh.alarm(), last.alarm());
  EXPECT_EQ(fresh.times(), 1u);
}

TEST_F(Deadline, GoesByTheRulesOfNowForWhatComesNext) {
  Keep(Raised(10));
  for (AlarmKind& rule : rules_.kinds) rule.steps.resize(1);
  const Decision decision = PassedOn(facts_.alarm->alarm().alarm(), Minute(15));
  const v1::AlarmPassedOn& passed = EventsOf(decision).at(0).event.alarm_passed_on();
  EXPECT_EQ(passed.asked_size(), 0);
  EXPECT_EQ(passed.next_at_ms(), 0);
}

TEST_F(Deadline, EndsATermOfRedWhenItsMeetingHasBegun) {
  SetKind(kind::kTermPassed);
  facts_.report->set_meeting_starts_at_ms(MinuteMs(130));
  Keep(Raised(120));
  const std::string& id = facts_.alarm->alarm().alarm();
  EXPECT_THAT(Said(EventsOf(PassedOn(id, Minute(130)))),
              ElementsAre("alarm ended by meeting_begun"));
}

TEST_F(Deadline, EndsAnEmptySeatWhenItsMeetingIsOver) {
  SetKind(kind::kSeatEmpty);
  facts_.report->set_meeting_starts_at_ms(MinuteMs(60));
  facts_.report->set_meeting_ends_at_ms(MinuteMs(150));
  Keep(Raised(10));
  EXPECT_THAT(Said(EventsOf(PassedOn(facts_.alarm->alarm().alarm(), Minute(150)))),
              ElementsAre("alarm ended by meeting_over"));
}

TEST_F(Deadline, ReplacesATermThatIsNearByOneThatPassed) {
  facts_.report->set_colour(intake::v1::COLOUR_GREEN);
  SetKind(kind::kTermNear);
  Keep(Raised(90));
  EXPECT_THAT(Said(EventsOf(PassedOn(facts_.alarm->alarm().alarm(), Minute(120)))),
              ElementsAre("alarm ended by term_passed"));
}

TEST_F(Deadline, RaisesNothingThatIsOverBeforeItCouldRing) {
  facts_.report->set_colour(intake::v1::COLOUR_GREEN);
  SetKind(kind::kTermNear);
  EXPECT_THAT(Said(EventsOf(Watch(120))), ElementsAre("ended by term_passed"));
}

}  // namespace
}  // namespace samenspel::escalation
