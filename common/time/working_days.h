// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>

#include "common/base/instant.h"

namespace samenspel::time {

/// Easter Sunday of a year in the Gregorian calendar.
/// Source: the anonymous computus as in Meeus, Astronomical Algorithms, chapter 8.
std::chrono::year_month_day EasterSunday(std::chrono::year year);

/// Whether terms treat this day as a holiday: New Year's Day, Good Friday, Easter Monday, King's
/// Day (27 April, the day before when that is a Sunday), 5 May, Ascension Day, Whit Monday and both
/// days of Christmas. Sundays are not named here: they are no working days anyhow.
/// Source: Algemene termijnenwet, article 3.
bool IsPublicHoliday(std::chrono::year_month_day date);

/// Neither Saturday, Sunday nor public holiday.
bool IsWorkingDay(std::chrono::year_month_day date);

/// The `count`-th working day after `date`, which itself does not count; `date` when 0.
std::chrono::year_month_day AddWorkingDays(std::chrono::year_month_day date, int count);

/// The moment at which this day ends in the Netherlands: 24:00 of its local clock.
base::Instant EndOfDay(std::chrono::year_month_day date);

}  // namespace samenspel::time
