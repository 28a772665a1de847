// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/region.h"

namespace samenspel::bench {

/// How a start went.
struct Ready {
  double seconds = 0;      ///< From exec until the daemon says that it is ready.
  double cpu_seconds = 0;  ///< Of its threads until then: what else the machine does is not in it.
  uint64_t rss_mb = 0;     ///< Resident then.
};

/// Starts one daemon of the region in this folder, alone, until it is ready, and asks it to stop.
/// Throws when it does not become ready.
///   cold  what the machine keeps of the daemon's files in memory is given up first
Ready TimeStart(const std::string& region, std::string_view service, bool cold);

/// Of all files below a folder.
uint64_t BytesIn(const std::string& folder);

}  // namespace samenspel::bench
