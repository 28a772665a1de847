// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/intake/domain/decider.h"
#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const base::Instant kNow = At("2026-11-21T09:30:00");

Facts Stored(const v1::SubmitReport& form) { return intake::Stored(form, kNow); }

v1::SubmitReport SecretForm() {
  v1::SubmitReport form = QuietForm();
  form.mutable_secret()->set_secret_location("Opvang De Haven");
  form.mutable_secret()->mutable_hidden_reporter()->set_name("Meester Jansen");
  return form;
}

Accepted Shown(const Facts& facts, const Stamp& reader) {
  const Decision decision = DecideShowReport(facts, reader);
  EXPECT_THAT(Why(decision), IsEmpty());
  return std::holds_alternative<Accepted>(decision) ? std::get<Accepted>(decision) : Accepted{};
}

TEST(ShowReport, ShowsAllOfItToTheSender) {  // P.06
  const Accepted accepted = Shown(Stored(SecretForm()), By(kNoor, kDesk, kNow));
  const v1::ReportShown& shown = accepted.response.report_shown();
  EXPECT_EQ(shown.private_().happening().text(), "Geschreeuw achter de deur");
  EXPECT_EQ(shown.secret().secret_location(), "Opvang De Haven");
  EXPECT_EQ(shown.secret().hidden_reporter().name(), "Meester Jansen");
  EXPECT_FALSE(shown.secret_withheld());
  EXPECT_EQ(shown.grade().colour(), v1::COLOUR_GREEN);
  EXPECT_THAT(shown.answers(), SizeIs(3));
  EXPECT_FALSE(shown.has_meeting());
}

TEST(ShowReport, NamesTheDomainsAsTheFileInForceDoes) {
  Crisismeter rules = Rules();
  rules.domains = {{"home", "Thuis", "At home"}};
  Facts facts = Stored(QuietForm());
  facts.crisismeter = &rules;
  auto& grade = *facts.report->mutable_grade();
  grade.add_domains()->set_domain("home");
  grade.add_domains()->set_domain("gone");
  grade.mutable_domains(1)->set_text_en("Of before");  // As the first release kept it.
  const Accepted accepted = Shown(facts, By(kNoor, kDesk, kNow));
  const v1::Grade& shown = accepted.response.report_shown().grade();
  EXPECT_EQ(shown.domains(0).text_nl(), "Thuis");
  EXPECT_EQ(shown.domains(0).text_en(), "At home");
  EXPECT_EQ(shown.domains(1).text_en(), "Of before");
}

TEST(ShowReport, KeepsTheSecretLocationFromColleaguesOfTheDesk) {  // P.06, invariant 12
  const Accepted accepted = Shown(Stored(SecretForm()), By(kColleague, kDesk, kNow));
  const v1::ReportShown& shown = accepted.response.report_shown();
  EXPECT_EQ(shown.secret().secret_location(), "");
  EXPECT_EQ(shown.secret().hidden_reporter().name(), "Meester Jansen");
  EXPECT_TRUE(shown.secret_withheld());
  EXPECT_EQ(accepted.response.SerializeAsString().find("De Haven"), std::string::npos);
}

TEST(ShowReport, IsNotFoundForASenderWhoNowActsForAnother) {  // P.05
  const Decision decision = DecideShowReport(Stored(SecretForm()), By(kNoor, kOtherDesk, kNow));
  EXPECT_THAT(Why(decision), ElementsAre("not_found report"));
}

TEST(ShowReport, KeepsTheHiddenReporterFromAnotherOrganisation) {  // P.06
  Facts facts = Stored(SecretForm());
  auto& seat = *facts.kase.mutable_list()->add_involvements();
  seat.set_kind(common::v1::INVOLVEMENT_KIND_SEAT);
  seat.set_person(kStranger);
  seat.set_organisation(kOtherDesk);
  facts.report->add_secret_circle(kStranger);
  const Accepted accepted = Shown(facts, By(kStranger, kOtherDesk, kNow));
  const v1::ReportShown& shown = accepted.response.report_shown();
  EXPECT_EQ(shown.secret().secret_location(), "Opvang De Haven");
  EXPECT_FALSE(shown.secret().has_hidden_reporter());
  EXPECT_TRUE(shown.secret_withheld());
}

TEST(ShowReport, SpeaksOfNoSecretWhereThereIsNone) {
  for (const Stamp& reader : {By(kNoor, kDesk, kNow), By(kColleague, kDesk, kNow)}) {
    const Accepted accepted = Shown(Stored(QuietForm()), reader);
    EXPECT_FALSE(accepted.response.report_shown().has_secret());
    EXPECT_FALSE(accepted.response.report_shown().secret_withheld());
  }
}

TEST(ShowReport, WithholdsNothingFromAColleagueWhenOnlyTheReporterIsHidden) {
  v1::SubmitReport form = QuietForm();
  form.mutable_secret()->mutable_hidden_reporter()->set_name("Meester Jansen");
  const Accepted accepted = Shown(Stored(form), By(kColleague, kDesk, kNow));
  EXPECT_TRUE(accepted.response.report_shown().has_secret());
  EXPECT_FALSE(accepted.response.report_shown().secret_withheld());
}

TEST(ShowReport, ShowsTheClearPartOfAnErasedReport) {
  Facts facts = Stored(SecretForm());
  facts.sealed.reset();
  const Accepted accepted = Shown(facts, By(kNoor, kDesk, kNow));
  EXPECT_FALSE(accepted.response.report_shown().has_private_());
  EXPECT_EQ(accepted.response.report_shown().case_number(), facts.report->case_number());
  EXPECT_THAT(accepted.events.at(0).event.report_accessed().shown(), IsEmpty());
}

TEST(ShowReport, IsNotFoundForWhoMayNotKnowOfIt) {  // invariant 10
  const Decision hidden = DecideShowReport(Stored(SecretForm()), By(kStranger, kOtherDesk, kNow));
  const Decision absent = DecideShowReport(Facts(), By(kStranger, kOtherDesk, kNow));
  ASSERT_TRUE(std::holds_alternative<Refusal>(hidden));
  ASSERT_TRUE(std::holds_alternative<Refusal>(absent));
  EXPECT_TRUE(std::get<Refusal>(hidden).hidden);
  EXPECT_FALSE(std::get<Refusal>(absent).hidden);
  // What the stranger hears is the same.
  EXPECT_EQ(Why(hidden), Why(absent));
  EXPECT_THAT(Why(hidden), ElementsAre("not_found report"));
  EXPECT_EQ(std::get<Refusal>(hidden).status, common::v1::STATUS_NOT_FOUND);
  EXPECT_EQ(std::get<Refusal>(absent).status, common::v1::STATUS_NOT_FOUND);
}

TEST(AccessMark, NamesReaderPurposeMomentAndWhatWasShown) {
  Facts facts = Stored(SecretForm());
  facts.kase.mutable_list()->set_version(7);
  const Accepted accepted = Shown(facts, By(kColleague, kDesk, kNow));
  ASSERT_THAT(accepted.events, SizeIs(1));
  const Happened& happened = accepted.events[0];
  EXPECT_EQ(happened.stream, facts.report->household());
  EXPECT_EQ(happened.version, 8u);
  EXPECT_EQ(happened.keeper, kDesk);
  const v1::ReportAccessed& mark = happened.event.report_accessed();
  EXPECT_EQ(mark.report(), facts.report->report());
  EXPECT_EQ(mark.household(), facts.report->household());
  EXPECT_EQ(mark.reader(), kColleague);
  EXPECT_EQ(mark.purpose(), "child_safety");
  EXPECT_EQ(mark.at_ms(), base::ToMs(kNow));
  EXPECT_THAT(mark.shown(), ElementsAre("private", "secret"));
}

TEST(AccessMark, NamesNoSecretThatWasNotShown) {
  v1::SubmitReport form = QuietForm();
  form.mutable_secret()->set_secret_location("Opvang De Haven");
  for (const Facts& facts : {Stored(form), Stored(QuietForm())}) {
    const Accepted accepted = Shown(facts, By(kColleague, kDesk, kNow));
    EXPECT_THAT(accepted.events.at(0).event.report_accessed().shown(), ElementsAre("private"));
  }
}

TEST(AccessMark, HoldsForTenMinutes) {
  Facts facts = Stored(QuietForm());
  Remember(facts, Shown(facts, By(kNoor, kDesk, kNow)).events);
  const base::Instant last = kNow + minutes(10) - milliseconds(1);
  EXPECT_THAT(Shown(facts, By(kNoor, kDesk, last)).events, IsEmpty());
  EXPECT_THAT(Shown(facts, By(kNoor, kDesk, kNow + minutes(10))).events, SizeIs(1));
}

TEST(AccessMark, FromAMomentStillToComeCoversNothing) {  // The clock was set back.
  Facts facts = Stored(QuietForm());
  Remember(facts, Shown(facts, By(kNoor, kDesk, kNow)).events);
  EXPECT_THAT(Shown(facts, By(kNoor, kDesk, kNow - milliseconds(1))).events, SizeIs(1));
}

TEST(AccessMark, IsOnePerReaderAndPurpose) {
  Facts facts = Stored(QuietForm());
  Remember(facts, Shown(facts, By(kNoor, kDesk, kNow)).events);
  EXPECT_THAT(Shown(facts, By(kColleague, kDesk, kNow)).events, SizeIs(1));
  Stamp other = By(kNoor, kDesk, kNow);
  other.purpose = "audit";
  EXPECT_THAT(Shown(facts, other).events, SizeIs(1));
  EXPECT_THAT(Shown(facts, By(kNoor, kDesk, kNow)).events, IsEmpty());
}

meeting::v1::Mdo Meeting(int64_t starts_at_ms) {
  meeting::v1::Mdo mdo;
  mdo.set_mdo("mdo_00000000000000000000000001");
  mdo.set_starts_at_ms(starts_at_ms);
  mdo.set_ends_at_ms(starts_at_ms == 0 ? 0 : starts_at_ms + 1);
  return mdo;
}

TEST(NoteMeeting, NotesTheMeetingOnTheReport) {
  const Facts facts = Stored(QuietForm());
  const auto noted = NoteMeeting(facts, Meeting(1000));
  ASSERT_THAT(noted, SizeIs(1));
  EXPECT_EQ(noted[0].stream, facts.report->report());
  EXPECT_EQ(noted[0].version, facts.report->version() + 1);
  EXPECT_EQ(noted[0].keeper, kDesk);
  const v1::MeetingNoted& event = noted[0].event.meeting_noted();
  EXPECT_EQ(event.report(), facts.report->report());
  EXPECT_EQ(event.meeting().mdo(), Meeting(1000).mdo());
  EXPECT_EQ(event.meeting().starts_at_ms(), 1000);
  EXPECT_EQ(event.meeting().ends_at_ms(), 1001);
}

TEST(NoteMeeting, SaysNothingTwiceAndEachChangeOnce) {
  Facts facts = Stored(QuietForm());
  for (const int64_t start : {0, 1000, 2000}) {
    const auto noted = NoteMeeting(facts, Meeting(start));
    ASSERT_THAT(noted, SizeIs(1)) << start;
    *facts.report->mutable_meeting() = noted[0].event.meeting_noted().meeting();
    EXPECT_THAT(NoteMeeting(facts, Meeting(start)), IsEmpty());
  }
}

TEST(NoteMeeting, PassesOverAMeetingOfAnUnknownReport) {
  EXPECT_THAT(NoteMeeting(Facts(), Meeting(1000)), IsEmpty());
}

}  // namespace
}  // namespace samenspel::intake
