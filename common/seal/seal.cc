// SPDX-License-Identifier: EUPL-1.2
#include <sodium.h>

#include <bit>
#include <cassert>
#include <cstring>

#include "common/seal/key_block.h"
#include "common/seal/key_store.h"
#include "common/seal/secret_memory.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::seal {
namespace {

using base::Code;
using base::Status;

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr char kPadMark = '\x80';  // As in ISO/IEC 7816-4: the mark, then zeros.
constexpr size_t kSmallestBytes = 64;
constexpr size_t kStepBytes = 4096;

const uint8_t* Raw(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }
uint8_t* Raw(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }

// 64, 128, 256 ... 4096, then multiples of 4096; always room for the mark.
size_t PaddedSize(size_t size) {
  const size_t least = size + 1;
  if (least <= kSmallestBytes) return kSmallestBytes;
  if (least <= kStepBytes) return std::bit_ceil(least);
  return (least + kStepBytes - 1) / kStepBytes * kStepBytes;
}

Status Corrupt(KeyNumber number, std::string_view what) {
  return {Code::kCorrupt, "unseal under key " + std::to_string(number) + ": " + std::string(what)};
}

}  // namespace

std::string Seal(KeyNumber number, std::string_view key, std::string_view context,
                 std::string_view plaintext, base::Entropy& entropy) {
  assert(key.size() == kKeyBytes);
  InitSodium();
  common::v1::Sealed sealed;
  sealed.set_key(number);
  std::string& nonce = *sealed.mutable_nonce();
  nonce.resize(kNonceBytes);
  entropy.Fill(nonce.data(), nonce.size());

  // Padded and encrypted where it will be serialized from.
  const size_t padded = PaddedSize(plaintext.size());
  std::string& text = *sealed.mutable_ciphertext();
  text.reserve(padded + kTagBytes);
  text.append(plaintext);
  text += kPadMark;
  text.resize(padded + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Raw(text), nullptr, Raw(text), padded, Raw(context),
                                             context.size(), nullptr, Raw(nonce), Raw(key));
  return sealed.SerializeAsString();
}

base::Result<std::string> Unseal(KeyStore& keys, std::string_view context,
                                 std::string_view sealed_bytes) {
  InitSodium();
  common::v1::Sealed sealed;
  // The cipher vouches for what is read, this for all else: nothing can be added to the bytes.
  if (!sealed.ParseFromArray(sealed_bytes.data(), static_cast<int>(sealed_bytes.size())) ||
      !sealed.GetReflection()->GetUnknownFields(sealed).empty() ||
      sealed.SerializeAsString() != sealed_bytes) {
    return Corrupt(0, "not a sealed message");
  }
  std::string& text = *sealed.mutable_ciphertext();
  if (sealed.nonce().size() != kNonceBytes || text.size() < kSmallestBytes + kTagBytes) {
    return Corrupt(sealed.key(), "nonce or ciphertext has a wrong size");
  }
  base::Result<std::string> key = keys.Find(sealed.key());
  if (!key.ok()) return key.status();
  const size_t padded = text.size() - kTagBytes;
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Raw(text), nullptr, nullptr, Raw(text), text.size(), Raw(context), context.size(),
      Raw(sealed.nonce()), Raw(*key));
  sodium_memzero(key->data(), key->size());
  if (opened != 0) return Corrupt(sealed.key(), "not what was sealed, or for another context");

  text.resize(padded);
  const size_t mark = text.find_last_not_of('\0');
  if (mark == std::string::npos || text[mark] != kPadMark) {
    return Corrupt(sealed.key(), "no end of padding");
  }
  text.resize(mark);
  return std::move(text);
}

}  // namespace samenspel::seal
