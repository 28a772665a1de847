// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/intake/daemon/crisismeter_file.h"
#include "tests/support/changed.h"

namespace samenspel::intake {
namespace {

using support::Changed;
using support::Refusal;
using testing::ElementsAre;
using testing::HasSubstr;

// Every part of a file once. Its lines are counted from 1 in the refusals below.
const std::string kWhole = R"(name = "crisismeter"
version = "2"
adopted_on = 2026-11-21
adopted_by = "Demo"

[[domain]]
id = "body"
nl = "Lichaam"
en = "Body"

[[domain]]
id = "home"
nl = "Thuis"
en = "Home"

[[indicator]]
id = "injury"
domain = "body"
direct = true
weight = 9
nl = "Letsel?"
en = "Injury?"
help_nl = "Uitleg"
help_en = "Help"
source = "003.15"

[[indicator]]
id = "dirt"
domain = "home"
weight = 4
nl = "Vuil?"
en = "Dirt?"
help_nl = "Uitleg"
help_en = "Help"
source = "003.01"

[[indicator]]
id = "debts"
domain = "home"
weight = 4
nl = "Schulden?"
en = "Debts?"
help_nl = "Uitleg"
help_en = "Help"
source = "003.24"

[[indicator]]
id = "young"
domain = "body"
weight = 6
nl = "Jong?"
en = "Young?"
help_nl = "Uitleg"
help_en = "Help"
source = "003.12"

[[rule]]
id = "red_injury"
colour = "red"
any_yes = ["injury"]
nl = "letsel"
en = "injury"

[[rule]]
id = "red_young_in_dirt"
colour = "red"
all_yes = ["young"]
any_yes = ["dirt"]
nl = "jong kind in vuil"
en = "young child in dirt"

[[count]]
id = "count_home"
domain = "home"
yes_at_least = 2
colour = "amber"
nl = "thuis"
en = "home"

[weights]
amber_at_least = 10
nl = "samen"
en = "together"
unknown_nl = "veel onbekend"
unknown_en = "much unknown"

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
  const auto parsed = ParseCrisismeter(toml, "meter.toml");
  return parsed.ok() ? "" : parsed.status().message();
}

std::string With(const std::string& more) {
  return Changed(kWhole, "[weights]", more + "[weights]");
}

std::string RuleText(const std::string& id, const std::string& colour, const std::string& any) {
  return "[[rule]]\nid = \"" + id + "\"\ncolour = \"" + colour + "\"\nany_yes = " + any +
         "\nnl = \"x\"\nen = \"x\"\n\n";
}

TEST(CrisismeterFormat, ReadsAllOfIt) {  // 003.12
  const auto parsed = ParseCrisismeter(kWhole, "meter.toml");
  ASSERT_TRUE(parsed.ok()) << parsed.status().message();
  ASSERT_EQ(parsed->domains.size(), 2u);
  EXPECT_EQ(parsed->domains[1].en, "Home");
  ASSERT_EQ(parsed->indicators.size(), 4u);
  EXPECT_TRUE(parsed->indicators[0].direct);
  EXPECT_FALSE(parsed->indicators[1].direct);
  EXPECT_EQ(parsed->indicators[0].weight, 9u);
  ASSERT_EQ(parsed->rules.size(), 2u);
  EXPECT_THAT(parsed->rules[1].all_yes, ElementsAre("young"));
  EXPECT_THAT(parsed->rules[1].any_yes, ElementsAre("dirt"));
  ASSERT_EQ(parsed->counts.size(), 1u);
  EXPECT_EQ(parsed->counts[0].domain, "home");
  EXPECT_EQ(parsed->counts[0].yes_at_least, 2u);
  EXPECT_EQ(parsed->counts[0].colour, v1::COLOUR_AMBER);
  EXPECT_EQ(parsed->weights.amber_at_least, 10u);
  EXPECT_EQ(parsed->weights.en, "together");
  EXPECT_EQ(parsed->unknown_weight.colour, v1::COLOUR_AMBER);
  EXPECT_EQ(parsed->unknown_weight.nl, "veel onbekend");
}

TEST(CrisismeterFormat, ReadsAFileWithoutWeights) {
  std::string toml = kWhole;
  for (const char* weight : {"weight = 9\n", "weight = 4\n", "weight = 4\n", "weight = 6\n"}) {
    toml = Changed(toml, weight, "");
  }
  const size_t from = toml.find("[weights]");
  toml.erase(from, toml.find("[unknown]") - from);
  const auto parsed = ParseCrisismeter(toml, "meter.toml");
  ASSERT_TRUE(parsed.ok()) << parsed.status().message();
  EXPECT_EQ(parsed->weights.amber_at_least, 0u);
}

class RefusedFormat : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedFormat, NamesFileAndLine) {
  const Refusal& refusal = GetParam();
  EXPECT_EQ(FaultOf(Changed(kWhole, refusal.from, refusal.to)),
            std::string("meter.toml:") + refusal.message);
}

INSTANTIATE_TEST_SUITE_P(
    Each, RefusedFormat,
    testing::Values(
        Refusal{"nl = \"Lichaam\"\n", "", "6: nl is missing or not a text"},
        Refusal{"en = \"Home\"", "en = \"\"", "14: en is missing or not a text"},
        Refusal{"nl = \"Letsel?\"\n", "", "16: nl is missing or not a text"},
        Refusal{"en = \"Dirt?\"\n", "", "27: en is missing or not a text"},
        Refusal{"id = \"home\"", "id = \"body\"", "12: id stands twice"},
        Refusal{"id = \"debts\"", "id = \"dirt\"", "38: id stands twice"},
        Refusal{"id = \"red_young_in_dirt\"", "id = \"red_injury\"", "65: id stands twice"},
        Refusal{"id = \"count_home\"", "id = \"red_injury\"", "73: id stands twice"},
        Refusal{"id = \"count_home\"", "id = \"weights\"", "73: id is taken by [weights]"},
        Refusal{"id = \"red_injury\"", "id = \"unknown_weight\"", "58: id is taken by [weights]"},
        Refusal{"domain = \"body\"", "domain = \"soul\"", "18: domain is not one of the domains"},
        Refusal{"yes_at_least = 2\ncolour", "yes_at_least = 3\ncolour",
                "75: yes_at_least is more than the domain has indicators"},
        Refusal{"domain = \"home\"\nyes", "domain = \"garden\"\nyes",
                "74: domain is not one of the domains"},
        Refusal{"yes_at_least = 2", "yes_at_least = 0",
                "75: yes_at_least is missing or not a whole number from 1 to 200"},
        Refusal{"yes_at_least = 2", "yes_at_least = -2",
                "75: yes_at_least is missing or not a whole number from 1 to 200"},
        Refusal{"weight = 9", "weight = -9",
                "20: weight is missing or not a whole number from 0 to 100"},
        Refusal{"weight = 9", "weight = 101",
                "20: weight is missing or not a whole number from 0 to 100"},
        Refusal{"weight = 9", "weight = 9.5",
                "20: weight is missing or not a whole number from 0 to 100"},
        Refusal{"direct = true", "direct = \"yes\"", "19: direct is not true or false"},
        Refusal{"direct = true", "direct = false", "1: no indicator is direct"},
        Refusal{"amber_at_least = 10", "amber_at_least = -1",
                "81: amber_at_least is missing or not a whole number from 1 to 20000"},
        Refusal{"amber_at_least = 10", "amber_at_least = 24",
                "81: amber_at_least is more than all weights together"},
        Refusal{"amber_at_least = 10", "amber_at_least = 15",
                "81: amber_at_least never decides: whatever it fires on has its colour already"},
        Refusal{"unknown_nl = \"veel onbekend\"\n", "", "80: unknown_nl is missing or not a text"},
        Refusal{"colour = \"amber\"\nnl = \"thuis\"", "colour = \"green\"\nnl = \"thuis\"",
                "76: colour of a count cannot be green"},
        Refusal{"colour = \"amber\"\nnl = \"onbekend\"", "colour = \"green\"\nnl = \"onbekend\"",
                "88: colour of unknown cannot be green"},
        Refusal{"colour = \"amber\"\nnl = \"onbekend\"", "colour = \"red\"\nnl = \"onbekend\"",
                "88: colour must be amber beside [weights]"},
        Refusal{"colour = \"green\"\nnl = \"niets\"", "colour = \"red\"\nnl = \"niets\"",
                "93: colour is higher than that of [unknown]"},
        Refusal{"all_yes = [\"young\"]", "all_yes = [\"old\"]",
                "67: all_yes names an indicator that is not asked"},
        Refusal{"all_yes = [\"young\"]", "all_yes = [\"dirt\"]",
                "67: all_yes names an indicator that the rule names already"},
        Refusal{"any_yes = [\"dirt\"]\n", "", "64: a rule names at least one indicator in any_yes"},
        Refusal{"[[count]]", "[[counts]]", "72: unknown key counts"}));

TEST(CrisismeterFormat, RefusesADomainOfNoIndicator) {
  const std::string garden = "[[domain]]\nid = \"garden\"\nnl = \"Tuin\"\nen = \"Garden\"\n\n";
  EXPECT_EQ(FaultOf(Changed(kWhole, "[[indicator]]", garden + "[[indicator]]")),
            "meter.toml:17: id is the domain of no indicator");
}

TEST(CrisismeterFormat, RefusesAnIndicatorThatNothingUses) {
  EXPECT_EQ(FaultOf(Changed(Changed(kWhole, "any_yes = [\"injury\"]", "any_yes = [\"dirt\"]"),
                            "weight = 9\n", "")),
            "meter.toml:17: id is used by no rule, count or weight");
}

TEST(CrisismeterFormat, RefusesAWeightThatNothingAddsUp) {
  const size_t from = kWhole.find("[weights]");
  std::string toml = kWhole;
  toml.erase(from, toml.find("[unknown]") - from);
  EXPECT_EQ(FaultOf(toml), "meter.toml:20: weight counts for nothing: there is no [weights]");
}

TEST(CrisismeterFormat, RefusesAnAmberRuleThatARedOneImplies) {
  EXPECT_EQ(FaultOf(With(RuleText("amber_injury", "amber", "[\"injury\"]"))),
            "meter.toml:81: id never decides: whatever it fires on has its colour already");
}

TEST(CrisismeterFormat, RefusesAnAmberRuleOfWhatWeighsEnoughByItself) {
  EXPECT_THAT(FaultOf(Changed(With(RuleText("amber_young", "amber", "[\"young\"]")),
                              "amber_at_least = 10", "amber_at_least = 6")),
              HasSubstr(":81: id never decides"));
}

TEST(CrisismeterFormat, RefusesADirectQuestionWhoseYesCountsLessThanUnknown) {
  EXPECT_EQ(FaultOf(Changed(kWhole, "weight = 6\n", "weight = 6\ndirect = true\n")),
            "meter.toml:51: direct needs a rule: a yes counts less than unknown");
}

TEST(CrisismeterFormat, RefusesMoreThanTwoHundredQuestions) {
  const auto padded = [](int count) {
    std::string all;
    for (int i = 0; i < count; ++i) {
      all += "[[indicator]]\nid=\"q" + std::to_string(i) +
             "\"\ndomain=\"home\"\nweight=1\nnl=\"x\"\nen=\"x\"\nhelp_nl=\"x\"\nhelp_en=\"x\"\n"
             "source=\"x\"\n";
    }
    return With(all);
  };
  EXPECT_EQ(FaultOf(padded(196)), "");
  EXPECT_THAT(FaultOf(padded(197)), HasSubstr("more than 200 indicators are asked"));
}

TEST(CrisismeterFormat, RefusesReasonsThatDoNotFitAnEntry) {
  const auto padded = [](size_t size) {
    return Changed(kWhole, "nl = \"letsel\"", "nl = \"" + std::string(size, 'x') + "\"");
  };
  EXPECT_EQ(FaultOf(padded(20'000)), "");
  EXPECT_EQ(FaultOf(padded(24'600)),
            "meter.toml:1: the reasons for one colour can be longer than an entry");
}

}  // namespace
}  // namespace samenspel::intake
