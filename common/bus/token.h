// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "common/base/entropy.h"

namespace samenspel::bus {

/// Marks a message as coming from a connection whose CURVE key we admitted: hex HMAC-SHA-256(secret
/// of this process, key) ":" key. A peer can put any User-Id into its own metadata, but not one
/// that verifies here.
class TokenMint {
 public:
  explicit TokenMint(base::Entropy& entropy);
  std::string TokenFor(std::string_view curve_key) const;

 private:
  std::array<uint8_t, 32> secret_{};
};

/// Reads tokens back. Remembers those that verified, a bounded number. One thread.
class TokenCheck {
 public:
  explicit TokenCheck(const TokenMint& mint) : mint_(mint) {}
  /// The proven key, or nothing.
  std::optional<std::string> KeyOf(std::string_view token);

 private:
  const TokenMint& mint_;
  std::unordered_set<std::string> verified_;
};

}  // namespace samenspel::bus
