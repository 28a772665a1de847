// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/crisismeter.h"

#include <algorithm>

#include "services/intake/domain/crisismeter_sheet.h"

namespace samenspel::intake {
namespace {

using Places = std::vector<size_t>;

// Fills in what fired, in the order of the file.
class Explained {
 public:
  explicit Explained(const Sheet& sheet) : sheet_(sheet), rules_(sheet.rules()) {}

  v1::Grade Take() {
    AddRules();
    AddCounts();
    AddWeights();
    AddUnknown();
    if (grade_.fired().empty()) Fire("clear", rules_.clear.colour, rules_.clear, {});
    return std::move(grade_);
  }

 private:
  template <class Texts>
  void Fire(const std::string& id, v1::Colour colour, const Texts& texts, const Places& because) {
    grade_.set_colour(std::max(grade_.colour(), colour));
    v1::FiredRule& fired = *grade_.add_fired();
    fired.set_rule(id);
    fired.set_colour(colour);
    fired.set_text_nl(texts.nl);
    fired.set_text_en(texts.en);
    for (const size_t place : because) fired.add_indicators(rules_.indicators[place].id);
  }

  template <class Predicate>
  Places Where(Predicate predicate) const {
    Places places;
    for (size_t i = 0; i < rules_.indicators.size(); ++i) {
      if (predicate(i)) places.push_back(i);
    }
    return places;
  }

  Places YesOf(Places places) const {
    std::erase_if(places, [this](size_t place) { return !sheet_.IsYes(place); });
    return places;
  }

  void AddRules() {
    for (size_t i = 0; i < rules_.rules.size(); ++i) {
      if (!sheet_.RuleFires(i)) continue;
      Places because = sheet_.AllOf(i);
      const Places any = YesOf(sheet_.AnyOf(i));
      because.insert(because.end(), any.begin(), any.end());
      Fire(rules_.rules[i].id, rules_.rules[i].colour, rules_.rules[i], because);
    }
  }

  void AddCounts() {
    for (size_t i = 0; i < rules_.counts.size(); ++i) {
      if (!sheet_.CountFires(i)) continue;
      Fire(rules_.counts[i].id, rules_.counts[i].colour, rules_.counts[i],
           YesOf(sheet_.CountedBy(i)));
    }
  }

  void AddWeights() {
    if (!sheet_.WeightsFire()) return;
    Fire("weights", v1::COLOUR_AMBER, rules_.weights,
         Where([this](size_t i) { return sheet_.IsYes(i) && rules_.indicators[i].weight > 0; }));
  }

  void AddUnknown() {
    if (sheet_.UnknownFires()) {
      Fire("unknown", rules_.unknown.colour, rules_.unknown,
           Where([this](size_t i) { return sheet_.IsUnknown(i) && rules_.indicators[i].direct; }));
    }
    if (sheet_.UnknownWeightFires()) {
      Fire("unknown_weight", rules_.unknown_weight.colour, rules_.unknown_weight,
           Where([this](size_t i) {
             return sheet_.IsUnknown(i) && rules_.indicators[i].weight > 0;
           }));
    }
  }

  const Sheet& sheet_;
  const Crisismeter& rules_;
  v1::Grade grade_;
};

void AddDomains(const Sheet& sheet, v1::Grade& grade) {
  const Crisismeter& rules = sheet.rules();
  for (const Domain& domain : rules.domains) {
    v1::DomainCount& counted = *grade.add_domains();
    counted.set_domain(domain.id);
    counted.set_text_nl(domain.nl);
    counted.set_text_en(domain.en);
    for (size_t i = 0; i < rules.indicators.size(); ++i) {
      if (rules.indicators[i].domain != domain.id) continue;
      if (sheet.IsYes(i)) counted.set_yes(counted.yes() + 1);
      if (sheet.IsNo(i)) counted.set_no(counted.no() + 1);
      if (sheet.IsUnknown(i)) counted.set_unknown(counted.unknown() + 1);
    }
  }
}

}  // namespace

v1::Grade GradeOf(const Crisismeter& rules, const Answers& answers) {
  Sheet sheet(rules);
  sheet.Fill(answers);
  v1::Grade grade = Explained(sheet).Take();
  grade.set_rules_hash(rules.hash);
  AddDomains(sheet, grade);
  grade.set_weight(sheet.Weight());
  grade.set_weight_possible(sheet.WeightPossible());
  if (auto next = NextQuestionOf(sheet)) *grade.mutable_next() = std::move(*next);
  return grade;
}

void DropDomainTexts(v1::Grade& grade) {
  for (v1::DomainCount& counted : *grade.mutable_domains()) {
    counted.clear_text_nl();
    counted.clear_text_en();
  }
}

void AddDomainTexts(const Crisismeter& rules, v1::Grade& grade) {
  for (v1::DomainCount& counted : *grade.mutable_domains()) {
    const auto domain = std::find_if(rules.domains.begin(), rules.domains.end(),
                                     [&](const Domain& one) { return one.id == counted.domain(); });
    if (domain == rules.domains.end()) continue;
    counted.set_text_nl(domain->nl);
    counted.set_text_en(domain->en);
  }
}

}  // namespace samenspel::intake
