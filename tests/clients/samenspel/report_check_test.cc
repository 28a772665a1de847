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
using testing::IsEmpty;
using testing::Not;

constexpr char kForm[] = R"({
  "answers": [{"indicator": "fresh_injury", "value": "ANSWER_VALUE_UNKNOWN"}],
  "private": {"happening": {"text": "CANARY"}, "address": "CANARY"},
  "secret": {"secret_location": "CANARY"}})";

// 003.12: the colour with its reasons, before anything is sent in.
class ReportCheck : public testing::Test {
 protected:
  ReportCheck() {
    EXPECT_TRUE(world.files->Replace("/form.json", kForm).ok());
    intake::v1::Response response;
    intake::v1::Grade& grade = *response.mutable_report_checked()->mutable_grade();
    grade.set_colour(intake::v1::COLOUR_AMBER);
    grade.add_fired()->set_text_en("It is not known whether there is an injury.");
    auto* domain = grade.add_domains();
    domain->set_text_en("Injury and abuse");
    domain->set_text_nl("Letsel en mishandeling");
    domain->set_yes(1);
    domain->set_unknown(2);
    grade.mutable_next()->set_indicator("fresh_injury");
    grade.mutable_next()->set_text_en("Is there a fresh injury?");
    grade.mutable_next()->set_text_nl("Is er vers letsel?");
    grade.mutable_next()->set_colour(intake::v1::COLOUR_RED);
    Answering(world, response);
  }
  FakeWorld world;
};

TEST_F(ReportCheck, ShowsColourReasonCountsAndTheBestNextQuestion) {
  EXPECT_EQ(world.Run({"report", "check", "/form.json"}), 0) << world.err();
  EXPECT_THAT(world.out(),
              AllOf(HasSubstr("▲ amber"), HasSubstr("It is not known whether there is an injury."),
                    HasSubstr("Injury and abuse: 1 yes, 0 no, 2 unknown"),
                    HasSubstr("Is there a fresh injury?"), HasSubstr("■ red"),
                    HasSubstr("Nothing was kept")));
  world.language = "nl";
  world.Run({"report", "check", "/form.json"});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("Letsel en mishandeling: 1 ja, 0 nee, 2 onbekend"),
                                 HasSubstr("Is er vers letsel?")));
}

TEST_F(ReportCheck, SendsTheAnswersAndNothingElse) {
  world.Run({"report", "check", "/form.json"});
  const intake::v1::Request request = IntakeRequest(world);
  EXPECT_EQ(request.check_report().answers(0).indicator(), "fresh_injury");
  EXPECT_THAT(world.sent.at(0).envelope.SerializeAsString(), Not(HasSubstr("CANARY")));
  EXPECT_THAT(world.Spooled(), IsEmpty());
}

TEST_F(ReportCheck, GivesProgramsTheCounts) {
  world.Run({"report", "check", "/form.json", "--json"});
  const json grade = json::parse(world.out())["grade"];
  EXPECT_EQ(grade["domains"][0]["unknown"], 2);
  EXPECT_EQ(grade["next"]["indicator"], "fresh_injury");
  EXPECT_EQ(json::parse(world.out())["kept"], false);
}

TEST_F(ReportCheck, SaysWhereTheFileIsWrong) {
  EXPECT_TRUE(world.files->Replace("/bad.json", "{\n\"answers\": [\n{\"value\": CANARY}]}").ok());
  EXPECT_EQ(world.Run({"report", "check", "/bad.json"}), 2);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("answers[0].value"), HasSubstr("(line 3)"),
                                 Not(HasSubstr("CANARY"))));
  EXPECT_EQ(world.Run({"report", "check", "/bad.json", "--json"}), 2);
  EXPECT_EQ(json::parse(world.out())["error"]["line"], 3);
  EXPECT_THAT(world.sent, IsEmpty());
  Answering(world, common::v1::STATUS_INVALID, "unknown_indicator", "answers[0].indicator");
  EXPECT_EQ(world.Run({"report", "check", "/form.json"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("answers[0].indicator: the crisismeter does not know"));
}

TEST_F(ReportCheck, FailsWhenIntakeIsAway) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(world.Run({"report", "check", "/form.json"}), 6);
}

TEST_F(ReportCheck, TheQuestionsInForceAreShownWithTheirVersion) {
  intake::v1::Response response;
  intake::v1::CrisismeterShown& shown = *response.mutable_crisismeter_shown();
  shown.set_version("2026-11.2");
  shown.set_adopted_on("2026-11-21");
  shown.set_adopted_by("Demo region");
  auto* asked = shown.add_indicators();
  asked->set_indicator("fresh_injury");
  asked->set_domain("physical_injury");
  asked->set_text_en("Is there a fresh injury?");
  asked->set_help_en("Bruises count too.");
  asked->set_direct(true);
  Answering(world, response);
  EXPECT_EQ(world.Run({"report", "crisismeter"}), 0);
  EXPECT_THAT(world.out(),
              AllOf(HasSubstr("2026-11.2"), HasSubstr("physical_injury\n"),
                    HasSubstr("fresh_injury  (direct danger)"),
                    HasSubstr("Is there a fresh injury?"), HasSubstr("Bruises count too.")));
}

TEST_F(ReportCheck, ShowsTheQuestionsUnderTheNamesOfTheirDomainsEachOnce) {
  intake::v1::Response questions;
  intake::v1::CrisismeterShown& shown = *questions.mutable_crisismeter_shown();
  for (const std::string domain : {"injury", "care", "injury"}) {
    auto* asked = shown.add_indicators();
    asked->set_domain(domain);
    asked->set_indicator(domain + std::to_string(shown.indicators_size()));
    asked->set_text_nl("Vraag?");
  }
  intake::v1::Response names;
  for (const std::string domain : {"care", "injury"}) {  // As the rule file has them.
    auto* one = names.mutable_report_checked()->mutable_grade()->add_domains();
    one->set_domain(domain);
    one->set_text_nl("De naam van " + domain);
  }
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    intake::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(envelope.request()));
    EXPECT_TRUE(request.check_report().answers().empty());
    return FakeWorld::Answer(ReplyWith(request.has_check_report() ? names : questions));
  };
  world.language = "nl";
  EXPECT_EQ(world.Run({"report", "crisismeter"}), 0);
  const std::string text = world.out();
  const size_t injury = text.find("De naam van injury\n");
  EXPECT_LT(text.find("De naam van care\n"), injury);
  EXPECT_LT(injury, text.find("injury1"));
  EXPECT_LT(text.find("injury1"), text.find("injury3"));
  EXPECT_EQ(text.find("De naam van injury", injury + 1), std::string::npos);
}

}  // namespace
}  // namespace samenspel::cli
