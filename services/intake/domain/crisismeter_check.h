// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>

#include "services/intake/domain/crisismeter_sheet.h"

namespace samenspel::intake {

/// What is wrong with a set of rules, and where: whoever read them knows the line.
struct RuleFault {
  enum class At { kFile, kDomain, kIndicator, kRule, kCount, kWeights, kUnknown, kClear };
  At at = At::kFile;
  size_t index = 0;  ///< Which one, where there are several.
  const char* key = "";
  std::string sentence;
};

/// The first fault in how the parts of `rules` name each other: an id that stands twice, an
/// indicator that is not asked or that nothing uses, a colour that the part may not give.
std::optional<RuleFault> NamingFault(const Crisismeter& rules);

/// The first fault in what `rules` mean, when NamingFault found none: a rule, count or threshold
/// that never decides anything, *not known* that would count for more than *yes*, reasons that do
/// not fit an entry. Not asked of rules without domains: a journal may hold such.
std::optional<RuleFault> MeaningFault(const Crisismeter& rules);

/// Whether some answers get their colour from this rule, count or threshold alone. Without it
/// nothing would ever be graded otherwise: then somebody made a mistake.
bool RuleDecides(const Crisismeter& rules, size_t rule);
bool CountDecides(const Crisismeter& rules, size_t count);
bool WeightsDecide(const Crisismeter& rules);

}  // namespace samenspel::intake
