// SPDX-License-Identifier: EUPL-1.2
#include "common/base/clock.h"

#include <time.h>

#include <algorithm>

#include "common/base/mutant.h"

namespace samenspel::base {
namespace {

constexpr milliseconds kDisbeliefAbove{60'000};

milliseconds Read(clockid_t id) {
  timespec value{};
  clock_gettime(id, &value);
  return milliseconds(int64_t{value.tv_sec} * 1000 + value.tv_nsec / 1'000'000);
}

}  // namespace

Instant SystemClock::Wall() { return Instant(Read(CLOCK_REALTIME)); }
milliseconds SystemClock::SinceBoot() { return Read(CLOCK_BOOTTIME); }

SteadyTime::SteadyTime(Clock& clock, Instant not_before)
    : clock_(clock), last_(std::max(clock.Wall(), not_before)), boot_at_last_(clock.SinceBoot()) {}

Instant SteadyTime::Now() {
  const milliseconds boot = clock_.SinceBoot();
  const Instant own = last_ + (boot - boot_at_last_);
  const Instant wall = clock_.Wall();
  const milliseconds off = wall - own;
  const bool believed =
      (off >= -kDisbeliefAbove && off <= kDisbeliefAbove) || Mutated(Mutant::kClockBelieved);
  wall_off_ = believed ? milliseconds(0) : off;
  last_ = believed ? std::max(last_, wall) : own;
  boot_at_last_ = boot;
  return last_;
}

void SteadyTime::Accept() {
  last_ += wall_off_;
  wall_off_ = milliseconds(0);
}

}  // namespace samenspel::base
