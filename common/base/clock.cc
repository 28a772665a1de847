// SPDX-License-Identifier: EUPL-1.2
#include "common/base/clock.h"

#include <time.h>

#include <algorithm>

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

SteadyTime::SteadyTime(Clock& clock)
    : clock_(clock), last_(clock.Wall()), boot_at_last_(clock.SinceBoot()) {}

Instant SteadyTime::Now() {
  const milliseconds boot = clock_.SinceBoot();
  const Instant own = last_ + (boot - boot_at_last_);
  const Instant wall = clock_.Wall();
  const milliseconds off = wall > own ? wall - own : own - wall;
  wall_disbelieved_ = off > kDisbeliefAbove;
  last_ = wall_disbelieved_ ? own : std::max(last_, wall);
  boot_at_last_ = boot;
  return last_;
}

}  // namespace samenspel::base
