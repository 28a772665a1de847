// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <string>
#include <vector>

#include "proto/intake/v1/report.pb.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::intake {

/// What a group of questions is about.
struct Domain {
  std::string id;
  std::string nl, en;
};

/// A question of the crisismeter. Texts come from the rule file, in Dutch and English.
struct Indicator {
  std::string id;
  std::string domain;
  std::string nl, en;
  std::string help_nl, help_en;
  std::string source;
  uint32_t weight = 0;  ///< What a yes adds, 0..100.
  bool direct = true;   ///< Of the direct-danger part: not knowing it is never green (P.11).
};

/// A knock-out: *yes* to all of `all_yes`, when there are any, and to one of `any_yes` gives its
/// colour.
struct Rule {
  std::string id;
  v1::Colour colour = v1::COLOUR_UNSPECIFIED;
  std::vector<std::string> any_yes;
  std::string nl, en;
  std::vector<std::string> all_yes = {};
};

/// So many times *yes* within one domain give its colour.
struct Count {
  std::string id;
  std::string domain;
  uint32_t yes_at_least = 0;
  v1::Colour colour = v1::COLOUR_UNSPECIFIED;
  std::string nl, en;
};

/// Many lesser signs together are amber.
struct Weights {
  uint32_t amber_at_least = 0;  ///< 0: weights decide nothing.
  std::string nl, en;
};

/// What is said when something is unknown, or when nothing was found.
struct Verdict {
  v1::Colour colour = v1::COLOUR_UNSPECIFIED;
  std::string nl, en;
};

/// The adopted rules (003.12); docs/formats/crisismeter.md.
struct Crisismeter {
  std::string version;
  std::string adopted_on;
  std::string adopted_by;
  std::string hash;             ///< SHA-256 of the file.
  std::vector<Domain> domains;  ///< None: the file has the form of before there were domains.
  std::vector<Indicator> indicators;
  std::vector<Rule> rules;
  std::vector<Count> counts;
  Weights weights;
  Verdict unknown;         ///< A direct question has no known answer.
  Verdict unknown_weight;  ///< What is not known could weigh enough for amber.
  Verdict clear;
};

using Answers = google::protobuf::RepeatedPtrField<v1::IndicatorAnswer>;

/// The grade that `answers` give: the highest colour of all that fired, each with its texts and
/// the indicators that made it fire (003.12, 003.15), the count of each domain, the weights, and
/// the question that is best asked next. An indicator that was not asked is unknown; of one that
/// was answered twice the first counts.
/// Changing an answer from no to unknown, or from unknown to yes, never lowers the colour.
v1::Grade GradeOf(const Crisismeter& rules, const Answers& answers);

/// What a group of questions is called stands in the rule file: no event and no state says it
/// again, in four journals.
void DropDomainTexts(v1::Grade& grade);
/// As the file in force calls them; those that it does not know keep what they have.
void AddDomainTexts(const Crisismeter& rules, v1::Grade& grade);

}  // namespace samenspel::intake
