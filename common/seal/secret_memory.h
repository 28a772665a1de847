// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

namespace samenspel::seal {

/// Makes libsodium ready; only the first call does something.
void InitSodium();

/// Zeroed bytes for keys: kept out of core dumps and, where limits allow, out of swap; wiped when
/// they go.
class SecretMemory {
 public:
  explicit SecretMemory(size_t size);
  uint8_t* data() { return bytes_.get(); }
  const uint8_t* data() const { return bytes_.get(); }
  size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(uint8_t* bytes) const;
  };
  std::unique_ptr<uint8_t, Free> bytes_;
  size_t size_;
};

}  // namespace samenspel::seal
