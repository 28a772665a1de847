// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <vector>

#include "services/intake/domain/crisismeter.h"

namespace samenspel::intake {

/// The questions with what is filled in, and what fires because of it. Indicators are named by
/// their place in the file, so that trying out another answer costs little.
class Sheet {
 public:
  /// Nothing filled in yet: every answer is unknown. Looks at `rules` as long as it lives.
  explicit Sheet(const Crisismeter& rules);

  void Fill(const Answers& answers);
  void Set(size_t indicator, v1::AnswerValue value) { values_[indicator] = value; }
  void SetAll(v1::AnswerValue value);

  const Crisismeter& rules() const { return *rules_; }
  bool IsYes(size_t indicator) const { return values_[indicator] == v1::ANSWER_VALUE_YES; }
  bool IsNo(size_t indicator) const { return values_[indicator] == v1::ANSWER_VALUE_NO; }
  bool IsUnknown(size_t indicator) const { return !IsYes(indicator) && !IsNo(indicator); }

  /// Places of the indicators that a rule or count looks at, in its own order.
  const std::vector<size_t>& AnyOf(size_t rule) const { return rule_places_[rule].any; }
  const std::vector<size_t>& AllOf(size_t rule) const { return rule_places_[rule].all; }
  const std::vector<size_t>& CountedBy(size_t count) const { return count_places_[count]; }

  bool RuleFires(size_t rule) const;
  bool CountFires(size_t count) const;
  bool WeightsFire() const;
  bool UnknownFires() const;  ///< A direct question has no known answer.
  /// Every direct question is answered, what is known weighs too little for amber, and with what is
  /// not known it may be enough.
  bool UnknownWeightFires() const;

  uint32_t Weight() const;          ///< Of every yes.
  uint32_t WeightPossible() const;  ///< The same if each unknown were a yes.
  v1::Colour Colour() const;        ///< The highest that fires; else that of [clear].

 private:
  struct RulePlaces {
    std::vector<size_t> any;
    std::vector<size_t> all;
  };

  const Crisismeter* rules_;
  std::vector<v1::AnswerValue> values_;
  std::vector<RulePlaces> rule_places_;
  std::vector<std::vector<size_t>> count_places_;
};

/// The unknown whose *yes* raises the colour most; of several the one that asks for direct danger,
/// then the heaviest, then the first. Nothing when no single answer can raise it (003.12).
std::optional<v1::NextQuestion> NextQuestionOf(const Sheet& sheet);

}  // namespace samenspel::intake
