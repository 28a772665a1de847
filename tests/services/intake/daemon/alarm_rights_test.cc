// SPDX-License-Identifier: EUPL-1.2
// P.01, P.73: whoever is rung about a report can do what they are asked, for as long as it rings.
#include <gmock/gmock.h>

#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kAlarm = "alm_00000000000000000000000001";
constexpr const char* kOtherAlarm = "alm_00000000000000000000000002";

class AlarmRights : public Desk {
 protected:
  AlarmRights() : report_(Submit(Red()).report()) {}

  void Ring(const std::string& alarm, const std::string& person, const std::string& as) {
    escalation::v1::Event event;
    escalation::v1::Alarm& raised = *event.mutable_alarm_raised()->mutable_alarm();
    raised.set_alarm(alarm);
    raised.set_report(report_);
    AddAsked(*raised.mutable_asked(), person, as);
    HearAlarm(event, escalation::v1::Event::kAlarmRaised);
  }
  void PassOn(const std::string& alarm, const std::string& person, const std::string& as) {
    escalation::v1::Event event;
    event.mutable_alarm_passed_on()->set_alarm(alarm);
    event.mutable_alarm_passed_on()->set_report(report_);
    AddAsked(*event.mutable_alarm_passed_on()->mutable_asked(), person, as);
    HearAlarm(event, escalation::v1::Event::kAlarmPassedOn);
  }
  void End(const std::string& alarm) {
    escalation::v1::Event event;
    event.mutable_alarm_ended()->set_alarm(alarm);
    event.mutable_alarm_ended()->set_report(report_);
    HearAlarm(event, escalation::v1::Event::kAlarmEnded);
  }
  std::string report_;

 private:
  static void AddAsked(google::protobuf::RepeatedPtrField<escalation::v1::Asked>& all,
                       const std::string& person, const std::string& as) {
    all.Add()->set_person(person);
    all.rbegin()->set_as(as);
  }
  void HearAlarm(const escalation::v1::Event& event, uint32_t kind) {
    auto entry = std::make_shared<store::Stored>();
    entry->header.set_service("escalation");
    entry->header.set_epoch(1);
    entry->header.set_sequence(++rung_);
    entry->header.add_events()->set_kind(kind);
    entry->header.mutable_events(0)->set_payload(event.SerializeAsString());
    bench_.Hear("escalation", entry);
  }
  uint64_t rung_ = 0;
};

TEST_F(AlarmRights, LetTheDutyManagerActOnWhatRings) {
  EXPECT_EQ(Why(Show(report_, Duty())), kNotFound);
  Ring(kAlarm, kDuty, "duty_manager");
  EXPECT_EQ(Shown(report_, Duty()).by_right_of().kind(), common::v1::INVOLVEMENT_KIND_ALARM);
  EXPECT_THAT(Listed(Duty()), ElementsAre(report_));
  EXPECT_EQ(Why(Hold(report_, Duty(), v1::FIRST_STEP_CRISIS_TEAM, kDuty)), "OK");
  ExpectReplayable();
}

TEST_F(AlarmRights, EndAnHourAfterTheAlarm) {
  Ring(kAlarm, kDuty, "duty_manager");
  bench_.now += minutes(20);
  End(kAlarm);
  bench_.now += hours(1) - base::milliseconds(1);
  EXPECT_EQ(Why(Show(report_, Duty())), "OK");
  bench_.now += base::milliseconds(1);
  EXPECT_EQ(Why(Show(report_, Duty())), kNotFound);
  EXPECT_THAT(Listed(Duty()), IsEmpty());
}

TEST_F(AlarmRights, LastAsLongAsOneOfTwoAlarmsRings) {
  Ring(kAlarm, kDuty, "duty_manager");
  Ring(kOtherAlarm, kDuty, "every_duty_manager");
  End(kAlarm);
  bench_.now += hours(5);
  EXPECT_EQ(Why(Show(report_, Duty())), "OK");
  End(kOtherAlarm);
  bench_.now += hours(1);
  EXPECT_EQ(Why(Show(report_, Duty())), kNotFound);
}

TEST_F(AlarmRights, GoToTheNextInLineToo) {
  Ring(kAlarm, kNoor, "owner");
  EXPECT_EQ(Why(Show(report_, Duty())), kNotFound);
  PassOn(kAlarm, kDuty, "duty_manager");
  EXPECT_EQ(Why(Show(report_, Duty())), "OK");
}

TEST_F(AlarmRights, AreNotGivenTwiceNorRevived) {
  Ring(kAlarm, kDuty, "duty_manager");
  const uint64_t before = head();
  PassOn(kAlarm, kDuty, "every_duty_manager");
  EXPECT_EQ(head(), before);
  End(kAlarm);
  End(kAlarm);
  EXPECT_EQ(head(), before + 1);
  bench_.now += hours(2);
  PassOn(kAlarm, kDuty, "duty_manager");  // Late: it is over.
  EXPECT_EQ(Why(Show(report_, Duty())), kNotFound);
}

TEST_F(AlarmRights, AreNotForWhoeverSupervisesNorForTheUnregistered) {
  Ring(kAlarm, kOfficer, "privacy_officer");
  Ring(kOtherAlarm, kNobody, "duty_manager");
  EXPECT_EQ(Why(Show(report_, support::By(kNobody, kDesk, {"duty_manager"}))), kNotFound);
  EXPECT_EQ(Why(Show(report_, support::By(kOfficer, kDesk, {"duty_manager"}))), kNotFound);
}

TEST_F(AlarmRights, HoldOnlyForTheOrganisationThatThePersonActsFor) {  // P.05
  Ring(kAlarm, kDuty, "duty_manager");
  EXPECT_EQ(Why(Show(report_, support::By(kDuty, kOtherDesk, {"duty_manager"}))), kNotFound);
}

TEST_F(AlarmRights, OfAServiceConcernNoCase) {
  const uint64_t before = head();
  report_.clear();
  Ring(kAlarm, kDuty, "duty_manager");
  End(kAlarm);
  EXPECT_EQ(head(), before);
}

TEST_F(AlarmRights, SurviveARestart) {
  Ring(kAlarm, kDuty, "duty_manager");
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(Why(Show(report_, Duty())), "OK");
  End(kAlarm);
  ExpectReplayable();
}

}  // namespace
}  // namespace samenspel::intake
