// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "services/intake/domain/terms.h"

namespace samenspel::intake {

/// Reads terms.toml (docs/formats/terms.md). Refused with file and line: unknown keys, numbers
/// outside their bounds, a warning that would come before its term began.
base::Result<TermRules> ParseTerms(std::string_view toml, const std::string& name);

}  // namespace samenspel::intake
