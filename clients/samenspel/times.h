// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "clients/samenspel/texts.h"
#include "common/base/instant.h"

namespace samenspel::cli {

/// "za 21 nov 20:45 (+01:00)" or "Sat 21 Nov 20:45 (+01:00)": Amsterdam time, with its offset so
/// that the double hour in autumn is not ambiguous. The year stands in it when it is not that of
/// `now`.
std::string LocalTime(base::Instant instant, Language language, base::Instant now);

/// From start to end; the end as a time only when it is on the same day: "za 21 nov 20:45 - 21:45
/// (+01:00)".
std::string LocalSpan(base::Instant from, base::Instant until, Language language,
                      base::Instant now);

/// For --json: "2026-11-21T20:45:00.000+01:00".
std::string IsoTime(base::Instant instant);

}  // namespace samenspel::cli
