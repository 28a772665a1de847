// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/tlog/note.h"

namespace samenspel::tlog {

/// The state of a log at one size, as in C2SP tlog-checkpoint.
struct Checkpoint {
  std::string origin;  // names the log, and is the name of its key
  uint64_t size = 0;   // leaves
  std::string root;    // 32 bytes
  bool operator==(const Checkpoint&) const = default;
};

/// The name of a log in an epoch of its keeper: `origin` in the first, with the epoch behind it in
/// later ones, since a restored copy is another log (docs/formats/checkpoint.md).
std::string LogName(const std::string& origin, uint64_t epoch);

/// Three lines: origin, size, root in base64. kInvalid when the origin is no line of note text or
/// the root not 32 bytes.
base::Result<std::string> CheckpointText(const Checkpoint& checkpoint);

/// Reads those three lines and nothing else: kInvalid for leading zeros, for extension lines,
/// which nobody can audit, and for a tree without leaves that has another root than EmptyRoot().
base::Result<Checkpoint> ParseCheckpoint(std::string_view text);

/// The checkpoint as a signed note; kInvalid unless the key bears the name of the origin.
base::Result<std::string> SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key);

/// Verifies that the log with this key signed `note`, and reads it. Codes as Open() has them;
/// kDenied as well when the checkpoint is of another origin than the key. Signatures of others,
/// such as witnesses, are passed over.
base::Result<Checkpoint> OpenCheckpoint(std::string_view note, const VerifierKey& key);

}  // namespace samenspel::tlog
