// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace samenspel::tlog {

/// Keys of C2SP signed notes, Ed25519 only (signature type 0x01).

/// A public key and the name it goes by in notes. The key id is the first four bytes of
/// SHA-256(name || newline || 0x01 || key), big end first.
class VerifierKey {
 public:
  /// kInvalid when the name is no key name or the key not 32 bytes.
  static base::Result<VerifierKey> Make(std::string_view name, std::string_view public_key);
  /// Reads "example.nl/log+33d7b496+AeHT..."; kInvalid when any part of it does not fit.
  static base::Result<VerifierKey> Parse(std::string_view vkey);

  const std::string& name() const { return name_; }
  uint32_t id() const { return id_; }
  const std::string& public_key() const { return public_key_; }
  /// The text that Parse reads.
  std::string Text() const;
  /// Whether `signature`, 64 bytes, is this key's over `text`.
  bool Verifies(std::string_view text, std::string_view signature) const;

 private:
  VerifierKey(std::string name, std::string public_key);

  std::string name_;
  std::string public_key_;
  uint32_t id_;
};

/// A secret key and its public half. Moves, never copies, and wipes its bytes at the end.
class SigningKey {
 public:
  /// The key pair that follows from a seed of 32 random bytes (RFC 8032, section 5.1.5).
  static base::Result<SigningKey> FromSeed(std::string_view name, std::string_view seed);
  /// The pair in libsodium's 64 bytes: the seed and the public key, which must belong together.
  static base::Result<SigningKey> FromSecret(std::string_view name, std::string_view secret);
  /// Reads "PRIVATE+KEY+example.nl/log+33d7b496+Aeym...". Its messages never quote the text.
  static base::Result<SigningKey> Parse(std::string_view skey);

  SigningKey(SigningKey&&) noexcept = default;
  SigningKey& operator=(SigningKey&& other) noexcept;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey();

  /// The same pair under another name. kInvalid when that is no key name.
  base::Result<SigningKey> Renamed(std::string_view name) const;

  const VerifierKey& verifier() const { return verifier_; }
  /// The text that Parse reads: a secret.
  std::string Text() const;
  /// The Ed25519 signature over `text`: 64 bytes, the same each time.
  std::string Sign(std::string_view text) const;

 private:
  SigningKey(VerifierKey verifier, std::string secret);

  VerifierKey verifier_;
  std::string secret_;  // 64 bytes, as libsodium wants them
};

}  // namespace samenspel::tlog
