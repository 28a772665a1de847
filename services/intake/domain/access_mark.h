// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "services/intake/domain/facts.h"

namespace samenspel::intake {

/// What somebody looks at in a case.
struct Look {
  std::string report;
  std::string household;
  std::string keeper;              ///< The organisation that took the report.
  std::vector<const char*> shown;  ///< Sealed parts that they read: "private", "secret".
};

/// The mark that a look leaves: one per reader, household, purpose and ten minutes, and one of
/// its own for whoever looks on behalf of the reader. Nothing when one stands already; one that
/// does not name the secret part does not cover reading it, and one from a moment that is still to
/// come, since the clock was set back, covers nothing.
///   kase  the household's, as it is before the mark
std::optional<Happened> MarkOf(const Look& look, const state::Case& kase, const Stamp& stamp);

}  // namespace samenspel::intake
