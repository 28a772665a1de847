// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/crisismeter_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/tlog/sha256.h"
#include "tests/support/changed.h"

namespace samenspel::intake {
namespace {

using support::Refusal;
using testing::ElementsAre;

// A file of the form before there were domains. Its lines are counted from 1 in the refusals below.
const std::string kGood = R"(name = "crisismeter"
version = "1"
adopted_on = 2026-11-21
adopted_by = "Demo"

[[indicator]]
id = "injury"
domain = "body"
nl = "Letsel?"
en = "Injury?"
help_nl = "Uitleg"
help_en = "Help"
source = "003.15"

[[rule]]
id = "red_injury"
colour = "red"
any_yes = ["injury"]
nl = "letsel"
en = "injury"

[unknown]
colour = "amber"
nl = "onbekend"
en = "unknown"

[clear]
colour = "green"
nl = "niets"
en = "nothing"
)";

std::string FaultOf(const std::string& toml) {
  const auto parsed = ParseCrisismeter(toml, "crisismeter.toml");
  return parsed.ok() ? "" : parsed.status().message();
}

// kGood with one change.
std::string Changed(const std::string& from, const std::string& to) {
  return support::Changed(kGood, from, to);
}

class RefusedCrisismeter : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedCrisismeter, NamesFileAndLine) {
  const Refusal& refusal = GetParam();
  EXPECT_EQ(FaultOf(Changed(refusal.from, refusal.to)),
            std::string("crisismeter.toml:") + refusal.message);
}

INSTANTIATE_TEST_SUITE_P(
    Each, RefusedCrisismeter,
    testing::Values(
        Refusal{"name = \"crisismeter\"", "name = \"table\"", "1: name is not crisismeter"},
        Refusal{"version = \"1\"\n", "", "1: version is missing or not a text"},
        Refusal{"version = \"1\"", "version = 1", "2: version is missing or not a text"},
        Refusal{"2026-11-21", "\"2026-11-21\"",
                "3: adopted_on is missing or not a date (YYYY-MM-DD, without quotes)"},
        Refusal{"adopted_by = \"Demo\"\n", "", "1: adopted_by is missing or not a text"},
        Refusal{"adopted_by", "adopted_bij", "1: adopted_by is missing or not a text"},
        Refusal{"adopted_by = \"Demo\"", "adopted_by = \"Demo\"\nweight = 3",
                "5: unknown key weight"},
        Refusal{"source = \"003.15\"", "source = \"003.15\"\nweight = 3", "14: unknown key weight"},
        Refusal{"en = \"injury\"", "en = \"injury\"\nweight = 3", "21: unknown key weight"},
        Refusal{"en = \"nothing\"", "en = \"nothing\"\nweight = 3", "31: unknown key weight"},
        Refusal{"help_nl = \"Uitleg\"\n", "", "6: help_nl is missing or not a text"},
        Refusal{"help_en = \"Help\"", "help_en = \"\"", "12: help_en is missing or not a text"},
        Refusal{"nl = \"letsel\"\n", "", "15: nl is missing or not a text"},
        Refusal{"en = \"unknown\"\n", "", "22: en is missing or not a text"},
        Refusal{"colour = \"red\"", "colour = \"purple\"", "17: colour is not red, amber or green"},
        Refusal{"colour = \"red\"", "colour = \"green\"",
                "17: colour of a knock-out cannot be green"},
        Refusal{"colour = \"amber\"", "colour = \"green\"",
                "23: colour of unknown cannot be green"},
        Refusal{"any_yes = [\"injury\"]", "any_yes = []",
                "15: a rule names at least one indicator in any_yes"},
        Refusal{"any_yes = [\"injury\"]", "any_yes = [\"injury\", \"wound\"]",
                "18: any_yes names an indicator that is not asked"},
        Refusal{"any_yes = [\"injury\"]", "any_yes = [7]",
                "18: any_yes holds something that is not a text"},
        Refusal{"any_yes = [\"injury\"]", "any_yes = \"injury\"", "18: any_yes is not a list"},
        Refusal{"id = \"red_injury\"", "id = \"unknown\"",
                "16: id is taken by [unknown] or [clear]"},
        Refusal{"id = \"red_injury\"", "id = \"clear\"", "16: id is taken by [unknown] or [clear]"},
        Refusal{"[unknown]", "[unknow]", "1: unknown is missing or not a table"},
        Refusal{"[clear]", "[cleared]", "1: clear is missing or not a table"},
        Refusal{"[[rule]]", "[rule]", "15: rule is not a list of tables"},
        Refusal{"[[rule]]", "[[rule]", "15: is not valid TOML here"}));

std::string Section(const std::string& from, const std::string& until) {
  const size_t at = kGood.find(from);
  return kGood.substr(at, kGood.find(until) - at);
}

TEST(CrisismeterFile, RefusesIdsThatStandTwice) {
  EXPECT_EQ(FaultOf(kGood + Section("[[indicator]]", "[[rule]]")),
            "crisismeter.toml:32: id stands twice");
  EXPECT_EQ(FaultOf(kGood + Section("[[rule]]", "[unknown]")),
            "crisismeter.toml:32: id stands twice");
}

TEST(CrisismeterFile, RefusesAnIndicatorThatNoRuleUses) {
  std::string unused = Section("[[indicator]]", "[[rule]]");
  unused.replace(unused.find("injury"), 6, "worry");
  EXPECT_EQ(FaultOf(kGood + unused), "crisismeter.toml:32: id is used by no rule, count or weight");
}

TEST(CrisismeterFile, RefusesAFileThatAsksNothing) {
  const std::string nothing =
      kGood.substr(0, kGood.find("[[indicator]]")) + kGood.substr(kGood.find("[unknown]"));
  EXPECT_EQ(FaultOf(nothing), "crisismeter.toml:1: no indicator is asked");
}

TEST(CrisismeterFile, RefusesMoreThanFitsOneEntry) {
  const std::string padding = "# " + std::string(48 * 1024, 'x') + "\n";
  EXPECT_EQ(FaultOf(kGood + padding), "crisismeter.toml:1: the file is larger than 48 KiB");
}

TEST(CrisismeterFile, NeverQuotesWhatItRefuses) {
  EXPECT_EQ(FaultOf(Changed("colour = \"red\"", "colour = \"Zonnestraal\"")).find("Zonnestraal"),
            std::string::npos);
}

TEST(CrisismeterFile, ReadsAllOfIt) {
  const auto parsed = ParseCrisismeter(kGood, "crisismeter.toml");
  ASSERT_TRUE(parsed.ok()) << parsed.status().message();
  EXPECT_EQ(parsed->version, "1");
  EXPECT_EQ(parsed->adopted_on, "2026-11-21");
  EXPECT_EQ(parsed->adopted_by, "Demo");
  EXPECT_EQ(parsed->hash, tlog::Sha256(kGood));
  ASSERT_EQ(parsed->indicators.size(), 1u);
  EXPECT_EQ(parsed->indicators[0].id, "injury");
  EXPECT_EQ(parsed->indicators[0].help_en, "Help");
  ASSERT_EQ(parsed->rules.size(), 1u);
  EXPECT_EQ(parsed->rules[0].colour, v1::COLOUR_RED);
  EXPECT_THAT(parsed->rules[0].any_yes, ElementsAre("injury"));
  EXPECT_EQ(parsed->unknown.colour, v1::COLOUR_AMBER);
  EXPECT_EQ(parsed->clear.colour, v1::COLOUR_GREEN);
  EXPECT_TRUE(parsed->indicators[0].direct);
  EXPECT_EQ(parsed->indicators[0].weight, 0u);
  EXPECT_TRUE(parsed->domains.empty());
}

}  // namespace
}  // namespace samenspel::intake
