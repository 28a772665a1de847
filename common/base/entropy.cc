// SPDX-License-Identifier: EUPL-1.2
#include "common/base/entropy.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace samenspel::base {

std::string Entropy::Bytes(size_t size) {
  std::string bytes(size, '\0');
  Fill(bytes.data(), size);
  return bytes;
}

uint64_t Entropy::Number() {
  uint64_t number = 0;
  Fill(&number, sizeof number);
  return number;
}

void SystemEntropy::Fill(void* data, size_t size) {
  auto* at = static_cast<unsigned char*>(data);
  while (size > 0) {
    const ssize_t got = getrandom(at, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) std::abort();  // Keys and ids without entropy would be worse than no service.
    at += got;
    size -= static_cast<size_t>(got);
  }
}

}  // namespace samenspel::base
