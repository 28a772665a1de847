// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>

#include "tests/support/seeded_entropy.h"

namespace samenspel::attack {

/// Spoils bytes, each time in another way; the same ways for the same seed.
class Spoiler {
 public:
  explicit Spoiler(uint64_t seed) : chance_(seed) {}
  /// Not what was given.
  std::string Spoil(const std::string& bytes);
  uint64_t Below(uint64_t end) { return chance_.Below(end); }

 private:
  std::string SpoilOnce(std::string bytes);
  size_t PlaceIn(const std::string& bytes) { return Below(bytes.size() + 1); }

  support::SeededEntropy chance_;
};

}  // namespace samenspel::attack
