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

// P.01: who secures the child is put down before any table meets.
class ReportHold : public testing::Test {
 protected:
  ReportHold() {
    intake::v1::Response response;
    intake::v1::ReportChanged& changed = *response.mutable_report_changed();
    changed.set_report(kDailyReport);
    changed.set_case_number(kDailyCase);
    changed.mutable_first_step()->set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
    changed.mutable_first_step()->set_professional(kPrincipal);
    changed.mutable_first_step()->set_named_by(kPrincipal);
    changed.mutable_first_step()->set_named_at_ms(NowMs());
    changed.set_version(4);
    Answering(world, response);
  }

  int Hold(std::vector<std::string> more) {
    more.insert(more.begin(), {"report", "hold", kDailyCase});
    return world.Run(more);
  }
  intake::v1::HoldReport Asked() { return IntakeRequest(world).hold_report(); }

  FakeWorld world;
};

TEST_F(ReportHold, NamesTheUserAndShowsHowItStands) {
  EXPECT_EQ(Hold({"--step", "crisis_team", "--who", "me"}), 0) << world.err();
  EXPECT_EQ(Asked().report(), kDailyCase);
  EXPECT_EQ(Asked().step(), intake::v1::FIRST_STEP_CRISIS_TEAM);
  EXPECT_EQ(Asked().professional(), kPrincipal);
  EXPECT_FALSE(Asked().has_private_());
  EXPECT_THAT(world.out(), AllOf(HasSubstr("First step"), HasSubstr("the crisis team goes there"),
                                 HasSubstr("you"), HasSubstr("Sat 21 Nov 20:45 (+01:00)"),
                                 HasSubstr("Version       4")));
}

TEST_F(ReportHold, TakesAColleagueByIdOrByName) {
  EXPECT_EQ(Hold({"--step", "hospital", "--who", kColleague}), 0);
  EXPECT_EQ(Asked().professional(), kColleague);
  world.sent.clear();
  EXPECT_EQ(Hold({"--step", "112", "--who", "Zuzanna Terpstra, crisis team"}), 0);
  EXPECT_EQ(Asked().step(), intake::v1::FIRST_STEP_EMERGENCY_SERVICES);
  EXPECT_EQ(Asked().private_().who(), "Zuzanna Terpstra, crisis team");
  EXPECT_EQ(Asked().professional(), "");
}

TEST_F(ReportHold, TakesAColleagueByANameThatOnePersonHas) {
  intake::v1::Response response;
  response.mutable_report_changed()->set_case_number(kDailyCase);
  WithRoster(world, {InRoster(kColleague, "Zuzanna Terpstra"), InRoster(kPrincipal, "Noor Yıldız")},
             response);
  EXPECT_EQ(Hold({"--step", "112", "--who", "Zuzanna Terpstra"}), 0) << world.err();
  EXPECT_EQ(Asked().professional(), kColleague);
  EXPECT_FALSE(Asked().has_private_());
}

TEST_F(ReportHold, AsksWhichOfTwoWithTheSameNameIsMeant) {
  const std::string other = "pro_0000000000000000000000000b";
  intake::v1::Response response;
  response.mutable_report_changed();
  WithRoster(world, {InRoster(kColleague, "Sanne Smit"), InRoster(other, "Sanne Smit")}, response);
  EXPECT_EQ(Hold({"--step", "112", "--who", "Sanne Smit"}), 2);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("--who: 2 in the roster"), HasSubstr(kColleague),
                                 HasSubstr("Sanne Smit, Veilig Thuis Maasveen"), HasSubstr(other)));
  EXPECT_THAT(world.SentTo("intake"), IsEmpty());
}

// A child does not wait for the roster, and a grandmother is nobody's colleague.
TEST_F(ReportHold, KeepsWordsWhereTheRosterIsAwayAndThoseOfStandardInput) {
  const common::v1::Reply reply = ReplyWith(intake::v1::Response());
  world.answer = [reply](const std::string& service, const common::v1::Envelope&) {
    return service == "meeting" ? FakeWorld::Answer(Away()) : FakeWorld::Answer(reply);
  };
  Hold({"--step", "112", "--who", "Zuzanna Terpstra"});
  EXPECT_EQ(Asked().private_().who(), "Zuzanna Terpstra");
  world.sent.clear();
  WithRoster(world, {InRoster(kColleague, "Zuzanna Terpstra")}, intake::v1::Response());
  world.Type("Zuzanna Terpstra\n");
  Hold({"--step", "home", "--who", "-"});
  EXPECT_EQ(Asked().private_().who(), "Zuzanna Terpstra");
  EXPECT_EQ(Asked().professional(), "");
}

TEST_F(ReportHold, DoesNotTakeAMistypedIdForAName) {
  EXPECT_EQ(Hold({"--step", "112", "--who", "pro_00000000000000000000000a"}), 2);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("--who: pro_00000000000000000000000a is no id"),
                                 HasSubstr("roster show --ids")));
  EXPECT_EQ(Hold({"--step", "112", "--who", std::string(201, 'x')}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--who: at most 200 characters"));
  EXPECT_THAT(world.sent, IsEmpty());
  EXPECT_EQ(Hold({"--step", "112", "--who", std::string(200, 'x')}), 0);
}

TEST_F(ReportHold, SaysOnceMoreWhoAndWhat) {
  EXPECT_EQ(Hold({"--step", "crisis_team", "--who", "Zuzanna Terpstra, crisis team"}), 0);
  EXPECT_THAT(world.out(),
              AllOf(HasSubstr("Who keeps the child safe: Zuzanna Terpstra, crisis team."),
                    HasSubstr("the crisis team goes there")));
}

TEST_F(ReportHold, RefusesANoteOfMegabytesBeforeItSendsAnything) {
  ASSERT_TRUE(world.files->Replace("/note", std::string(5'000'000, 'x')).ok());
  EXPECT_EQ(Hold({"--step", "112", "--who", "me", "--note-file", "/note"}), 2);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("--note-file"), HasSubstr("16 KiB")));
  world.Type(std::string(16 * 1024 + 1, 'x'));
  EXPECT_EQ(Hold({"--step", "112", "--who", "me", "--note-file", "-"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
  world.Type(std::string(16 * 1024, 'x') + "\n");
  EXPECT_EQ(Hold({"--step", "112", "--who", "me", "--note-file", "-"}), 0) << world.err();
}

TEST_F(ReportHold, ReadsNameAndNoteFromStandardInput) {
  world.Type("CANARY grandmother\nShe sleeps there.\n");
  EXPECT_EQ(Hold({"--step", "home", "--who", "-", "--note-file", "-"}), 0);
  EXPECT_EQ(Asked().private_().who(), "CANARY grandmother");
  EXPECT_EQ(Asked().private_().note(), "She sleeps there.");
  EXPECT_THAT(world.out() + world.err(), Not(HasSubstr("CANARY")));
}

TEST_F(ReportHold, AsksAtTheTerminalWhoItIs) {
  world.in_is_terminal = true;
  world.Type("me\n");
  EXPECT_EQ(Hold({"--step", "safe_place"}), 0);
  EXPECT_THAT(world.err(), HasSubstr("Who keeps the child safe now"));
  EXPECT_EQ(Asked().professional(), kPrincipal);
}

TEST_F(ReportHold, AsksWhyNoStepIsNeeded) {
  world.in_is_terminal = true;
  world.Type("The child is in hospital with both grandparents.\n");
  EXPECT_EQ(Hold({"--step", "none"}), 0);
  EXPECT_THAT(world.err(), HasSubstr("Why is no first step needed?"));
  EXPECT_EQ(Asked().private_().note(), "The child is in hospital with both grandparents.");
}

TEST_F(ReportHold, SendsNothingWithoutAName) {
  EXPECT_EQ(Hold({"--step", "crisis_team"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--who me"));
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportHold, SendsNothingWithoutAReasonForNone) {
  EXPECT_EQ(Hold({"--step", "none"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--note-file"));
  world.in_is_terminal = true;
  world.Type("\n");
  EXPECT_EQ(Hold({"--step", "none"}), 2);
  EXPECT_EQ(Hold({"--step", "none", "--note-file", "/not/there"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportHold, RefusesAStepThatDoesNotExist) {
  EXPECT_EQ(Hold({"--step", "tomorrow", "--who", "me"}), 2);
  EXPECT_EQ(Hold({"--who", "me"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportHold, CarriesTheVersionThatTheUserSaw) {
  Hold({"--step", "112", "--who", "me", "--version", "3"});
  EXPECT_EQ(world.sent.at(0).envelope.expected_version(), 3U);
  world.sent.clear();
  Hold({"--step", "112", "--who", "me"});
  EXPECT_EQ(world.sent.at(0).envelope.expected_version(), 0U);
}

TEST_F(ReportHold, ShowsBothValuesWhenAColleagueWasFirst) {
  intake::v1::Response response;
  intake::v1::ReportChanged& both = *response.mutable_report_changed();
  both.set_case_number(kDailyCase);
  both.mutable_first_step()->set_step(intake::v1::FIRST_STEP_EMERGENCY_SERVICES);
  both.mutable_first_step()->set_professional(kColleague);
  both.mutable_first_step()->set_named_by(kColleague);
  both.mutable_first_step()->set_named_at_ms(NowMs() - kMinuteMs);
  both.mutable_asked_first_step()->set_step(intake::v1::FIRST_STEP_SAFE_PLACE);
  both.mutable_asked_first_step()->set_professional(kPrincipal);
  both.set_version(5);
  common::v1::Reply reply = ReplyWith(common::v1::STATUS_CONFLICT, "changed_since", "");
  reply.set_response(response.SerializeAsString());
  world.answer = [&](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(reply);
  };
  EXPECT_EQ(Hold({"--step", "safe_place", "--who", "me", "--version", "3"}), 4);
  EXPECT_THAT(world.err(),
              AllOf(HasSubstr("You wanted:"), HasSubstr("where it is safe: you"),
                    HasSubstr("It stands:"), HasSubstr("112 was called"), HasSubstr(kColleague),
                    HasSubstr("20:44"), HasSubstr("--version 5")));
  EXPECT_EQ(Hold({"--step", "safe_place", "--who", "me", "--version", "3", "--json"}), 4);
  const json error = json::parse(world.out())["error"];
  EXPECT_EQ(error["asked"]["first_step"]["step"], "safe_place");
  EXPECT_EQ(error["stands"]["first_step"]["step"], "112");
}

TEST_F(ReportHold, SaysThatNothingWasPutDownWhenIntakeIsAway) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(Hold({"--step", "112", "--who", "me"}), 6);
  EXPECT_THAT(world.err(), HasSubstr("NOTHING was put down"));
}

TEST_F(ReportHold, SaysThatTheOutcomeIsNotKnownWhenNoAnswerComes) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(Hold({"--step", "112", "--who", "me"}), 7);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("no answer came"), HasSubstr(kDailyCase)));
}

TEST_F(ReportHold, SpeaksDutchToo) {
  world.language = "nl";
  EXPECT_EQ(Hold({"--step", "crisis_team", "--who", "me"}), 0);
  EXPECT_THAT(world.out(), AllOf(HasSubstr("Eerste stap"), HasSubstr("het crisisteam gaat erheen"),
                                 HasSubstr("za 21 nov 20:45 (+01:00)")));
}

}  // namespace
}  // namespace samenspel::cli
