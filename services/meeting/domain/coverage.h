// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "services/meeting/domain/roster.h"

namespace samenspel::meeting {

/// A stretch in which nobody, or one person only, could take a seat with a function.
struct Hole {
  Interval when;
  v1::MissingCause cause = v1::MISSING_CAUSE_UNSPECIFIED;  ///< Unspecified: rests on one person.
  std::string only;                                        ///< That person.
  bool operator==(const Hole&) const = default;
};

/// What counts as being there: duty that no meeting takes, or duty alone. The first tells when
/// meetings are, and is for who may know that there is a crisis (invariant 10).
enum class Presence { kFree, kOnDuty };

/// The holes of one function within `when`, by time, exactly from where one begins until where it
/// ends. When it is about being free: who is in a meeting cannot take another seat.
std::vector<Hole> HolesOf(const Roster& roster, const std::string& function, Interval when,
                          Presence presence);

}  // namespace samenspel::meeting
