// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/spoiler.h"

#include <algorithm>

namespace samenspel::attack {
namespace {

constexpr uint64_t kWays = 9;
constexpr uint64_t kAtMost = 40;  // Bytes that come or go.

}  // namespace

std::string Spoiler::Spoil(const std::string& bytes) {
  std::string spoilt = bytes;
  while (spoilt == bytes) {
    spoilt = SpoilOnce(std::move(spoilt));
    if (Below(3) == 0) spoilt = SpoilOnce(std::move(spoilt));
  }
  return spoilt;
}

std::string Spoiler::SpoilOnce(std::string bytes) {
  const size_t at = PlaceIn(bytes);
  const size_t length = 1 + Below(kAtMost);
  switch (Below(kWays)) {
    case 0:  // A bit.
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << Below(8)));
      return bytes;
    case 1:  // A byte.
      if (at < bytes.size()) bytes[at] = static_cast<char>(Below(256));
      return bytes;
    case 2:  // One at the beginning, where lengths and names stand.
      if (!bytes.empty())
        bytes[Below(std::min<size_t>(bytes.size(), 12))] = static_cast<char>(Below(256));
      return bytes;
    case 3:  // The end is missing.
      return bytes.substr(0, at);
    case 4:  // The middle is.
      return bytes.erase(at, length);
    case 5:  // Something in between.
      for (size_t i = 0; i < length; ++i) bytes.insert(at, 1, static_cast<char>(Below(256)));
      return bytes;
    case 6:  // A part twice.
      return bytes.insert(at, bytes.substr(PlaceIn(bytes), length));
    case 7:  // A run of zeros or ones.
      return bytes.replace(at, length, length, Below(2) == 0 ? '\0' : '\xFF');
    default:  // Something else altogether.
      for (char& byte : bytes) byte = static_cast<char>(Below(256));
      return bytes;
  }
}

}  // namespace samenspel::attack
