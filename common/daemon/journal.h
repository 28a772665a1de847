// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/daemon/service.h"
#include "common/daemon/view.h"

namespace samenspel::daemon {

/// What an entry says besides the decision.
struct EntryContext {
  Caller caller;
  base::Instant received_at;
  std::string kind;          ///< Request kind, "followed" or "internal".
  std::string digest;        ///< Keyed digest of the request.
  bool keep_answer = false;  ///< A repeat of the request id gets this answer.
  std::optional<common::v1::Ref> cause;
};

/// Kind of the first entry of an epoch above 1; its `version` is the number of the first data key
/// that streams get from there on (docs/formats/entry.md).
inline constexpr const char* kEpochKind = "epoch";

constexpr size_t kHeaderBytesMax =
    64 * 1024 - 1;  ///< A leaf of the audit log is shorter than 64 KiB.
constexpr size_t kEntryBytesMax = 512 * 1024;

/// Makes the entry of a decision, appends it to the batch and applies its events to the state.
///   kInvalid  it would be larger than an entry may be; nothing was written
base::Result<const store::Stored*> Record(View& view, Service& service, const EntryContext& context,
                                          Decided decided);

/// Applies the events of an entry of this service's own journal once more, for a replay. Parts
/// whose key was destroyed stay away.
base::Status Replay(View& view, Service& service, const store::Stored& entry);

/// Opens an entry's parts in their order, for a follower with that grant; erased ones are empty.
std::vector<std::string> OpenParts(seal::KeyStore& keys, const store::Stored& entry);

/// 32 bytes over the parts of a request that make it the same request, under the service's own key.
std::string RequestDigest(std::string_view key, const common::v1::Envelope& envelope);

}  // namespace samenspel::daemon
