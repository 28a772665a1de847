// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/instant.h"

namespace samenspel::time {

/// The calendar day in the Netherlands (Europe/Amsterdam) at this moment.
std::chrono::year_month_day LocalDate(base::Instant instant);

/// "YYYY-MM-DD" of an existing day; nothing for anything else.
std::optional<std::chrono::year_month_day> ParseDate(std::string_view text);

}  // namespace samenspel::time
