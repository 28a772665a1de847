// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ReportShow : public testing::Test {
 protected:
  ReportShow() {
    shown.set_report(kDailyReport);
    shown.set_case_number(kDailyCase);
    shown.set_received_at_ms(NowMs() - 5 * kMinuteMs);
    shown.mutable_grade()->set_colour(intake::v1::COLOUR_RED);
    shown.mutable_ownership()->set_owner(kColleague);
    shown.mutable_terms()->set_first_step_due_ms(NowMs() + 5 * kMinuteMs);
    shown.mutable_terms()->set_settle_due_ms(NowMs() + 120 * kMinuteMs);
    shown.mutable_private_()->mutable_happening()->set_text("There was shouting.");
    shown.mutable_private_()->mutable_child_now()->set_unknown(true);
    shown.mutable_private_()->mutable_reporter()->set_unknown(true);
    shown.mutable_by_right_of()->set_kind(common::v1::INVOLVEMENT_KIND_SEAT);
    shown.set_version(6);
  }

  std::string Show(std::vector<std::string> more = {}) {
    intake::v1::Response response;
    *response.mutable_report_shown() = shown;
    Answering(world, response);
    more.insert(more.begin(), {"report", "show", kDailyCase});
    EXPECT_EQ(world.Run(more), 0) << world.err();
    return world.out();
  }

  FakeWorld world;
  intake::v1::ReportShown shown;
};

// P.01
TEST_F(ReportShow, SaysLoudlyThatNobodyHoldsTheChildAndWhatToType) {
  const std::string text = Show();
  EXPECT_THAT(text, AllOf(HasSubstr("NOBODY FOR THE CHILD YET"),
                          HasSubstr("Sat 21 Nov 20:50 (+01:00), 5 min left"),
                          HasSubstr("samenspel report hold 2026-004711-J --step")));
  EXPECT_LT(text.find("NOBODY FOR THE CHILD"), text.find("Meeting"));
  world.language = "nl";
  EXPECT_THAT(Show(), HasSubstr("NOG NIEMAND VOOR HET KIND"));
}

TEST_F(ReportShow, SaysToWhomItWasOffered) {
  shown.mutable_ownership()->set_offered_to(kPrincipal);
  EXPECT_THAT(Show(), HasSubstr("; you were asked to take it over"));
  world.language = "nl";
  EXPECT_THAT(Show(), HasSubstr("; u bent gevraagd het over te nemen"));
}

TEST_F(ReportShow, PutsTheFirstStepAboveTheMeeting) {
  shown.mutable_first_step()->set_step(intake::v1::FIRST_STEP_SAFE_PLACE);
  shown.mutable_first_step()->set_named_by(kColleague);
  shown.mutable_first_step()->set_named_at_ms(NowMs());
  shown.mutable_private_()->mutable_afterwards()->mutable_first_step()->set_who("Aunt Noor");
  shown.mutable_meeting()->set_mdo("mdo_00000000000000000000000008");
  shown.mutable_meeting()->set_starts_at_ms(NowMs() + 60 * kMinuteMs);
  shown.mutable_meeting()->set_ends_at_ms(NowMs() + 120 * kMinuteMs);
  const std::string text = Show();
  EXPECT_THAT(text, AllOf(HasSubstr("where it is safe: Aunt Noor"), HasSubstr(kColleague),
                          Not(HasSubstr("NOBODY FOR THE CHILD"))));
  EXPECT_LT(text.find("Aunt Noor"), text.find("mdo_"));
}

TEST_F(ReportShow, DoesNotAskForAFirstStepWhenThereIsNoRed) {
  shown.mutable_grade()->set_colour(intake::v1::COLOUR_AMBER);
  EXPECT_THAT(Show(), Not(HasSubstr("NOBODY FOR THE CHILD")));
}

TEST_F(ReportShow, SaysWhyTheReaderMayReadItAndWhichVersionItIs) {
  EXPECT_THAT(Show(), AllOf(HasSubstr("because you have a seat at the table"),
                            HasSubstr("Version       6"), HasSubstr(kColleague)));
  shown.mutable_by_right_of()->set_kind(common::v1::INVOLVEMENT_KIND_BREAK_GLASS);
  shown.mutable_by_right_of()->set_until_ms(NowMs() + 20 * kMinuteMs);
  EXPECT_THAT(Show(), AllOf(HasSubstr("opened the case in an emergency"),
                            HasSubstr("21:05 (+01:00), 20 min")));
}

// P.06
TEST_F(ReportShow, NamesWhomToCallForASecretThatIsWithheld) {
  shown.set_secret_withheld(true);
  shown.set_secret_ask(kColleague);
  EXPECT_THAT(Show(), HasSubstr(std::string("Telephone ") + kColleague));
  EXPECT_EQ(json::parse(Show({"--json"}))["secret_ask"], kColleague);
}

// P.06: a name alone cannot be called at night.
TEST_F(ReportShow, GivesTheNumberOfTheirOrganisation) {
  shown.set_secret_withheld(true);
  shown.set_secret_ask(kColleague);
  shown.set_organisation(kDesk);
  world.roster = {{kColleague, "Sanne Bloemgracht"}, {kDesk, "Veilig Thuis Maasveen"}};
  world.phones = {{kColleague, "0900-0001 (invented)"}, {kDesk, "0900-0001 (invented)"}};
  EXPECT_THAT(Show(), HasSubstr("Telephone 0900-0001 (invented), Veilig Thuis"));
  EXPECT_THAT(Show(), HasSubstr("and ask for Sanne Bloemgracht."));
  world.phones[kDesk] = "0900-0002 (invented)";  // They act for another one.
  EXPECT_THAT(Show(), AllOf(HasSubstr("Telephone 0900-0001 (invented), and ask for"),
                            Not(HasSubstr("Veilig Thuis"))));
}

TEST_F(ReportShow, SaysThatTheMeetingStartsAfterItsTerm) {
  shown.mutable_first_step()->set_step(intake::v1::FIRST_STEP_SAFE_PLACE);
  shown.mutable_meeting()->set_starts_at_ms(NowMs() + (120 + 11 * 60) * kMinuteMs);
  EXPECT_THAT(Show(), HasSubstr("■ starts 11 h after the term"));
  world.language = "nl";
  EXPECT_THAT(Show(), HasSubstr("■ begint 11 uur na de termijn"));
  shown.mutable_meeting()->set_starts_at_ms(NowMs() + 120 * kMinuteMs);
  EXPECT_THAT(Show(), Not(HasSubstr("na de termijn")));
}

TEST_F(ReportShow, ShowsHowItWasSettledAndWhatWasSaidAboutIt) {
  shown.set_outcome(intake::v1::OUTCOME_ADVICE);
  shown.set_settled_at_ms(NowMs() - kMinuteMs);
  shown.mutable_private_()->mutable_afterwards()->set_outcome_note("They manage.");
  shown.mutable_private_()->mutable_afterwards()->set_ownership_note("Please call.");
  EXPECT_THAT(Show(),
              AllOf(HasSubstr("advice was enough, Sat 21 Nov 20:44"), HasSubstr("They manage."),
                    HasSubstr("Please call."), Not(HasSubstr("Term "))));
}

// P.17
TEST_F(ReportShow, SaysThatAProvisionalColourWaitsForAPerson) {
  shown.set_provisional(true);
  shown.mutable_terms()->set_confirm_due_ms(NowMs() + 30 * kMinuteMs);
  EXPECT_THAT(Show(),
              AllOf(HasSubstr("samenspel report confirm 2026-004711-J"), HasSubstr("30 min left")));
  shown.mutable_grade()->set_colour(intake::v1::COLOUR_AMBER);
  shown.clear_terms();
  EXPECT_THAT(Show(), AllOf(HasSubstr("samenspel report confirm 2026-004711-J"),
                            Not(HasSubstr("by itself"))));
}

TEST_F(ReportShow, ShowsCountsAndTheNextQuestionOfItsGrade) {
  auto* domain = shown.mutable_grade()->add_domains();
  domain->set_domain("medical");
  domain->set_unknown(3);
  shown.mutable_grade()->mutable_next()->set_text_en("Is a doctor needed?");
  shown.mutable_grade()->mutable_next()->set_colour(intake::v1::COLOUR_RED);
  EXPECT_THAT(Show(), AllOf(HasSubstr("medical: 0 yes, 0 no, 3 unknown"),
                            HasSubstr("Is a doctor needed?")));
}

TEST_F(ReportShow, GivesProgramsAllOfIt) {
  shown.mutable_private_()->mutable_afterwards()->mutable_first_step()->set_note("n");
  const json object = json::parse(Show({"--json"}));
  EXPECT_EQ(object["version"], 6);
  EXPECT_EQ(object["owner"]["person"], kColleague);
  EXPECT_EQ(object["by_right_of"]["kind"], "seat");
  EXPECT_EQ(object["outcome"], nullptr);
  EXPECT_EQ(object["private"]["afterwards"]["first_step"]["note"], "n");
}

// Bytes that could steer the terminal never reach it.
TEST_F(ReportShow, ShowsNoControlCharactersOfWhatWasTold) {
  shown.mutable_private_()->mutable_happening()->set_text("a\x1b[2Jb");
  shown.mutable_private_()->mutable_afterwards()->mutable_first_step()->set_who("c\x07");
  shown.mutable_first_step()->set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
  shown.mutable_grade()->add_domains()->set_text_en("d\x1b]");
  EXPECT_EQ(Show().find_first_of("\x1b\x07"), std::string::npos);
}

TEST_F(ReportShow, IsNotFoundForWhoeverMayNotKnow) {
  Answering(world, common::v1::STATUS_NOT_FOUND, "not_found", "report");
  EXPECT_EQ(world.Run({"report", "show", kDailyCase}), 3);
  EXPECT_THAT(world.err(), HasSubstr("does not exist, or you may not know of it"));
}

}  // namespace
}  // namespace samenspel::cli
