// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/samenspel/commands/commands.h"

namespace samenspel::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::variant<Options, Early> Read(const std::vector<std::string>& arguments) {
  return ReadOptions(arguments, Texts(Language::kDutch));
}

Options Good(const std::vector<std::string>& arguments) {
  const auto read = Read(arguments);
  EXPECT_TRUE(std::holds_alternative<Options>(read));
  return std::holds_alternative<Options>(read) ? std::get<Options>(read) : Options{};
}

TEST(OptionsTest, ReadsTheThingAndTheVerb) {
  EXPECT_EQ(Good({"report", "submit", "f.json"}).run, ReportSubmit);
  EXPECT_EQ(Good({"report", "submit", "f.json"}).target, "f.json");
  EXPECT_TRUE(Good({"report", "submit", "--retry"}).retry);
  EXPECT_EQ(Good({"report", "submit", "-"}).target, "-");
  EXPECT_EQ(Good({"report", "show", "x"}).run, ReportShow);
  EXPECT_EQ(Good({"meeting", "show", "x"}).run, MeetingShow);
  EXPECT_EQ(Good({"audit", "show", "intake:1"}).run, AuditShow);
  EXPECT_EQ(Good({"keys", "list", "--registry", "d"}).run, KeysList);
  EXPECT_EQ(Good({"keys", "revoke", "x", "--registry", "d"}).run, KeysRevoke);
  EXPECT_EQ(Good({"status", "--wait", "5"}).wait_s, 5);
  EXPECT_EQ(Good({"status"}).run, ShowStatus);
  EXPECT_EQ(Good({"region", "demo", "--seed", "9"}).region.seed, 9U);
}

TEST(OptionsTest, KnowsTheDailyCommands) {
  EXPECT_EQ(Good({"report", "list"}).run, ReportList);
  EXPECT_EQ(Good({"report", "check", "f"}).run, ReportCheck);
  EXPECT_EQ(Good({"report", "crisismeter"}).run, ReportCrisismeter);
  EXPECT_EQ(Good({"report", "hold", "x", "--step", "112"}).run, ReportHold);
  EXPECT_EQ(Good({"report", "confirm", "x"}).run, ReportConfirm);
  EXPECT_EQ(Good({"report", "open", "x"}).run, ReportOpen);
  EXPECT_EQ(Good({"report", "circle", "x", "a", "b"}).run, ReportCircle);
  EXPECT_THAT(Good({"report", "circle", "x", "a", "b"}).change.persons, ElementsAre("a", "b"));
  EXPECT_EQ(Good({"report", "import", "f", "--result", "r"}).run, ReportImport);
  EXPECT_EQ(Good({"report", "submit", "f", "--for-desk", "o"}).change.for_desk, "o");
  EXPECT_EQ(Good({"meeting", "list"}).run, MeetingList);
  EXPECT_EQ(Good({"meeting", "accept", "x"}).run, MeetingAccept);
  EXPECT_EQ(Good({"alarm", "list"}).run, AlarmList);
  EXPECT_EQ(Good({"alarm", "show", "x"}).run, AlarmShow);
  EXPECT_EQ(Good({"alarm", "ack", "x"}).run, AlarmAck);
  EXPECT_EQ(Good({"review", "list"}).run, ReviewList);
  EXPECT_EQ(Good({"review", "x", "--justified"}).run, Review);
  EXPECT_EQ(Good({"me"}).run, Me);
}

// The queue is a list, and has verbs; those of every day are also commands of one word.
TEST(OptionsTest, TellsTheQueueFromItsVerbs) {
  EXPECT_EQ(Good({"queue"}).run, Queue);
  EXPECT_TRUE(Good({"queue", "--watch", "--interval", "5"}).list.watch);
  EXPECT_EQ(Good({"queue", "settle", "x", "--outcome", "advice"}).run, QueueSettle);
  for (const std::vector<std::string>& under :
       std::vector<std::vector<std::string>>{{}, {"queue"}}) {
    const auto with = [&](std::vector<std::string> rest) {
      rest.insert(rest.begin(), under.begin(), under.end());
      return Good(rest);
    };
    EXPECT_EQ(with({"claim", "x", "--version", "7"}).run, QueueClaim);
    EXPECT_EQ(with({"claim", "x", "--version", "7"}).change.version, 7U);
    EXPECT_EQ(with({"hand-over", "x", "y"}).run, QueueHandOver);
    EXPECT_EQ(with({"hand-over", "x", "y"}).change.to, "y");
    EXPECT_EQ(with({"hand-back", "x"}).run, QueueHandBack);
  }
}

TEST(OptionsTest, TakesGlobalFlagsBeforeAndAfterTheVerb) {
  EXPECT_TRUE(Good({"--json", "report", "show", "x"}).json);
  const Options after = Good({"report", "show", "x", "--json", "-q", "--no-color", "--lang", "en",
                              "--config", "c", "--purpose", "audit", "--timeout", "3"});
  EXPECT_TRUE(after.json && after.quiet && after.no_color);
  EXPECT_EQ(after.language, "en");
  EXPECT_EQ(after.config, "c");
  EXPECT_EQ(after.purpose, "audit");
  EXPECT_EQ(after.timeout_s, 3);
}

TEST(OptionsTest, ReadsRolesThatAreRepeated) {
  const Options options = Good({"keys", "new", "--id", "i", "--employer", "e", "--function", "f",
                                "--role", "a", "--role", "b", "--registry", "r", "--secrets", "s"});
  EXPECT_THAT(options.keys.roles, ElementsAre("a", "b"));
}

TEST(OptionsTest, EndsWithTwoWhenTheLineCannotBeRead) {
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{{},
                                             {"report"},
                                             {"report", "submit"},
                                             {"report", "show"},
                                             {"report", "show", "a", "b"},
                                             {"bogus"},
                                             {"status", "--bogus"},
                                             {"status", "--wait", "soon"},
                                             {"status", "--lang", "fr"},
                                             {"status", "--timeout", "0"},
                                             {"region", "demo", "--professionals", "3"},
                                             {"keys", "new", "--id", "x"}}) {
    const auto read = Read(bad);
    ASSERT_TRUE(std::holds_alternative<Early>(read)) << testing::PrintToString(bad);
    EXPECT_EQ(std::get<Early>(read).exit, kExitInvalid);
    EXPECT_THAT(std::get<Early>(read).text, HasSubstr("--help"));
  }
}

TEST(OptionsTest, NamesWhatItDoesNotKnow) {
  EXPECT_THAT(std::get<Early>(Read({"bogus"})).text, HasSubstr("bogus ken ik hier niet"));
}

TEST(OptionsTest, ShowsHelpAndVersionAsSuccess) {
  for (const std::vector<std::string>& asked : std::vector<std::vector<std::string>>{
           {"--help"}, {"report", "--help"}, {"report", "submit", "--help"}, {"--version"}}) {
    const auto read = Read(asked);
    ASSERT_TRUE(std::holds_alternative<Early>(read));
    EXPECT_EQ(std::get<Early>(read).exit, kExitOk);
    EXPECT_FALSE(std::get<Early>(read).text.empty());
  }
  EXPECT_THAT(std::get<Early>(Read({"report", "submit", "--help"})).text, HasSubstr("--retry"));
}

TEST(OptionsTest, FindsLanguageAndConfigAhead) {
  EXPECT_EQ(ValueAhead({"status", "--lang", "en"}, "--lang"), "en");
  EXPECT_EQ(ValueAhead({"--lang=nl", "--bogus"}, "--lang"), "nl");
  EXPECT_EQ(ValueAhead({"status", "--lang"}, "--lang"), std::nullopt);
  EXPECT_EQ(ValueAhead({"--config", "c", "status"}, "--config"), "c");
}

}  // namespace
}  // namespace samenspel::cli
