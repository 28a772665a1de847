// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "services/intake/domain/crisismeter.h"

namespace samenspel::intake {

/// Reads crisismeter.toml. Refused with file and line: unknown keys, missing texts in either
/// language, a rule that names an indicator that is not asked, an indicator that no rule uses, ids
/// that stand twice, *unknown* that would be green.
base::Result<Crisismeter> ParseCrisismeter(std::string_view toml, const std::string& name);

}  // namespace samenspel::intake
