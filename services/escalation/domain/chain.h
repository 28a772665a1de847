// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "services/escalation/domain/facts.h"

namespace samenspel::escalation {

/// An alarm asks at most this many persons; whoever comes after them is not asked any more.
inline constexpr int kAskedMax = 50;

/// On whose behalf is asked.
struct Concerned {
  std::string owner;
  std::string organisation;
};

/// How far a chain has come.
struct Progress {
  std::vector<v1::Asked> asked;  ///< New ones, in the order in which they are asked.
  uint32_t step = 0;
  int64_t next_at_ms = 0;  ///< 0: there is no next in line.
};

/// Who is asked next, after step `from` (0: none yet) of the kind's chain. A person is asked once;
/// a step that adds nobody goes on to the next at once; the last one stays.
Progress Advance(const AlarmKind& rule, const v1::Alarm& alarm, uint32_t from,
                 const Concerned& concerned, const People& people, base::Instant now);

/// The alarm rings again: whoever was asked is asked anew, and with them whoever the same steps ask
/// now.
v1::Alarm RungAgain(const AlarmKind& rule, v1::Alarm alarm, const Concerned& concerned,
                    const People& people, base::Instant now);

/// Who is asked besides when the report has another owner while its alarm rings: that owner, at the
/// step where it is. Nothing: no step so far asks an owner, or this person is asked already.
std::optional<v1::Asked> NewOwner(const AlarmKind& rule, const v1::Alarm& alarm,
                                  const std::string& owner, const People& people,
                                  base::Instant now);

/// The next in line is asked no sooner than `hold` after somebody's yes. 0: there is none.
int64_t HeldBack(int64_t next_at_ms, base::Instant yes_at, std::chrono::minutes hold);

}  // namespace samenspel::escalation
