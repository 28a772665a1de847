// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::cli {

enum class Proof {
  kHolds,      ///< Header, path, root and signature belong together.
  kFailed,     ///< They do not, or it is not what was asked for.
  kUnchecked,  ///< There is no key here to check with.
};

/// An entry of the audit log, and whether the log really holds it.
struct CheckedEntry {
  uint64_t leaf = 0;
  common::v1::EntryHeader header;  ///< Empty when it could not be read.
  Proof proof = Proof::kFailed;
};

/// Checks each entry here, trusting nothing that the daemon says about it: leaf hash of the
/// header's bytes, inclusion path to the root, and the signature over that root by the key that
/// this side holds.
///   audit_key  the log's verifier key, from the config; without a good one nothing is checked
std::vector<CheckedEntry> CheckEntries(const audit::v1::EntriesShown& shown,
                                       std::string_view audit_key);

/// "report_graded" for field 2 of intake's events; the number itself for a kind or service we do
/// not know.
std::string EventKindName(std::string_view service, uint32_t kind);

}  // namespace samenspel::cli
