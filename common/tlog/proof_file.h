// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/tlog/checkpoint.h"

namespace samenspel::tlog {

/// A receipt that can be checked without the log: C2SP tlog-proof@v1, in files named *.tlog-proof.
struct ProofFile {
  std::optional<std::string> extra;  // any bytes; nothing vouches for them
  uint64_t index = 0;                // of the leaf
  std::vector<std::string> path;     // as InclusionPath gives it
  std::string checkpoint;            // the signed note, byte for byte
};

/// Hashes that a path may have: that of a tree of 2^63 leaves.
inline constexpr size_t kProofPathMax = 63;

/// kInvalid when a hash is not 32 bytes, or there are more than 63. The note is taken as it is.
base::Result<std::string> WriteProofFile(const ProofFile& proof);

/// Reads the parts; verifies none of them. kInvalid when `text` is not in the format.
base::Result<ProofFile> ParseProofFile(std::string_view text);

/// The checkpoint under which the log with this key holds `leaf`. Codes: kInvalid when `text` is
/// not in the format; those of OpenCheckpoint(); those of VerifyInclusion().
base::Result<Checkpoint> VerifyProofFile(std::string_view text, std::string_view leaf,
                                         const VerifierKey& key);

}  // namespace samenspel::tlog
