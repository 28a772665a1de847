// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/shrink.h"

#include <algorithm>
#include <vector>

namespace samenspel::simulation {
namespace {

class Shrinker {
 public:
  Shrinker(Cut start, int runs_left, const StillFails& still_fails)
      : best_(std::move(start)), runs_left_(runs_left), still_fails_(still_fails) {}

  Cut Run() {
    Halve(&Cut::commands);
    Halve(&Cut::hours);
    for (size_t group = std::max<size_t>(best_.faults.size() / 2, 1); group >= 1; group /= 2) {
      LeaveOutGroups(group);
    }
    Halve(&Cut::commands);
    return best_;
  }

 private:
  bool Try(const Cut& smaller) {
    if (runs_left_-- <= 0 || !still_fails_(smaller)) return false;
    best_ = smaller;
    return true;
  }

  // The least that still fails, as far as more never helps; good enough, for the result is tried.
  void Halve(int Cut::*number) {
    int too_few = 0;
    while (best_.*number - too_few > 1) {
      Cut smaller = best_;
      smaller.*number = too_few + (best_.*number - too_few) / 2;
      if (!Try(smaller)) too_few = smaller.*number;
      if (runs_left_ <= 0) return;
    }
  }

  void LeaveOutGroups(size_t group) {
    const std::vector<int> all(best_.faults.begin(), best_.faults.end());
    for (size_t from = 0; from < all.size(); from += group) {
      Cut smaller = best_;
      for (size_t i = from; i < std::min(from + group, all.size()); ++i) {
        smaller.faults.erase(all[i]);
      }
      Try(smaller);
    }
  }

  Cut best_;
  int runs_left_;
  const StillFails& still_fails_;
};

}  // namespace

Cut Shrink(Cut start, int runs_at_most, const StillFails& still_fails) {
  return Shrinker(std::move(start), runs_at_most, still_fails).Run();
}

}  // namespace samenspel::simulation
