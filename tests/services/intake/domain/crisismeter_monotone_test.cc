// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <random>
#include <string_view>

#include "services/intake/domain/crisismeter_check.h"
#include "tests/services/intake/domain/meter.h"

// Random answers to random rules that pass the check: knowing of one danger more never helps.
namespace samenspel::intake {
namespace {

constexpr uint64_t kSeed = 20261121;
constexpr int kMeters = 200;
constexpr int kForms = 40;
constexpr size_t kQuestions = 12;

class Chance {
 public:
  explicit Chance(uint64_t seed) : engine_(seed) {}
  size_t Below(size_t bound) { return engine_() % bound; }
  bool OneIn(size_t n) { return Below(n) == 0; }
  v1::Colour Colour() { return OneIn(2) ? v1::COLOUR_RED : v1::COLOUR_AMBER; }
  v1::AnswerValue Value() { return std::array{kNo, kUnknown, kYes}[Below(3)]; }
  std::vector<std::string> Some(size_t most) {
    std::vector<std::string> ids;
    for (size_t i = 0, n = 1 + Below(most); i < n; ++i) ids.push_back(Id(Below(kQuestions)));
    return ids;
  }
  static std::string Id(size_t i) { return "q" + std::to_string(i); }

 private:
  std::mt19937_64 engine_;
};

Crisismeter Invented(Chance& chance) {
  Crisismeter rules = Meter();
  rules.indicators.clear();
  rules.rules.clear();
  rules.counts.clear();
  for (size_t i = 0; i < kQuestions; ++i) {
    rules.indicators.push_back(Question(Chance::Id(i), rules.domains[chance.Below(2)].id,
                                        static_cast<uint32_t>(chance.Below(8)), chance.OneIn(4)));
  }
  for (size_t i = 0, n = 2 + chance.Below(5); i < n; ++i) {
    rules.rules.push_back({"r" + std::to_string(i), chance.Colour(), chance.Some(3), "x", "x",
                           chance.OneIn(2) ? chance.Some(2) : std::vector<std::string>{}});
  }
  if (chance.OneIn(2)) {
    rules.counts.push_back(
        {"c", "home", static_cast<uint32_t>(2 + chance.Below(3)), chance.Colour(), "x", "x"});
  }
  rules.weights.amber_at_least = static_cast<uint32_t>(8 + chance.Below(20));
  return rules;
}

// Without what the check refuses, until it refuses nothing; nothing when that cannot be.
std::optional<Crisismeter> Mended(Crisismeter rules) {
  while (true) {
    auto fault = NamingFault(rules);
    if (!fault) fault = MeaningFault(rules);
    if (!fault) return rules;
    const auto place = static_cast<std::ptrdiff_t>(fault->index);
    if (fault->at == RuleFault::At::kRule) {
      rules.rules.erase(rules.rules.begin() + place);
    } else if (fault->at == RuleFault::At::kCount) {
      rules.counts.erase(rules.counts.begin() + place);
    } else if (std::string_view(fault->key) == "direct") {
      rules.indicators[fault->index].direct = false;
    } else if (std::string_view(fault->key) == "id") {
      rules.indicators[fault->index].weight = 1;  // Now something uses it.
    } else {
      return std::nullopt;
    }
  }
}

Answers Filled(const std::vector<v1::AnswerValue>& values) {
  Answers answers;
  for (size_t i = 0; i < values.size(); ++i) {
    answers.Add()->set_indicator(Chance::Id(i));
    answers.rbegin()->set_value(values[i]);
  }
  return answers;
}

// From no by way of unknown to yes, for each question in turn.
void ExpectNeverLower(const Crisismeter& rules, std::vector<v1::AnswerValue> values) {
  for (v1::AnswerValue& value : values) {
    const v1::AnswerValue before = value;
    value = kNo;
    const v1::Colour no = GradeOf(rules, Filled(values)).colour();
    value = kUnknown;
    const v1::Colour unknown = GradeOf(rules, Filled(values)).colour();
    value = kYes;
    const v1::Colour yes = GradeOf(rules, Filled(values)).colour();
    value = before;
    EXPECT_LE(no, unknown);
    EXPECT_LE(unknown, yes);
  }
}

TEST(CrisismeterMonotone, NeverLowersTheColourFromNoToUnknownToYes) {  // 003.12, P.11
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Chance chance(kSeed);
  int tried = 0;
  for (int i = 0; i < kMeters; ++i) {
    const std::optional<Crisismeter> rules = Mended(Invented(chance));
    if (!rules) continue;
    ++tried;
    for (int form = 0; form < kForms; ++form) {
      std::vector<v1::AnswerValue> values(kQuestions);
      for (v1::AnswerValue& value : values) value = chance.Value();
      ExpectNeverLower(*rules, values);
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(tried, kMeters / 4);
}

}  // namespace
}  // namespace samenspel::intake
