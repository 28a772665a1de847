// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <map>

#include "common/base/ids.h"
#include "services/escalation/domain/decider.h"
#include "services/escalation/domain/page.h"
#include "tests/services/escalation/domain/given.h"

namespace samenspel::escalation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string AlarmId(int number) { return DerivedId("alm", {std::to_string(number)}); }

state::AlarmState Ringing(int number, int raised = 10) {
  state::AlarmState state;
  state.set_version(1);
  v1::Alarm& alarm = *state.mutable_alarm();
  alarm.set_alarm(AlarmId(number));
  alarm.set_kind(std::string(kind::kNoFirstStep));
  alarm.set_report(kReport);
  alarm.set_household(kHousehold);
  alarm.set_colour(intake::v1::COLOUR_RED);
  alarm.set_raised_at_ms(MinuteMs(raised));
  alarm.set_next_at_ms(MinuteMs(raised + 5));
  alarm.add_asked()->set_person(kOwner);
  alarm.add_asked()->set_person(kManagerHere);
  return state;
}

class Alarms : public testing::Test {
 protected:
  Alarms() {
    facts_.rules = &rules_;
    facts_.people = &people_;
    facts_.alarm = Ringing(1);
    auto& involvement = *lists_[kHousehold].add_involvements();
    involvement.set_organisation(kDesk);
    involvement.set_role("desk_worker");
    involvement.set_until_ms(MinuteMs(60));
    facts_.find_cases = [this](const std::string& household) {
      const auto found = lists_.find(household);
      return found == lists_.end() ? std::nullopt : std::optional(found->second);
    };
    facts_.find_owner = [this](const std::string&) { return report_owner_; };
    facts_.find_alarm = [this](const std::string& id) {
      ++looked_at_;
      return kept_.at(id);
    };
  }
  // The list from a place on, as it is kept.
  void List(const std::vector<v1::Alarm>& alarms, const std::string& after = "") {
    std::map<std::string, std::string> places;
    for (const v1::Alarm& alarm : alarms) {
      kept_[alarm.alarm()] = alarm;
      if (PlaceOf(alarm) > after) places[PlaceOf(alarm)] = alarm.alarm();
    }
    facts_.listed.clear();
    for (const auto& [place, id] : places) facts_.listed.push_back(id);
    looked_at_ = 0;
  }
  static v1::AlarmsListed Listed(const Decision& decision) {
    return std::get<Accepted>(decision).response.alarms_listed();
  }
  std::vector<std::string> IdsOf(const v1::AlarmsListed& listed) {
    std::vector<std::string> ids;
    for (const v1::Alarm& alarm : listed.alarms()) ids.push_back(alarm.alarm());
    return ids;
  }

  AlarmRules rules_ = Rules();
  People people_ = Everybody();
  Facts facts_;
  std::map<std::string, common::v1::CaseList> lists_;
  std::map<std::string, v1::Alarm> kept_;
  std::string report_owner_ = kOwner;
  int looked_at_ = 0;
  const Stamp owner_ = By(kOwner, kDesk, {"desk_worker"}, 12);
  const Stamp colleague_ = By("pro_colleague", kDesk, {"desk_worker"}, 12);
  const Stamp stranger_ = By("pro_stranger", kOtherDesk, {"desk_worker"}, 12);
};

TEST_F(Alarms, AreShownToWhoeverIsAskedAndWhoeverMayKnowOfTheCase) {
  EXPECT_THAT(Why(DecideShowAlarm(facts_, owner_)), IsEmpty());
  EXPECT_THAT(Why(DecideShowAlarm(facts_, colleague_)), IsEmpty());
  lists_.clear();
  EXPECT_THAT(Why(DecideShowAlarm(facts_, owner_)), IsEmpty());
  EXPECT_THAT(Why(DecideShowAlarm(facts_, colleague_)), ElementsAre("not_found alarm"));
}

TEST_F(Alarms, AreHiddenFromAllOthersAsIfTheyWereNotThere) {  // Invariant 10
  for (const Stamp& who : {stranger_, By("pro_m", kOtherDesk, {"duty_manager"}, 12),
                           By("pro_o", "org_region", {"operator", "region_manager"}, 12)}) {
    const Decision decision = DecideShowAlarm(facts_, who);
    EXPECT_THAT(Why(decision), ElementsAre("not_found alarm"));
    EXPECT_EQ(std::get<Refusal>(decision).subject, kReport);
    EXPECT_TRUE(std::get<Refusal>(decision).hidden);
    EXPECT_THAT(Why(DecideAcknowledgeAlarm(facts_, who)), ElementsAre("not_found alarm"));
  }
  facts_.alarm.reset();
  EXPECT_THAT(Why(DecideShowAlarm(facts_, stranger_)), ElementsAre("not_found alarm"));
}

TEST_F(Alarms, AreHiddenFromTheMomentAnInvolvementEnds) {  // Invariant 10
  Stamp late = colleague_;
  late.received_at = Minute(60) - base::milliseconds(1);
  EXPECT_THAT(Why(DecideShowAlarm(facts_, late)), IsEmpty());
  late.received_at = Minute(60);
  EXPECT_THAT(Why(DecideShowAlarm(facts_, late)), ElementsAre("not_found alarm"));
}

TEST_F(Alarms, OfTheMachineryAreShownToThoseWhoKeepItRunning) {
  facts_.alarm->mutable_alarm()->clear_household();
  for (const char* role : {"operator", "duty_manager", "region_manager"}) {
    EXPECT_THAT(Why(DecideShowAlarm(facts_, By("pro_o", "org_region", {role}, 12))), IsEmpty());
  }
  EXPECT_THAT(Why(DecideShowAlarm(facts_, stranger_)), ElementsAre("not_found alarm"));
}

TEST_F(Alarms, AreMarkedForThePersonWhoSaidYesAndNobodyElse) {
  const Decision decision = DecideAcknowledgeAlarm(facts_, owner_);
  ASSERT_EQ(EventsOf(decision).size(), 1u);
  const v1::SeenByPerson& seen = EventsOf(decision)[0].event.seen_by_person();
  EXPECT_EQ(seen.person(), kOwner);
  EXPECT_EQ(seen.next_at_ms(), MinuteMs(27));  // 15 minutes from the yes.
  EXPECT_TRUE(EventsOf(decision)[0].urgent);
  const v1::Alarm& shown = std::get<Accepted>(decision).response.alarm_acknowledged().alarm();
  EXPECT_EQ(shown.asked(0).acknowledged_at_ms(), MinuteMs(12));
  EXPECT_EQ(shown.asked(1).acknowledged_at_ms(), 0);
}

TEST_F(Alarms, AreMarkedOnce) {
  Apply(*facts_.alarm->mutable_alarm(),
        EventsOf(DecideAcknowledgeAlarm(facts_, owner_))[0].event.seen_by_person());
  EXPECT_THAT(EventsOf(DecideAcknowledgeAlarm(facts_, owner_)), IsEmpty());
}

TEST_F(Alarms, AreAcknowledgedOnlyByWhoeverIsAsked) {
  EXPECT_THAT(Why(DecideAcknowledgeAlarm(facts_, colleague_)), ElementsAre("not_asked alarm"));
}

TEST_F(Alarms, AreNotAcknowledgedOnceTheyEnded) {
  facts_.alarm->mutable_alarm()->set_ended_at_ms(MinuteMs(11));
  EXPECT_THAT(Why(DecideAcknowledgeAlarm(facts_, owner_)), ElementsAre("ended alarm"));
}

TEST_F(Alarms, ListOnlyWhatTheAskerMaySee) {  // Invariant 10
  v1::Alarm other = Ringing(2).alarm();
  other.set_household("hh_other");
  other.clear_asked();
  List({Ringing(1).alarm(), other});
  const v1::AlarmsListed listed = Listed(DecideListAlarms(facts_, colleague_, {}));
  EXPECT_THAT(IdsOf(listed), ElementsAre(AlarmId(1)));
  EXPECT_EQ(listed.total(), 1u);
  EXPECT_EQ(Listed(DecideListAlarms(facts_, stranger_, {})).total(), 0u);
}

TEST_F(Alarms, ListByKindAndByWhatWaitsForTheAsker) {
  v1::Alarm seen = Ringing(2).alarm();
  seen.mutable_asked(0)->set_acknowledged_at_ms(MinuteMs(11));
  v1::Alarm other = Ringing(3).alarm();
  other.set_kind("term_near");
  List({Ringing(1).alarm(), seen, other});
  v1::ListAlarms request;
  request.set_asked_me(true);
  request.set_kind("no_first_step");
  EXPECT_THAT(IdsOf(Listed(DecideListAlarms(facts_, owner_, request))), ElementsAre(AlarmId(1)));
}

TEST_F(Alarms, NoLongerWaitForWhoHasHandedTheReportOver) {
  v1::Alarm alarm = Ringing(1).alarm();
  alarm.mutable_asked(0)->set_as("owner");
  alarm.mutable_asked(1)->set_as("owner");
  List({alarm});
  v1::ListAlarms request;
  request.set_asked_me(true);
  EXPECT_THAT(IdsOf(Listed(DecideListAlarms(facts_, owner_, request))), ElementsAre(AlarmId(1)));
  report_owner_ = kDeputy;
  EXPECT_THAT(IdsOf(Listed(DecideListAlarms(facts_, owner_, request))), IsEmpty());
  // Who is asked stays asked: it is shown, and a yes still counts.
  EXPECT_THAT(IdsOf(Listed(DecideListAlarms(facts_, owner_, {}))), ElementsAre(AlarmId(1)));
  facts_.alarm->mutable_alarm()->CopyFrom(alarm);
  EXPECT_THAT(EventsOf(DecideAcknowledgeAlarm(facts_, owner_)), testing::SizeIs(1));
  // A duty manager who was asked as the owner is not asked once more: the alarm waits on.
  const Stamp manager = By(kManagerHere, kDesk, {"duty_manager"}, 12);
  EXPECT_THAT(IdsOf(Listed(DecideListAlarms(facts_, manager, request))), ElementsAre(AlarmId(1)));
}

TEST_F(Alarms, ListInPagesThatAddUp) {
  std::vector<v1::Alarm> alarms;
  for (int i = 0; i < 7; ++i) alarms.push_back(Ringing(i, 10 + i).alarm());
  v1::ListAlarms request;
  request.mutable_page()->set_limit(3);
  std::vector<std::string> all;
  for (int pages = 0; pages < 4; ++pages) {
    List(alarms, request.page().after());
    const v1::AlarmsListed listed = Listed(DecideListAlarms(facts_, owner_, request));
    EXPECT_EQ(listed.total(), 0u);  // Nobody counts what is not read.
    EXPECT_LE(looked_at_, 4);
    for (const auto& id : IdsOf(listed)) all.push_back(id);
    if (listed.next().empty()) break;
    request.mutable_page()->set_after(listed.next());
  }
  ASSERT_EQ(all.size(), 7u);
  for (int i = 0; i < 7; ++i) EXPECT_EQ(all[static_cast<size_t>(i)], AlarmId(i));
}

TEST_F(Alarms, HaveNoNextPageWhenThisOneHoldsTheLast) {
  List({Ringing(1).alarm(), Ringing(2).alarm()});
  v1::ListAlarms request;
  request.mutable_page()->set_limit(2);
  const v1::AlarmsListed listed = Listed(DecideListAlarms(facts_, owner_, request));
  EXPECT_EQ(listed.next(), "");
  EXPECT_EQ(listed.total(), 2u);
}

TEST_F(Alarms, SayWhereToGoOnWhenOnlyPartOfTheListWasLookedAt) {
  List({Ringing(1).alarm()});
  facts_.listed_until = AfterInstantOf(PlaceOf(Ringing(1).alarm()));
  const v1::AlarmsListed none = Listed(DecideListAlarms(facts_, stranger_, {}));
  EXPECT_EQ(none.alarms_size(), 0);
  EXPECT_EQ(none.next(), facts_.listed_until);
  EXPECT_EQ(none.next().find(AlarmId(1)), std::string::npos);  // Invariant 10
  v1::ListAlarms request;
  request.mutable_page()->set_after(none.next());
  EXPECT_THAT(Why(DecideListAlarms(facts_, stranger_, request)), IsEmpty());
}

TEST_F(Alarms, RefuseAPageThatCannotBeRead) {
  for (const char* after :
       {"x", "a12345678", "a12345678alm_short", "rubbish that is long enough"}) {
    v1::ListAlarms request;
    request.mutable_page()->set_after(after);
    EXPECT_THAT(Why(DecideListAlarms(facts_, owner_, request)), ElementsAre("bad_page page.after"));
  }
}

TEST(AlarmPlaces, PutTheLongestOpenFirstThenTheNewestEnded) {
  v1::Alarm old_open = Ringing(1, 1).alarm();
  v1::Alarm new_open = Ringing(2, 2).alarm();
  v1::Alarm old_ended = Ringing(3, 1).alarm();
  old_ended.set_ended_at_ms(MinuteMs(20));
  v1::Alarm new_ended = Ringing(4, 1).alarm();
  new_ended.set_ended_at_ms(MinuteMs(21));
  EXPECT_LT(PlaceOf(old_open), PlaceOf(new_open));
  EXPECT_LT(PlaceOf(new_open), PlaceOf(new_ended));
  EXPECT_LT(PlaceOf(new_ended), PlaceOf(old_ended));
  EXPECT_EQ(AlarmAt(PlaceOf(new_ended)), AlarmId(4));
  EXPECT_TRUE(IsOpenAt(PlaceOf(new_open)));
  EXPECT_FALSE(IsOpenAt(PlaceOf(new_ended)));
  EXPECT_LT(PlaceOf(new_ended), AfterInstantOf(PlaceOf(new_ended)));
  EXPECT_LT(AfterInstantOf(PlaceOf(new_ended)), PlaceOf(old_ended));
}

}  // namespace
}  // namespace samenspel::escalation
