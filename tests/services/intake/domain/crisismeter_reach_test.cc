// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "services/intake/domain/crisismeter_check.h"
#include "tests/services/intake/domain/meter.h"

namespace samenspel::intake {
namespace {

constexpr v1::Colour kRed = v1::COLOUR_RED;
constexpr v1::Colour kAmber = v1::COLOUR_AMBER;

// The place of the rule that was added.
size_t Add(Crisismeter& rules, v1::Colour colour, const std::vector<std::string>& any,
           const std::vector<std::string>& all = {}) {
  rules.rules.push_back({"added", colour, any, "x", "x", all});
  return rules.rules.size() - 1;
}

bool Decides(v1::Colour colour, const std::vector<std::string>& any,
             const std::vector<std::string>& all = {}) {
  Crisismeter rules = Meter();
  return RuleDecides(rules, Add(rules, colour, any, all));
}

bool CountedDecides(const Crisismeter& rules, const std::string& domain, uint32_t yes,
                    v1::Colour colour) {
  Crisismeter more = rules;
  more.counts = {{"added", domain, yes, colour, "x", "x"}};
  return CountDecides(more, 0);
}

TEST(CrisismeterReach, FindsNothingIdleInAFileThatIsWell) {
  const Crisismeter rules = Meter();
  for (size_t i = 0; i < rules.rules.size(); ++i) EXPECT_TRUE(RuleDecides(rules, i)) << i;
  EXPECT_TRUE(CountDecides(rules, 0));
  EXPECT_TRUE(WeightsDecide(rules));
  EXPECT_FALSE(NamingFault(rules));
  EXPECT_FALSE(MeaningFault(rules));
}

TEST(CrisismeterReach, SeesARuleThatOthersImplyForEachWayInWhichItFires) {
  EXPECT_FALSE(Decides(kAmber, {"injury"}));
  EXPECT_FALSE(Decides(kRed, {"injury", "threat"}));
  EXPECT_TRUE(Decides(kRed, {"injury", "debts"}));  // Debts alone would be green.
  EXPECT_FALSE(Decides(kRed, {"debts"}, {"injury"}));
  EXPECT_FALSE(Decides(kAmber, {"dirt"}, {"young"}));
  EXPECT_TRUE(Decides(kRed, {"debts"}, {"young"}));     // Amber by weight; this makes it red.
  EXPECT_FALSE(Decides(kAmber, {"debts"}, {"young"}));  // The weights say so already.
  EXPECT_FALSE(Decides(kAmber, {"debts"}, {"dirt"}));   // The count does.
}

TEST(CrisismeterReach, SeesACountThatNeverComesToItself) {
  EXPECT_TRUE(CountedDecides(Meter(), "body", 2, kRed) ==
              false);                                     // Two of body: one is a knock-out.
  EXPECT_TRUE(CountedDecides(Meter(), "body", 1, kRed));  // Young alone.
  EXPECT_TRUE(CountedDecides(Meter(), "home", 2, kRed));
  Crisismeter heavy = Meter();
  heavy.weights.amber_at_least = 11;  // Dirt and debts weigh that much.
  EXPECT_FALSE(CountedDecides(heavy, "home", 2, kAmber));
  EXPECT_TRUE(CountedDecides(heavy, "home", 2, kRed));
  EXPECT_FALSE(CountedDecides(Meter(), "home", 3, kRed));
}

TEST(CrisismeterReach, SeesACountBesideAHigherOneOfTheSameDomain) {
  Crisismeter rules = Meter();
  rules.counts.push_back({"red_home", "home", 1, kRed, "x", "x"});
  EXPECT_FALSE(CountDecides(rules, 0));
  EXPECT_TRUE(CountDecides(rules, 1));
}

TEST(CrisismeterReach, SeesWeightsThatWhatFiresByItselfHasReachedAlready) {
  Crisismeter rules = Meter();
  rules.weights.amber_at_least = 13;  // Without knock-outs and the pair: 6 + 6.
  EXPECT_FALSE(WeightsDecide(rules));
}

TEST(CrisismeterReach, EndsInAFileMadeToBeHard) {
  Crisismeter rules = Meter();
  rules.domains.push_back({"many", "Veel", "Many"});
  for (int i = 0; i < 60; ++i) {
    rules.indicators.push_back(Question("m" + std::to_string(i), "many", 0, false));
  }
  for (int i = 0; i + 1 < 60; i += 2) {  // Of each two only one may be chosen: 2^30 ways.
    Add(rules, kRed, {"m" + std::to_string(i)}, {"m" + std::to_string(i + 1)});
  }
  EXPECT_TRUE(CountedDecides(rules, "many", 30, kRed));
  CountedDecides(rules, "many", 31, kRed);  // Nobody waits for the answer.
}

}  // namespace
}  // namespace samenspel::intake
