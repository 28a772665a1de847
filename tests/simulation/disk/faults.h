// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <map>
#include <string>

namespace samenspel::simulation {

/// How often each kind of fault happened, by its name.
using FaultCounts = std::map<std::string, uint64_t>;

/// What may befall one operation of a disk.
enum class DiskFault {
  kPowerCutBefore,  ///< It never happens.
  kPowerCutAfter,   ///< It has happened, and nobody hears so.
  kSyncError,       ///< The first sync from here on fails once; its data may be durable or not.
  kNoSpace,         ///< Writes fail from here on, until there is room again.
};

/// What becomes of data that was written and not synced when the power went.
enum class Tail {
  kDropped,    ///< Nothing of it is there.
  kKept,       ///< All of it is.
  kTorn,       ///< The first part is, cut at any byte.
  kScrambled,  ///< Each sector holds the new, the old or rubbish.
};
inline constexpr Tail kTails[] = {Tail::kDropped, Tail::kKept, Tail::kTorn, Tail::kScrambled};

}  // namespace samenspel::simulation
