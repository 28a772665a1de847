// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "common/base/instant.h"

namespace samenspel::base {

/// RFC 3339 in UTC, "2026-11-22T06:15:00Z"; milliseconds only where there are any.
std::string UtcText(Instant instant);

}  // namespace samenspel::base
