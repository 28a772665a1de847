// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <cstdint>

namespace samenspel::base {

using std::chrono::milliseconds;

/// A moment in UTC, in whole milliseconds since 1970.
using Instant = std::chrono::sys_time<milliseconds>;

inline int64_t ToMs(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant FromMs(int64_t ms) { return Instant(milliseconds(ms)); }

}  // namespace samenspel::base
