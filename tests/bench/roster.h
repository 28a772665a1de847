// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/instant.h"
#include "services/meeting/domain/roster.h"

namespace samenspel::bench {

/// Everybody of the region that `samenspel region demo --seed 1` invents, as meeting knows them, on
/// duty for thirty days.
///   professionals  of the seats that every table has
meeting::Roster RosterOf(int professionals, base::Instant start);

}  // namespace samenspel::bench
