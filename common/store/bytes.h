// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>

namespace samenspel::store {

/// Eight bytes, most significant first: keys sort as the numbers do.
inline std::string BigEndian(uint64_t number) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, number >>= 8) bytes[i] = static_cast<char>(number);
  return bytes;
}

/// The number of the first eight bytes.
inline uint64_t FromBigEndian(std::string_view bytes) {
  assert(bytes.size() >= 8);
  uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = (number << 8) | static_cast<uint8_t>(bytes[i]);
  return number;
}

}  // namespace samenspel::store
