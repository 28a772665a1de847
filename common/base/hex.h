// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace samenspel::base {

/// Two lower-case digits a byte.
inline std::string ToHex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char byte : bytes) {
    text += kDigits[static_cast<uint8_t>(byte) / 16];
    text += kDigits[static_cast<uint8_t>(byte) % 16];
  }
  return text;
}

}  // namespace samenspel::base
