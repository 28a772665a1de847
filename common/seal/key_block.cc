// SPDX-License-Identifier: EUPL-1.2
#include "common/seal/key_block.h"

#include <sodium.h>

#include <cassert>
#include <cstdio>

// The layout is described in docs/formats/keys.md; change both or neither.

namespace samenspel::seal {
namespace {

using base::Code;
using base::Status;

constexpr std::string_view kMagic{"SMSPKEYS", 8};
constexpr uint32_t kFormat = 1;
constexpr std::string_view kConstant = "the right master";  // Sealed in each header.

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kDigestBytes = 32;
constexpr size_t kPrefixBytes = 24;  // Magic, format, rows, block number.
constexpr size_t kDigestOffset = kPrefixBytes + kNonceBytes + 16 + kTagBytes;

static_assert(kDigestOffset + kDigestBytes == kBlockHeaderBytes);
static_assert(kNonceBytes + kKeyBytes + kTagBytes == kRowBytes);
static_assert(kConstant.size() == 16);

const uint8_t* Raw(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

template <class Unsigned>
void AppendBigEndian(std::string& out, Unsigned value) {
  for (int shift = 8 * (sizeof value - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift);
  }
}

std::string Prefix(uint64_t block) {
  std::string prefix(kMagic);
  AppendBigEndian(prefix, kFormat);
  AppendBigEndian(prefix, static_cast<uint32_t>(kKeysPerBlock));
  AppendBigEndian(prefix, block);
  return prefix;
}

// Binds a row to its place, so that no row can stand in for another.
std::string RowContext(uint64_t block, size_t row) {
  std::string context(kMagic);
  AppendBigEndian(context, block);
  AppendBigEndian(context, static_cast<uint32_t>(row));
  return context;
}

void AppendWrapped(std::string& out, const uint8_t* bytes, size_t size, std::string_view context,
                   const uint8_t* wrapping_key, base::Entropy& entropy) {
  uint8_t nonce[kNonceBytes];
  entropy.Fill(nonce, sizeof nonce);
  out.append(reinterpret_cast<const char*>(nonce), sizeof nonce);
  const size_t at = out.size();
  out.resize(at + size + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<uint8_t*>(out.data() + at), nullptr,
                                             bytes, size, Raw(context), context.size(), nullptr,
                                             nonce, wrapping_key);
}

bool Unwrap(std::string_view wrapped, std::string_view context, const uint8_t* wrapping_key,
            uint8_t* out) {
  const std::string_view sealed = wrapped.substr(kNonceBytes);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(out, nullptr, nullptr, Raw(sealed),
                                                    sealed.size(), Raw(context), context.size(),
                                                    Raw(wrapped), wrapping_key) == 0;
}

std::string Digest(std::string_view bytes) {
  std::string digest(kDigestBytes, '\0');
  crypto_hash_sha256(reinterpret_cast<uint8_t*>(digest.data()), Raw(bytes), bytes.size());
  return digest;
}

Status Corrupt(const std::string& path, const std::string& what) {
  return {Code::kCorrupt, "read keys from " + path + ": " + what};
}

std::string SizeFault(size_t size) {
  const std::string sizes =
      std::to_string(size) + " bytes, expected " + std::to_string(kBlockBytes);
  if (size < kBlockHeaderBytes) return "cut off in its header: " + sizes;
  if (size > kBlockBytes) return "too long: " + sizes;
  return "cut off in row " + std::to_string((size - kBlockHeaderBytes) / kRowBytes) + ": " + sizes;
}

}  // namespace

std::string BlockName(uint64_t block) {
  char name[32];
  std::snprintf(name, sizeof name, "block-%08llu", static_cast<unsigned long long>(block));
  return name;
}

std::string MakeBlock(uint64_t block, const uint8_t* wrapping_key, const uint8_t* keys,
                      base::Entropy& entropy) {
  std::string bytes = Prefix(block);
  bytes.reserve(kBlockBytes);
  AppendWrapped(bytes, Raw(kConstant), kConstant.size(), Prefix(block), wrapping_key, entropy);
  bytes += Digest(bytes);
  for (size_t row = 0; row < kKeysPerBlock; ++row) {
    AppendWrapped(bytes, keys + row * kKeyBytes, kKeyBytes, RowContext(block, row), wrapping_key,
                  entropy);
  }
  assert(bytes.size() == kBlockBytes);
  return bytes;
}

Status CheckBlock(std::string_view bytes, uint64_t block, const uint8_t* wrapping_key,
                  const std::string& path) {
  if (bytes.size() != kBlockBytes) return Corrupt(path, SizeFault(bytes.size()));
  const std::string_view covered = bytes.substr(0, kDigestOffset);
  if (bytes.substr(kDigestOffset, kDigestBytes) != Digest(covered)) {
    return Corrupt(path, "its header does not match its digest");
  }
  const std::string prefix = Prefix(block);
  if (covered.substr(0, kPrefixBytes) != prefix) {
    return Corrupt(path, "its header is not that of format 1, block " + std::to_string(block));
  }
  uint8_t constant[kConstant.size()];
  const std::string_view wrapped = covered.substr(kPrefixBytes);
  if (!Unwrap(wrapped, prefix, wrapping_key, constant)) {
    return {Code::kDenied, "read keys from " + path + ": made with another master key"};
  }
  return base::Ok();
}

Status OpenRow(std::string_view bytes, uint64_t block, size_t row, const uint8_t* wrapping_key,
               const std::string& path, uint8_t* key) {
  const std::string_view wrapped = bytes.substr(RowOffset(row), kRowBytes);
  if (wrapped.find_first_not_of('\0') == std::string_view::npos) {
    return {Code::kNotFound, "open row " + std::to_string(row) + " of " + path + ": destroyed"};
  }
  if (!Unwrap(wrapped, RowContext(block, row), wrapping_key, key)) {
    return Corrupt(path, "row " + std::to_string(row) + " is not what was written");
  }
  return base::Ok();
}

}  // namespace samenspel::seal
