// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <set>
#include <string>

namespace samenspel::simulation {

/// What of a run matters for a failure, and can be made less.
struct Cut {
  std::set<int> faults;  ///< By number in the plan.
  int commands = 0;
  int hours = 0;
  bool operator==(const Cut&) const = default;
};

/// Whether a run that is cut down so still fails the same way. Asked many times.
using StillFails = std::function<bool(const Cut& cut)>;

/// Leaves out as much as it can: first commands and hours by halving, then faults in ever smaller
/// groups, then each alone. `start` must fail; what comes back fails too, and does not without any
/// one of its faults. Asks at most `runs_at_most` times.
Cut Shrink(Cut start, int runs_at_most, const StillFails& still_fails);

}  // namespace samenspel::simulation
