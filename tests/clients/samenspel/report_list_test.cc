// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "clients/samenspel/lines.h"
#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ReportList : public testing::Test {
 protected:
  ReportList() { Answer({RedLine(), AmberLine()}); }

  void Answer(const std::vector<intake::v1::ReportLine>& lines, const std::string& next = "") {
    intake::v1::Response response;
    for (const auto& line : lines) *response.mutable_reports_listed()->add_lines() = line;
    response.mutable_reports_listed()->set_total(7);
    response.mutable_reports_listed()->set_next(next);
    Answering(world, response);
  }

  FakeWorld world;
};

TEST_F(ReportList, ShowsSignAndWordTermOwnerAndState) {
  EXPECT_EQ(world.Run({"report", "list"}), 0) << world.err();
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kDailyCase), HasSubstr("■ red"), HasSubstr("5 min left"),
                                 HasSubstr("you"), HasSubstr("no first step"), HasSubstr("▲ amber"),
                                 HasSubstr("23 h left"), HasSubstr("pro_…000a"),
                                 HasSubstr("to claim"), HasSubstr("Sat 21 Nov 20:40 (+01:00)")));
  EXPECT_THAT(world.out(), Not(HasSubstr("--page")));
}

TEST_F(ReportList, CountsWhatIsOver) {
  auto line = RedLine();
  line.mutable_first_step()->set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
  line.mutable_terms()->set_meeting_due_ms(NowMs() - 15 * kMinuteMs);
  Answer({line});
  world.Run({"report", "list"});
  EXPECT_THAT(world.out(), HasSubstr("15 min over"));
  world.language = "nl";
  world.Run({"report", "list"});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("■ rood"), HasSubstr("15 min te laat")));
}

// A terminal of 100 columns shows each line whole, also with the longest words.
TEST_F(ReportList, FitsAHundredColumns) {
  auto provisional = AmberLine();
  provisional.set_provisional(true);
  auto offered = AmberLine();
  offered.mutable_ownership()->set_open(false);
  offered.mutable_ownership()->set_offered_to(kPrincipal);
  auto long_over = AmberLine();
  long_over.set_received_at_ms(NowMs() - 700LL * 24 * 60 * kMinuteMs);
  long_over.mutable_terms()->set_settle_due_ms(NowMs() - 690LL * 24 * 60 * kMinuteMs);
  Answer({RedLine(), provisional, offered, long_over});
  for (const char* language : {"nl", "en"}) {
    world.language = language;
    EXPECT_EQ(world.Run({"report", "list"}), 0);
    EXPECT_LE(WidestLine(world.out()), 100U) << world.out();
  }
}

// The term column is what intake orders by: the soonest of what was not done yet.
TEST_F(ReportList, ShowsTheSoonestTermAndNoneForATableInTime) {
  auto line = RedLine();
  line.mutable_terms()->set_meeting_due_ms(NowMs() + 2 * kMinuteMs);
  EXPECT_EQ(NextDue(line), NowMs() + 2 * kMinuteMs);
  line.mutable_meeting()->set_starts_at_ms(line.terms().settle_due_ms());
  EXPECT_EQ(NextDue(line), line.terms().first_step_due_ms());
  line.mutable_first_step()->set_step(intake::v1::FIRST_STEP_NONE);
  EXPECT_EQ(NextDue(line), 0);
  line.mutable_meeting()->set_starts_at_ms(line.terms().settle_due_ms() + 1);
  EXPECT_EQ(NextDue(line), line.terms().settle_due_ms());
  line.set_outcome(intake::v1::OUTCOME_MEETING);
  EXPECT_EQ(NextDue(line), 0);
}

TEST_F(ReportList, ShowsThatAProvisionalRedWaitsForBothAndThatATableComesTooLate) {
  auto provisional = RedLine();
  provisional.set_provisional(true);
  auto late = RedLine();
  late.mutable_first_step()->set_step(intake::v1::FIRST_STEP_NONE);
  late.mutable_meeting()->set_starts_at_ms(NowMs() + 600 * kMinuteMs);
  Answer({provisional, late});
  for (const char* language : {"nl", "en"}) {
    world.language = language;
    world.columns = 80;
    world.Run({"report", "list"});
    EXPECT_LE(WidestLine(world.out()), 80U) << world.out();
  }
  EXPECT_THAT(world.out(),
              AllOf(HasSubstr("no step, unconfirmed"), HasSubstr("■ meeting too late")));
}

// A red report of one's own has more to do than to be taken.
TEST_F(ReportList, DoesNotCallTheOwnRedOneToClaim) {
  auto line = RedLine();
  line.mutable_first_step()->set_step(intake::v1::FIRST_STEP_NONE);
  line.mutable_ownership()->set_open(true);
  Answer({line});
  world.Run({"report", "list"});
  EXPECT_THAT(world.out(), Not(HasSubstr("to claim")));
  line.mutable_ownership()->set_owner(kColleague);
  Answer({line});
  world.Run({"report", "list"});
  EXPECT_THAT(world.out(), HasSubstr("to claim"));
}

TEST_F(ReportList, RefusesAnEndBeforeItsStart) {
  EXPECT_EQ(world.Run({"report", "list", "--from", "2026-11-21", "--until", "2026-11-20"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--until 2026-11-20 comes before --from 2026-11-21"));
  EXPECT_EQ(world.Run({"meeting", "list", "--from", "2026-11-21", "--until", "2026-11-20"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
  EXPECT_EQ(world.Run({"report", "list", "--from", "2026-11-21", "--until", "2026-11-21"}), 0);
}

TEST_F(ReportList, DoesNotSayThatThereIsNothingWhenAFilterHidIt) {
  Answer({});
  world.Run({"report", "list", "--colour", "red"});
  EXPECT_EQ(world.out(), "No report that you may see here is as you asked.\n");
}

TEST_F(ReportList, PassesOnFilterOrderAndDays) {
  EXPECT_EQ(world.Run({"report", "list", "--colour", "red", "--sort", "term", "--limit", "20",
                       "--from", "2026-11-01", "--until", "2026-11-21", "--all", "--mine"}),
            0);
  const intake::v1::ListReports asked = IntakeRequest(world).list_reports();
  EXPECT_EQ(asked.colour(), intake::v1::COLOUR_RED);
  EXPECT_EQ(asked.order(), intake::v1::REPORT_ORDER_TERM);
  EXPECT_EQ(asked.page().limit(), 20U);
  EXPECT_EQ(asked.from_ms(), 1793487600000);   // 1 November 00:00 in Amsterdam.
  EXPECT_EQ(asked.until_ms(), 1795302000000);  // The end of 21 November there.
  EXPECT_TRUE(asked.with_settled());
  EXPECT_TRUE(asked.mine());
}

TEST_F(ReportList, SaysWhatToTypeForTheNextPage) {
  Answer({RedLine()}, std::string("\x00\xAF", 2));
  EXPECT_EQ(world.Run({"report", "list", "--limit", "1", "--colour", "red"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("1 of 7. Next: samenspel report list --limit 1 --colour red "
                                     "--page 00af"));
  world.Run({"report", "list", "--json"});
  EXPECT_EQ(json::parse(world.out())["next"], "00af");
  world.sent.clear();
  world.Run({"report", "list", "--page", "00af"});
  EXPECT_EQ(IntakeRequest(world).list_reports().page().after(), std::string("\x00\xAF", 2));
}

// Of settled reports an answer may hold few, or none, and yet not be the last.
TEST_F(ReportList, WithSettledOnesAsksOnUntilThePageIsFull) {
  const std::vector<int> pieces = {0, 1, 0, 2, 7};
  size_t asked = 0;
  world.answer = [&](const std::string&, const common::v1::Envelope&) {
    intake::v1::Response response;
    auto& listed = *response.mutable_reports_listed();
    for (int i = 0; i < pieces.at(asked); ++i) *listed.add_lines() = RedLine();
    listed.set_next(std::string(1, static_cast<char>(++asked)));
    return FakeWorld::Answer(ReplyWith(response));
  };
  EXPECT_EQ(world.Run({"report", "list", "--all", "--limit", "3", "--json"}), 0);
  const auto shown = json::parse(world.out());
  EXPECT_EQ(shown["reports"].size(), 3U);
  EXPECT_EQ(shown["next"], "04");
  EXPECT_TRUE(shown["total"].is_null());
  EXPECT_EQ(asked, 4U);
  const auto page = IntakeRequest(world, 3).list_reports().page();
  EXPECT_EQ(page.limit(), 2U);
  EXPECT_EQ(page.after(), "\x03");
}

TEST_F(ReportList, WithSettledOnesSaysHowToGoOnWhenNothingWasFoundYet) {
  Answer({}, std::string("\x01", 1));
  EXPECT_EQ(world.Run({"report", "list", "--all", "--limit", "5"}), 0);
  EXPECT_EQ(world.out(), "0 shown. Next: samenspel report list --limit 5 --all --page 01\n");
  EXPECT_EQ(world.SentTo("intake").size(), 50U);
}

TEST_F(ReportList, SaysInWordsThatThereIsNothing) {
  Answer({});
  EXPECT_EQ(world.Run({"report", "list"}), 0);
  EXPECT_EQ(world.out(), "There are no reports that you may see here.\n");
  world.Run({"report", "list", "--json"});
  EXPECT_THAT(json::parse(world.out())["reports"], IsEmpty());
}

TEST_F(ReportList, GivesProgramsTheVersionAndWholeIds) {
  world.Run({"report", "list", "--json"});
  const json line = json::parse(world.out())["reports"][0];
  EXPECT_EQ(line["version"], 3);
  EXPECT_EQ(line["colour"], "red");
  EXPECT_EQ(line["owner"]["person"], kPrincipal);
  EXPECT_EQ(line["first_step"], nullptr);
  EXPECT_EQ(line["terms"]["first_step_due"], "2026-11-21T20:50:00.000+01:00");
  EXPECT_EQ(json::parse(world.out())["next"], nullptr);
}

TEST_F(ReportList, RefusesWhatItCannotReadBeforeAnythingIsAsked) {
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{{"--from", "21-11-2026"},
                                             {"--until", "2026-02-30"},
                                             {"--page", "xyz"},
                                             {"--page", "0"},
                                             {"--limit", "0"},
                                             {"--limit", "201"},
                                             {"--colour", "purple"},
                                             {"--sort", "luck"}}) {
    std::vector<std::string> arguments{"report", "list"};
    arguments.insert(arguments.end(), bad.begin(), bad.end());
    EXPECT_EQ(world.Run(arguments), 2) << bad[1];
    EXPECT_THAT(world.err(), Not(IsEmpty()));
  }
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportList, ExplainsARefusalAndSilence) {
  Answering(world, common::v1::STATUS_DENIED, "not_permitted");
  EXPECT_EQ(world.Run({"report", "list"}), 5);
  EXPECT_THAT(world.err(), HasSubstr("you may not ask this"));
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(world.Run({"report", "list"}), 6);
}

}  // namespace
}  // namespace samenspel::cli
