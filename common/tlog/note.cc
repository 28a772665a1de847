// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/note.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "common/tlog/base64.h"
#include "common/tlog/note_text.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr std::string_view kMark = "\u2014 ";  // An em dash and a space.
constexpr size_t kIdSize = 4;
constexpr size_t kSignatureSize = 64;

Status Malformed(const char* why) {
  return {Code::kInvalid, std::string("open signed note: ") + why};
}

std::string IdBytes(uint32_t id) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(id >> shift));
  return bytes;
}

uint32_t ReadId(std::string_view bytes) {
  uint32_t id = 0;
  for (const char byte : bytes.substr(0, kIdSize)) id = id << 8 | static_cast<uint8_t>(byte);
  return id;
}

std::optional<Signature> ParseSignature(std::string_view line) {
  if (!line.starts_with(kMark)) return std::nullopt;
  line.remove_prefix(kMark.size());
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || !IsKeyName(line.substr(0, space))) return std::nullopt;
  const auto bytes = DecodeBase64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kIdSize) return std::nullopt;
  return Signature{std::string(line.substr(0, space)), ReadId(*bytes), bytes->substr(kIdSize)};
}

Result<std::vector<Signature>> ParseSignatures(std::string_view lines) {
  std::vector<Signature> signatures;
  while (!lines.empty()) {
    const auto line = TakeLine(lines);
    if (!line) return Malformed("its last line does not end");
    auto signature = ParseSignature(*line);
    if (!signature) return Malformed("a line after the text is no signature");
    if (signatures.size() == kNoteSignaturesMax) return Malformed("it has over 100 signatures");
    signatures.push_back(*std::move(signature));
  }
  if (signatures.empty()) return Malformed("it has no signature");
  return signatures;
}

bool SameKey(const VerifierKey& a, const VerifierKey& b) {
  return a.id() == b.id() && a.name() == b.name();
}

bool IsAmbiguous(std::span<const VerifierKey> keys) {
  for (size_t i = 0; i < keys.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (SameKey(keys[i], keys[j]) && keys[i].public_key() != keys[j].public_key()) return true;
    }
  }
  return false;
}

/// Sorts one signature into `note`. A key counts once, however often it signed.
Status Place(Signature signature, std::span<const VerifierKey> keys, Note& note) {
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const VerifierKey& candidate) {
    return candidate.id() == signature.key_id && candidate.name() == signature.name;
  });
  const bool known = key != keys.end();
  if (known && !key->Verifies(note.text, signature.bytes)) {
    return {Code::kCorrupt, "open signed note: the signature of a known key does not fit the text"};
  }
  std::vector<Signature>& list = known ? note.verified : note.unverified;
  const bool repeated = std::any_of(list.begin(), list.end(), [&](const Signature& s) {
    return s.key_id == signature.key_id && s.name == signature.name &&
           (known || s.bytes == signature.bytes);
  });
  if (!repeated) list.push_back(std::move(signature));
  return base::Ok();
}

}  // namespace

Result<std::string> SignatureLine(const VerifierKey& key, std::string_view signature) {
  if (signature.size() != kSignatureSize) {
    return Status(Code::kInvalid, "write signature line: the signature has " +
                                      std::to_string(signature.size()) + " bytes, expected 64");
  }
  const std::string bytes = IdBytes(key.id()).append(signature);
  return std::string(kMark) + key.name() + " " + EncodeBase64(bytes) + "\n";
}

Result<std::string> ComposeNote(std::string_view text, std::span<const std::string> lines) {
  if (!text.ends_with('\n') || !IsNoteText(text)) {
    return Status(Code::kInvalid,
                  "compose signed note: the text is not UTF-8 lines without control characters");
  }
  if (lines.empty() || lines.size() > kNoteSignaturesMax) {
    return Status(Code::kInvalid, "compose signed note: it has " + std::to_string(lines.size()) +
                                      " signatures, expected 1 to 100");
  }
  std::string note = std::string(text) + "\n";
  for (const std::string& line : lines) {
    if (!line.ends_with('\n') ||
        !ParseSignature(std::string_view(line).substr(0, line.size() - 1))) {
      return Status(Code::kInvalid, "compose signed note: a line is no signature");
    }
    note += line;
  }
  if (note.size() > kNoteMaxBytes) {
    return Status(Code::kInvalid, "compose signed note: it has over 1,000,000 bytes");
  }
  return note;
}

Result<std::string> Sign(std::string_view text, const SigningKey& key) {
  auto line = SignatureLine(key.verifier(), key.Sign(text));
  if (!line.ok()) return line;
  return ComposeNote(text, std::span(&*line, 1));
}

Result<Note> Open(std::string_view note, std::span<const VerifierKey> keys) {
  if (note.size() > kNoteMaxBytes) return Malformed("it has over 1,000,000 bytes");
  if (!IsNoteText(note)) return Malformed("it is not UTF-8 without control characters");
  const size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return Malformed("no empty line ends its text");
  auto signatures = ParseSignatures(note.substr(blank + 2));
  if (!signatures.ok()) return signatures.status();
  if (IsAmbiguous(keys)) return Malformed("two known keys share name and id");
  Note opened{std::string(note.substr(0, blank + 1)), {}, {}};
  for (Signature& signature : *signatures) {
    SAMENSPEL_RETURN_IF_ERROR(Place(std::move(signature), keys, opened));
  }
  if (opened.verified.empty()) {
    return Status(Code::kDenied, "open signed note: no signature is of a known key");
  }
  return opened;
}

}  // namespace samenspel::tlog
