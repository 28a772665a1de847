// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/crisismeter_sheet.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace samenspel::intake {
namespace {

using PlaceOf = std::map<std::string_view, size_t>;

PlaceOf PlacesOf(const Crisismeter& rules) {
  PlaceOf places;
  for (size_t i = 0; i < rules.indicators.size(); ++i) places.emplace(rules.indicators[i].id, i);
  return places;
}

std::vector<size_t> Found(const std::vector<std::string>& indicators, const PlaceOf& places) {
  std::vector<size_t> found;
  for (const std::string& indicator : indicators) {
    const auto place = places.find(indicator);
    if (place != places.end()) found.push_back(place->second);
  }
  return found;
}

std::vector<size_t> OfDomain(const Crisismeter& rules, const std::string& domain) {
  std::vector<size_t> found;
  for (size_t i = 0; i < rules.indicators.size(); ++i) {
    if (rules.indicators[i].domain == domain) found.push_back(i);
  }
  return found;
}

}  // namespace

Sheet::Sheet(const Crisismeter& rules)
    : rules_(&rules), values_(rules.indicators.size(), v1::ANSWER_VALUE_UNKNOWN) {
  const PlaceOf places = PlacesOf(rules);
  for (const Rule& rule : rules.rules) {
    rule_places_.push_back({Found(rule.any_yes, places), Found(rule.all_yes, places)});
  }
  for (const Count& count : rules.counts) count_places_.push_back(OfDomain(rules, count.domain));
}

void Sheet::Fill(const Answers& answers) {
  const PlaceOf places = PlacesOf(*rules_);
  for (auto answer = answers.rbegin(); answer != answers.rend(); ++answer) {  // The first stays.
    const auto place = places.find(answer->indicator());
    if (place != places.end()) Set(place->second, answer->value());
  }
}

void Sheet::SetAll(v1::AnswerValue value) { std::fill(values_.begin(), values_.end(), value); }

bool Sheet::RuleFires(size_t rule) const {
  const RulePlaces& places = rule_places_[rule];
  const auto is_yes = [this](size_t indicator) { return IsYes(indicator); };
  return std::all_of(places.all.begin(), places.all.end(), is_yes) &&
         std::any_of(places.any.begin(), places.any.end(), is_yes);
}

bool Sheet::CountFires(size_t count) const {
  const std::vector<size_t>& places = count_places_[count];
  const auto yes = std::count_if(places.begin(), places.end(),
                                 [this](size_t indicator) { return IsYes(indicator); });
  return static_cast<size_t>(yes) >= rules_->counts[count].yes_at_least;
}

bool Sheet::WeightsFire() const {
  const uint32_t enough = rules_->weights.amber_at_least;
  return enough > 0 && Weight() >= enough;
}

bool Sheet::UnknownFires() const {
  for (size_t i = 0; i < values_.size(); ++i) {
    if (rules_->indicators[i].direct && IsUnknown(i)) return true;
  }
  return false;
}

bool Sheet::UnknownWeightFires() const {
  const uint32_t enough = rules_->weights.amber_at_least;
  return enough > 0 && !UnknownFires() && Weight() < enough && WeightPossible() >= enough;
}

uint32_t Sheet::Weight() const {
  uint32_t weight = 0;
  for (size_t i = 0; i < values_.size(); ++i) {
    if (IsYes(i)) weight += rules_->indicators[i].weight;
  }
  return weight;
}

uint32_t Sheet::WeightPossible() const {
  uint32_t weight = 0;
  for (size_t i = 0; i < values_.size(); ++i) {
    if (!IsNo(i)) weight += rules_->indicators[i].weight;
  }
  return weight;
}

v1::Colour Sheet::Colour() const {
  v1::Colour highest = v1::COLOUR_UNSPECIFIED;
  const auto raise = [&highest](v1::Colour colour) { highest = std::max(highest, colour); };
  for (size_t i = 0; i < rule_places_.size(); ++i) {
    if (RuleFires(i)) raise(rules_->rules[i].colour);
  }
  for (size_t i = 0; i < count_places_.size(); ++i) {
    if (CountFires(i)) raise(rules_->counts[i].colour);
  }
  if (WeightsFire()) raise(v1::COLOUR_AMBER);
  if (UnknownFires()) raise(rules_->unknown.colour);
  if (UnknownWeightFires()) raise(rules_->unknown_weight.colour);
  return highest == v1::COLOUR_UNSPECIFIED ? rules_->clear.colour : highest;
}

}  // namespace samenspel::intake
