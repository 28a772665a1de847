// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/day_curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace samenspel::bench {
namespace {

// At each full hour, compared with each other; in between a straight line.
constexpr std::array<double, 24> kHours{0.40, 0.34, 0.30, 0.26, 0.26, 0.30, 0.45, 0.75,
                                        1.20, 1.60, 1.75, 1.70, 1.45, 1.50, 1.70, 1.80,
                                        1.75, 1.45, 1.15, 1.00, 0.95, 0.85, 0.70, 0.55};

double Mean() {
  // A round of straight lines has the mean of its corners.
  return std::accumulate(kHours.begin(), kHours.end(), 0.0) / kHours.size();
}

}  // namespace

double DayIntensity(double part_of_day) {
  const double hours = (part_of_day - std::floor(part_of_day)) * kHours.size();
  const size_t hour = static_cast<size_t>(hours) % kHours.size();
  const double left = kHours[hour];
  const double right = kHours[(hour + 1) % kHours.size()];
  return (left + (right - left) * (hours - std::floor(hours))) / Mean();
}

double DayPeak() { return *std::max_element(kHours.begin(), kHours.end()) / Mean(); }

}  // namespace samenspel::bench
