// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "services/meeting/domain/table.h"

namespace samenspel::meeting {

/// Reads table.toml (docs/formats/table.md). Refused with file and line: unknown keys, missing
/// texts, a function that stands in two seats, more than 16 seats or none that is fixed, a
/// conditional seat without condition or reason, a chair or note-keeper without fixed seat, a way
/// to join with an unknown place, a timebox or step that does not fit the five-minute grid. A file
/// from before conditional seats means what it meant.
base::Result<TableRules> ParseTable(std::string_view toml, const std::string& name);

}  // namespace samenspel::meeting
