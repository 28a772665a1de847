// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kOpening[] = "brk_00000000000000000000000009";

// P.06, P.73: break-glass needs a reason, ends by itself and is reviewed; the user hears all that
// before it happens.
class ReportOpen : public testing::Test {
 protected:
  ReportOpen() {
    intake::v1::Response response;
    intake::v1::GlassOpened& opened = *response.mutable_glass_opened();
    opened.set_report(kDailyReport);
    opened.set_case_number(kDailyCase);
    opened.set_opening(kOpening);
    opened.set_until_ms(NowMs() + 60 * kMinuteMs);
    opened.set_review_due_ms(NowMs() + 72 * 60 * kMinuteMs);
    Answering(world, response);
    EXPECT_TRUE(world.files->Replace("/reason", "CANARY: both parents cannot be reached\n").ok());
  }
  int Open(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"report", "open", kDailyCase});
    return world.Run(more);
  }
  FakeWorld world;
};

TEST_F(ReportOpen, SaysWhatWillHappenAndAsksReasonAndYes) {
  world.in_is_terminal = true;
  world.Type("Nobody of the desk answers.\nyes\n");
  EXPECT_EQ(Open(), 0) << world.err();
  EXPECT_THAT(world.err(), AllOf(HasSubstr("your reason are recorded"), HasSubstr("limited time"),
                                 HasSubstr("privacy officer"), HasSubstr("Type yes")));
  EXPECT_EQ(IntakeRequest(world).break_glass().private_().reason(), "Nobody of the desk answers.");
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kOpening), HasSubstr("60 min left"),
                                 HasSubstr("3 days left"), HasSubstr("samenspel report show")));
}

TEST_F(ReportOpen, OpensNothingWithoutAPlainYes) {
  world.in_is_terminal = true;
  for (const char* answer : {"", "no", "y", "yes please"}) {
    world.Type("Nobody answers.\n" + std::string(answer) + "\n");
    EXPECT_EQ(Open(), 1) << answer;
    EXPECT_THAT(world.err(), HasSubstr("Nothing was opened"));
  }
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportOpen, TakesADutchYes) {
  world.in_is_terminal = true;
  world.language = "nl";
  world.Type("Niemand neemt op.\nja\n");
  EXPECT_EQ(Open(), 0);
}

TEST_F(ReportOpen, OpensNothingWithoutAReason) {
  world.in_is_terminal = true;
  world.Type("\nyes\n");
  EXPECT_EQ(Open(), 2);
  world.in_is_terminal = false;
  EXPECT_EQ(Open({"--yes"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--reason-file"));
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportOpen, IsForScriptsOnlyWithYes) {
  EXPECT_EQ(Open({"--reason-file", "/reason"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--yes"));
  EXPECT_THAT(world.sent, IsEmpty());
  EXPECT_EQ(Open({"--reason-file", "/reason", "--yes", "--json"}), 0);
  EXPECT_EQ(json::parse(world.out())["until"], "2026-11-21T21:45:00.000+01:00");
  EXPECT_THAT(world.out() + world.err(), Not(HasSubstr("CANARY")));
  world.Type("From standard input.");
  EXPECT_EQ(Open({"--reason-file", "-", "--yes"}), 0);
  EXPECT_EQ(IntakeRequest(world, 1).break_glass().private_().reason(), "From standard input.");
}

TEST_F(ReportOpen, SaysThatItIsNotNeeded) {
  Answering(world, common::v1::STATUS_REFUSED, "already_involved");
  EXPECT_EQ(Open({"--reason-file", "/reason", "--yes"}), 1);
  EXPECT_THAT(world.err(), HasSubstr("you may read this case already"));
}

TEST_F(ReportOpen, IsReviewedAsRightOrNotRight) {
  world.Type("Rightly done.");
  EXPECT_EQ(world.Run({"review", kOpening, "--justified", "--note-file", "-"}), 0) << world.err();
  EXPECT_TRUE(IntakeRequest(world).review_opening().justified());
  EXPECT_EQ(IntakeRequest(world).review_opening().private_().note(), "Rightly done.");
  EXPECT_THAT(world.out(), HasSubstr("it was right"));
  EXPECT_EQ(world.Run({"review", kOpening, "--not-justified"}), 0);
  EXPECT_FALSE(IntakeRequest(world, 1).review_opening().justified());
}

TEST_F(ReportOpen, IsNotReviewedByHalf) {
  EXPECT_EQ(world.Run({"review", kOpening}), 2);
  EXPECT_EQ(world.Run({"review", kOpening, "--justified", "--not-justified"}), 2);
  EXPECT_EQ(world.Run({"review"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportOpen, WaitsInTheListOfReviewsWithItsReason) {
  intake::v1::Response response;
  intake::v1::OpeningLine& line = *response.mutable_mine_shown()->add_reviews();
  line.set_opening(kOpening);
  line.set_case_number(kDailyCase);
  line.set_reader(kColleague);
  line.set_review_due_ms(NowMs() - 2 * 60 * kMinuteMs);
  line.mutable_private_()->set_reason("Nobody answers.");
  Answering(world, response);
  EXPECT_EQ(world.Run({"review", "list"}), 0);
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kOpening), HasSubstr("Nobody answers."),
                                 HasSubstr(kColleague), HasSubstr("2 h over")));
  intake::v1::Response none;
  none.mutable_mine_shown();
  Answering(world, none);
  world.Run({"review", "list"});
  EXPECT_EQ(world.out(), "There is nothing to review.\n");
}

// P.06: the circle replaces the former one; nobody named leaves the sender alone in it.
TEST_F(ReportOpen, TheSecretCircleIsWhoIsNamed) {
  intake::v1::Response response;
  response.mutable_report_changed()->set_case_number(kDailyCase);
  Answering(world, response);
  EXPECT_EQ(world.Run({"report", "circle", kDailyCase, kColleague, "me", "--version", "2"}), 0);
  EXPECT_THAT(IntakeRequest(world).set_secret_circle().persons(),
              ElementsAre(kColleague, kPrincipal));
  EXPECT_EQ(world.sent[0].envelope.expected_version(), 2U);
  EXPECT_EQ(world.Run({"report", "circle", kDailyCase}), 0);
  EXPECT_THAT(IntakeRequest(world, 1).set_secret_circle().persons(), IsEmpty());
  EXPECT_THAT(world.out(), HasSubstr("seen by the sender. By nobody else."));
  Answering(world, common::v1::STATUS_INVALID, "unknown_professional", "persons[0]");
  EXPECT_EQ(world.Run({"report", "circle", kDailyCase, kColleague}), 2);
  EXPECT_THAT(world.err(), HasSubstr("persons[0]: this professional is not known"));
}

TEST_F(ReportOpen, AProvisionalColourIsConfirmed) {
  intake::v1::Response response;
  response.mutable_report_changed()->set_case_number(kDailyCase);
  Answering(world, response);
  EXPECT_EQ(world.Run({"report", "confirm", kDailyCase}), 0);
  EXPECT_EQ(IntakeRequest(world, 1).confirm_grade().report(), kDailyCase);
  EXPECT_THAT(world.out(), HasSubstr("The colour is confirmed"));
}

// Intake with one report in its lists, whose colour is confirmed.
void Confirming(FakeWorld& world, const intake::v1::ReportLine& line) {
  intake::v1::Response listed;
  *listed.mutable_reports_listed()->add_lines() = line;
  intake::v1::Response changed;
  changed.mutable_report_changed()->set_case_number(kDailyCase);
  world.answer = [=](const std::string&, const common::v1::Envelope& envelope) {
    intake::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(envelope.request()));
    return FakeWorld::Answer(ReplyWith(request.has_list_reports() ? listed : changed));
  };
}

// P.17: what the confirmation came to, not what it might have.
TEST_F(ReportOpen, AConfirmationSaysWhatHolds) {
  auto line = RedLine();
  line.set_provisional(true);
  Confirming(world, line);
  EXPECT_EQ(world.Run({"report", "confirm", kDailyCase}), 0);
  EXPECT_THAT(world.out(), HasSubstr("■ red. The meeting is planned now."));
  line.set_colour(intake::v1::COLOUR_AMBER);
  Confirming(world, line);
  EXPECT_EQ(world.Run({"report", "confirm", kDailyCase}), 0);
  EXPECT_THAT(world.out(), HasSubstr("▲ amber. No meeting is planned."));
  line.set_provisional(false);
  Confirming(world, line);
  EXPECT_EQ(world.Run({"report", "confirm", kDailyCase}), 0);
  EXPECT_THAT(world.out(), HasSubstr("confirmed already: ▲ amber. Nothing was changed."));
}

// P.06: who may see it now, by name; named by name too.
TEST_F(ReportOpen, TheSecretCircleIsToldByName) {
  intake::v1::Response response;
  response.mutable_report_changed()->set_case_number(kDailyCase);
  WithRoster(world, {InRoster(kColleague, "Zuzanna Terpstra")}, response);
  world.roster = {{kColleague, "Zuzanna Terpstra"}};
  EXPECT_EQ(world.Run({"report", "circle", kDailyCase, "zuzanna terpstra", "me"}), 0)
      << world.err();
  EXPECT_THAT(IntakeRequest(world).set_secret_circle().persons(),
              ElementsAre(kColleague, kPrincipal));
  EXPECT_THAT(world.out(), HasSubstr("by the sender and by you, Zuzanna Terpstra."));
  EXPECT_EQ(world.Run({"report", "circle", kDailyCase, "Nobody Knows"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("PERSON: nobody in the roster is called Nobody Knows"));
}

TEST_F(ReportOpen, RefusesAReasonThatNoServiceTakesBeforeItSendsAnything) {
  ASSERT_TRUE(world.files->Replace("/long", std::string(4001, 'x')).ok());
  EXPECT_EQ(Open({"--reason-file", "/long", "--yes"}), 2);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("--reason-file"), HasSubstr("4,000 characters")));
  ASSERT_TRUE(world.files->Replace("/long", "\xff\xfe").ok());
  EXPECT_EQ(Open({"--reason-file", "/long", "--yes"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--reason-file: this is not valid UTF-8"));
  EXPECT_THAT(world.sent, IsEmpty());
  std::string longest;
  for (int i = 0; i < 4000; ++i) longest += "é";
  ASSERT_TRUE(world.files->Replace("/long", longest).ok());
  EXPECT_EQ(Open({"--reason-file", "/long", "--yes"}), 0) << world.err();
}

// P.04: a letter that was misread must not look like a case that one may not know of.
TEST_F(ReportOpen, TellsAMisreadNumberFromACaseThatIsNotForYou) {
  const std::vector<std::vector<std::string>> all{
      {"report", "show"},
      {"report", "confirm"},
      {"report", "circle"},
      {"claim"},
      {"hand-back"},
      {"meeting", "show"},
      {"meeting", "accept"},
      {"alarm", "show"},
      {"alarm", "ack"},
      {"report", "open"},
      {"report", "hold", "--step", "112", "--who", "me"},
      {"queue", "settle", "--outcome", "advice"}};
  for (std::vector<std::string> command : all) {
    command.push_back("2026-004711-K");
    EXPECT_EQ(world.Run(command), 2) << command[0];
    EXPECT_THAT(world.err(), HasSubstr("the last letter does not belong to this number"));
    command.back() = "2026-4711";
    EXPECT_EQ(world.Run(command), 2) << command[0];
    EXPECT_THAT(world.err(), HasSubstr("2026-4711 is neither a case number"));
  }
  EXPECT_EQ(world.Run({"hand-over", "2026-004711-K", kColleague}), 2);
  EXPECT_EQ(world.Run({"review", "brk_9", "--justified"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("brk_... and 26 characters"));
  EXPECT_THAT(world.sent, IsEmpty());
}

}  // namespace
}  // namespace samenspel::cli
