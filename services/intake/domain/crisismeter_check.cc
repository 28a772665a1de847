// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/crisismeter_check.h"

#include <set>

namespace samenspel::intake {
namespace {

using At = RuleFault::At;
using Fault = std::optional<RuleFault>;
using Ids = std::set<std::string>;

// What was adopted before there were domains must go on to work, whatever has been found out since.
bool IsFormer(const Crisismeter& rules) { return rules.domains.empty(); }

constexpr size_t kIndicatorsMax = 200;
// A grade stands in the answer and in an event of one entry, whose header is under 64 KiB; the rest
// is for the answers themselves, which stand there twice as well.
constexpr size_t kGradeBytesMax = 24 * 1024;

// Rules and counts share the names by which a grade tells what fired.
Fault IdFault(const Crisismeter& rules, At at, size_t index, const std::string& id, Ids& ids) {
  if (id == "unknown" || id == "clear") {
    return RuleFault{at, index, "id", "is taken by [unknown] or [clear]"};
  }
  if (!IsFormer(rules) && (id == "weights" || id == "unknown_weight")) {
    return RuleFault{at, index, "id", "is taken by [weights]"};
  }
  if (!ids.insert(id).second) return RuleFault{at, index, "id", "stands twice"};
  return {};
}

Fault AskFault(const Crisismeter& rules, size_t index, const char* key,
               const std::vector<std::string>& indicators, const Ids& asked, Ids& seen) {
  for (const std::string& indicator : indicators) {
    if (!asked.contains(indicator)) {
      return RuleFault{At::kRule, index, key, "names an indicator that is not asked"};
    }
    if (!seen.insert(indicator).second && !IsFormer(rules)) {
      return RuleFault{At::kRule, index, key, "names an indicator that the rule names already"};
    }
  }
  return {};
}

Fault DomainFault(const Crisismeter& rules) {
  Ids domains;
  for (size_t i = 0; i < rules.domains.size(); ++i) {
    if (!domains.insert(rules.domains[i].id).second) {
      return RuleFault{At::kDomain, i, "id", "stands twice"};
    }
  }
  Ids ids;
  Ids asked_about;
  for (size_t i = 0; i < rules.indicators.size(); ++i) {
    const Indicator& indicator = rules.indicators[i];
    if (!ids.insert(indicator.id).second) {
      return RuleFault{At::kIndicator, i, "id", "stands twice"};
    }
    if (!IsFormer(rules) && !domains.contains(indicator.domain)) {
      return RuleFault{At::kIndicator, i, "domain", "is not one of the domains"};
    }
    asked_about.insert(indicator.domain);
  }
  for (size_t i = 0; i < rules.domains.size(); ++i) {
    if (!asked_about.contains(rules.domains[i].id)) {
      return RuleFault{At::kDomain, i, "id", "is the domain of no indicator"};
    }
  }
  return {};
}

Fault RulesFault(const Crisismeter& rules, const Ids& asked, Ids& ids, Ids& used) {
  for (size_t i = 0; i < rules.rules.size(); ++i) {
    const Rule& rule = rules.rules[i];
    if (rule.any_yes.empty()) {
      return RuleFault{At::kRule, i, "", "a rule names at least one indicator in any_yes"};
    }
    if (rule.colour == v1::COLOUR_GREEN) {
      return RuleFault{At::kRule, i, "colour", "of a knock-out cannot be green"};
    }
    if (auto fault = IdFault(rules, At::kRule, i, rule.id, ids)) return fault;
    Ids seen;
    if (auto fault = AskFault(rules, i, "any_yes", rule.any_yes, asked, seen)) return fault;
    if (auto fault = AskFault(rules, i, "all_yes", rule.all_yes, asked, seen)) return fault;
    used.merge(seen);
  }
  return {};
}

Fault CountsFault(const Crisismeter& rules, Ids& ids, Ids& used) {
  for (size_t i = 0; i < rules.counts.size(); ++i) {
    const Count& count = rules.counts[i];
    if (count.colour == v1::COLOUR_GREEN) {
      return RuleFault{At::kCount, i, "colour", "of a count cannot be green"};
    }
    if (auto fault = IdFault(rules, At::kCount, i, count.id, ids)) return fault;
    size_t of_domain = 0;
    for (const Indicator& indicator : rules.indicators) {
      if (indicator.domain != count.domain) continue;
      used.insert(indicator.id);
      ++of_domain;
    }
    if (of_domain == 0) return RuleFault{At::kCount, i, "domain", "is not one of the domains"};
    if (count.yes_at_least > of_domain) {
      return RuleFault{At::kCount, i, "yes_at_least", "is more than the domain has indicators"};
    }
  }
  return {};
}

Fault UseFault(const Crisismeter& rules, const Ids& used) {
  for (size_t i = 0; i < rules.indicators.size(); ++i) {
    const Indicator& indicator = rules.indicators[i];
    if (indicator.weight > 0 && rules.weights.amber_at_least == 0) {
      return RuleFault{At::kIndicator, i, "weight", "counts for nothing: there is no [weights]"};
    }
    if (indicator.weight == 0 && !used.contains(indicator.id)) {
      return RuleFault{At::kIndicator, i, "id", "is used by no rule, count or weight"};
    }
  }
  return {};
}

uint32_t SumOfWeights(const Crisismeter& rules) {
  uint32_t sum = 0;
  for (const Indicator& indicator : rules.indicators) sum += indicator.weight;
  return sum;
}

Fault IdleFault(const Crisismeter& rules) {
  constexpr const char* kIdle = "never decides: whatever it fires on has its colour already";
  for (size_t i = 0; i < rules.rules.size(); ++i) {
    if (!RuleDecides(rules, i)) return RuleFault{At::kRule, i, "id", kIdle};
  }
  for (size_t i = 0; i < rules.counts.size(); ++i) {
    if (!CountDecides(rules, i)) return RuleFault{At::kCount, i, "id", kIdle};
  }
  if (rules.weights.amber_at_least == 0) return {};
  if (rules.weights.amber_at_least > SumOfWeights(rules)) {
    return RuleFault{At::kWeights, 0, "amber_at_least", "is more than all weights together"};
  }
  if (!WeightsDecide(rules)) return RuleFault{At::kWeights, 0, "amber_at_least", kIdle};
  return {};
}

// Learning that it is so may not look better than not knowing.
Fault UnknownFault(const Crisismeter& rules) {
  if (rules.clear.colour > rules.unknown.colour) {
    return RuleFault{At::kClear, 0, "colour", "is higher than that of [unknown]"};
  }
  if (rules.weights.amber_at_least > 0 && rules.unknown.colour != v1::COLOUR_AMBER) {
    return RuleFault{At::kUnknown, 0, "colour", "must be amber beside [weights]"};
  }
  Sheet sheet(rules);
  sheet.SetAll(v1::ANSWER_VALUE_NO);
  bool asked = false;
  for (size_t i = 0; i < rules.indicators.size(); ++i) {
    if (!rules.indicators[i].direct) continue;
    asked = true;
    sheet.Set(i, v1::ANSWER_VALUE_YES);
    if (sheet.Colour() < rules.unknown.colour) {
      return RuleFault{At::kIndicator, i, "direct", "needs a rule: a yes counts less than unknown"};
    }
    sheet.Set(i, v1::ANSWER_VALUE_NO);
  }
  if (!asked) return RuleFault{At::kFile, 0, "", "no indicator is direct"};
  return {};
}

Fault SizeFault(const Crisismeter& rules) {
  if (rules.indicators.size() > kIndicatorsMax) {
    return RuleFault{At::kIndicator, kIndicatorsMax, "", "more than 200 indicators are asked"};
  }
  const size_t unknown = GradeOf(rules, {}).ByteSizeLong();
  Answers yes;
  for (const Indicator& indicator : rules.indicators) {
    yes.Add()->set_indicator(indicator.id);
    yes.rbegin()->set_value(v1::ANSWER_VALUE_YES);
  }
  if (unknown + GradeOf(rules, yes).ByteSizeLong() > kGradeBytesMax) {
    return RuleFault{At::kFile, 0, "", "the reasons for one colour can be longer than an entry"};
  }
  return {};
}

}  // namespace

Fault NamingFault(const Crisismeter& rules) {
  if (rules.indicators.empty()) return RuleFault{At::kFile, 0, "", "no indicator is asked"};
  if (rules.unknown.colour == v1::COLOUR_GREEN) {  // Not knowing must never look like safety.
    return RuleFault{At::kUnknown, 0, "colour", "of unknown cannot be green"};
  }
  if (auto fault = DomainFault(rules)) return fault;
  Ids asked;
  for (const Indicator& indicator : rules.indicators) asked.insert(indicator.id);
  Ids ids;
  Ids used;
  if (auto fault = RulesFault(rules, asked, ids, used)) return fault;
  if (auto fault = CountsFault(rules, ids, used)) return fault;
  return UseFault(rules, used);
}

Fault MeaningFault(const Crisismeter& rules) {
  if (auto fault = SizeFault(rules)) return fault;
  if (auto fault = IdleFault(rules)) return fault;
  return UnknownFault(rules);
}

}  // namespace samenspel::intake
