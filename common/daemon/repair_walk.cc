// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/repair_walk.h"

#include <algorithm>

#include "common/tlog/sha256.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Result;
using base::Status;
using store::Head;
using store::Stored;

// What keeps an entry from being the next of this journal; empty: nothing.
std::string FaultOf(const Stored& entry, const std::string& service, const Head& at) {
  const common::v1::EntryHeader& header = entry.header;
  if (header.service() != service) return "it is an entry of another service";
  if (header.sequence() != at.sequence + 1) return "it has another number";
  if (header.previous_hash() != at.hash) return "it does not continue the one before";
  if (header.epoch() < at.epoch) return "its epoch is older than that of the one before";
  if (entry.sealed.size() != static_cast<size_t>(header.part_hashes_size())) {
    return "it lacks a sealed part";
  }
  for (size_t i = 0; i < entry.sealed.size(); ++i) {
    if (tlog::Sha256(entry.sealed[i]) != header.part_hashes(static_cast<int>(i))) {
      return "a sealed part is damaged";
    }
  }
  return {};
}

std::string Name(uint64_t sequence) { return "entry " + std::to_string(sequence); }

}  // namespace

Result<std::shared_ptr<const Stored>> CopyReader::At(uint64_t sequence) {
  if (!read_ || (sequence > before_ + page_.size() && sequence <= head_.sequence)) {
    auto page = source_.After(sequence - 1);
    if (!page.ok()) return page.status();
    read_ = true;
    head_ = page->head;
    page_ = std::move(page->entries);
    before_ = sequence - 1;
    for (const auto& [service, head] : page->causes) {
      Head& newest = causes_[service];
      if (head.sequence > newest.sequence) newest = head;
    }
    if (page_.empty() && sequence <= head_.sequence) {
      return Status(Code::kCorrupt, "audit's copy lacks " + Name(sequence));
    }
  }
  if (sequence > head_.sequence || sequence > before_ + page_.size()) {
    return std::shared_ptr<const Stored>();
  }
  return page_.at(sequence - before_ - 1);
}

RepairWalk::RepairWalk(std::string service, const store::DamagedJournal* local, CopyReader& copies,
                       std::optional<Head> acked)
    : service_(std::move(service)), local_(local), copies_(copies), acked_(std::move(acked)) {
  if (local_ == nullptr) return;
  noted_ = local_->noted();
  local_last_ = local_->last();
  // An epoch began knowingly, cut short before the watermark followed (Store::BeginEpoch).
  if (noted_ && acked_ && noted_->epoch > acked_->epoch) acked_.reset();
}

uint64_t RepairWalk::known_epoch() const {
  return std::max({at_.epoch, noted_ ? noted_->epoch : 1, acked_ ? acked_->epoch : 1});
}

uint64_t RepairWalk::known_end() const {
  return std::max({local_last_, noted_ ? noted_->sequence : 0, acked_ ? acked_->sequence : 0});
}

RepairWalk::Local RepairWalk::ReadLocal() const {
  if (local_ == nullptr) return {.entry = nullptr, .fault = "it is missing", .missing = true};
  auto read = local_->Read(at_.sequence + 1);
  if (read.ok()) {
    std::string fault = FaultOf(**read, service_, at_);
    return {.entry = *std::move(read), .fault = std::move(fault), .missing = false};
  }
  const bool missing = read.status().code() == Code::kNotFound;
  return {.entry = nullptr,
          .fault = missing ? "it is missing" : "it cannot be read",
          .missing = missing};
}

// Something else here vouches for this very entry, so it is no flipped bit.
bool RepairWalk::IsConfirmed(const Stored& entry) const {
  const uint64_t sequence = entry.header.sequence();
  for (const auto& mark : {noted_, acked_}) {
    if (mark && mark->sequence == sequence && mark->hash == entry.hash) return true;
  }
  const auto next = local_->Read(sequence + 1);
  return next.ok() && (*next)->header.previous_hash() == entry.hash;
}

Status RepairWalk::CheckMarks(const Stored& entry) const {
  if (!acked_ || acked_->sequence != entry.header.sequence() || acked_->hash == entry.hash) {
    return base::Ok();
  }
  return {Code::kCorrupt,
          Name(acked_->sequence) +
              " was acknowledged with another content than it has here or at audit: the watermark "
              "belongs to another history. Put back the folders of this service as they were "
              "together, or a backup"};
}

RepairWalk::Step RepairWalk::Took(std::shared_ptr<const Stored> entry, Origin origin,
                                  std::string fault) {
  at_ = {entry->header.epoch(), entry->header.sequence(), entry->hash};
  return {std::move(entry), origin, std::move(fault)};
}

Result<std::optional<RepairWalk::Step>> RepairWalk::Next() {
  const uint64_t sequence = at_.sequence + 1;
  auto copy = copies_.At(sequence);
  if (!copy.ok()) return copy.status();
  Local local = ReadLocal();
  const bool is_whole = local.entry && local.fault.empty();
  if (*copy == nullptr) {
    if (!is_whole) return std::optional<Step>();
    SAMENSPEL_RETURN_IF_ERROR(CheckMarks(*local.entry));
    return std::optional<Step>(Took(std::move(local.entry), Origin::kKept, {}));
  }
  if (is_whole && local.entry->hash == (*copy)->hash) {
    SAMENSPEL_RETURN_IF_ERROR(CheckMarks(*local.entry));
    return std::optional<Step>(Took(std::move(local.entry), Origin::kWhole, {}));
  }
  if (is_whole && IsConfirmed(*local.entry)) {
    return Status(Code::kCorrupt,
                  "two histories: from " + Name(sequence) +
                      " on the journal here is another than audit's copy, and both are whole. "
                      "Nothing was changed. Put back the data that audit followed, from a backup; "
                      "or, if audit's copy is the right one, move the folder db aside and run this "
                      "again");
  }
  const std::string fault = FaultOf(**copy, service_, at_);
  if (!fault.empty()) {
    return Status(Code::kCorrupt, "audit's copy of " + Name(sequence) + " does not fit: " + fault);
  }
  SAMENSPEL_RETURN_IF_ERROR(CheckMarks(**copy));
  if (is_whole) local.fault = "it differs from audit's copy";
  return std::optional<Step>(Took(*std::move(copy),
                                  local.missing ? Origin::kFetched : Origin::kMended,
                                  std::move(local.fault)));
}

}  // namespace samenspel::daemon
