// SPDX-License-Identifier: EUPL-1.2
// What --verify, --rebuild, --backup and --restore do with a store.
#include <algorithm>

#include "common/store/bytes.h"
#include "common/store/engine.h"
#include "common/store/table_check.h"
#include "common/tlog/sha256.h"

namespace samenspel::store {
namespace {

using base::Code;
using base::Status;

constexpr size_t kRowsACommit = 1000;

}  // namespace

Status Store::NoteRebuild(bool under_way) {
  rocksdb::WriteOptions options;
  options.sync = true;  // Whatever was written before is on the disk with it.
  const rocksdb::Slice key(kRebuildKey.data(), kRebuildKey.size());
  rocksdb::ColumnFamilyHandle* column = engine_->column(Column::kCursor);
  const auto status = under_way ? engine_->db->Put(options, column, key, "under way")
                                : engine_->db->Delete(options, column, key);
  return status.ok() ? base::Ok() : Failed("note the rebuild of", config_.path, status);
}

Status Store::ClearDerived() {
  SAMENSPEL_RETURN_IF_ERROR(NoteRebuild(true));
  for (const Column column : {Column::kState, Column::kPrivate, Column::kIndex, Column::kDedup}) {
    const auto status =
        engine_->db->DeleteRange({}, engine_->column(column), "", std::string(64, '\xff'));
    if (!status.ok()) return Failed("clear", config_.path, status);
  }
  return fault_;
}

Status Store::EndRebuild() {
  SAMENSPEL_RETURN_IF_ERROR(NoteRebuild(false));
  return ResetWatermark();
}

Status Store::NoteHead(const Head& head) {
  common::v1::Head noted;
  noted.set_epoch(head.epoch);
  noted.set_sequence(head.sequence);
  noted.set_hash(head.hash);
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status =
      engine_->db->Put(options, engine_->column(Column::kCursor),
                       {kHeadKey.data(), kHeadKey.size()}, noted.SerializeAsString());
  return status.ok() ? base::Ok() : Failed("note the head of", config_.path, status);
}

// The database first: cut short after it, Open knows by the higher epoch that the watermark is to
// follow. The other way round it would miss entries that were given up.
Status Store::BeginEpoch() {
  const auto acked = ReadWatermark(config_, *files_);
  Head next = head_;
  if (acked.ok() && acked->has_value()) next.epoch = std::max(next.epoch, (*acked)->epoch);
  ++next.epoch;
  SAMENSPEL_RETURN_IF_ERROR(NoteHead(next));
  head_ = std::move(next);
  return ResetWatermark();
}

Status Store::Adopt() {
  SAMENSPEL_RETURN_IF_ERROR(LoadHead());
  return EndRebuild();
}

Status Store::VerifyChain() const {
  std::string previous;
  uint64_t epoch = 1;
  for (uint64_t sequence = 1; sequence <= head_.sequence; ++sequence) {
    const auto entry = Read(sequence);
    const std::string where = config_.path + ": entry " + std::to_string(sequence);
    if (!fault_.ok()) return fault_;
    if (!entry) return {Code::kCorrupt, where + " is missing"};
    if (entry->header.previous_hash() != previous) {
      return {Code::kCorrupt, where + " does not continue the one before"};
    }
    if (entry->header.epoch() < epoch) {
      return {Code::kCorrupt, where + " is of an earlier epoch than the one before"};
    }
    epoch = entry->header.epoch();
    if (entry->sealed.size() != static_cast<size_t>(entry->header.part_hashes_size())) {
      return {Code::kCorrupt, where + " lacks a sealed part"};
    }
    for (size_t i = 0; i < entry->sealed.size(); ++i) {
      if (tlog::Sha256(entry->sealed[i]) != entry->header.part_hashes(static_cast<int>(i))) {
        return {Code::kCorrupt, where + " has a damaged sealed part"};
      }
    }
    previous = entry->hash;
  }
  return previous == head_.hash ? base::Ok()
                                : Status(Code::kCorrupt, config_.path + ": wrong head");
}

Status Store::CopyColumn(const Store& from, Column column) {
  Batch batch = Begin();
  size_t rows = 0;
  bool written = true;
  from.Scan(column, "", "", [&](std::string_view key, std::string_view value) {
    batch.Put(column, key, std::string(value));
    if (++rows % kRowsACommit != 0) return true;
    written = Commit(std::exchange(batch, Begin())) == CommitResult::kAcked;
    return written;
  });
  if (!from.fault().ok()) return from.fault();
  written = written && Commit(std::move(batch)) == CommitResult::kAcked;
  return written ? base::Ok() : fault_;
}

Status Discard(const StoreConfig& config, Disk& disk) {
  const std::string database = config.path + "/db";
  rocksdb::Options options;
  options.env = disk.env();
  if (disk.env()->FileExists(database).ok()) {
    const auto removed = rocksdb::DestroyDB(database, options);
    if (!removed.ok()) return Failed("remove", database, removed);
  }
  for (const char* name : {"/watermark", "/watermark.new", "/watermark-manifest",
                           "/watermark-manifest.new", "/lock"}) {
    const std::string path = config.path + name;
    if (disk.files().Exists(path)) SAMENSPEL_RETURN_IF_ERROR(disk.files().Remove(path));
  }
  (void)disk.env()->DeleteDir(config.path);
  return base::Ok();
}

}  // namespace samenspel::store
