// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clients/samenspel/session.h"
#include "common/tlog/checkpoint.h"
#include "common/tlog/note_key.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::cli {

/// A checkpoint of the log: the signed note as it came, and what it says.
struct SignedCheckpoint {
  std::string note;
  tlog::Checkpoint checkpoint;
};

/// What does not hold in the log. Codes: "signature", "root", "shorter", "not_continued", "header",
/// "gap", "previous_hash", "epoch", "repeated", "short_read".
struct LogFault {
  std::string code;
  std::optional<uint64_t> leaf = {};
  std::string service = {};
};

/// Reads all leaves of the log as it is at `size` (0: as it is now), in order.
///   size     of a checkpoint that was seen; the pages are those of that log
///   visit    each leaf's header, byte for byte
///   failed   the first answer that was no
/// The checkpoint under which they stand, its signature checked; a fault when something came that
/// is no part of that log; nothing of both with `failed`.
struct WholeLog {
  std::optional<SignedCheckpoint> checkpoint;
  std::optional<LogFault> fault;
  std::optional<Heard> failed;
};
WholeLog ReadLog(Session& session, const tlog::VerifierKey& key, uint64_t size,
                 const std::function<void(uint64_t leaf, const std::string& header)>& visit,
                 const std::function<void(uint64_t done, uint64_t all)>& progress);

/// Checks that the entries of each service follow one another: dense numbers, each naming the hash
/// of the one before, epochs that never go back (invariant 7). Of audit itself its own
/// LeavesAppended are no leaves, so there the numbers may skip.
class ChainCheck {
 public:
  /// What is wrong with this leaf; nothing: it continues its service's chain.
  std::optional<LogFault> Take(uint64_t leaf, const std::string& header);
  struct Chain {
    uint64_t entries = 0;
    uint64_t last = 0;  ///< Sequence.
    uint64_t epoch = 0;
    std::string hash;
  };
  const std::map<std::string, Chain>& chains() const { return chains_; }

 private:
  std::map<std::string, Chain> chains_;
};

}  // namespace samenspel::cli
