// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/token.h"

#include <sodium.h>

namespace samenspel::bus {
namespace {

constexpr size_t kMacBytes = crypto_auth_hmacsha256_BYTES;
constexpr size_t kMacCharacters = 2 * kMacBytes;
constexpr size_t kKeyCharacters = 40;
constexpr size_t kTokenCharacters = kMacCharacters + 1 + kKeyCharacters;
constexpr size_t kRememberedMax = 4096;

}  // namespace

TokenMint::TokenMint(base::Entropy& entropy) { entropy.Fill(secret_.data(), secret_.size()); }

std::string TokenMint::TokenFor(std::string_view curve_key) const {
  std::array<uint8_t, kMacBytes> mac{};
  crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const uint8_t*>(curve_key.data()),
                         curve_key.size(), secret_.data());
  std::array<char, kMacCharacters + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), mac.data(), mac.size());
  return std::string(hex.data()) + ":" + std::string(curve_key);
}

std::optional<std::string> TokenCheck::KeyOf(std::string_view token) {
  if (token.size() != kTokenCharacters || token[kMacCharacters] != ':') return std::nullopt;
  std::string text(token);
  std::string key = text.substr(kMacCharacters + 1);
  if (verified_.contains(text)) return key;
  if (sodium_memcmp(mint_.TokenFor(key).data(), text.data(), kTokenCharacters) != 0) {
    return std::nullopt;
  }
  if (verified_.size() >= kRememberedMax) verified_.clear();
  verified_.insert(std::move(text));
  return key;
}

}  // namespace samenspel::bus
