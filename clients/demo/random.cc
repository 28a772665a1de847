// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/random.h"

#include "common/base/ids.h"

namespace samenspel::demo {

uint64_t Random::Number() {
  state_ += 0x9E3779B97F4A7C15;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
  return mixed ^ (mixed >> 31);
}

int Random::Between(int lowest, int highest) {
  const auto choices = static_cast<size_t>(highest - lowest) + 1;
  return lowest + static_cast<int>(Below(choices));
}

uint64_t SeedOf(uint64_t seed, std::string_view topic, uint64_t number) {
  uint64_t mixed = seed;
  for (const char letter : topic) mixed = Random(mixed ^ static_cast<uint8_t>(letter)).Number();
  return Random(mixed ^ (number + 1)).Number();
}

std::string SeededId(std::string_view prefix, uint64_t seed, std::string_view topic,
                     uint64_t number) {
  Random random(SeedOf(seed, topic, number));
  base::IdBytes bytes{};
  for (size_t i = 0; i < bytes.size(); i += 8) {
    const uint64_t value = random.Number();
    for (size_t j = 0; j < 8; ++j) bytes[i + j] = static_cast<uint8_t>(value >> (8 * j));
  }
  return base::MakeId(prefix, bytes);
}

}  // namespace samenspel::demo
