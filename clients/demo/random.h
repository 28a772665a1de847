// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace samenspel::demo {

/// splitmix64 (Steele, Lea and Flood, 2014): small, and the same on every machine and compiler,
/// which the standard library's distributions are not. Not for secrets.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Number();
  /// From 0 up to and not including `bound`, which is more than zero.
  size_t Below(size_t bound) { return static_cast<size_t>(Number() % bound); }
  /// From `lowest` up to and including `highest`.
  int Between(int lowest, int highest);
  bool OneIn(size_t chances) { return Below(chances) == 0; }

  template <class List>
  const auto& Pick(const List& list) {
    return list[Below(list.size())];
  }

 private:
  uint64_t state_;
};

/// An id of this kind ("pro") that always is the same for one seed, topic and number.
std::string SeededId(std::string_view prefix, uint64_t seed, std::string_view topic,
                     uint64_t number);

/// A seed of its own for the `number`th thing of a series, so that one can be made without those
/// before it.
uint64_t SeedOf(uint64_t seed, std::string_view topic, uint64_t number);

}  // namespace samenspel::demo
