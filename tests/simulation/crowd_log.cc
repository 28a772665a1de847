// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_log.h"

#include <algorithm>

#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;

bool IsAudited(const Story& story) { return story.awaited; }

}  // namespace

void LogReader::Check() {
  const Story* story = stage_.PickStory(IsAudited);
  if (story == nullptr) return;
  audit::v1::Request request;
  *request.mutable_show_entries()->mutable_entry() = story->entry;
  stage_.Look(*stage_.auditor, kAudit, request, kAuditing, "show an entry", Fine(),
              [this, entry = story->entry](const Reply& reply) {
                const auto shown = ResponseIn<audit::v1::Response>(reply).entries_shown();
                if (shown.entries_size() != 1) {
                  stage_.auditor->Complain("an entry that audit holds is not shown");
                }
                CheckProofs(shown, &entry);
                SeeCheckpoint(shown.checkpoint(), false);
                CheckConsistency();
              });
}

void LogReader::ReadCase() {
  const Story* story = stage_.PickStory(IsAudited);
  if (story == nullptr) return;
  audit::v1::Request request;
  request.mutable_show_entries()->set_stream(stage_.chance.OneIn(2) ? story->answer.report()
                                                                    : story->answer.case_number());
  stage_.Look(*stage_.auditor, kAudit, request, kAuditing, "show a case", Fine(),
              [this](const Reply& reply) {
                const auto shown = ResponseIn<audit::v1::Response>(reply).entries_shown();
                if (shown.entries().empty()) stage_.auditor->Complain("a case without entries");
                CheckProofs(shown, nullptr);
              });
}

void LogReader::CheckProofs(const audit::v1::EntriesShown& shown, const common::v1::Ref* entry) {
  const auto checkpoint = tlog::OpenCheckpoint(shown.checkpoint(), LogKey());
  if (!checkpoint.ok()) return stage_.auditor->Complain("a checkpoint is not signed by the log");
  for (const auto& proven : shown.entries()) {
    common::v1::EntryHeader header;
    const base::Status included =
        tlog::VerifyInclusion(tlog::LeafHash(proven.header()), proven.leaf(), checkpoint->size,
                              {proven.path().begin(), proven.path().end()}, checkpoint->root);
    if (!included.ok() || !header.ParseFromString(proven.header())) {
      stage_.auditor->Complain("the proof of an entry does not hold");
    }
    if (entry != nullptr &&
        (header.service() != entry->service() || header.sequence() != entry->sequence())) {
      stage_.auditor->Complain("another entry is shown than was asked for");
    }
  }
}

void LogReader::ReadLeaves() {
  if (size_ == 0) return;
  audit::v1::Request request;
  const uint64_t first = stage_.chance.Below(size_);
  request.mutable_read_leaves()->set_first(first);
  request.mutable_read_leaves()->set_size(std::min(size_, first + 1 + stage_.chance.Below(20)));
  const uint64_t wanted = request.read_leaves().size() - first;
  stage_.Look(*stage_.auditor, kAudit, request, kAuditing, "read leaves", Fine(),
              [this, wanted](const Reply& reply) {
                const auto read = ResponseIn<audit::v1::Response>(reply).leaves_read();
                const auto got = static_cast<uint64_t>(read.headers_size());
                if (got == 0 || got > wanted) stage_.auditor->Complain("other leaves than asked");
                if (!tlog::OpenCheckpoint(read.checkpoint(), LogKey()).ok()) {
                  stage_.auditor->Complain("leaves under a checkpoint that is not signed");
                }
              });
}

void LogReader::CheckConsistency() {
  audit::v1::Request request;
  request.mutable_prove_consistency()->set_old_size(size_);
  stage_.Look(*stage_.auditor, kAudit, request, kAuditing, "prove consistency", Fine(),
              [this, seen = std::pair(size_, root_)](const Reply& reply) {
                const auto proven = ResponseIn<audit::v1::Response>(reply).consistency_proven();
                const auto checkpoint = tlog::OpenCheckpoint(proven.checkpoint(), LogKey());
                const std::vector<std::string> path(proven.path().begin(), proven.path().end());
                const bool holds = checkpoint.ok() &&
                                   tlog::VerifyConsistency(seen.first, seen.second,
                                                           checkpoint->size, checkpoint->root, path)
                                       .ok();
                if (!holds) {
                  stage_.auditor->Complain("a checkpoint does not continue the one before");
                } else {
                  SeeCheckpoint(proven.checkpoint(), true);
                }
                ++checks_;
              });
}

// The first one is taken on trust, later ones with a proof only.
void LogReader::SeeCheckpoint(const std::string& note, bool proven) {
  const auto checkpoint = tlog::OpenCheckpoint(note, LogKey());
  if (!checkpoint.ok() || (!proven && size_ > 0)) return;
  if (checkpoint->size <= size_) return;
  size_ = checkpoint->size;
  root_ = checkpoint->root;
}

}  // namespace samenspel::simulation
