// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/daemon/run.h"
#include "common/daemon/service.h"
#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "common/tlog/note_key.h"
#include "common/tlog/proven.h"
#include "proto/audit/state/state.pb.h"
#include "proto/audit/v1/requests.pb.h"
#include "services/audit/domain/facts.h"

namespace samenspel::audit {

class LogRows;

/// Stream of the newest checkpoint.
inline constexpr const char* kLogStream = "log";

/// What was signed last.
inline tlog::SignedTree TreeOf(const state::Log& log) { return {log.size(), log.root()}; }

/// The audit daemon: keeps a copy of every entry of every service and the Merkle log over their
/// headers, and signs it once a turn (services/audit/README.md).
class Service : public daemon::Service {
 public:
  static base::Result<std::unique_ptr<daemon::Service>> Make(const daemon::ServiceInput& input);
  Service(std::string origin, tlog::SigningKey key);

  std::string_view name() const override { return "audit"; }
  const google::protobuf::Message& request_type() const override;
  const google::protobuf::Message& event_type() const override;
  base::Status Load(daemon::View& view) override;
  daemon::Decided Answer(daemon::View& view, const daemon::Caller& caller, base::Instant now,
                         const google::protobuf::Message& request) override;
  std::optional<daemon::Decided> Followed(daemon::View& view, const daemon::FollowedEntry& entry,
                                          base::Instant now) override;
  void Evolve(daemon::View& view, const common::v1::Ref& ref, const common::v1::EventRecord& record,
              const google::protobuf::Message& event) override;
  std::optional<daemon::Decided> Close(daemon::View& view, base::Instant now) override;
  std::vector<daemon::InternalRequest> Due(daemon::View&, base::Instant) override { return {}; }
  std::optional<base::Instant> DueAt() const override { return std::nullopt; }
  std::vector<daemon::FollowWish> follows() const override;
  bool MaySee(daemon::View& view, const daemon::Caller& caller,
              const common::v1::Ref& entry) override;
  std::vector<std::pair<std::string, uint64_t>> Counters(base::Instant now) const override;
  /// The tree in memory, to which the next leaves are added.
  const tlog::CompactRange& tree() const { return tree_; }

 private:
  daemon::Decided Show(daemon::View& view, const daemon::Caller& caller, base::Instant now,
                       const v1::ShowEntries& request);
  daemon::Decided Prove(daemon::View& view, const v1::ProveConsistency& request);
  daemon::Decided ReadLeaves(daemon::View& view, const daemon::Caller& caller, base::Instant now,
                             const v1::ReadLeaves& request);
  daemon::Decided ReadCopies(daemon::View& view, const daemon::Caller& caller, base::Instant now,
                             const common::v1::ReadCopies& request);
  /// The signed checkpoint of the log as it was at `size`, once its hashes prove it to be the
  /// beginning of this one.
  base::Result<std::string> CheckpointAt(const LogRows& rows, uint64_t size,
                                         const state::Log& log) const;
  base::Result<std::string> CheckpointNote(const state::Log& log) const;
  daemon::Decided Damaged(const base::Status& why);
  void UseEpoch(uint64_t epoch);
  void Append(daemon::View& view, const v1::LeavesAppended& appended, uint64_t version);

  std::string origin_;
  tlog::SigningKey key_;  // Named after the log of this epoch (docs/formats/checkpoint.md).
  tlog::CompactRange tree_;
  uint64_t damaged_ = 0;              // Answers that were not given.
  std::vector<std::string> pending_;  // Leaf hashes that Close will commit to, in order.
  // The entries of these leaves, by service and sequence.
  std::map<std::pair<std::string, uint64_t>, std::shared_ptr<const store::Stored>> arrived_;
  Runs runs_;
};

}  // namespace samenspel::audit
