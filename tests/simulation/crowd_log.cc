// SPDX-License-Identifier: EUPL-1.2
// The auditor: looks entries up, and believes neither their proofs nor the next checkpoint.
#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/entry.pb.h"
#include "tests/simulation/crowd.h"

namespace samenspel::simulation {

using common::v1::Reply;

void Crowd::CheckLog() {
  if (audited_.empty()) return;
  const common::v1::Ref entry = audited_[chance_.Below(audited_.size())];
  audit::v1::Request request;
  *request.mutable_show_entries()->mutable_entry() = entry;
  auditor_->Read(kAudit, request.SerializeAsString(), "audit", [this, entry](const Reply& reply) {
    if (reply.status() == common::v1::STATUS_BUSY) return false;
    audit::v1::Response response;
    response.ParseFromString(reply.response());
    const auto checkpoint = tlog::OpenCheckpoint(response.entries_shown().checkpoint(), LogKey());
    if (!checkpoint.ok() || response.entries_shown().entries_size() != 1) {
      auditor_->Complain("an entry that audit holds is not shown");
      return true;
    }
    const auto& proven = response.entries_shown().entries(0);
    common::v1::EntryHeader header;
    const base::Status included =
        tlog::VerifyInclusion(tlog::LeafHash(proven.header()), proven.leaf(), checkpoint->size,
                              {proven.path().begin(), proven.path().end()}, checkpoint->root);
    if (!included.ok() || !header.ParseFromString(proven.header()) ||
        header.service() != entry.service() || header.sequence() != entry.sequence()) {
      auditor_->Complain("the proof of an entry does not hold");
    }
    SeeCheckpoint(response.entries_shown().checkpoint(), false);
    CheckConsistency();
    return true;
  });
}

void Crowd::CheckConsistency() {
  audit::v1::Request request;
  request.mutable_prove_consistency()->set_old_size(log_size_);
  const auto seen = std::pair(log_size_, log_root_);
  auditor_->Read(kAudit, request.SerializeAsString(), "audit", [this, seen](const Reply& reply) {
    if (reply.status() == common::v1::STATUS_BUSY) return false;
    audit::v1::Response response;
    response.ParseFromString(reply.response());
    const auto& proven = response.consistency_proven();
    const auto checkpoint = tlog::OpenCheckpoint(proven.checkpoint(), LogKey());
    const std::vector<std::string> path(proven.path().begin(), proven.path().end());
    const bool holds =
        checkpoint.ok() &&
        tlog::VerifyConsistency(seen.first, seen.second, checkpoint->size, checkpoint->root, path)
            .ok();
    if (holds) {
      SeeCheckpoint(proven.checkpoint(), true);
    } else {
      auditor_->Complain("a checkpoint does not continue the one before");
    }
    ++log_checks_;
    return true;
  });
}

// The first one is taken on trust, later ones with a proof only.
void Crowd::SeeCheckpoint(const std::string& note, bool proven) {
  const auto checkpoint = tlog::OpenCheckpoint(note, LogKey());
  if (!checkpoint.ok() || (!proven && log_size_ > 0)) return;
  if (checkpoint->size <= log_size_) return;
  log_size_ = checkpoint->size;
  log_root_ = checkpoint->root;
}

}  // namespace samenspel::simulation
