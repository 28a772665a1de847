// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "clients/samenspel/texts.h"
#include "common/base/instant.h"

namespace samenspel::cli {

/// "za 21 nov 20:45 (+01:00)" or "Sat 21 Nov 20:45 (+01:00)": Amsterdam time, with its offset so
/// that the double hour in autumn is not ambiguous. The year stands in it when it is not that of
/// `now`.
std::string LocalTime(base::Instant instant, Language language, base::Instant now);

/// The same of an end, such as that of a term: exactly at midnight it is 24:00 of the day that
/// ends, "Fri 27 Nov 24:00 (+01:00)", for nobody takes Saturday 00:00 for the end of Friday.
std::string LocalEnd(base::Instant instant, Language language, base::Instant now);

/// From start to end; the end as a time only when it is on the same day: "za 21 nov 20:45 - 21:45
/// (+01:00)". Midnight as in LocalEnd.
std::string LocalSpan(base::Instant from, base::Instant until, Language language,
                      base::Instant now);

/// A moment as people and programs write it: "2026-11-21T20:45+01:00", with seconds and thousandths
/// or without, "Z" for UTC. Nothing when it has no offset, or is no such moment.
std::optional<base::Instant> ParseInstant(std::string_view text);

/// The same, or an Amsterdam time without offset ("2026-11-21 20:45"), or a day: its first moment
/// there. Of the double hour in autumn the first.
std::optional<base::Instant> ParseTime(std::string_view text);

/// For --json: "2026-11-21T20:45:00.000+01:00".
std::string IsoTime(base::Instant instant);

/// The first moment, in Amsterdam, of the day `days_later` after "2026-11-21". Nothing when that is
/// no date.
std::optional<base::Instant> StartOfDay(std::string_view date, int days_later = 0);

}  // namespace samenspel::cli
