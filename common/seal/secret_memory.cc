// SPDX-License-Identifier: EUPL-1.2
#include "common/seal/secret_memory.h"

#include <sodium.h>

#include <cstdlib>
#include <new>

namespace samenspel::seal {

void InitSodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();  // Without it there is no sealing, and nothing may go unsealed.
}

SecretMemory::SecretMemory(size_t size) : size_(size) {
  InitSodium();
  bytes_.reset(static_cast<uint8_t*>(sodium_malloc(size)));
  if (!bytes_) throw std::bad_alloc();
  sodium_memzero(bytes_.get(), size_);
}

void SecretMemory::Free::operator()(uint8_t* bytes) const { sodium_free(bytes); }

}  // namespace samenspel::seal
