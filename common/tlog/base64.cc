// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/base64.h"

#include <sodium.h>

namespace samenspel::tlog {
namespace {
constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
}  // namespace

std::string EncodeBase64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // The library ends it with a zero byte.
  return text;
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, kVariant) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  // The library also takes some bytes above 127 for letters (1.0.18).
  if (EncodeBase64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace samenspel::tlog
