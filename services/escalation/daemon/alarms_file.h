// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "services/escalation/domain/rules.h"

namespace samenspel::escalation {

/// Reads an alarms file strictly (docs/formats/alarms.md): unknown keys, unknown kinds and codes, a
/// kind that is missing or stands twice, and steps that can never ask anybody are refused as
/// "NAME:LINE: sentence".
base::Result<AlarmRules> ParseAlarms(std::string_view toml, const std::string& name);

}  // namespace samenspel::escalation
