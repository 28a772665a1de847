// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <random>

#include "common/base/entropy.h"

namespace samenspel::support {

/// Chance that is the same for the same seed. Also a source of test data.
class SeededEntropy : public base::Entropy {
 public:
  explicit SeededEntropy(uint64_t seed) : generator_(seed) {}
  void Fill(void* data, size_t size) override {
    auto* bytes = static_cast<uint8_t*>(data);
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(generator_());
  }
  /// A number in [0, end).
  uint64_t Below(uint64_t end) { return generator_() % end; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }

 private:
  std::mt19937_64 generator_;
};

}  // namespace samenspel::support
