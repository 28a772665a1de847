// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "common/base/instant.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::demo {

/// An invented region: who works there, for whom, and when they are on duty.
struct Region {
  std::vector<meeting::v1::Organisation> organisations;
  std::vector<meeting::v1::Professional> professionals;
  std::vector<meeting::v1::SetShifts> shifts;  ///< One per professional, in the same order.
};

/// The functions that a table seats today; each professional of a region holds one.
inline constexpr std::string_view kSeatFunctions[] = {"veilig_thuis_expert", "protection_worker",
                                                      "child_protection_board_adviser",
                                                      "confidential_physician"};

/// The same region for equal arguments, on any machine. Whatever the number of professionals (at
/// least 4), at every moment of the `days` after `start` somebody of each seat function is on duty:
/// three shifts a day, at 07:00, 15:00 and 23:00 Amsterdam time. The larger the region, the more
/// people in a shift.
///   start  shifts begin at the local midnight before it
/// Ids and names depend on the seed alone, so a later `start` renews the rosters of the same
/// people.
Region Generate(uint64_t seed, int professionals, int days, base::Instant start);

}  // namespace samenspel::demo
