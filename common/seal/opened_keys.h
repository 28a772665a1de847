// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "common/seal/key_store.h"
#include "common/seal/secret_memory.h"

namespace samenspel::seal {

/// The data keys that were opened last, at most `capacity`; the oldest makes room and is wiped.
class OpenedKeys {
 public:
  /// Room for `capacity` keys (more than zero), taken once.
  explicit OpenedKeys(size_t capacity);

  /// Its 32 bytes until the next Put or Drop, or null.
  const uint8_t* Find(KeyNumber number) const;
  /// Keeps a copy of the 32 bytes at `key`; a number that is there already gets the new bytes.
  void Put(KeyNumber number, const uint8_t* key);
  /// Wipes it.
  void Drop(KeyNumber number);
  size_t size() const { return slots_.size(); }

 private:
  uint8_t* KeyAt(size_t slot);

  std::vector<KeyNumber> numbers_;  // By slot; 0: free.
  SecretMemory keys_;
  std::unordered_map<KeyNumber, size_t> slots_;
  size_t next_ = 0;  // The slot filled longest ago.
};

}  // namespace samenspel::seal
