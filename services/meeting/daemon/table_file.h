// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "services/meeting/domain/planner.h"

namespace samenspel::meeting {

/// Reads table.toml. Refused with file and line: unknown keys, missing texts, a function that
/// stands in two seats, more than 16 seats, a timebox or step that does not fit the five-minute
/// grid.
base::Result<TableRules> ParseTable(std::string_view toml, const std::string& name);

}  // namespace samenspel::meeting
