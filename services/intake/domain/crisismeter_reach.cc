// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "services/intake/domain/crisismeter_check.h"

namespace samenspel::intake {
namespace {

// Ends the search in a file made to be hard; what was not shown to be idle is let through.
constexpr int kTriesMax = 20'000;

// What is looked at; everything else is "the others".
struct Part {
  enum class Kind { kRule, kCount, kWeights };
  Kind kind;
  size_t index;
  v1::Colour colour;

  bool Is(Kind other, size_t place) const { return kind == other && index == place; }
};

// Whether another part gives this colour or a higher one already.
bool OthersFire(const Sheet& sheet, const Part& part) {
  const Crisismeter& rules = sheet.rules();
  for (size_t i = 0; i < rules.rules.size(); ++i) {
    if (part.Is(Part::Kind::kRule, i) || rules.rules[i].colour < part.colour) continue;
    if (sheet.RuleFires(i)) return true;
  }
  for (size_t i = 0; i < rules.counts.size(); ++i) {
    if (part.Is(Part::Kind::kCount, i) || rules.counts[i].colour < part.colour) continue;
    if (sheet.CountFires(i)) return true;
  }
  return part.kind != Part::Kind::kWeights && part.colour <= v1::COLOUR_AMBER &&
         sheet.WeightsFire();
}

// Looks for indicators that make `part` fire while nothing else does. All that fires goes on firing
// with more yes, so a choice that wakes another part is never built upon.
class Search {
 public:
  Search(Sheet& sheet, const Part& part, std::vector<size_t> candidates)
      : sheet_(sheet), part_(part), candidates_(std::move(candidates)) {}

  // `many` more of the candidates, the lightest being first.
  bool Choose(size_t from, size_t many) {
    if (many == 0) return true;
    for (size_t i = from; i + many <= candidates_.size(); ++i) {
      if (Weighs(i, many)) return false;
      if (Try(candidates_[i], [&] { return Choose(i + 1, many - 1); })) return true;
    }
    return false;
  }

  // Candidates, the heaviest being first, that weigh `enough` together.
  bool Reach(size_t from, uint32_t enough) {
    if (sheet_.Weight() >= enough) return true;
    for (size_t i = from; i < candidates_.size(); ++i) {
      if (sheet_.Weight() + WeightOf(i, candidates_.size() - i) < enough) return false;
      if (Try(candidates_[i], [&] { return Reach(i + 1, enough); })) return true;
    }
    return false;
  }

 private:
  template <class Further>
  bool Try(size_t candidate, Further further) {
    if (++tries_ > kTriesMax) return true;
    sheet_.Set(candidate, v1::ANSWER_VALUE_YES);
    const bool found = !OthersFire(sheet_, part_) && further();
    sheet_.Set(candidate, v1::ANSWER_VALUE_NO);
    return found;
  }

  // Whether even the lightest of what is left make the weights fire.
  bool Weighs(size_t from, size_t many) const {
    const uint32_t enough = sheet_.rules().weights.amber_at_least;
    return part_.colour <= v1::COLOUR_AMBER && enough > 0 &&
           sheet_.Weight() + WeightOf(from, many) >= enough;
  }

  uint32_t WeightOf(size_t from, size_t many) const {
    uint32_t weight = 0;
    for (size_t i = from; i < from + many; ++i) {
      weight += sheet_.rules().indicators[candidates_[i]].weight;
    }
    return weight;
  }

  Sheet& sheet_;
  const Part part_;
  const std::vector<size_t> candidates_;
  int tries_ = 0;
};

Sheet AllNo(const Crisismeter& rules) {
  Sheet sheet(rules);
  sheet.SetAll(v1::ANSWER_VALUE_NO);
  return sheet;
}

void SortByWeight(const Crisismeter& rules, std::vector<size_t>& places) {
  std::stable_sort(places.begin(), places.end(), [&](size_t one, size_t other) {
    return rules.indicators[one].weight < rules.indicators[other].weight;
  });
}

}  // namespace

bool RuleDecides(const Crisismeter& rules, size_t rule) {
  const Part part{Part::Kind::kRule, rule, rules.rules[rule].colour};
  Sheet sheet = AllNo(rules);
  for (const size_t place : sheet.AllOf(rule)) sheet.Set(place, v1::ANSWER_VALUE_YES);
  for (const size_t place : sheet.AnyOf(rule)) {
    sheet.Set(place, v1::ANSWER_VALUE_YES);
    if (!OthersFire(sheet, part)) return true;
    sheet.Set(place, v1::ANSWER_VALUE_NO);
  }
  return false;
}

bool CountDecides(const Crisismeter& rules, size_t count) {
  const Part part{Part::Kind::kCount, count, rules.counts[count].colour};
  Sheet sheet = AllNo(rules);
  std::vector<size_t> candidates = sheet.CountedBy(count);
  SortByWeight(rules, candidates);
  return Search(sheet, part, candidates).Choose(0, rules.counts[count].yes_at_least);
}

bool WeightsDecide(const Crisismeter& rules) {
  const Part part{Part::Kind::kWeights, 0, v1::COLOUR_AMBER};
  Sheet sheet = AllNo(rules);
  std::vector<size_t> candidates(rules.indicators.size());
  for (size_t i = 0; i < candidates.size(); ++i) candidates[i] = i;
  SortByWeight(rules, candidates);
  std::reverse(candidates.begin(), candidates.end());
  return Search(sheet, part, candidates).Reach(0, rules.weights.amber_at_least);
}

}  // namespace samenspel::intake
