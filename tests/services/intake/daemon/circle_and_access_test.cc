// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using SecretCircle = OneCase;

TEST_F(SecretCircle, HoldsTheSenderAndWhomTheyName) {  // P.06
  EXPECT_EQ(Shown(report_, Noor()).secret().secret_location(), "Opvang De Haven");
  EXPECT_EQ(Shown(report_, Colleague()).secret().secret_location(), "");
  EXPECT_EQ(Shown(report_, Colleague()).secret_ask(), kNoor);
  EXPECT_EQ(Why(SetCircle(report_, Noor(), {kColleague, kColleague})), "OK");
  EXPECT_EQ(Shown(report_, Colleague()).secret().secret_location(), "Opvang De Haven");
  EXPECT_EQ(Why(SetCircle(report_, Noor(), {})), "OK");  // Replaced, not added to.
  EXPECT_EQ(Shown(report_, Colleague()).secret().secret_location(), "");
  ExpectReplayable();
}

TEST_F(SecretCircle, GivesNoRightToTheCaseItself) {  // P.06
  SetCircle(report_, Noor(), {kTable});
  EXPECT_EQ(Why(Show(report_, Seated())), kNotFound);
  TakeSeat(report_, kTable);
  const v1::ReportShown shown = Shown(report_, Seated());
  EXPECT_EQ(shown.secret().secret_location(), "Opvang De Haven");
  EXPECT_FALSE(shown.secret().has_hidden_reporter());  // Only for the organisation that took it.
}

TEST_F(SecretCircle, IsChangedByThoseInIt) {  // P.06
  EXPECT_EQ(Why(SetCircle(report_, Colleague(), {kColleague})), "REFUSED not_in_circle");
  SetCircle(report_, Noor(), {kColleague});
  EXPECT_EQ(Why(SetCircle(report_, Colleague(), {kColleague, kStranger})), "OK");
  EXPECT_EQ(Why(SetCircle(report_, Noor(), {kNobody})), "INVALID unknown_professional persons[0]");
  const uint64_t before = head();
  EXPECT_EQ(Why(SetCircle(report_, Noor(), {kColleague, kStranger})), "OK");
  EXPECT_EQ(head(), before);
}

TEST_F(SecretCircle, HoldsAtMostFiftyOfAListThatItsOwnPeopleSend) {  // P.06
  const std::vector<std::string> fifty(50, kColleague);
  std::vector<std::string> more = fifty;
  more.push_back(kColleague);
  EXPECT_EQ(Why(SetCircle(report_, Noor(), more)), "INVALID too_many_ids persons");
  EXPECT_EQ(Why(SetCircle(report_, Stranger(), more)), kNotFound);
  EXPECT_EQ(Why(SetCircle(report_, Colleague(), more)), "REFUSED not_in_circle");
  EXPECT_EQ(Why(SetCircle(report_, Noor(), fifty)), "OK");
}

TEST_F(SecretCircle, StaysOutOfEveryOtherAnswer) {  // invariant 12
  TakeSeat(report_, kTable);
  std::string heard;
  for (const Caller& caller : {Noor(), Colleague(), Seated()}) {
    for (int kind = 0; kind < 4; ++kind) {
      v1::Request request;
      if (kind == 0) request.mutable_list_reports();
      if (kind == 1) request.mutable_list_queue();
      if (kind == 2) request.mutable_show_mine();
      if (kind == 3) request.mutable_claim_report()->set_report(report_);
      heard += bench_.Ask(caller, request).response;
    }
  }
  for (const char* secret : {"De Haven", "Meester Jansen", "Zonnestraal"}) {
    EXPECT_EQ(heard.find(secret), std::string::npos) << secret;
    EXPECT_FALSE(bench_.IsReadable(secret)) << secret;
  }
}

class Explained : public OneCase {
 protected:
  Decided Explain(const Caller& by, const std::string& who, const std::string& what,
                  const std::string& report) {
    v1::Request request;
    request.mutable_explain_access()->set_who(who);
    request.mutable_explain_access()->set_what(what);
    request.mutable_explain_access()->set_report(report);
    return bench_.Ask(by, request);
  }
  v1::AccessExplained Why(const Caller& by, const std::string& who, const std::string& what) {
    const Decided decided = Explain(by, who, what, received_.case_number());
    EXPECT_EQ(Desk::Why(decided), "OK");
    return Of(decided).access_explained();
  }
};

TEST_F(Explained, SaysByWhatRightOneReads) {
  const v1::AccessExplained mine = Why(Noor(), "", "show_report");
  EXPECT_TRUE(mine.allowed());
  EXPECT_TRUE(mine.registered());
  EXPECT_TRUE(mine.role_fits());
  EXPECT_TRUE(mine.involved());
  EXPECT_TRUE(mine.secret_location());
  EXPECT_TRUE(mine.hidden_reporter());
  EXPECT_EQ(mine.organisation(), kDesk);
  EXPECT_EQ(mine.employer(), kDesk);
  EXPECT_THAT(mine.roles(), ElementsAre("desk_worker"));
  EXPECT_THAT(mine.roles_needed(), ElementsAre("desk_worker", "table_member", "duty_manager"));
  EXPECT_THAT(mine.purposes(), ElementsAre("child_safety"));
  EXPECT_EQ(mine.involvements_size(), 3);  // Sender, owner, desk.
}

TEST_F(Explained, SaysWhatIsMissing) {
  const v1::AccessExplained stranger = Why(Auditor(), kStranger, "show_report");
  EXPECT_FALSE(stranger.allowed());
  EXPECT_TRUE(stranger.role_fits());
  EXPECT_FALSE(stranger.involved());
  EXPECT_THAT(stranger.involvements(), IsEmpty());
  const v1::AccessExplained auditor = Why(Auditor(), "", "show_report");
  EXPECT_FALSE(auditor.role_fits());
  const v1::AccessExplained nobody = Why(Officer(), kNobody, "show_report");
  EXPECT_FALSE(nobody.registered());
  EXPECT_FALSE(nobody.allowed());
  EXPECT_TRUE(Why(Auditor(), kStranger, "break_glass").allowed());
  EXPECT_FALSE(Why(Auditor(), kStranger, "claim_report").allowed());
  EXPECT_FALSE(Why(Auditor(), kNoor, "deadline_passed").allowed());
}

TEST_F(Explained, NamesRightsGivenForAnOrganisationThatThePersonLeft) {  // P.05
  TakeSeat(report_, kTable, support::By(kTable, kThirdDesk));
  const v1::AccessExplained left = Why(Auditor(), kTable, "show_report");
  EXPECT_FALSE(left.involved());
  ASSERT_EQ(left.involvements_size(), 1);
  EXPECT_EQ(left.involvements(0).organisation(), kThirdDesk);
}

TEST_F(Explained, LeavesAMarkWhenAnOverseerAsks) {
  const std::string household = Shown(report_, Noor()).household();
  for (const Caller& overseer : {Auditor(), Officer()}) {
    const uint64_t before = head();
    Why(overseer, kNoor, "show_report");
    ASSERT_EQ(head(), before + 1) << overseer.principal;
    EXPECT_EQ(bench_.Last()->header.events(0).stream(), household);
    v1::Event event;
    ASSERT_TRUE(event.ParseFromString(bench_.Last()->header.events(0).payload()));
    EXPECT_EQ(event.report_accessed().reader(), overseer.principal);
    EXPECT_EQ(event.report_accessed().purpose(), overseer.purpose);
    EXPECT_THAT(event.report_accessed().shown(), IsEmpty());
    bench_.now += std::chrono::minutes(10) - base::milliseconds(1);
    Why(overseer, kStranger, "show_report");
    EXPECT_EQ(head(), before + 1);
    bench_.now += base::milliseconds(1);
    Why(overseer, kNobody, "show_report");  // Also about whoever is not registered.
    EXPECT_EQ(head(), before + 2);
  }
  const uint64_t before = head();
  Why(Noor(), "", "show_report");  // About oneself, in a case one may know of.
  EXPECT_EQ(head(), before);
  ExpectReplayable();
}

TEST_F(Explained, IsForPrivacyOfficersOfTheKeeperAlone) {  // invariant 10
  const Caller elsewhere = Officer(kElsewhere, kOtherDesk);
  EXPECT_EQ(Desk::Why(Explain(elsewhere, kStranger, "show_report", report_)), kNotFound);
  EXPECT_EQ(bench_.Last()->header.outcome(), common::v1::STATUS_DENIED);
  EXPECT_EQ(bench_.Last()->header.subject(), report_);
  EXPECT_EQ(Desk::Why(Explain(elsewhere, "", "no_such_kind", report_)), kNotFound);
  TakeSeat(report_, kElsewhere);  // Of a case they know they may ask about themselves.
  EXPECT_EQ(Desk::Why(Explain(elsewhere, "", "show_report", report_)), "OK");
  EXPECT_EQ(Desk::Why(Explain(elsewhere, kNoor, "show_report", report_)), kNotFound);
}

TEST_F(Explained, NamesRightsThatHaveEnded) {
  Break(report_, Stranger(), "Kort");
  bench_.now += std::chrono::hours(2);
  const v1::AccessExplained ended = Why(Auditor(), kStranger, "show_report");
  EXPECT_FALSE(ended.involved());
  ASSERT_EQ(ended.involvements_size(), 1);
  EXPECT_EQ(ended.involvements(0).kind(), common::v1::INVOLVEMENT_KIND_BREAK_GLASS);
}

TEST_F(Explained, TellsOthersNothing) {
  for (const std::string& report : {report_, std::string("rpt_00000000000000000000000000")}) {
    for (const char* who : {"", kStranger, kNoor}) {
      EXPECT_EQ(Desk::Why(Explain(Stranger(), who, "show_report", report)), kNotFound);
      EXPECT_EQ(Desk::Why(Explain(Stranger(), who, "no_such_kind", report)), kNotFound);
    }
  }
  EXPECT_EQ(Desk::Why(Explain(Noor(), kColleague, "show_report", report_)), kNotFound);
  EXPECT_EQ(Desk::Why(Explain(Auditor(), kNoor, "show_report", "")), kNotFound);
  EXPECT_EQ(Desk::Why(Explain(Noor(), "", "no_such_kind", report_)), "INVALID unknown_kind what");
}

}  // namespace
}  // namespace samenspel::intake
