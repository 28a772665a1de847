// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "common/base/file_system.h"
#include "services/intake/daemon/crisismeter_file.h"

// The crisismeter that is delivered: what the region will be graded by.
namespace samenspel::intake {
namespace {

using testing::IsSupersetOf;

constexpr v1::AnswerValue kYes = v1::ANSWER_VALUE_YES;
constexpr v1::AnswerValue kNo = v1::ANSWER_VALUE_NO;
constexpr v1::AnswerValue kUnknown = v1::ANSWER_VALUE_UNKNOWN;

std::string Text() {
  const auto toml = base::RealFileSystem()->Read(CRISISMETER_TOML);
  EXPECT_TRUE(toml.ok()) << toml.status().message();
  return *toml;
}

const Crisismeter& Shipped() {
  static const Crisismeter rules = [] {
    auto parsed = ParseCrisismeter(Text(), "crisismeter.toml");
    EXPECT_TRUE(parsed.ok()) << parsed.status().message();
    return *parsed;
  }();
  return rules;
}

using Given = std::map<std::string, v1::AnswerValue>;

// Every question answered no, but for these.
v1::Grade Graded(const Given& given) {
  Answers answers;
  for (const Indicator& indicator : Shipped().indicators) {
    answers.Add()->set_indicator(indicator.id);
    const auto other = given.find(indicator.id);
    answers.rbegin()->set_value(other == given.end() ? kNo : other->second);
  }
  return GradeOf(Shipped(), answers);
}

v1::Colour ColourOf(const Given& given) { return Graded(given).colour(); }

std::set<std::string> Ids() {
  std::set<std::string> ids;
  for (const Indicator& indicator : Shipped().indicators) ids.insert(indicator.id);
  return ids;
}

TEST(ShippedCrisismeter, AsksWhatTheOtherServicesRelyOn) {  // 003.12, 003.15, P.20, P.21
  EXPECT_THAT(Ids(), IsSupersetOf({"fresh_injury",
                                   "suspect_has_access",
                                   "no_basic_care",
                                   "sexual_abuse_suspected",
                                   "sexual_abuse_recent",
                                   "weapon_or_death_threat",
                                   "parent_suicidal",
                                   "child_suicidal",
                                   "psychiatric_illness_parent",
                                   "parental_addiction",
                                   "honour_related_violence",
                                   "abduction_risk",
                                   "forced_marriage_risk",
                                   "child_disclosed",
                                   "young_or_dependent_child",
                                   "domestic_violence_witnessed",
                                   "possible_offence",
                                   "hospital_involved",
                                   "repeat_report",
                                   "no_protective_adult",
                                   "debts_or_eviction",
                                   "school_absence",
                                   "serious_illness_parent",
                                   "mild_intellectual_disability",
                                   "unborn_child_at_risk",
                                   "police_involved_now",
                                   "location_unknown",
                                   "neglect_structural",
                                   "parents_refuse_contact"}));
  EXPECT_GE(Ids().size(), 27u);
  EXPECT_GE(Shipped().domains.size(), 12u);
}

TEST(ShippedCrisismeter, FitsAnEntryWithRoomToSpare) { EXPECT_LT(Text().size(), 40u * 1024); }

TEST(ShippedCrisismeter, AsksForDirectDangerFirst) {
  const auto& asked = Shipped().indicators;
  EXPECT_TRUE(std::is_partitioned(asked.begin(), asked.end(),
                                  [](const Indicator& indicator) { return indicator.direct; }));
}

TEST(ShippedCrisismeter, IsRedForAnInjuryOrAbuseThatIsFreshOrCanGoOn) {  // P.11, 003.15
  for (const char* danger :
       {"fresh_injury", "suspect_has_access", "no_basic_care", "sexual_abuse_recent",
        "weapon_or_death_threat", "child_suicidal", "abduction_risk"}) {
    EXPECT_EQ(ColourOf({{danger, kYes}}), v1::COLOUR_RED) << danger;
  }
}

TEST(ShippedCrisismeter, IsAtLeastAmberForEachSignOfDirectDangerAndWhileOneIsNotKnown) {  // P.11
  for (const Indicator& indicator : Shipped().indicators) {
    if (!indicator.direct) continue;
    EXPECT_GE(ColourOf({{indicator.id, kYes}}), v1::COLOUR_AMBER) << indicator.id;
    EXPECT_EQ(ColourOf({{indicator.id, kUnknown}}), v1::COLOUR_AMBER) << indicator.id;
  }
  EXPECT_EQ(ColourOf({{"physical_abuse_suspected", kYes}}), v1::COLOUR_AMBER);
  EXPECT_EQ(ColourOf({{"sexual_abuse_suspected", kYes}}), v1::COLOUR_AMBER);
}

TEST(ShippedCrisismeter, IsGreenOnlyWhenWhatIsNotKnownCannotWeighEnough) {
  EXPECT_EQ(ColourOf({}), v1::COLOUR_GREEN);
  EXPECT_EQ(ColourOf({{"separation_conflict", kYes}, {"mild_intellectual_disability", kUnknown}}),
            v1::COLOUR_GREEN);
  EXPECT_EQ(ColourOf({{"neglect_structural", kUnknown},
                      {"parental_addiction", kUnknown},
                      {"psychiatric_illness_parent", kUnknown}}),
            v1::COLOUR_AMBER);
  EXPECT_EQ(GradeOf(Shipped(), {}).colour(), v1::COLOUR_AMBER);
}

TEST(ShippedCrisismeter, AddsUpLesserWorries) {  // 003.12
  const v1::Grade grade = Graded({{"neglect_structural", kYes},
                                  {"parental_addiction", kYes},
                                  {"psychiatric_illness_parent", kYes}});
  EXPECT_EQ(grade.colour(), v1::COLOUR_AMBER);
  ASSERT_EQ(grade.fired_size(), 1);
  EXPECT_EQ(grade.fired(0).rule(), "weights");
  EXPECT_EQ(grade.weight(), 15u);
}

TEST(ShippedCrisismeter, CountsSignsOfOneKind) {  // 003.12
  EXPECT_EQ(ColourOf({{"domestic_violence_witnessed", kYes},
                      {"violence_getting_worse", kYes},
                      {"separation_conflict", kYes}}),
            v1::COLOUR_RED);
  EXPECT_EQ(ColourOf({{"repeat_report", kYes}}), v1::COLOUR_GREEN);
  EXPECT_EQ(ColourOf({{"repeat_report", kYes}, {"agreements_broken", kYes}}), v1::COLOUR_AMBER);
}

TEST(ShippedCrisismeter, WeighsWhoProtectsTheChildAndWhetherItCanHelpItself) {
  const Given suspected = {{"physical_abuse_suspected", kYes}};
  EXPECT_EQ(ColourOf(suspected), v1::COLOUR_AMBER);
  EXPECT_EQ(ColourOf({{"physical_abuse_suspected", kYes}, {"no_protective_adult", kYes}}),
            v1::COLOUR_RED);
  EXPECT_EQ(ColourOf({{"carer_intoxicated_now", kYes}}), v1::COLOUR_AMBER);
  EXPECT_EQ(ColourOf({{"carer_intoxicated_now", kYes}, {"young_or_dependent_child", kYes}}),
            v1::COLOUR_RED);
}

TEST(ShippedCrisismeter, AsksFirstForWhatCouldBeRed) {
  const v1::Grade grade = GradeOf(Shipped(), {});
  EXPECT_EQ(grade.next().indicator(), "fresh_injury");
  EXPECT_EQ(grade.next().colour(), v1::COLOUR_RED);
}

TEST(ShippedCrisismeter, HelpsWithEachQuestionInBothLanguagesAndInFewWords) {
  for (const Indicator& indicator : Shipped().indicators) {
    for (const std::string* text :
         {&indicator.nl, &indicator.en, &indicator.help_nl, &indicator.help_en}) {
      EXPECT_LE(text->size(), 300u) << indicator.id;
    }
    EXPECT_EQ(indicator.nl.back(), '?') << indicator.id;
    EXPECT_EQ(indicator.en.back(), '?') << indicator.id;
  }
}

}  // namespace
}  // namespace samenspel::intake
