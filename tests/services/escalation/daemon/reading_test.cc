// SPDX-License-Identifier: EUPL-1.2
// One person who reads the files of many families, from the marks that intake makes.
#include "tests/services/escalation/daemon/escalation_test.h"

namespace samenspel::escalation {
namespace {

using std::chrono::hours;

constexpr const char* kOfficer = "pro_00000000000000000000000f00";
constexpr const char* kOfficerThere = "pro_00000000000000000000000f01";
constexpr int kAllowed = 25;  // As delivered.

class EscalationReading : public EscalationService {
 protected:
  EscalationReading() {
    Register(Somebody(kOfficer, kDesk, {"privacy_officer"}), true);
    Register(Somebody(kOfficerThere, kOtherDesk, {"privacy_officer"}), true);
  }
  void Read(int household) {
    Hear<intake::v1::Event>("intake", {MarkOf(household)}, std::nullopt, kDesk);
  }
  static intake::v1::Event MarkOf(const std::string& household) {
    intake::v1::Event event;
    event.mutable_report_accessed()->set_reader(kDeputy);
    event.mutable_report_accessed()->set_household(household);
    return event;
  }
  static intake::v1::Event MarkOf(int household) {
    return MarkOf(DerivedId("hh", {std::to_string(household)}));
  }
  void ReadMany(int from, int count) {
    for (int i = 0; i < count; ++i) Read(from + i);
    bench_->SendDue();
  }

  const daemon::Caller officer_ = support::By(kOfficer, kDesk, {"privacy_officer"});
  const daemon::Caller officer_there_ = support::By(kOfficerThere, kOtherDesk, {"privacy_officer"});
  const daemon::Caller keeper_ = support::By(kManagerHere, kDesk, {"duty_manager", "operator"});
};

TEST_F(EscalationReading, OfManyFamiliesAsksTheirPrivacyOfficerAndTellsNobodyElse) {
  ReadMany(0, kAllowed);
  EXPECT_EQ(List(officer_).total(), 0u);
  ReadMany(kAllowed, 1);
  const v1::AlarmsListed listed = List(officer_);
  ASSERT_EQ(listed.alarms_size(), 1);
  EXPECT_EQ(listed.alarms(0).kind(), "many_households");
  EXPECT_EQ(listed.alarms(0).subject(), kDeputy);
  ASSERT_EQ(listed.alarms(0).asked_size(), 1);
  EXPECT_EQ(listed.alarms(0).asked(0).person(), kOfficer);
  EXPECT_EQ(List(officer_there_).total(), 0u);
  EXPECT_EQ(List(keeper_).total(), 0u) << "it is about a person, and not technical";
  ReadMany(kAllowed + 1, 5);
  EXPECT_EQ(List(officer_).total(), 1u) << "it rings already";
  ExpectReplays();
}

TEST_F(EscalationReading, OfManyFamiliesInOneLookIsCountedAsMany) {
  std::vector<intake::v1::Event> marks;
  for (int i = 0; i <= kAllowed; ++i) marks.push_back(MarkOf(i));
  Hear<intake::v1::Event>("intake", marks, std::nullopt, kDesk);
  bench_->SendDue();
  EXPECT_EQ(List(officer_).total(), 1u);
  ExpectReplays();
}

// Such as an alarm of ours, whose row is no case list, or none, as in marks from before 0.2.
TEST_F(EscalationReading, OfWhatIsNoFamilyIsPassedOver) {
  ReadMany(0, kAllowed + 1);
  const v1::AlarmsListed listed = List(officer_);
  ASSERT_EQ(listed.alarms_size(), 1);
  const uint64_t head = bench_->store().head().sequence;
  for (const std::string& household : {listed.alarms(0).alarm(), std::string()}) {
    Hear<intake::v1::Event>("intake", {MarkOf(household)}, std::nullopt, kDesk);
  }
  EXPECT_EQ(bench_->store().head().sequence, head);
}

TEST_F(EscalationReading, EndsADayAfterSomebodyLookedIntoItAndRingsAgainForWhoReadsOn) {
  ReadMany(0, kAllowed + 1);
  const v1::Alarm alarm = List(officer_).alarms(0);
  bench_->now += hours(24 * 3);
  bench_->SendDue();
  EXPECT_EQ(List(officer_).total(), 1u) << "nobody has looked into it";
  Acknowledge(officer_, alarm.alarm());
  bench_->now += hours(24) - kMoment;
  bench_->SendDue();
  EXPECT_EQ(List(officer_).total(), 1u);
  bench_->now += kMoment;
  bench_->SendDue();
  EXPECT_EQ(List(officer_).total(), 0u);
  EXPECT_EQ(List(officer_, true).alarms(0).ended_by(), "looked_into");
  bench_->now += hours(1);
  ReadMany(1000, kAllowed + 1);
  EXPECT_EQ(List(officer_).total(), 1u);
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(List(officer_).total(), 1u);
  ExpectReplays();
}

}  // namespace
}  // namespace samenspel::escalation
