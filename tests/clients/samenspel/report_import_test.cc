// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "clients/samenspel/import_lines.h"
#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::string Form(const std::string& address) {
  return R"({"answers": [{"indicator": "fresh_injury", "value": "ANSWER_VALUE_YES"}], "private": )"
         R"({"happening": {"text": "CANARY"}, "child_now": {"unknown": true}, "reporter": )"
         R"({"unknown": true}, "address": ")" +
         address + "\"}}\n";
}

std::vector<json> Rows(const std::string& text) {
  std::vector<json> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) rows.push_back(json::parse(line));
  return rows;
}

class ReportImport : public testing::Test {
 protected:
  ReportImport() {
    File(Form("a") + Form("b") + Form("c"));
    world.answer = [this](const std::string&, const common::v1::Envelope& envelope) {
      return Intake(envelope);
    };
  }

  void File(const std::string& text) {
    EXPECT_TRUE(world.files->Replace("/bulk.jsonl", text).ok());
  }
  int Import(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"report", "import", "/bulk.jsonl"});
    return world.Run(more);
  }

  // Answers a repeat with its first answer, as the daemon does.
  FakeWorld::Answer Intake(const common::v1::Envelope& envelope) {
    world.clock.Advance(std::chrono::seconds(1));
    const auto first = answered.find(envelope.request_id());
    if (first != answered.end()) return first->second;
    intake::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(envelope.request()));
    EXPECT_TRUE(request.submit_report().bulk());
    intake::v1::Response response;
    intake::v1::ReportReceived& received = *response.mutable_report_received();
    received.set_case_number("2026-00000" + std::to_string(answered.size() + 1));
    const bool red = request.submit_report().private_().address() == "b";
    received.mutable_grade()->set_colour(red ? intake::v1::COLOUR_RED : intake::v1::COLOUR_AMBER);
    received.set_provisional(true);
    received.mutable_terms()->set_confirm_due_ms(NowMs() + 30 * kMinuteMs);
    return answered[envelope.request_id()] = ReplyWith(response);
  }

  FakeWorld world;
  std::map<std::string, common::v1::Reply> answered;
};

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

TEST_F(ReportImport, ImportedAgainSendsNothingTwice) {
  Import();
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(answered, SizeIs(3));
  EXPECT_THAT(world.out(), HasSubstr("3 of 3"));
}

// A user who corrects one line sends the file again: the others are not reported twice.
TEST_F(ReportImport, ImportedAgainAfterALineWasCorrectedSendsOnlyThatOne) {
  File(Form("a") + "{oops\n" + Form("c"));
  EXPECT_EQ(Import(), 1);
  File(Form("x") + Form("a") + Form("b") + Form("c"));
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(answered, SizeIs(4));
}

TEST_F(ReportImport, TwoEqualLinesAreTwoReports) {
  File(Form("a") + Form("a"));
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(answered, SizeIs(2));
  Import();
  EXPECT_THAT(answered, SizeIs(2));
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

TEST(ImportLines, GivesEachLineAnIdThatLooksLikeAUuidOfVersionSeven) {
  const auto lines = ReadImport(Form("a") + "\r\n  \n" + Form("a"));
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[1].number, 4U);
  for (const ImportLine& line : lines) {
    ASSERT_THAT(line.request_id, SizeIs(16));
    EXPECT_EQ(line.request_id[6] & 0xF0, 0x70);
    EXPECT_EQ(line.request_id[8] & 0xC0, 0x80);
  }
  EXPECT_NE(lines[0].request_id, lines[1].request_id);
}

// Spaces and the order of fields say nothing about a child.
TEST(ImportLines, GivesTheSameIdToTheSameFormWrittenOtherwise) {
  const auto one = ReadImport(R"({"private": {"address": "a", "happening": {"unknown": true}}})");
  const auto other =
      ReadImport(R"({ "private":{"happening":{"unknown":true},   "address":"\u0061"} })");
  EXPECT_EQ(one.at(0).request_id, other.at(0).request_id);
}

}  // namespace
}  // namespace samenspel::cli
