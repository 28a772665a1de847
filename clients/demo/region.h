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
  std::vector<meeting::v1::Organisation> organisations;  ///< The four that founded the table first.
  /// Those of the fixed seats first, in the number that was asked for; then those of the
  /// conditional seats and the duty managers.
  std::vector<meeting::v1::Professional> professionals;
  /// The same people, each naming who is asked in their place. A deputy must be known before: these
  /// are registered when all of `professionals` are.
  std::vector<meeting::v1::Professional> deputies;
  std::vector<meeting::v1::SetShifts> shifts;  ///< One per professional, in the same order.
};

/// The functions of the seats that every table has.
inline constexpr std::string_view kSeatFunctions[] = {"veilig_thuis_expert", "protection_worker",
                                                      "child_protection_board_adviser",
                                                      "confidential_physician"};

/// The function that is rung when nobody else acts.
inline constexpr std::string_view kDutyManager = "duty_manager";

/// The same region for equal arguments, on any machine. Whatever the number of professionals of the
/// fixed seats (at least 4), at every moment of the `days` after `start` somebody of each of their
/// functions is on duty: three shifts a day, at 07:00, 15:00 and 23:00 Amsterdam time. The larger
/// the region, the more people in a shift. So are a duty manager of each of the four organisations
/// that founded the table, and those of the conditional seats that a crisis asks for at night; the
/// others work from 08:30 to 17:30 on weekdays, so that coverage has something to name.
///   start  shifts begin at the local midnight before it
/// Ids and names depend on the seed alone, so a later `start` renews the rosters of the same
/// people.
Region Generate(uint64_t seed, int professionals, int days, base::Instant start);

}  // namespace samenspel::demo
