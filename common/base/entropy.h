// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace samenspel::base {

/// Where chance comes from. Injected into cores, stores and key stores, so that a simulation can
/// own it.
class Entropy {
 public:
  virtual ~Entropy() = default;
  /// Fills `size` bytes with unpredictable values.
  virtual void Fill(void* data, size_t size) = 0;

  std::string Bytes(size_t size);
  uint64_t Number();
};

/// getrandom(2). Ends the process when the kernel has none to give.
class SystemEntropy : public Entropy {
 public:
  void Fill(void* data, size_t size) override;
};

}  // namespace samenspel::base
