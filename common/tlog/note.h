// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/tlog/note_key.h"

namespace samenspel::tlog {

/// Signed notes as in C2SP signed-note: a text that ends in a newline, an empty line, and one line
/// for each signature: "— name base64(key id || signature)".

/// Signatures that a note may carry; the specification asks for at least 16.
inline constexpr size_t kNoteSignaturesMax = 100;
/// Bytes that a note may have.
inline constexpr size_t kNoteMaxBytes = 1'000'000;

/// One signature line.
struct Signature {
  std::string name;
  uint32_t key_id = 0;
  std::string bytes;  // without the key id
  bool operator==(const Signature&) const = default;
};

/// A note that carries at least one good signature of a known key.
struct Note {
  std::string text;                   // with its last newline
  std::vector<Signature> verified;    // of known keys, one a key, in the order of the note
  std::vector<Signature> unverified;  // of keys not known here: may be anything
};

/// The line, with newline, for a signature made elsewhere: 64 bytes of Ed25519, not checked here.
base::Result<std::string> SignatureLine(const VerifierKey& key, std::string_view signature);

/// Text and signature lines put together. kInvalid when the text is no note text or does not end
/// in a newline, and when there are no lines or too many.
base::Result<std::string> ComposeNote(std::string_view text, std::span<const std::string> lines);

/// The note with one signature.
base::Result<std::string> Sign(std::string_view text, const SigningKey& key);

/// Reads `note` and verifies each signature of a key in `keys` (name and id both equal).
///   kInvalid  it is not a signed note, or exceeds the limits above; or two of `keys` share name
///             and id
///   kCorrupt  a signature of a known key is not good
///   kDenied   no signature is of a known key
base::Result<Note> Open(std::string_view note, std::span<const VerifierKey> keys);

}  // namespace samenspel::tlog
