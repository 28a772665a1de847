// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/watches.h"

#include <gmock/gmock.h>

#include "services/escalation/domain/heard.h"
#include "tests/services/escalation/domain/given.h"

namespace samenspel::escalation {
namespace {

using intake::v1::COLOUR_AMBER;
using intake::v1::COLOUR_GREEN;
using intake::v1::COLOUR_RED;
using testing::ElementsAre;
using testing::IsEmpty;

intake::v1::Event Graded(intake::v1::Colour colour, bool provisional = false) {
  intake::v1::Event event;
  auto& graded = *event.mutable_report_graded();
  graded.set_report(kReport);
  graded.set_household(kHousehold);
  graded.set_case_number(kCase);
  graded.set_sender(kOwner);
  graded.set_organisation(kDesk);
  graded.mutable_grade()->set_colour(colour);
  graded.set_provisional(provisional);
  *graded.mutable_terms() = Terms();
  return event;
}

template <class Event>
Event& About(Event* event) {
  event->set_report(kReport);
  event->set_household(kHousehold);
  event->set_case_number(kCase);
  return *event;
}

meeting::v1::Event Planned(int from, const std::vector<std::string>& missing = {}) {
  meeting::v1::Event event;
  auto& mdo = *event.mutable_mdo_planned()->mutable_mdo();
  mdo.set_mdo(kMdo);
  mdo.set_report(kReport);
  mdo.set_household(kHousehold);
  mdo.set_starts_at_ms(MinuteMs(from));
  mdo.set_ends_at_ms(MinuteMs(from + 90));
  for (const std::string& function : missing) {
    mdo.add_missing()->set_function(function);
    mdo.mutable_missing()->rbegin()->set_rings(true);
  }
  event.mutable_mdo_planned()->set_sender(kOwner);
  event.mutable_mdo_planned()->set_organisation(kDesk);
  return event;
}

// Keeps watches as Evolve does.
class Watches : public testing::Test {
 protected:
  template <class Event>
  std::vector<std::string> Hear(const Event& event, int minute) {
    Apply(copy_, event);
    return Settle(WantedOf(copy_), &copy_, minute);
  }
  std::vector<std::string> Settle(const std::vector<Wanted>& wanted, const v1::ReportCopied* copy,
                                  int minute) {
    Facts facts;
    facts.rules = &rules_;
    facts.people = &people_;
    const auto events = Reconcile(facts, known_, wanted, copy, At(minute), Minute(minute));
    for (const Happened& happened : events) Keep(happened);
    return Said(events);
  }
  void Keep(const Happened& happened) {
    if (happened.event.has_alarm_passed_on()) return KeepPassedOn(happened);
    state::Watch& watch = known_[happened.stream].watch;
    if (happened.event.has_watch_set()) {
      watch = state::Watch();
      *watch.mutable_alarm() = happened.event.watch_set().alarm();
      watch.set_owner(happened.event.watch_set().owner());
      watch.set_organisation(happened.event.watch_set().organisation());
    }
    if (happened.event.has_watch_ended()) watch.set_ended(true);
    watch.set_version(happened.version);
  }
  void KeepPassedOn(const Happened& happened) {
    passed_ = happened;
    for (auto& [id, known] : known_) {
      if (known.watch.raised() != happened.stream) continue;
      for (const v1::Asked& asked : happened.event.alarm_passed_on().asked()) {
        *known.alarm->mutable_alarm()->add_asked() = asked;
      }
      known.alarm->set_version(happened.version);
    }
  }
  v1::Alarm& Ring(std::string_view kind, uint32_t step = 1) {
    KnownWatch& known = known_.at(WatchId(kind, kReport));
    known.watch.set_raised(DerivedId("alm", {kind}));
    known.alarm.emplace();
    v1::Alarm& alarm = *known.alarm->mutable_alarm();
    alarm.set_alarm(known.watch.raised());
    alarm.set_colour(known.watch.alarm().colour());
    alarm.set_step(step);
    alarm.set_next_at_ms(MinuteMs(77));
    alarm.add_asked()->set_person(kOwner);
    known.alarm->set_version(3);
    return alarm;
  }
  const state::Watch& Of(std::string_view kind, const std::string& detail = "") {
    return known_.at(WatchId(kind, detail.empty() ? kReport : kMdo, detail)).watch;
  }

  AlarmRules rules_ = Rules();
  People people_ = Everybody();
  v1::ReportCopied copy_;
  KnownWatches known_;
  Happened passed_;  // The last one.
};

TEST_F(Watches, WaitForFirstStepMeetingAndTermOfARedReport) {  // P.01
  EXPECT_THAT(Hear(Graded(COLOUR_RED), 0),
              ElementsAre("set no_first_step", "set meeting_not_planned", "set term_passed"));
  EXPECT_EQ(Of(kind::kNoFirstStep).alarm().due_at_ms(), MinuteMs(10));
  EXPECT_EQ(Of(kind::kMeetingNotPlanned).alarm().due_at_ms(), MinuteMs(5));
  EXPECT_EQ(Of(kind::kNoFirstStep).owner(), kOwner);
  EXPECT_EQ(Of(kind::kNoFirstStep).organisation(), kDesk);
}

TEST_F(Watches, WaitForTheTermOfAnAmberOrGreenOne) {
  EXPECT_THAT(Hear(Graded(COLOUR_AMBER), 0), ElementsAre("set term_near", "set term_passed"));
  copy_.Clear();
  known_.clear();
  EXPECT_THAT(Hear(Graded(COLOUR_GREEN), 0), ElementsAre("set term_near", "set term_passed"));
}

TEST_F(Watches, AreNotSetForATermOfZero) {
  intake::v1::Event event = Graded(COLOUR_RED);
  event.mutable_report_graded()->clear_terms();
  EXPECT_THAT(Hear(event, 0), IsEmpty());
}

TEST_F(Watches, EndWhenTheFirstStepIsNamed) {  // P.01
  Hear(Graded(COLOUR_RED), 0);
  intake::v1::Event named;
  About(named.mutable_first_step_named());
  EXPECT_THAT(Hear(named, 3), ElementsAre("ended by first_step_named"));
  EXPECT_THAT(Hear(named, 4), IsEmpty());
}

TEST_F(Watches, EndTheAlarmWhenItRangAlready) {
  Hear(Graded(COLOUR_RED), 0);
  Ring(kind::kNoFirstStep);
  intake::v1::Event named;
  About(named.mutable_first_step_named());
  EXPECT_THAT(Hear(named, 12), ElementsAre("alarm ended by first_step_named"));
}

TEST_F(Watches, EndWhenTheMeetingHasAStartWithinTheTerm) {
  Hear(Graded(COLOUR_RED), 0);
  EXPECT_THAT(Hear(Planned(120), 1),
              ElementsAre("ended by meeting_planned", "ended by meeting_in_time"));
}

TEST_F(Watches, KeepTheTermWhenTheMeetingStartsAfterIt) {
  Hear(Graded(COLOUR_RED), 0);
  EXPECT_THAT(Hear(Planned(121), 1), ElementsAre("ended by meeting_planned"));
}

TEST_F(Watches, AreNeverSetForWhatWasDoneBeforeTheReportWasHeard) {  // Either order.
  EXPECT_THAT(Hear(Planned(60), 0), IsEmpty());
  EXPECT_THAT(Hear(Graded(COLOUR_RED), 1), ElementsAre("set no_first_step"));
}

TEST_F(Watches, RingAtOnceForEachSeatThatIsEmpty) {  // Invariant 3
  Hear(Graded(COLOUR_RED), 0);
  EXPECT_THAT(Hear(Planned(60, {"lawyer", "police"}), 1),
              ElementsAre("ended by meeting_planned", "ended by meeting_in_time", "set seat_empty",
                          "set seat_empty"));
  EXPECT_EQ(Of(kind::kSeatEmpty, "lawyer").alarm().due_at_ms(), MinuteMs(1));
  EXPECT_EQ(Of(kind::kSeatEmpty, "police").alarm().subject(), kMdo);
  EXPECT_THAT(Hear(Planned(60, {"police"}), 2), ElementsAre("ended by seat_filled"));
  EXPECT_TRUE(Of(kind::kSeatEmpty, "lawyer").ended());
}

TEST_F(Watches, RingForTheSeatThatKeepsAMeetingFromAStart) {
  meeting::v1::Event event;
  *event.mutable_mdo_unplannable()->mutable_mdo() = Planned(60).mdo_planned().mdo();
  auto& mdo = *event.mutable_mdo_unplannable()->mutable_mdo();
  mdo.clear_starts_at_ms();
  mdo.set_binding_function("protection_worker");
  EXPECT_THAT(Hear(event, 0), ElementsAre("set seat_empty"));
  EXPECT_EQ(Of(kind::kSeatEmpty, "protection_worker").alarm().detail(), "protection_worker");
  EXPECT_EQ(Of(kind::kSeatEmpty, "protection_worker").alarm().colour(), COLOUR_RED);
}

TEST_F(Watches, AreOverForASeatOnceTheMeetingIs) {
  Hear(Graded(COLOUR_RED), 0);
  Hear(Planned(60, {"police"}), 1);
  copy_.set_owner(kDeputy);
  EXPECT_THAT(Settle(WantedOf(copy_), &copy_, 149), testing::Contains("set seat_empty"));
  EXPECT_THAT(Settle(WantedOf(copy_), &copy_, 150), testing::Contains("ended by meeting_over"));
  EXPECT_THAT(Settle(WantedOf(copy_), &copy_, 151), IsEmpty());
}

TEST_F(Watches, RingAtOnceForAProvisionalRed) {  // P.17
  EXPECT_THAT(Hear(Graded(COLOUR_RED, true), 0),
              ElementsAre("set no_first_step", "set provisional_red"));
  EXPECT_EQ(Of(kind::kProvisionalRed).alarm().due_at_ms(), MinuteMs(0));
  EXPECT_EQ(Of(kind::kNoFirstStep).alarm().due_at_ms(), MinuteMs(10));
}

TEST_F(Watches, TellWhoEndedAProvisionalRed) {  // P.17
  for (const int minute : {29, 30}) {
    copy_.Clear();
    known_.clear();
    Hear(Graded(COLOUR_RED, true), 0);
    intake::v1::Event confirmed = Graded(COLOUR_RED);
    confirmed.mutable_report_graded()->mutable_terms()->clear_confirm_due_ms();
    const char* by = minute < 30 ? "ended by grade_confirmed" : "ended by convened_by_itself";
    EXPECT_THAT(Hear(confirmed, minute),
                ElementsAre("set meeting_not_planned", "set term_passed", by));
  }
}

TEST_F(Watches, AreOverWhenAReportIsNoLongerRed) {
  Hear(Graded(COLOUR_RED), 0);
  EXPECT_THAT(Hear(Graded(COLOUR_AMBER), 2),
              testing::UnorderedElementsAre("set term_near", "set term_passed", "ended by regraded",
                                            "ended by regraded"));
}

TEST_F(Watches, EndWhenAReportIsSettled) {
  Hear(Graded(COLOUR_GREEN), 0);
  intake::v1::Event settled;
  About(settled.mutable_report_settled());
  EXPECT_THAT(Hear(settled, 2), ElementsAre("ended by report_settled", "ended by report_settled"));
}

TEST_F(Watches, StayForAFirstStepThatNobodyNamed) {  // Invariant 11: settling names nobody.
  Hear(Graded(COLOUR_RED), 0);
  intake::v1::Event settled;
  About(settled.mutable_report_settled());
  EXPECT_THAT(Hear(settled, 2), ElementsAre("ended by report_settled"));
  EXPECT_FALSE(Of(kind::kNoFirstStep).ended());
}

TEST_F(Watches, KnowTheOwnerOfNow) {
  Hear(Graded(COLOUR_GREEN), 0);
  intake::v1::Event changed;
  About(changed.mutable_owner_changed());
  changed.mutable_owner_changed()->mutable_ownership()->set_owner(kDeputy);
  changed.mutable_owner_changed()->mutable_ownership()->set_desk(kOtherDesk);
  EXPECT_THAT(Hear(changed, 2), ElementsAre("set term_near", "set term_passed"));
  EXPECT_EQ(Of(kind::kTermNear).owner(), kDeputy);
  EXPECT_THAT(Hear(Graded(COLOUR_GREEN), 3), IsEmpty());  // Graded again: the owner stays.
  EXPECT_EQ(copy_.owner(), kDeputy);
  EXPECT_EQ(copy_.organisation(), kOtherDesk);
}

TEST_F(Watches, LeaveWhatAsksNoOwnerAsItIs) {
  Hear(Graded(COLOUR_GREEN), 0);
  Ring(kind::kTermNear);  // The rules of these tests ask duty managers.
  Ring(kind::kTermPassed);
  copy_.set_owner(kDeputy);
  EXPECT_THAT(Settle(WantedOf(copy_), &copy_, 91), IsEmpty());
}

TEST_F(Watches, HaveWhatRingsAskTheNewOwnerOnce) {  // P.01
  Hear(Graded(COLOUR_RED), 0);
  Ring(kind::kNoFirstStep);
  intake::v1::Event changed;
  About(changed.mutable_owner_changed());
  changed.mutable_owner_changed()->mutable_ownership()->set_owner(kDeputy);
  changed.mutable_owner_changed()->mutable_ownership()->set_desk(kOtherDesk);
  EXPECT_THAT(Hear(changed, 12),  // What does not ring yet is set anew.
              testing::UnorderedElementsAre("asks " + std::string(kDeputy) + " as owner",
                                            "set meeting_not_planned", "set term_passed"));
  EXPECT_EQ(passed_.version, 4u);
  EXPECT_TRUE(passed_.urgent);
  const v1::AlarmPassedOn& passed = passed_.event.alarm_passed_on();
  EXPECT_EQ(passed.alarm(), DerivedId("alm", {kind::kNoFirstStep}));
  EXPECT_EQ(passed.step(), 1u);
  EXPECT_EQ(passed.next_at_ms(), MinuteMs(77));  // The next in line waits as long as before.
  EXPECT_EQ(passed.asked(0).since_ms(), MinuteMs(12));
  EXPECT_EQ(passed.asked(0).name(), "Naam d00");
  EXPECT_THAT(Hear(changed, 13), IsEmpty());
  changed.mutable_owner_changed()->mutable_ownership()->set_owner(kOwner);  // Asked before.
  EXPECT_THAT(Hear(changed, 14),
              testing::Not(testing::Contains("asks " + std::string(kOwner) + " as owner")));
}

TEST_F(Watches, DoNotAskAnOwnerBeforeTheStepThatDoes) {
  Hear(Graded(COLOUR_RED), 0);
  rules_.kinds[0].steps = {{{"duty_manager"}, minutes(0)}, {{"owner"}, minutes(5)}};
  Ring(kind::kNoFirstStep, 1);
  copy_.set_owner(kDeputy);
  const std::string asks = "asks " + std::string(kDeputy) + " as owner";
  EXPECT_THAT(Settle(WantedOf(copy_), &copy_, 12), testing::Not(testing::Contains(asks)));
  Ring(kind::kNoFirstStep, 2);
  EXPECT_THAT(Settle(WantedOf(copy_), &copy_, 16), testing::Contains(asks));
}

TEST_F(Watches, AskNobodyNewWhenTheChangeEndsTheAlarm) {
  Hear(Graded(COLOUR_RED), 0);
  Ring(kind::kNoFirstStep);
  copy_.set_owner(kDeputy);
  copy_.set_first_step_named(true);
  EXPECT_THAT(Settle(WantedOf(copy_), &copy_, 12),
              testing::Contains("alarm ended by first_step_named"));
  EXPECT_EQ(passed_.version, 0u);
}

TEST_F(Watches, RememberTheLastAlarmWhenTheyAreSetAgain) {
  Hear(Graded(COLOUR_RED), 0);
  Hear(Planned(60, {"police"}), 1);
  const std::string id = WatchId(kind::kSeatEmpty, kMdo, "police");
  known_[id].watch.set_raised("alm_00000000000000000000000009");
  known_[id].watch.set_ended(true);
  EXPECT_THAT(Hear(Planned(65, {"police"}), 2), testing::Contains("set seat_empty"));
  EXPECT_EQ(LastAlarmOf(known_[id].watch), "alm_00000000000000000000000009");
}

TEST_F(Watches, WaitForTheReviewOfABreakGlass) {  // P.73
  intake::v1::GlassBroken broken;
  broken.set_opening("brk_00000000000000000000000001");
  broken.set_household(kHousehold);
  broken.set_keeper(kDesk);
  broken.set_review_due_ms(MinuteMs(60));
  EXPECT_THAT(Settle({WantedOf(broken)}, nullptr, 0), ElementsAre("set break_glass_review"));
  const state::Watch& watch = known_.at(WatchId(kind::kBreakGlassReview, broken.opening())).watch;
  EXPECT_EQ(watch.organisation(), kDesk);
  EXPECT_EQ(watch.alarm().due_at_ms(), MinuteMs(60));
  intake::v1::GlassReviewed reviewed;
  reviewed.set_opening(broken.opening());
  EXPECT_THAT(Settle({WantedOf(reviewed)}, nullptr, 1), ElementsAre("ended by opening_reviewed"));
}

TEST_F(Watches, WaitForAFollowerThatLags) {
  EXPECT_THAT(Settle({WantedOf("svc_audit", "intake", true)}, nullptr, 0),
              ElementsAre("set follower_lagging"));
  EXPECT_THAT(Settle({WantedOf("svc_audit", "intake", true)}, nullptr, 1), IsEmpty());
  EXPECT_THAT(Settle({WantedOf("svc_audit", "intake", false)}, nullptr, 2),
              ElementsAre("ended by level_again"));
  EXPECT_THAT(Settle({WantedOf("svc_audit", "intake", false)}, nullptr, 3), IsEmpty());
}

TEST_F(Watches, HaveOneIdForOneThing) {
  EXPECT_EQ(WatchId("a", "b"), WatchId("a", "b"));
  EXPECT_NE(WatchId("a", "b"), WatchId("a", "b", "c"));
  EXPECT_NE(WatchId("a", "b"), WatchId("b", "a"));
}

// Nobody is woken for a seat that can come tomorrow.
TEST_F(Watches, AreNotSetForASeatThatTheTableDoesWithoutQuietly) {
  meeting::v1::Event event = Planned(60, {"youth_health_care"});
  event.mutable_mdo_planned()->mutable_mdo()->mutable_missing(0)->set_rings(false);
  Hear(Graded(COLOUR_RED), 0);
  EXPECT_THAT(Hear(event, 1), testing::Not(testing::Contains("set seat_empty")));
}

}  // namespace
}  // namespace samenspel::escalation
