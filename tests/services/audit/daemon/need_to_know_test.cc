// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "common/tlog/checkpoint.h"
#include "proto/escalation/v1/events.pb.h"
#include "tests/common/tlog/reference_tree.h"
#include "tests/services/audit/daemon/audit_test.h"

namespace samenspel::audit {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr const char* kHousehold = "hh_00000000000000000000000001";
constexpr const char* kAlarm = "alm_00000000000000000000000001";

/// A report with a case list, its meeting and an alarm about it.
class AuditCase : public AuditService {
 protected:
  void SetUp() override {
    HearReport();
    HearInvolved("inv_sender", kNoor, 0);
    HearMeeting();
    HearAlarm();
  }
  void HearReport() {
    intake::v1::Event event;
    event.mutable_report_submitted()->set_report(kReport);
    event.mutable_report_submitted()->set_household(kHousehold);
    event.mutable_report_submitted()->set_case_number(base::CaseNumber(2026, 1));
    Hear(intake_.Add(kNoor, kDesk, kReport, event.kind_case(), event), "intake");
  }
  void HearInvolved(const std::string& id, const std::string& person, int64_t until_ms) {
    intake::v1::Event event;
    event.mutable_involvement_set()->set_household(kHousehold);
    auto& one = *event.mutable_involvement_set()->mutable_involvement();
    one.set_id(id);
    one.set_person(person);
    one.set_until_ms(until_ms);
    Hear(intake_.Add(kNoor, kDesk, kHousehold, event.kind_case(), event), "intake");
  }
  void HearMeeting() {
    meeting::v1::Event event;
    auto& mdo = *event.mutable_mdo_planned()->mutable_mdo();
    mdo.set_mdo(kMdo);
    mdo.set_report(kReport);
    mdo.set_household(kHousehold);
    Hear(meeting_.Add("svc_meeting", "", kMdo, event.kind_case(), event), "meeting");
  }
  void HearAlarm() {
    escalation::v1::Event event;
    auto& alarm = *event.mutable_alarm_raised()->mutable_alarm();
    alarm.set_alarm(kAlarm);
    alarm.set_report(kReport);
    alarm.set_household(kHousehold);
    Hear(escalation_.Add("svc_escalation", "", kAlarm, event.kind_case(), event), "escalation");
  }
  void HearGlassBroken(const std::string& reader, const std::string& keeper) {
    intake::v1::Event event;
    auto& broken = *event.mutable_glass_broken();
    broken.set_household(kHousehold);
    broken.set_opening("brk_00000000000000000000000001");
    broken.set_reader(reader);
    broken.set_keeper(keeper);
    Hear(intake_.Add(reader, kOtherDesk, kHousehold, event.kind_case(), event), "intake");
  }
  static daemon::Caller Officer(const std::string& organisation) {
    auto officer = support::By("pro_00000000000000000000000k00", organisation, {"privacy_officer"});
    officer.purpose = "privacy_review";
    return officer;
  }
  static daemon::Caller Auditor() {
    return support::By("pro_00000000000000000000000a00", "", {"auditor"});
  }
  v1::LeavesRead Read(uint64_t first, uint64_t size = 0) {
    v1::Request request;
    request.mutable_read_leaves()->set_first(first);
    request.mutable_read_leaves()->set_size(size);
    const Decided decided = Ask(request, Auditor());
    EXPECT_EQ(decided.status, common::v1::STATUS_OK);
    v1::Response response;
    EXPECT_TRUE(response.ParseFromString(decided.response));
    return response.leaves_read();
  }

  Journal escalation_{"escalation"};
};

/// Audit was away: it has caught up with meeting, and not yet with intake.
class AuditBehind : public AuditCase {
 protected:
  void SetUp() override {
    HearMeeting();
    meeting::v1::Event event;
    auto& taken = *event.mutable_seat_taken();
    taken.set_mdo(kMdo);
    taken.set_report(kReport);
    taken.set_household(kHousehold);
    Hear(meeting_.Add(kNoor, kDesk, kMdo, event.kind_case(), event), "meeting");
  }
};

TEST_F(AuditBehind, ShowsACaseToNobodyBeforeItKnowsWhoMayKnowOfIt) {  // P.75, invariant 10
  const auto colleague = support::By(kStranger, kDesk);
  for (const char* name : {kReport, kMdo, kHousehold}) {
    EXPECT_EQ(ShowStream(name, colleague).status, common::v1::STATUS_NOT_FOUND) << name;
  }
  EXPECT_EQ(ShowEntry("meeting", 2, colleague).status, common::v1::STATUS_NOT_FOUND);
  EXPECT_EQ(ShowStream(kMdo, Auditor()).status, common::v1::STATUS_OK);
  HearReport();
  HearInvolved("inv_sender", kNoor, 0);
  EXPECT_EQ(ShowStream(kMdo, colleague).status, common::v1::STATUS_NOT_FOUND);
  EXPECT_EQ(ShowStream(kMdo).status, common::v1::STATUS_OK);
}

TEST_F(AuditCase, ListsAllThatBelongsToTheCaseUnderEachOfItsNames) {
  for (const std::string& name :
       {std::string(kReport), std::string(kHousehold), base::CaseNumber(2026, 1)}) {
    EXPECT_THAT(LeavesOf(Shown(ShowStream(name, Auditor()))), ElementsAre(0, 1, 2, 3)) << name;
  }
  EXPECT_THAT(LeavesOf(Shown(ShowStream(kMdo, Auditor()))), ElementsAre(2));
  EXPECT_THAT(LeavesOf(Shown(ShowStream(kAlarm, Auditor()))), ElementsAre(3));
}

TEST_F(AuditCase, IsReadByWhomTheCaseListCovers) {  // P.75, invariant 10
  EXPECT_THAT(Shown(ShowStream(kReport)).entries(), SizeIs(4));
  // A colleague of the sender's desk is not on the list: what the desk did opens nothing.
  const auto colleague = support::By(kStranger, kDesk);
  EXPECT_EQ(ShowStream(kReport, colleague).status, common::v1::STATUS_NOT_FOUND);
  HearInvolved("inv_colleague", kStranger, 0);
  EXPECT_THAT(Shown(ShowStream(kReport, colleague)).entries(), SizeIs(6));
  EXPECT_THAT(Shown(ShowStream(kMdo, colleague)).entries(), SizeIs(1));
  EXPECT_THAT(Shown(ShowStream(kAlarm, colleague)).entries(), SizeIs(1));
}

TEST_F(AuditCase, ClosesAtTheInstantAtWhichTheInvolvementEnds) {
  HearInvolved("inv_colleague", kStranger, base::ToMs(bench_.now) + 1000);
  bench_.now += base::milliseconds(999);
  EXPECT_EQ(ShowStream(kReport, Stranger()).status, common::v1::STATUS_OK);
  bench_.now += base::milliseconds(1);
  EXPECT_TRUE(ShowStream(kReport, Stranger()).hidden);
  EXPECT_TRUE(ShowEntry("intake", 1, Stranger()).hidden);
}

TEST_F(AuditCase, HidesSingleEntriesAlike) {
  EXPECT_EQ(ShowEntry("meeting", 1).status, common::v1::STATUS_OK);
  const Decided hidden = ShowEntry("meeting", 1, Stranger());
  EXPECT_TRUE(hidden.hidden);
  EXPECT_EQ(hidden.reasons.at(0).SerializeAsString(),
            ShowEntry("meeting", 9, Stranger()).reasons.at(0).SerializeAsString());
  // Not even the one who made it, once the list no longer covers them.
  HearInvolved("inv_sender", kNoor, 1);
  EXPECT_TRUE(ShowEntry("intake", 1).hidden);
}

TEST_F(AuditCase, TellsWhoTriedToLook) {  // 003.07, P.75
  Hear(intake_.AddRefused(kStranger, kReport), "intake");
  Hear(meeting_.AddRefused(kStranger, kMdo), "meeting");
  EXPECT_THAT(LeavesOf(Shown(ShowStream(kReport))), ElementsAre(0, 1, 2, 3, 4, 5));
  // The one who was refused does not learn from the log that there is something.
  EXPECT_TRUE(ShowEntry("intake", 3, Stranger()).hidden);
}

TEST_F(AuditCase, ListsRefusedLooksAtTheLogItself) {
  const Decided refused = ShowStream(kReport, Stranger());
  EXPECT_TRUE(refused.hidden);
  EXPECT_EQ(refused.subject, kReport);
}

TEST_F(AuditCase, OpensToThePrivacyOfficerWhoReviewsAnOpening) {  // P.73
  EXPECT_TRUE(ShowStream(kReport, Officer(kDesk)).hidden);
  HearGlassBroken(kStranger, kDesk);
  EXPECT_EQ(ShowStream(kReport, Officer(kDesk)).status, common::v1::STATUS_OK);
  EXPECT_TRUE(ShowStream(kReport, Officer(kOtherDesk)).hidden);
  EXPECT_TRUE(ShowStream(kReport, Officer("")).hidden);
}

TEST_F(AuditCase, KeepsItsCaseListThroughAReplay) {  // invariant 8
  HearInvolved("inv_colleague", kStranger, 0);
  HearGlassBroken(kStranger, kDesk);
  Hear(intake_.AddRefused(kStranger, kReport), "intake");
  const base::Status verified = bench_.Verify();
  EXPECT_TRUE(verified.ok()) << verified.message();
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(ShowStream(kReport, Stranger()).status, common::v1::STATUS_OK);
}

TEST_F(AuditCase, DoesNotTakeTheListFromAnotherServicesCopy) {
  meeting::v1::Event event;
  event.mutable_involvement_set()->set_household(kHousehold);
  auto& one = *event.mutable_involvement_set()->mutable_involvement();
  one.set_id("inv_forged");
  one.set_person(kStranger);
  Hear(meeting_.Add("svc_meeting", "", kHousehold, event.kind_case(), event), "meeting");
  EXPECT_TRUE(ShowStream(kReport, Stranger()).hidden);
}

TEST_F(AuditCase, HandsOutEveryLeafUnderACheckpointOfThatSize) {
  const v1::LeavesRead all = Read(0);
  EXPECT_EQ(all.size(), 4u);
  EXPECT_THAT(all.headers(), testing::ElementsAreArray(heard_));
  const auto now = tlog::OpenCheckpoint(all.checkpoint(), Key().verifier());
  ASSERT_TRUE(now.ok()) << now.status().message();
  EXPECT_EQ(now->root, tlog::ReferenceRoot(tlog::Leaves(leaves_).first(4)));
  const v1::LeavesRead part = Read(1, 3);
  EXPECT_THAT(part.headers(), ElementsAre(heard_[1], heard_[2]));
  const auto then = tlog::OpenCheckpoint(part.checkpoint(), Key().verifier());
  ASSERT_TRUE(then.ok());
  EXPECT_EQ(then->size, 3u);
  EXPECT_EQ(then->root, tlog::ReferenceRoot(tlog::Leaves(leaves_).first(3)));
  EXPECT_EQ(Read(0).size(), 6u);  // Both readings are leaves themselves.
}

TEST_F(AuditCase, CutsWhatItHandsOutByBytes) {
  intake::v1::Event event;
  event.mutable_report_submitted()->set_case_number(std::string(30'000, 'x'));
  for (int i = 0; i < 20; ++i) {
    Hear(intake_.Add(kNoor, kDesk, "rpt_00000000000000000000000002", event.kind_case(), event),
         "intake");
  }
  const v1::LeavesRead first = Read(0);
  EXPECT_LT(first.headers_size(), 24);
  const v1::LeavesRead second = Read(static_cast<uint64_t>(first.headers_size()), first.size());
  EXPECT_EQ(first.headers_size() + second.headers_size(), 24);
}

TEST_F(AuditCase, RefusesLeavesThatTheLogDoesNotHave) {
  for (const auto& [first, size] :
       {std::pair<uint64_t, uint64_t>{5, 0}, {0, 5}, {3, 2}, {UINT64_MAX, UINT64_MAX}}) {
    v1::Request request;
    request.mutable_read_leaves()->set_first(first);
    request.mutable_read_leaves()->set_size(size);
    const Decided decided = Ask(request, Auditor());
    EXPECT_EQ(decided.status, common::v1::STATUS_REFUSED);
    EXPECT_EQ(decided.reasons.at(0).code(), "size_beyond_log");
  }
}

TEST_F(AuditCase, LogsThatLeavesWereRead) {  // NEN 7513
  Read(2);
  v1::Event event;
  for (const auto& entry : bench_.Entries()) {
    if (entry->header.kind() == "read_leaves") {
      event.ParseFromString(entry->header.events(0).payload());
    }
  }
  EXPECT_EQ(event.log_read().what(), "leaves:2");
  EXPECT_EQ(event.log_read().entries(), 2u);
}

}  // namespace
}  // namespace samenspel::audit
