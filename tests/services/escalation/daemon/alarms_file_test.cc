// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/alarms_file.h"

#include <gmock/gmock.h>

#include "common/base/file_system.h"
#include "tests/support/changed.h"

namespace samenspel::escalation {
namespace {

using testing::HasSubstr;

std::string Shipped() { return *base::RealFileSystem()->Read(ALARMS_TOML); }

std::string Changed(const std::string& from, const std::string& to) {
  return support::Changed(Shipped(), from, to);
}

std::string Why(const std::string& text) {
  const auto rules = ParseAlarms(text, "alarms.toml");
  return rules.ok() ? "" : rules.status().message();
}

constexpr const char* kFirstStep = "ask = [\"owner\", \"duty_manager\"]\nafter_minutes = 0";

TEST(AlarmsFile, AsDeliveredAsksOwnerDutyManagerDeputyAndThenAll) {  // P.01
  const auto rules = ParseAlarms(Shipped(), "alarms.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  const AlarmKind& kind = rules->Of(kind::kNoFirstStep);
  EXPECT_TRUE(kind.urgent);
  ASSERT_EQ(kind.steps.size(), 3u);
  EXPECT_THAT(kind.steps[0].ask, testing::ElementsAre("owner", "duty_manager"));
  EXPECT_THAT(kind.steps[1].ask, testing::ElementsAre("deputy"));
  EXPECT_THAT(kind.steps[2].ask, testing::ElementsAre("every_duty_manager"));
  EXPECT_EQ(rules->hash.size(), 32u);
}

TEST(AlarmsFile, AsDeliveredHasATextInBothLanguagesForEachKind) {
  const auto rules = ParseAlarms(Shipped(), "alarms.toml");
  ASSERT_TRUE(rules.ok());
  EXPECT_EQ(rules->kinds.size(), kind::kAll.size());
  for (const AlarmKind& kind : rules->kinds) {
    EXPECT_GT(kind.nl.size(), 40u) << kind.kind;
    EXPECT_GT(kind.en.size(), 40u) << kind.kind;
    EXPECT_NE(kind.nl, kind.en) << kind.kind;
  }
}

TEST(AlarmsFile, NamesTheLineOfAnUnknownKey) {
  EXPECT_THAT(Why("colour = \"red\"\n" + Shipped()),
              HasSubstr("alarms.toml:1: unknown key colour"));
  EXPECT_THAT(Why(Changed(kFirstStep, std::string(kFirstStep) + "\nloudly = true")),
              HasSubstr("unknown key loudly"));
}

TEST(AlarmsFile, RefusesAnUnknownCodeKindOrSeverity) {
  EXPECT_THAT(Why(Changed("ask = [\"deputy\"]", "ask = [\"neighbour\"]")),
              HasSubstr("ask holds an unknown code"));
  EXPECT_THAT(Why(Changed("kind = \"term_near\"", "kind = \"tea_ready\"")),
              HasSubstr("kind is unknown"));
  EXPECT_THAT(Why(Changed("severity = \"urgent\"", "severity = \"loud\"")),
              HasSubstr("severity is not urgent or ordinary"));
}

TEST(AlarmsFile, RefusesAKindThatIsMissingOrStandsTwice) {
  EXPECT_THAT(Why(Changed("kind = \"term_near\"", "kind = \"term_passed\"")),
              HasSubstr("stands twice"));
  const std::string text = Shipped();
  EXPECT_THAT(Why(text.substr(0, text.rfind("[[alarm]]\nkind = \"follower_lagging\""))),
              HasSubstr("lacks alarm follower_lagging"));
}

TEST(AlarmsFile, OfBeforeThereWasAClockAlarmAsksWhoeverHearsOfSilence) {
  const std::string text = Shipped();
  const auto rules = ParseAlarms(text.substr(0, text.rfind("[[alarm]]")), "alarms.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  EXPECT_THAT(rules->Of(kind::kClockWrong).steps[0].ask, testing::ElementsAre("operator"));
  EXPECT_EQ(rules->kinds.size(), kind::kAll.size());
}

TEST(AlarmsFile, OfBeforeReadingWasWatchedAsksWhoeverJudgesAnOpening) {
  const std::string text = Shipped();
  const size_t begin = text.find("[[alarm]]\nkind = \"many_households\"");
  ASSERT_NE(begin, std::string::npos);
  std::string former = text;
  former.erase(begin, text.find("[[alarm]]\n", begin + 1) - begin);
  former = support::Changed(former, "households = 25\nhouseholds_hours = 24\n", "");
  const auto rules = ParseAlarms(former, "alarms.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  EXPECT_THAT(rules->Of(kind::kManyHouseholds).steps[0].ask,
              testing::ElementsAre("privacy_officer"));
  EXPECT_EQ(rules->households, 25u);
  EXPECT_EQ(rules->reading, std::chrono::hours(24));
}

TEST(AlarmsFile, SaysHowManyFamiliesMayBeRead) {
  const auto rules = ParseAlarms(
      Changed("households = 25\nhouseholds_hours = 24", "households = 3\nhouseholds_hours = 168"),
      "alarms.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  EXPECT_EQ(rules->households, 3u);
  EXPECT_EQ(rules->reading, std::chrono::hours(168));
  EXPECT_THAT(Why(Changed("households = 25", "households = 0")), HasSubstr("households"));
  EXPECT_THAT(Why(Changed("households = 25", "households = 201")), HasSubstr("households"));
  EXPECT_THAT(Why(Changed("households_hours = 24", "households_hours = 169")),
              HasSubstr("households_hours"));
}

TEST(AlarmsFile, RefusesAChainWithoutSteps) {
  std::string text = Shipped();
  text.resize(text.rfind("[[alarm.step]]"));
  text.resize(text.rfind("[[alarm.step]]"));
  EXPECT_THAT(Why(text), HasSubstr("an alarm has 1 to 8 steps"));
}

TEST(AlarmsFile, RefusesAFirstStepThatWaits) {
  EXPECT_THAT(Why(Changed(kFirstStep, "ask = [\"owner\"]\nafter_minutes = 1")),
              HasSubstr("after_minutes of the first step is not 0"));
}

TEST(AlarmsFile, RefusesAStepThatIsNeverReached) {
  EXPECT_THAT(Why(Changed("ask = [\"deputy\"]", "ask = [\"owner\"]")),
              HasSubstr("it is never reached"));
  EXPECT_THAT(Why(Changed("after_minutes = 5", "after_minutes = 0")),
              HasSubstr("belongs to the one before it"));
}

TEST(AlarmsFile, RefusesAFileThatIsOnlyHalfThere) {
  const std::string text = Shipped();
  EXPECT_THAT(Why(text.substr(0, text.size() / 2)), HasSubstr("alarms.toml:"));
  EXPECT_THAT(Why(""), HasSubstr("alarms.toml:"));
}

TEST(AlarmsFile, RefusesAFileThatNoEntryCouldHold) {
  EXPECT_THAT(Why(Shipped() + std::string(48 * 1024, '#')), HasSubstr("larger than 48 KiB"));
}

}  // namespace
}  // namespace samenspel::escalation
