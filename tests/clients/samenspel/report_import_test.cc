// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "clients/samenspel/import_lines.h"
#include "tests/clients/samenspel/bulk.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using ReportImport = Bulk;

// P.17: no person saw the colour, so it is provisional, and the red ones are named.
TEST_F(ReportImport, SendsEachLineAsBulkAndNamesTheRedOnes) {
  EXPECT_EQ(Import({"--result", "/result.jsonl"}), 0) << world.err();
  EXPECT_THAT(answered, SizeIs(3));
  EXPECT_THAT(world.out(), AllOf(HasSubstr("3 of 3 lines were received"), HasSubstr("■ red: 1"),
                                 HasSubstr("▲ amber: 2"), HasSubstr("2026-000002"),
                                 HasSubstr("21:15 (+01:00)")));
  const auto rows = Rows(*world.files->Read("/result.jsonl"));
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[1]["line"], 2);
  EXPECT_EQ(rows[1]["colour"], "red");
  EXPECT_EQ(rows[1]["provisional"], true);
  EXPECT_EQ(rows[1]["case_number"], "2026-000002");
  EXPECT_THAT(world.Spooled(), IsEmpty());
  EXPECT_THAT(world.out() + world.err() + *world.files->Read("/result.jsonl"),
              Not(HasSubstr("CANARY")));
}

TEST_F(ReportImport, ABadLineInTheMiddleDoesNotStopTheOthers) {
  File(Form("a") + "\n" + R"({"private": {"address": "CANARY", "adress": "CANARY"}})" + "\n" +
       "{\"private\": CANARY\n" + Form("b"));
  EXPECT_EQ(Import({"--result", "/result.jsonl"}), 1);
  EXPECT_THAT(answered, SizeIs(2));
  EXPECT_THAT(world.out(), AllOf(HasSubstr("2 of 4 lines"), HasSubstr("Line 3: private: "),
                                 HasSubstr("Line 4: private: this cannot be read")));
  const auto rows = Rows(*world.files->Read("/result.jsonl"));
  ASSERT_THAT(rows, SizeIs(4));
  EXPECT_EQ(rows[1]["line"], 3);
  EXPECT_EQ(rows[1]["error"], "unknown_field");
  EXPECT_EQ(rows[1]["field"], "private");
  EXPECT_EQ(rows[2]["error"], "malformed");
  EXPECT_EQ(rows[3]["line"], 5);
  EXPECT_THAT(world.out() + world.err() + *world.files->Read("/result.jsonl"),
              Not(HasSubstr("CANARY")));
}

TEST_F(ReportImport, ALineThatIntakeRefusesDoesNotStopTheOthers) {
  int calls = 0;
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    if (++calls != 2) return Intake(envelope);
    return FakeWorld::Answer(
        ReplyWith(common::v1::STATUS_INVALID, "bad_bsn", "private.children[0].bsn"));
  };
  EXPECT_EQ(Import({"--json"}), 1);
  const json object = json::parse(world.out());
  EXPECT_EQ(object["received"], 2);
  EXPECT_EQ(object["failed"], 1);
  EXPECT_EQ(object["lines"][1]["error"], "bad_bsn");
  EXPECT_EQ(object["lines"][1]["field"], "private.children[0].bsn");
  EXPECT_THAT(world.Spooled(), IsEmpty());
}

// Two pupils, one standard sentence: neither may be lost.
TEST_F(ReportImport, TwoEqualLinesAreTwoReportsAndItSaysSo) {
  File(Form("a") + Form("c") + Form("a"));
  EXPECT_EQ(Import({"--result", "/result.jsonl"}), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "c", "a"));
  EXPECT_THAT(world.out(), HasSubstr("Line 3 says the same as line 1"));
  const auto rows = Rows(*world.files->Read("/result.jsonl"));
  EXPECT_FALSE(rows[0].contains("same_as"));
  EXPECT_EQ(rows[2]["same_as"], 1);
}

TEST_F(ReportImport, EachLineLiesInTheSpoolBeforeItsFirstByteLeaves) {
  world.answer = [this](const std::string&, const common::v1::Envelope& envelope) {
    EXPECT_THAT(world.Spooled(), ElementsAre(envelope.request_id()));
    return Intake(envelope);
  };
  Import();
  EXPECT_THAT(world.Spooled(), IsEmpty());
}

TEST_F(ReportImport, StopsWhenIntakeFallsSilentAndGoesOnWhenTypedAgain) {
  int calls = 0;
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    return ++calls >= 2 ? FakeWorld::Answer(Silent()) : Intake(envelope);
  };
  EXPECT_EQ(Import({"--result", "/result.jsonl"}), 7);
  EXPECT_THAT(world.Spooled(), SizeIs(1));
  EXPECT_THAT(world.out(), AllOf(HasSubstr("1 of 3"), HasSubstr("Line 2: sent, but no answer"),
                                 HasSubstr("1 line(s) were not sent")));
  EXPECT_THAT(world.err(), HasSubstr("nothing is sent twice"));
  EXPECT_EQ(Rows(*world.files->Read("/result.jsonl"))[2]["error"], "not_sent");
  world.answer = [this](const std::string&, const common::v1::Envelope& envelope) {
    return Intake(envelope);
  };
  EXPECT_EQ(Import({"--result", "/result.jsonl"}), 0);
  EXPECT_THAT(answered, SizeIs(3));
  EXPECT_THAT(world.Spooled(), IsEmpty());
  EXPECT_THAT(Rows(*world.files->Read("/result.jsonl")), SizeIs(3));
}

TEST_F(ReportImport, SendsNothingWhenIntakeIsAway) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(Import(), 6);
  EXPECT_THAT(world.out(), HasSubstr("2 line(s) were not sent"));
}

TEST_F(ReportImport, WaitsWhenIntakeIsBusy) {
  int calls = 0;
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    if (++calls != 2) return Intake(envelope);
    auto reply = ReplyWith(common::v1::STATUS_BUSY, "too_many_requests", "");
    reply.set_retry_after_ms(1500);
    return FakeWorld::Answer(reply);
  };
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(world.pauses, ElementsAre(base::milliseconds(1500)));
  EXPECT_THAT(answered, SizeIs(3));
}

TEST_F(ReportImport, ShowsABarWithCountAndTimeLeftOnATerminal) {
  world.err_is_terminal = true;
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(world.err(), HasSubstr("Sending [......"));
  EXPECT_THAT(world.err(), HasSubstr("] 1 of 3, 2 s left"));
  EXPECT_THAT(world.err(), HasSubstr("[#############.......] 2 of 3, 1 s left"));
}

TEST_F(ReportImport, SendsNothingWhenTheFileOrTheResultCannotBeUsed) {
  EXPECT_EQ(world.Run({"report", "import", "/not/there"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
  File("");
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(world.out(), HasSubstr("0 of 0"));
}

TEST_F(ReportImport, SpeaksDutchToo) {
  world.language = "nl";
  File(Form("a") + "[]\n");
  EXPECT_EQ(Import(), 1);
  EXPECT_THAT(world.out(), AllOf(HasSubstr("1 van 2 regels zijn ontvangen"),
                                 HasSubstr("Regel 2: hier hoort een ander soort waarde")));
}

TEST(ImportLines, CountsBlankLinesAndNamesTheFirstOfEqualOnes) {
  const auto lines = ReadImport(Form("a") + "\r\n  \n" + Form("a"));
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].same_as, 0U);
  EXPECT_EQ(lines[1].number, 4U);
  EXPECT_EQ(lines[1].same_as, 1U);
  EXPECT_EQ(CountForms(lines).at(lines[0].form), 2U);
}

// Spaces and the order of fields say nothing about a child.
TEST(ImportLines, TakesTheSameFormWrittenOtherwiseForTheSame) {
  const auto one = ReadImport(R"({"private": {"address": "a", "happening": {"unknown": true}}})");
  const auto other =
      ReadImport(R"({ "private":{"happening":{"unknown":true},   "address":"\u0061"} })");
  EXPECT_EQ(one.at(0).form, other.at(0).form);
}

}  // namespace
}  // namespace samenspel::cli
