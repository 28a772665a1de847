// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "proto/intake/v1/report.pb.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::intake {

/// A question of the crisismeter. Texts come from the rule file, in Dutch and English.
struct Indicator {
  std::string id;
  std::string domain;
  std::string nl, en;
  std::string help_nl, help_en;
  std::string source;
};

/// A knock-out: one *yes* among its indicators gives its colour.
struct Rule {
  std::string id;
  v1::Colour colour = v1::COLOUR_UNSPECIFIED;
  std::vector<std::string> any_yes;
  std::string nl, en;
};

/// What is said when something is unknown, or when nothing was found.
struct Verdict {
  v1::Colour colour = v1::COLOUR_UNSPECIFIED;
  std::string nl, en;
};

/// The adopted rules (003.12).
struct Crisismeter {
  std::string version;
  std::string adopted_on;
  std::string adopted_by;
  std::string hash;  ///< SHA-256 of the file.
  std::vector<Indicator> indicators;
  std::vector<Rule> rules;
  Verdict unknown;
  Verdict clear;
};

using Answers = google::protobuf::RepeatedPtrField<v1::IndicatorAnswer>;

/// Colour and every rule that fired. Each rule can only raise the colour, so one danger more never
/// lowers it; an indicator that is unknown or was not asked keeps it from green.
v1::Grade GradeOf(const Crisismeter& rules, const Answers& answers);

}  // namespace samenspel::intake
