// SPDX-License-Identifier: EUPL-1.2
#include "common/seal/opened_keys.h"

#include <sodium.h>

#include <cassert>
#include <cstring>

#include "common/seal/key_block.h"

namespace samenspel::seal {

OpenedKeys::OpenedKeys(size_t capacity) : numbers_(capacity), keys_(capacity * kKeyBytes) {
  assert(capacity > 0);
  slots_.reserve(capacity);
}

uint8_t* OpenedKeys::KeyAt(size_t slot) { return keys_.data() + slot * kKeyBytes; }

const uint8_t* OpenedKeys::Find(KeyNumber number) const {
  const auto found = slots_.find(number);
  return found == slots_.end() ? nullptr : keys_.data() + found->second * kKeyBytes;
}

void OpenedKeys::Put(KeyNumber number, const uint8_t* key) {
  Drop(number);
  if (numbers_[next_] != 0) Drop(numbers_[next_]);
  numbers_[next_] = number;
  slots_[number] = next_;
  std::memcpy(KeyAt(next_), key, kKeyBytes);
  next_ = (next_ + 1) % numbers_.size();
}

void OpenedKeys::Drop(KeyNumber number) {
  const auto found = slots_.find(number);
  if (found == slots_.end()) return;
  sodium_memzero(KeyAt(found->second), kKeyBytes);
  numbers_[found->second] = 0;
  slots_.erase(found);
}

}  // namespace samenspel::seal
