// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/crisismeter.h"

#include <toml++/toml.h>

#include <algorithm>

namespace samenspel::simulation::model {
namespace {

using intake::v1::Colour;

Colour ColourNamed(const std::string& name) {
  if (name == "red") return intake::v1::COLOUR_RED;
  return name == "amber" ? intake::v1::COLOUR_AMBER : intake::v1::COLOUR_GREEN;
}

std::vector<std::string> Texts(const toml::array* array) {
  std::vector<std::string> texts;
  if (array == nullptr) return texts;
  texts.reserve(array->size());
  for (const auto& one : *array) texts.push_back(one.value_or(std::string()));
  return texts;
}

std::vector<const toml::table*> Tables(const toml::table& file, const char* name) {
  std::vector<const toml::table*> tables;
  const toml::array* array = file[name].as_array();
  if (array == nullptr) return tables;
  tables.reserve(array->size());
  for (const auto& one : *array) tables.push_back(one.as_table());
  return tables;
}

std::string Text(const toml::table& table, const char* key) {
  return table[key].value_or(std::string());
}

}  // namespace

Crisismeter Crisismeter::Parse(const std::string& toml) {
  Crisismeter meter;
  try {
    const toml::table file = toml::parse(toml);
    for (const auto* one : Tables(file, "indicator")) {
      meter.indicators_.push_back({Text(*one, "id"), Text(*one, "domain"),
                                   (*one)["weight"].value_or(int64_t{0}),
                                   (*one)["direct"].value_or(false)});
    }
    for (const auto* one : Tables(file, "rule")) {
      meter.knockouts_.push_back({ColourNamed(Text(*one, "colour")),
                                  Texts((*one)["any_yes"].as_array()),
                                  Texts((*one)["all_yes"].as_array())});
    }
    for (const auto* one : Tables(file, "count")) {
      meter.counts_.push_back({ColourNamed(Text(*one, "colour")), Text(*one, "domain"),
                               (*one)["yes_at_least"].value_or(int64_t{1})});
    }
    meter.amber_at_least_ = file["weights"]["amber_at_least"].value_or(int64_t{0});
    meter.unknown_ = ColourNamed(file["unknown"]["colour"].value_or(std::string()));
    meter.clear_ = ColourNamed(file["clear"]["colour"].value_or(std::string()));
  } catch (const toml::parse_error&) {
    return {};
  }
  return meter;
}

Colour Crisismeter::ColourOf(const Answers& answers) const {
  std::map<std::string, intake::v1::AnswerValue> given;
  for (const auto& answer : answers) given[answer.indicator()] = answer.value();
  const auto is_yes = [&](const std::string& id) {
    const auto found = given.find(id);
    return found != given.end() && found->second == intake::v1::ANSWER_VALUE_YES;
  };
  Tally tally;
  for (const Indicator& one : indicators_) {
    const auto found = given.find(one.id);
    const bool yes = is_yes(one.id);
    const bool no = found != given.end() && found->second == intake::v1::ANSWER_VALUE_NO;
    if (yes) ++tally.yes_of_domain[one.domain];
    if (yes) tally.weight += one.weight;
    if (!no) tally.possible += one.weight;
    if (!yes && !no && one.direct) tally.direct_unknown = true;
  }
  Colour colour = clear_;
  for (const Knockout& one : knockouts_) {
    const bool fires = std::any_of(one.any_yes.begin(), one.any_yes.end(), is_yes) &&
                       std::all_of(one.all_yes.begin(), one.all_yes.end(), is_yes);
    if (fires) colour = std::max(colour, one.colour);
  }
  for (const Count& one : counts_) {
    if (tally.yes_of_domain[one.domain] >= one.yes_at_least) colour = std::max(colour, one.colour);
  }
  const bool weighs = amber_at_least_ > 0 && tally.weight >= amber_at_least_;
  const bool may_weigh = amber_at_least_ > 0 && tally.possible >= amber_at_least_;
  if (weighs) colour = std::max(colour, intake::v1::COLOUR_AMBER);
  if (tally.direct_unknown || (!weighs && may_weigh)) colour = std::max(colour, unknown_);
  return colour;
}

}  // namespace samenspel::simulation::model
