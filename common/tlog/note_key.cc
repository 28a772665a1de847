// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/note_key.h"

#include <sodium.h>

#include <cassert>
#include <charconv>
#include <optional>
#include <utility>

#include "common/tlog/base64.h"
#include "common/tlog/note_text.h"
#include "common/tlog/sha256.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr std::string_view kEd25519("\x01", 1);
constexpr std::string_view kPrivate = "PRIVATE+KEY+";

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void Wipe(std::string& secret) { sodium_memzero(secret.data(), secret.size()); }

uint32_t KeyId(std::string_view name, std::string_view public_key) {
  const std::string hash = Sha256({name, "\n", kEd25519, public_key});
  uint32_t id = 0;
  for (int i = 0; i < 4; ++i) id = id << 8 | static_cast<uint8_t>(hash[i]);
  return id;
}

std::string IdText(uint32_t id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 28; shift >= 0; shift -= 4) text.push_back(kDigits[id >> shift & 0xf]);
  return text;
}

/// "name+id+base64": what the public and the secret form share.
struct KeyText {
  std::string_view name;
  std::string_view id;
  std::string key;  // without its type byte
};

Result<KeyText> ParseKeyText(const std::string& what, std::string_view text) {
  const size_t id_at = text.find('+');
  const size_t key_at = id_at == std::string_view::npos ? id_at : text.find('+', id_at + 1);
  if (key_at == std::string_view::npos) {
    return Status(Code::kInvalid, what + ": it is not name+id+key");
  }
  auto key = DecodeBase64(text.substr(key_at + 1));
  if (!key) return Status(Code::kInvalid, what + ": the key is not base64");
  if (key->substr(0, 1) != kEd25519) {
    return Status(Code::kInvalid, what + ": its signature type is not Ed25519");
  }
  key->erase(0, kEd25519.size());
  return KeyText{text.substr(0, id_at), text.substr(id_at + 1, key_at - id_at - 1),
                 *std::move(key)};
}

Status CheckId(const std::string& what, const VerifierKey& key, std::string_view id) {
  if (id == IdText(key.id())) return base::Ok();
  return Status(Code::kInvalid, what + ": the key id does not belong to name and key");
}

}  // namespace

VerifierKey::VerifierKey(std::string name, std::string public_key)
    : name_(std::move(name)), public_key_(std::move(public_key)), id_(KeyId(name_, public_key_)) {}

Result<VerifierKey> VerifierKey::Make(std::string_view name, std::string_view public_key) {
  if (!IsKeyName(name)) return Status(Code::kInvalid, "make note key: the name is no key name");
  if (public_key.size() != crypto_sign_PUBLICKEYBYTES) {
    return Status(Code::kInvalid, "make note key: the public key has " +
                                      std::to_string(public_key.size()) + " bytes, expected 32");
  }
  return VerifierKey(std::string(name), std::string(public_key));
}

Result<VerifierKey> VerifierKey::Parse(std::string_view vkey) {
  const std::string what = "parse verifier key";
  const auto text = ParseKeyText(what, vkey);
  if (!text.ok()) return text.status();
  auto key = Make(text->name, text->key);
  if (!key.ok()) return key;
  SAMENSPEL_RETURN_IF_ERROR(CheckId(what, *key, text->id));
  return key;
}

std::string VerifierKey::Text() const {
  return name_ + "+" + IdText(id_) + "+" + EncodeBase64(std::string(kEd25519) + public_key_);
}

bool VerifierKey::Verifies(std::string_view text, std::string_view signature) const {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(Bytes(signature), Bytes(text), text.size(),
                                     Bytes(public_key_)) == 0;
}

SigningKey::SigningKey(VerifierKey verifier, std::string secret)
    : verifier_(std::move(verifier)), secret_(std::move(secret)) {}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  std::swap(verifier_, other.verifier_);
  std::swap(secret_, other.secret_);
  return *this;
}

SigningKey::~SigningKey() { Wipe(secret_); }

Result<SigningKey> SigningKey::FromSeed(std::string_view name, std::string_view seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) {
    return Status(Code::kInvalid, "make signing key: the seed has " + std::to_string(seed.size()) +
                                      " bytes, expected 32");
  }
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(Bytes(public_key), Bytes(secret), Bytes(seed));
  auto verifier = VerifierKey::Make(name, public_key);
  if (!verifier.ok()) {
    Wipe(secret);
    return verifier.status();
  }
  return SigningKey(*std::move(verifier), std::move(secret));
}

Result<SigningKey> SigningKey::FromSecret(std::string_view name, std::string_view secret) {
  if (secret.size() != crypto_sign_SECRETKEYBYTES) {
    return Status(Code::kInvalid, "make signing key: the secret has " +
                                      std::to_string(secret.size()) + " bytes, expected 64");
  }
  auto key = FromSeed(name, secret.substr(0, crypto_sign_SEEDBYTES));
  if (!key.ok()) return key;
  if (key->secret_ != secret) {  // Signing with the wrong public half would give the key away.
    return Status(Code::kInvalid, "make signing key: seed and public key do not belong together");
  }
  return key;
}

Result<SigningKey> SigningKey::Parse(std::string_view skey) {
  const std::string what = "parse signing key";
  if (!skey.starts_with(kPrivate)) {
    return Status(Code::kInvalid, what + ": it does not start with PRIVATE+KEY+");
  }
  auto text = ParseKeyText(what, skey.substr(kPrivate.size()));
  if (!text.ok()) return text.status();
  auto key = FromSeed(text->name, text->key);
  Wipe(text->key);
  if (!key.ok()) return key;
  SAMENSPEL_RETURN_IF_ERROR(CheckId(what, key->verifier_, text->id));
  return key;
}

Result<SigningKey> SigningKey::Renamed(std::string_view name) const {
  return FromSecret(name, secret_);
}

std::string SigningKey::Text() const {
  return std::string(kPrivate) + verifier_.name() + "+" + IdText(verifier_.id()) + "+" +
         EncodeBase64(std::string(kEd25519) + secret_.substr(0, crypto_sign_SEEDBYTES));
}

std::string SigningKey::Sign(std::string_view text) const {
  assert(secret_.size() == crypto_sign_SECRETKEYBYTES);  // Not one that was moved from.
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(Bytes(signature), nullptr, Bytes(text), text.size(), Bytes(secret_));
  return signature;
}

}  // namespace samenspel::tlog
