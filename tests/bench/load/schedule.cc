// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/schedule.h"

#include <cmath>

#include "tests/bench/load/day_curve.h"

namespace samenspel::bench {

Schedule::Schedule(const Arrivals& arrivals) : arrivals_(arrivals), random_(arrivals.seed) {}

// Above 0, up to and including 1.
double Schedule::Uniform() { return static_cast<double>((random_.Number() >> 11) + 1) * 0x1p-53; }

// Thinning (Lewis and Shedler, 1979): as many as at the peak, of which each stays with the
// probability that its hour has.
std::chrono::microseconds Schedule::Next() {
  const bool day = arrivals_.curve == Curve::kDay;
  const double peak = day ? DayPeak() : 1;
  for (;;) {
    at_s_ += -std::log(Uniform()) / (arrivals_.per_second * peak);
    if (!day) break;
    const double part = at_s_ / static_cast<double>(arrivals_.day.count());
    if (Uniform() * peak <= DayIntensity(part)) break;
  }
  return std::chrono::microseconds(std::llround(at_s_ * 1e6));
}

}  // namespace samenspel::bench
