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

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class QueueTest : public testing::Test {
 protected:
  // What the queue holds at each look; the last one stays.
  void Looks(std::vector<std::vector<intake::v1::ReportLine>> looks) {
    world.answer = [this, looks = std::move(looks)](const std::string&,
                                                    const common::v1::Envelope&) {
      intake::v1::Response response;
      response.mutable_reports_listed();
      for (const auto& line : looks.at(std::min(look_++, looks.size() - 1))) {
        *response.mutable_reports_listed()->add_lines() = line;
      }
      return FakeWorld::Answer(ReplyWith(response));
    };
  }
  void Changes(const intake::v1::ReportChanged& changed) {
    intake::v1::Response response;
    *response.mutable_report_changed() = changed;
    Answering(world, response);
  }

  FakeWorld world;
  size_t look_ = 0;
};

TEST_F(QueueTest, ShowsWhatLiesWithTheDesk) {
  Looks({{RedLine(), AmberLine()}});
  EXPECT_EQ(world.Run({"queue", "--unclaimed", "--colour", "amber"}), 0) << world.err();
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kDailyCase), HasSubstr("to claim")));
  EXPECT_TRUE(IntakeRequest(world).list_queue().unclaimed());
  EXPECT_EQ(IntakeRequest(world).list_queue().colour(), intake::v1::COLOUR_AMBER);
}

TEST_F(QueueTest, SaysInWordsThatItIsEmpty) {
  Looks({{}});
  EXPECT_EQ(world.Run({"queue"}), 0);
  EXPECT_EQ(world.out(), "Nothing lies with your desk.\n");
  world.Run({"queue", "--unclaimed"});
  EXPECT_EQ(world.out(), "Nothing waits for somebody of your desk.\n");
}

TEST_F(QueueTest, WatchedOnAPipePrintsOneLineForEachChange) {
  auto claimed = AmberLine();
  claimed.mutable_ownership()->set_open(false);
  claimed.mutable_ownership()->set_owner(kPrincipal);
  Looks({{AmberLine()}, {AmberLine()}, {AmberLine(), RedLine()}, {claimed, RedLine()}, {claimed}});
  world.interrupt_after = std::chrono::seconds(10);
  EXPECT_EQ(world.Run({"queue", "--watch"}), 0);
  EXPECT_EQ(look_, 5U);
  EXPECT_EQ(Count(world.out(), "\n"), 4U) << world.out();
  EXPECT_EQ(Count(world.out(), "new  2026-004712-K  ▲ amber"), 1U);
  EXPECT_EQ(Count(world.out(), "new  2026-004711-J  ■ red  you  no first step"), 1U);
  EXPECT_EQ(Count(world.out(), "changed  2026-004712-K  ▲ amber  you"), 1U);
  EXPECT_EQ(Count(world.out(), "gone  2026-004711-J"), 1U);
  EXPECT_THAT(world.out(), Not(HasSubstr("\x1b")));
}

TEST_F(QueueTest, WatchedByAProgramGivesAnObjectALine) {
  Looks({{AmberLine()}, {}});
  world.interrupt_after = std::chrono::seconds(4);
  EXPECT_EQ(world.Run({"queue", "--watch", "--json"}), 0);
  const size_t end = world.out().find('\n');
  EXPECT_EQ(json::parse(world.out().substr(0, end))["change"], "new");
  EXPECT_EQ(json::parse(world.out().substr(end))["change"], "gone");
}

TEST_F(QueueTest, WatchedOnATerminalIsDrawnAgainOnlyWhenSomethingChanged) {
  Looks({{AmberLine()}, {AmberLine()}, {AmberLine(), RedLine()}});
  world.out_is_terminal = true;
  world.interrupt_after = std::chrono::seconds(6);
  EXPECT_EQ(world.Run({"queue", "--watch", "--no-color"}), 0);
  EXPECT_EQ(Count(world.out(), "\x1b[2J"), 2U) << world.out();
  EXPECT_THAT(world.out(), HasSubstr("Stop with Ctrl-C"));
}

TEST_F(QueueTest, WatchingSaysOnceThatIntakeIsSilentAndGoesOn) {
  world.answer = [this](const std::string&, const common::v1::Envelope&) {
    const size_t look = look_++;
    if (look >= 1 && look <= 4) return FakeWorld::Answer(Silent());
    intake::v1::Response response;
    response.mutable_reports_listed();
    return FakeWorld::Answer(ReplyWith(response));
  };
  world.interrupt_after = std::chrono::seconds(8);
  EXPECT_EQ(world.Run({"queue", "--watch"}), 0);
  EXPECT_EQ(Count(world.out(), "intake does not answer"), 1U) << world.out();
  EXPECT_EQ(Count(world.out(), "intake answers again"), 1U);
}

TEST_F(QueueTest, WatchingEndsWhenTheUserMayNoLongerAsk) {
  world.answer = [this](const std::string&, const common::v1::Envelope&) {
    if (look_++ > 0)
      return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "not_permitted", ""));
    intake::v1::Response response;
    response.mutable_reports_listed();
    return FakeWorld::Answer(ReplyWith(response));
  };
  EXPECT_EQ(world.Run({"queue", "--watch"}), 5);
}

TEST_F(QueueTest, AsksAtTheGivenInterval) {
  Looks({{}});
  world.interrupt_after = std::chrono::seconds(20);
  EXPECT_EQ(world.Run({"queue", "--watch", "--interval", "10"}), 0);
  EXPECT_EQ(look_, 2U);
}

TEST_F(QueueTest, ClaimsByEitherNameWithTheVersionThatWasSeen) {
  intake::v1::ReportChanged changed;
  changed.set_case_number(kDailyCase);
  changed.mutable_ownership()->set_owner(kPrincipal);
  changed.mutable_ownership()->set_since_ms(NowMs());
  changed.set_version(4);
  Changes(changed);
  EXPECT_EQ(world.Run({"claim", kDailyCase, "--version", "3"}), 0) << world.err();
  EXPECT_EQ(IntakeRequest(world).claim_report().report(), kDailyCase);
  EXPECT_EQ(world.sent.at(0).envelope.expected_version(), 3U);
  EXPECT_THAT(world.out(), AllOf(HasSubstr("you since"), HasSubstr("The report is yours now.")));
  EXPECT_EQ(world.Run({"queue", "claim", kDailyCase}), 0);
  EXPECT_TRUE(IntakeRequest(world, 1).has_claim_report());
}

TEST_F(QueueTest, HandsOverAndBackWithANoteFromAFile) {
  Changes({});
  ASSERT_TRUE(world.files->Replace("/note", "CANARY: call before noon\n").ok());
  EXPECT_EQ(world.Run({"hand-over", kDailyCase, kColleague, "--note-file", "/note"}), 0);
  EXPECT_EQ(IntakeRequest(world).hand_over().to(), kColleague);
  EXPECT_EQ(IntakeRequest(world).hand_over().private_().note(), "CANARY: call before noon");
  EXPECT_EQ(world.Run({"hand-back", kDailyCase}), 0);
  EXPECT_TRUE(IntakeRequest(world, 1).has_hand_back());
  EXPECT_THAT(world.out(), HasSubstr("stays yours until a colleague takes it"));
  EXPECT_EQ(world.Run({"hand-over", kDailyCase}), 2);
}

TEST_F(QueueTest, HandsOverToANameOfAPersonOrADesk) {
  intake::v1::Response response;
  response.mutable_report_changed()->set_case_number(kDailyCase);
  WithRoster(world, {InRoster(kColleague, "Tessa Waterlelie")}, response);
  EXPECT_EQ(world.Run({"hand-over", kDailyCase, "Tessa Waterlelie"}), 0) << world.err();
  EXPECT_EQ(IntakeRequest(world).hand_over().to(), kColleague);
  EXPECT_EQ(world.Run({"hand-over", kDailyCase, "Veilig Thuis Maasveen"}), 0) << world.err();
  EXPECT_EQ(IntakeRequest(world, 1).hand_over().to(), kDesk);
  EXPECT_EQ(world.Run({"hand-over", kDailyCase, "Tessa"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("TO: nobody in the roster is called Tessa"));
  EXPECT_EQ(world.Run({"hand-over", kDailyCase, "org_1"}), 2);
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(world.Run({"hand-over", kDailyCase, "Tessa Waterlelie"}), 6);
  EXPECT_EQ(world.SentTo("intake").size(), 2U);
}

TEST_F(QueueTest, SettlesWithAnOutcome) {
  intake::v1::ReportChanged changed;
  changed.set_outcome(intake::v1::OUTCOME_LOCAL_TEAM);
  Changes(changed);
  EXPECT_EQ(world.Run({"queue", "settle", kDailyCase, "--outcome", "local_team"}), 0);
  EXPECT_EQ(IntakeRequest(world).settle_report().outcome(), intake::v1::OUTCOME_LOCAL_TEAM);
  EXPECT_THAT(world.out(), HasSubstr("the local team takes it up"));
  world.sent.clear();
  EXPECT_EQ(world.Run({"queue", "settle", kDailyCase, "--outcome", "stopped"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--note-file"));
  EXPECT_EQ(world.Run({"queue", "settle", kDailyCase, "--outcome", "luck"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
  world.Type("Told twice.");
  EXPECT_EQ(world.Run({"queue", "settle", kDailyCase, "--outcome", "stopped", "--note-file", "-"}),
            0);
  EXPECT_EQ(IntakeRequest(world).settle_report().private_().note(), "Told twice.");
}

TEST_F(QueueTest, SaysWhoWasFirstAndHowToGoOn) {
  intake::v1::Response response;
  intake::v1::ReportChanged& both = *response.mutable_report_changed();
  both.set_case_number(kDailyCase);
  both.mutable_ownership()->set_owner(kColleague);
  both.mutable_ownership()->set_since_ms(NowMs() - kMinuteMs);
  both.mutable_asked_ownership()->set_owner(kPrincipal);
  both.set_version(5);
  common::v1::Reply reply = ReplyWith(common::v1::STATUS_CONFLICT, "claimed_already", "");
  reply.set_response(response.SerializeAsString());
  world.answer = [&](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(reply);
  };
  EXPECT_EQ(world.Run({"claim", kDailyCase}), 4);
  EXPECT_THAT(world.err(),
              AllOf(HasSubstr("Nothing was done"), HasSubstr(kColleague),
                    HasSubstr("since Sat 21 Nov 20:44"), HasSubstr("A colleague was first"),
                    HasSubstr(std::string("hand-over 2026-004711-J ") + kPrincipal)));
  world.roster = {{kColleague, "Zuzanna Terpstra"}};
  EXPECT_EQ(world.Run({"claim", kDailyCase}), 4);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("Zuzanna Terpstra since"), Not(HasSubstr(kColleague))));
  world.language = "nl";
  EXPECT_EQ(world.Run({"claim", kDailyCase}), 4);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("U wilde:"), HasSubstr("Zo staat het:")));
}

TEST_F(QueueTest, GivesARefusalInWords) {
  for (const auto& [code, words] : std::map<std::string, std::string>{
           {"red_needs_a_table", "red is settled only once there is a meeting"},
           {"not_owner", "only whoever has the report"},
           {"settled", "settled already"}}) {
    Answering(world, common::v1::STATUS_REFUSED, code);
    EXPECT_EQ(world.Run({"queue", "settle", kDailyCase, "--outcome", "advice"}), 1);
    EXPECT_THAT(world.err(), HasSubstr(words));
  }
  Answering(world, common::v1::STATUS_NOT_FOUND, "not_found", "report");
  EXPECT_EQ(world.Run({"claim", kDailyCase}), 3);
}

TEST_F(QueueTest, DoesNotKnowTheOutcomeOfAClaimWithoutAnAnswer) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(world.Run({"claim", kDailyCase}), 7);
  EXPECT_EQ(world.Run({"queue"}), 6);
}

}  // namespace
}  // namespace samenspel::cli
