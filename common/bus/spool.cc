// SPDX-License-Identifier: EUPL-1.2
#include <sodium.h>

#include <optional>

#include "common/base/ids.h"
#include "common/bus/client.h"

// The bytes of a file: docs/formats/spool.md.
namespace samenspel::bus {
namespace {

using base::Code;
using base::Status;

constexpr std::string_view kMagic = "SSPOOL1\n";
constexpr std::string_view kSuffix = ".req";
constexpr size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kServiceMax = 255;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// Binds the content to its name: a file that was renamed does not open.
std::string BoundTo(std::string_view request_id) {
  return std::string(kMagic) + std::string(request_id);
}

std::string Seal(std::string_view plain, std::string_view request_id, const std::string& key,
                 base::Entropy& entropy) {
  const std::string nonce = entropy.Bytes(kNonceBytes);
  const std::string bound = BoundTo(request_id);
  std::string sealed(plain.size() + kTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed), nullptr, Bytes(plain), plain.size(),
                                             Bytes(bound), bound.size(), nullptr, Bytes(nonce),
                                             Bytes(key));
  return std::string(kMagic) + nonce + sealed;
}

std::optional<std::string> Unseal(std::string_view file, std::string_view request_id,
                                  const std::string& key) {
  if (!file.starts_with(kMagic)) return std::nullopt;
  file.remove_prefix(kMagic.size());
  if (file.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const std::string_view nonce = file.substr(0, kNonceBytes);
  const std::string_view sealed = file.substr(kNonceBytes);
  const std::string bound = BoundTo(request_id);
  std::string plain(sealed.size() - kTagBytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Bytes(plain), nullptr, nullptr, Bytes(sealed), sealed.size(), Bytes(bound), bound.size(),
      Bytes(nonce), Bytes(key));
  if (failed != 0) return std::nullopt;
  return plain;
}

std::optional<Spool::Waiting> Parse(const std::string& plain, std::string request_id) {
  if (plain.empty()) return std::nullopt;
  const size_t service_bytes = static_cast<uint8_t>(plain[0]);
  if (plain.size() < 1 + service_bytes) return std::nullopt;
  Spool::Waiting waiting{.request_id = std::move(request_id),
                         .service = plain.substr(1, service_bytes),
                         .envelope = {}};
  const std::string_view envelope = std::string_view(plain).substr(1 + service_bytes);
  if (!waiting.envelope.ParseFromArray(envelope.data(), static_cast<int>(envelope.size())) ||
      waiting.envelope.request_id() != waiting.request_id) {
    return std::nullopt;
  }
  return waiting;
}

Status CheckKey(const std::string& key) {
  if (key.size() == kKeyBytes && sodium_init() >= 0) return base::Ok();
  return {Code::kInvalid, "use the spool: its key must be 32 bytes"};
}

std::string PathOf(const std::string& directory, std::string_view request_id) {
  return directory + "/" + base::UuidText(request_id) + std::string(kSuffix);
}

Status Corrupt(const std::string& path) {
  return {Code::kCorrupt,
          "open spooled request " + path + ": damaged, or sealed under another key"};
}

}  // namespace

Spool::Spool(base::FileSystem& files, std::string directory, std::string key,
             base::Entropy& entropy)
    : files_(files), directory_(std::move(directory)), key_(std::move(key)), entropy_(entropy) {}

Status Spool::Put(const std::string& service, const common::v1::Envelope& envelope) {
  SAMENSPEL_RETURN_IF_ERROR(CheckKey(key_));
  const std::string& id = envelope.request_id();
  if (base::UuidText(id).empty() || service.empty() || service.size() > kServiceMax) {
    return {Code::kInvalid, "spool a request: its id must be 16 bytes, its service 1 to 255"};
  }
  SAMENSPEL_RETURN_IF_ERROR(files_.MakeDirectory(directory_));
  const std::string plain =
      static_cast<char>(service.size()) + service + envelope.SerializeAsString();
  return files_.Replace(PathOf(directory_, id), Seal(plain, id, key_, entropy_));
}

Status Spool::Remove(const std::string& request_id) {
  if (base::UuidText(request_id).empty()) {
    return {Code::kInvalid, "remove a spooled request: its id must be 16 bytes"};
  }
  return files_.Remove(PathOf(directory_, request_id));
}

base::Result<std::vector<Spool::Waiting>> Spool::All() {
  SAMENSPEL_RETURN_IF_ERROR(CheckKey(key_));
  std::vector<Waiting> all;
  const auto names = files_.List(directory_);
  if (!names.ok() && !files_.Exists(directory_)) return all;  // Nothing was ever put.
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {  // Sorted: a UUIDv7 begins with its time.
    if (!name.ends_with(kSuffix)) continue;
    const std::string path = directory_ + "/" + name;
    const auto id = base::ParseUuid(name.substr(0, name.size() - kSuffix.size()));
    const auto file = files_.Read(path);
    if (!file.ok()) return file.status();
    const auto plain = id ? Unseal(*file, *id, key_) : std::nullopt;
    auto waiting = plain ? Parse(*plain, *id) : std::nullopt;
    if (!waiting) return Corrupt(path);
    all.push_back(*std::move(waiting));
  }
  return all;
}

}  // namespace samenspel::bus
