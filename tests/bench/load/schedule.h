// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <cstdint>

#include "clients/demo/random.h"

namespace samenspel::bench {

enum class Curve { kFlat, kDay };

/// What comes in, and when.
struct Arrivals {
  double per_second = 1;  ///< On average.
  Curve curve = Curve::kFlat;
  std::chrono::seconds day{86'400};  ///< So long does the day of the curve last; it begins at 0.
  uint64_t seed = 1;
};

/// Moments at which reports come in, independent of each other (Poisson): the same for equal
/// arguments, on any machine.
class Schedule {
 public:
  explicit Schedule(const Arrivals& arrivals);
  /// The next moment, counted from the start; never before the last.
  std::chrono::microseconds Next();

 private:
  double Uniform();
  Arrivals arrivals_;
  demo::Random random_;
  double at_s_ = 0;
};

}  // namespace samenspel::bench
