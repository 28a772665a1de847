// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

// The same words are not the same report; typing the same again is.
class ImportAgain : public Bulk {
 protected:
  void Later(std::chrono::hours time) { world.clock.Advance(time); }
  std::string Error() { return json::parse(world.out())["error"]["code"]; }
};

constexpr std::chrono::hours kWeek{7 * 24};

// A school's standard sentence about another child: it must not get last week's case number.
TEST_F(ImportAgain, AFileOfNextWeekWithTheSameWordsIsNewReports) {
  Import();
  Later(kWeek);
  File(Form("a") + Form("d"));
  EXPECT_EQ(Import({"--result", "/result.jsonl"}), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "b", "c", "a", "d"));
  EXPECT_EQ(Rows(*world.files->Read("/result.jsonl"))[0]["case_number"], "2026-000004");
  EXPECT_THAT(world.err(), HasSubstr("1 of these lines say the same as a line of the import of"));
}

TEST_F(ImportAgain, ALineThatWasRefusedIsDecidedAnewOnceTheCauseIsMended) {
  unknown = {"b"};
  EXPECT_EQ(Import(), 1);
  EXPECT_EQ(Import(), 1);
  unknown.clear();
  Later(kWeek);
  EXPECT_EQ(Import({"--json"}), 0) << "the very same file, however long ago";
  EXPECT_THAT(Addresses(), ElementsAre("a", "c", "b"));
  EXPECT_EQ(json::parse(world.out())["continued"], true);
}

TEST_F(ImportAgain, OfTwoEqualLinesOnlyTheRefusedOneGoesAgain) {
  File(Form("a") + Form("a"));
  int calls = 0;
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    unknown = ++calls == 1 ? std::set<std::string>{"a"} : std::set<std::string>{};
    return Intake(envelope);
  };
  EXPECT_EQ(Import(), 1);
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "a"));
}

TEST_F(ImportAgain, AfterLinesWereCorrectedAddedOrMovedOnlyTheNewOnesAreSentIn) {
  File(Form("a") + "{oops\n" + Form("c"));
  EXPECT_EQ(Import(), 1);
  File(Form("x") + Form("c") + Form("a") + Form("b"));
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "c", "x", "b"));
  EXPECT_THAT(world.err(), HasSubstr("This goes on with the import of"));
}

TEST_F(ImportAgain, AFileWithOnlyTheCorrectedLinesGoesOnToo) {
  unknown = {"b"};
  Import();
  File(Form("B"));
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "c", "B"));
}

TEST_F(ImportAgain, AFileThatWasReceivedAsAWholeIsNotSentASecondTimeUnasked) {
  Import({"--result", "/result.jsonl"});
  Later(kWeek);
  const std::string result = *world.files->Read("/result.jsonl");
  EXPECT_EQ(Import({"--result", "/result.jsonl"}), 1);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("3 of the 3 lines of this file were received before"),
                                 HasSubstr("--again"), HasSubstr("--continue")));
  EXPECT_EQ(Import({"--json"}), 1);
  EXPECT_EQ(Error(), "import_repeated");
  EXPECT_THAT(Addresses(), SizeIs(3));
  EXPECT_EQ(*world.files->Read("/result.jsonl"), result) << "what it says is still true";
  EXPECT_EQ(Import({"--again"}), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "b", "c", "a", "b", "c"));
}

TEST_F(ImportAgain, AFileThatGrewSinceItWasReceivedIsNotSentASecondTimeUnasked) {
  Import();
  Later(kWeek);
  File(Form("a") + Form("b") + Form("c") + Form("d"));
  EXPECT_EQ(Import(), 1);
  EXPECT_THAT(Addresses(), SizeIs(3));
  EXPECT_EQ(Import({"--continue"}), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "b", "c", "d"));
  EXPECT_EQ(Import(), 1) << "and that is complete as well";
}

// Boundary: within twelve hours a file that lost some lines is taken for the same one, and asked
// about; from then on it is next week's.
TEST_F(ImportAgain, AsksAboutHalfOfAReceivedFileOnTheSameDayOnly) {
  Import();
  world.clock.wall -= std::chrono::seconds(3);  // Back to when it began.
  File(Form("a"));
  Later(std::chrono::hours(12));
  world.clock.wall -= base::milliseconds(1);
  EXPECT_EQ(Import(), 1);
  world.clock.wall += base::milliseconds(1);
  EXPECT_EQ(Import(), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "b", "c", "a"));
}

// What stopped it says to type the same again.
TEST_F(ImportAgain, ARunWithAgainThatWasCutOffGoesOnWhenTypedAgain) {
  Import();
  int calls = 0;
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    return ++calls == 2 || calls == 3 ? FakeWorld::Answer(Silent()) : Intake(envelope);
  };
  EXPECT_EQ(Import({"--again"}), 7);
  EXPECT_EQ(Import({"--again"}), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "b", "c", "a", "b", "c"));
  EXPECT_EQ(Import({"--again"}), 0) << "it was complete, so these are new";
  EXPECT_THAT(Addresses(), SizeIs(9));
}

// One line of last week's was never received, so that import has no end; this week's file has its
// name and one of its sentences.
TEST_F(ImportAgain, AsksWhetherAnotherFileUnderAnUnfinishedNameIsNew) {
  unknown = {"b"};
  Import();
  Later(kWeek);
  File(Form("a") + Form("d"));
  EXPECT_EQ(Import({"--json"}), 1);
  EXPECT_EQ(Error(), "import_unclear");
  EXPECT_THAT(Addresses(), ElementsAre("a", "c"));
  EXPECT_EQ(Import({"--again"}), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "c", "a", "d"));
}

TEST_F(ImportAgain, AFileThatIsCorrectedAWeekLaterGoesOnWhenToldSo) {
  unknown = {"b"};
  Import();
  Later(kWeek);
  File(Form("a") + Form("B") + Form("c"));
  EXPECT_EQ(Import(), 1);
  EXPECT_THAT(world.err(), HasSubstr("2 of its 3 lines were sent then"));
  EXPECT_EQ(Import({"--continue"}), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "c", "B"));
}

TEST_F(ImportAgain, HasNothingToGoOnWithTheFirstTime) {
  EXPECT_EQ(Import({"--continue"}), 3);
  EXPECT_EQ(Import({"--continue", "--again"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ImportAgain, TwoFilesWithEqualNamesInDifferentFoldersAreTwoImports) {
  File(Form("a"), "/noord/bulk.jsonl");
  File(Form("a"), "/zuid/bulk.jsonl");
  File(Form("a"), "/west/../zuid/bulk.jsonl");
  EXPECT_EQ(Import({}, "/noord/bulk.jsonl"), 0);
  EXPECT_EQ(Import({}, "/zuid/bulk.jsonl"), 0);
  EXPECT_THAT(Addresses(), ElementsAre("a", "a"));
  EXPECT_EQ(Import({}, "/west/../zuid/bulk.jsonl"), 1) << "another way to say the same name";
}

TEST_F(ImportAgain, StandardInputIsRememberedAsOneFile) {
  world.Type(Form("a"));
  EXPECT_EQ(Import({}, "-"), 0);
  world.Type(Form("a"));
  EXPECT_EQ(Import({}, "-"), 1);
  EXPECT_THAT(Addresses(), ElementsAre("a"));
}

// Intake knows the id with another purpose: under a new id it would be a second report.
TEST_F(ImportAgain, AnIdThatWasUsedOtherwiseIsNoRefusalOfTheLine) {
  File(Form("a") + "{oops\n");
  Import();
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(
        ReplyWith(common::v1::STATUS_INVALID, "request_id_reused", "request_id"));
  };
  EXPECT_EQ(Import(), 1);
  world.answer = [this](const std::string&, const common::v1::Envelope& envelope) {
    return Intake(envelope);
  };
  Import();
  EXPECT_THAT(Addresses(), ElementsAre("a"));
}

TEST_F(ImportAgain, SendsNothingWhenWhatItRemembersIsDamaged) {
  File(Form("a") + "{oops\n");
  Import();
  const std::string good = *world.files->Read(Remembered());
  for (const std::string& bad :
       {std::string(), good.substr(0, good.size() / 2), good + "x", std::string("\0\xff", 2)}) {
    EXPECT_TRUE(world.files->Replace(Remembered(), bad).ok());
    EXPECT_EQ(Import(), 1);
    EXPECT_THAT(world.err(), AllOf(HasSubstr("damaged"), HasSubstr(Remembered())));
    EXPECT_EQ(Import({"--continue"}), 1);
  }
  EXPECT_EQ(Import({"--json"}), 1);
  EXPECT_EQ(Error(), "import_damaged");
  EXPECT_THAT(Addresses(), ElementsAre("a"));
  EXPECT_EQ(Import({"--again"}), 1) << "the line that cannot be read";
  EXPECT_THAT(Addresses(), ElementsAre("a", "a"));
}

TEST_F(ImportAgain, SendsNothingWhileAnotherCommandImportsTheFile) {
  File(Form("a") + "{oops\n");
  Import();
  const auto lock = world.files->Lock(Remembered() + ".lock");
  EXPECT_EQ(Import(), 1);
  EXPECT_THAT(world.err(), HasSubstr("being imported right now"));
}

// Neither what the forms say nor a hash that a guess can be tried against.
TEST_F(ImportAgain, RemembersNothingOfAFamilyOrOfTheFileName) {
  File(Form("Dorpsstraat 1"), "/jansen.jsonl");
  EXPECT_EQ(Import({}, "/jansen.jsonl"), 0);
  EXPECT_THAT(
      *world.files->Read(Remembered()),
      AllOf(Not(HasSubstr("CANARY")), Not(HasSubstr("Dorpsstraat")), Not(HasSubstr("jansen"))));
  EXPECT_THAT(Remembered(), Not(HasSubstr("jansen")));
}

}  // namespace
}  // namespace samenspel::cli
