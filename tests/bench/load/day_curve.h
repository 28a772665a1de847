// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace samenspel::bench {

/// How busy an invented region's desks are in the course of a day: most during office hours, least
/// between three and five at night. The mean over a day is 1.
///   part_of_day  0 midnight, 0.5 noon; only what stands behind the point counts
double DayIntensity(double part_of_day);

/// The most that DayIntensity gives.
double DayPeak();

}  // namespace samenspel::bench
