// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/checkpoint.h"

#include <span>
#include <utility>

#include "common/tlog/base64.h"
#include "common/tlog/merkle.h"
#include "common/tlog/note_text.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;

Status Invalid(const char* verb, const char* why) {
  return {Code::kInvalid, std::string(verb) + " checkpoint: " + why};
}

bool IsOrigin(std::string_view origin) {
  return !origin.empty() && origin.find('\n') == std::string_view::npos && IsNoteText(origin);
}

}  // namespace

std::string LogName(const std::string& origin, uint64_t epoch) {
  return epoch <= 1 ? origin : origin + "/epoch-" + std::to_string(epoch);
}

Result<std::string> CheckpointText(const Checkpoint& checkpoint) {
  if (!IsOrigin(checkpoint.origin)) return Invalid("write", "the origin is no line of text");
  if (checkpoint.root.size() != kHashSize) return Invalid("write", "the root is not 32 bytes");
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         EncodeBase64(checkpoint.root) + "\n";
}

Result<Checkpoint> ParseCheckpoint(std::string_view text) {
  const auto origin = TakeLine(text);
  const auto size_line = TakeLine(text);
  const auto root_line = TakeLine(text);
  if (!root_line) return Invalid("parse", "it has fewer than three lines");
  if (!text.empty()) return Invalid("parse", "something follows its root");
  if (!IsOrigin(*origin)) return Invalid("parse", "the origin is no line of text");
  const auto size = ParseDecimal(*size_line);
  if (!size) return Invalid("parse", "the size is no plain decimal number");
  auto root = DecodeBase64(*root_line);
  if (!root || root->size() != kHashSize) {
    return Invalid("parse", "the root is not 32 bytes in base64");
  }
  if (*size == 0 && *root != EmptyRoot()) return Invalid("parse", "an empty tree has another root");
  return Checkpoint{std::string(*origin), *size, *std::move(root)};
}

Result<std::string> SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  if (key.verifier().name() != checkpoint.origin) {
    return Invalid("sign", "the key has another name than the origin");
  }
  auto text = CheckpointText(checkpoint);
  if (!text.ok()) return text;
  return Sign(*text, key);
}

Result<Checkpoint> OpenCheckpoint(std::string_view note, const VerifierKey& key) {
  const auto opened = Open(note, std::span(&key, 1));
  if (!opened.ok()) return opened.status();
  auto checkpoint = ParseCheckpoint(opened->text);
  if (checkpoint.ok() && checkpoint->origin != key.name()) {
    return Status(Code::kDenied, "open checkpoint: the key is of another origin");
  }
  return checkpoint;
}

}  // namespace samenspel::tlog
