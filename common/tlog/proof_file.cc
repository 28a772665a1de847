// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/proof_file.h"

#include <utility>

#include "common/tlog/base64.h"
#include "common/tlog/merkle.h"
#include "common/tlog/note_text.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

Status Invalid(const char* verb, const char* why) {
  return {Code::kInvalid, std::string(verb) + " proof file: " + why};
}

/// The hashes up to the empty line, which is taken off `rest` too.
Result<std::vector<std::string>> ParsePath(std::string_view& rest) {
  std::vector<std::string> path;
  for (auto line = TakeLine(rest); line; line = TakeLine(rest)) {
    if (line->empty()) return path;
    auto hash = DecodeBase64(*line);
    if (!hash || hash->size() != kHashSize) {
      return Invalid("parse", "a line of the path is not 32 bytes in base64");
    }
    if (path.size() == kProofPathMax) return Invalid("parse", "the path has over 63 hashes");
    path.push_back(*std::move(hash));
  }
  return Invalid("parse", "no empty line ends the path");
}

}  // namespace

Result<std::string> WriteProofFile(const ProofFile& proof) {
  if (proof.path.size() > kProofPathMax) return Invalid("write", "the path has over 63 hashes");
  std::string text = std::string(kHeader) + "\n";
  if (proof.extra) text.append(kExtra).append(EncodeBase64(*proof.extra)).append("\n");
  text.append(kIndex).append(std::to_string(proof.index)).append("\n");
  for (const std::string& hash : proof.path) {
    if (hash.size() != kHashSize) return Invalid("write", "a hash of the path is not 32 bytes");
    text.append(EncodeBase64(hash)).append("\n");
  }
  return text + "\n" + proof.checkpoint;
}

Result<ProofFile> ParseProofFile(std::string_view text) {
  ProofFile proof;
  if (TakeLine(text) != kHeader) return Invalid("parse", "its first line is not tlog-proof@v1");
  auto line = TakeLine(text);
  if (line && line->starts_with(kExtra)) {
    proof.extra = DecodeBase64(line->substr(kExtra.size()));
    if (!proof.extra) return Invalid("parse", "its extra data is not base64");
    line = TakeLine(text);
  }
  if (!line || !line->starts_with(kIndex)) return Invalid("parse", "it has no index line");
  const auto index = ParseDecimal(line->substr(kIndex.size()));
  if (!index) return Invalid("parse", "the index is no plain decimal number");
  proof.index = *index;
  auto path = ParsePath(text);
  if (!path.ok()) return path.status();
  proof.path = *std::move(path);
  if (text.empty()) return Invalid("parse", "it has no checkpoint");
  proof.checkpoint = text;
  return proof;
}

Result<Checkpoint> VerifyProofFile(std::string_view text, std::string_view leaf,
                                   const VerifierKey& key) {
  const auto proof = ParseProofFile(text);
  if (!proof.ok()) return proof.status();
  auto checkpoint = OpenCheckpoint(proof->checkpoint, key);
  if (!checkpoint.ok()) return checkpoint;
  SAMENSPEL_RETURN_IF_ERROR(VerifyInclusion(LeafHash(leaf), proof->index, checkpoint->size,
                                            proof->path, checkpoint->root));
  return checkpoint;
}

}  // namespace samenspel::tlog
