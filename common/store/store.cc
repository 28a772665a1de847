// SPDX-License-Identifier: EUPL-1.2
// Reading and committing.
#include <algorithm>

#include "common/base/mutant.h"
#include "common/store/bytes.h"
#include "common/store/engine.h"
#include "common/store/table_check.h"
#include "common/tlog/sha256.h"

namespace samenspel::store {
namespace {

using base::Code;
using base::Status;

constexpr base::milliseconds kBusySyncAfter{100};
constexpr base::milliseconds kQuietSyncAfter{1000};
constexpr size_t kBusyCommitsASecond = 10;

// What a fault would write before its entry.
bool IsApart(char column) {
  return (base::Mutated(base::Mutant::kStateApart) &&
          column == static_cast<char>(Column::kState)) ||
         (base::Mutated(base::Mutant::kCursorApart) &&
          column == static_cast<char>(Column::kCursor));
}

// Whether these only note what was shown.
bool IsLooks(const std::vector<std::shared_ptr<const Stored>>& entries) {
  return !entries.empty() && std::ranges::all_of(entries, [](const auto& entry) {
    const std::string& kind = entry->header.kind();
    return kind.starts_with("show_") || kind.starts_with("read_") || kind == "close";
  });
}

// By column and key: the next row has its place in memory close behind the one before.
template <class Rows>
std::vector<const typename Rows::value_type*> InOrder(const Rows& rows) {
  std::vector<const typename Rows::value_type*> sorted;
  sorted.reserve(rows.size());
  for (const auto& row : rows) sorted.push_back(&row);
  std::ranges::sort(
      sorted, {}, [](const auto* row) -> const auto& { return row->first; });
  return sorted;
}

// What makes entries is durable before anybody hears of it.
rocksdb::WriteOptions OptionsFor(const std::vector<std::shared_ptr<const Stored>>& entries) {
  rocksdb::WriteOptions options;
  options.sync = !entries.empty() && !base::Mutated(base::Mutant::kSyncDropped) &&
                 !(base::Mutated(base::Mutant::kMarkAfterAnswer) && IsLooks(entries));
  return options;
}

}  // namespace

void Store::Fail(const Status& status) const {
  if (fault_.ok()) fault_ = status;
}

std::optional<std::string> Store::Get(Column column, std::string_view key) const {
  std::string value;
  const auto status =
      engine_->db->Get({}, engine_->column(column), {key.data(), key.size()}, &value);
  if (status.ok()) return value;
  if (!status.IsNotFound()) Fail(Failed("read", config_.path, status));
  return std::nullopt;
}

void Store::Scan(
    Column column, std::string_view prefix, std::string_view from,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  std::unique_ptr<rocksdb::Iterator> at(engine_->db->NewIterator({}, engine_->column(column)));
  const std::string_view start = std::max(prefix, from);
  for (at->Seek({start.data(), start.size()}); at->Valid(); at->Next()) {
    const std::string_view key(at->key().data(), at->key().size());
    if (!key.starts_with(prefix)) break;
    if (!visit(key, {at->value().data(), at->value().size()})) break;
  }
  if (!at->status().ok()) Fail(Failed("scan", config_.path, at->status()));
}

void Store::ScanBack(
    Column column, std::string_view prefix, std::string_view before,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  std::string end(before);
  if (before.empty()) {
    end = prefix;
    ++end.back();
  }
  std::unique_ptr<rocksdb::Iterator> at(engine_->db->NewIterator({}, engine_->column(column)));
  at->SeekForPrev(end);
  if (at->Valid() && at->key() == rocksdb::Slice(end)) at->Prev();
  for (; at->Valid(); at->Prev()) {
    const std::string_view key(at->key().data(), at->key().size());
    if (!key.starts_with(prefix)) break;
    if (!visit(key, {at->value().data(), at->value().size()})) break;
  }
  if (!at->status().ok()) Fail(Failed("scan", config_.path, at->status()));
}

std::shared_ptr<const Stored> Store::Read(uint64_t sequence) const {
  if (sequence == 0 || sequence > head_.sequence) return nullptr;
  if (!tail_.empty() && sequence >= tail_.front()->header.sequence()) {
    return tail_[sequence - tail_.front()->header.sequence()];
  }
  const auto row = Get(Column::kJournal, BigEndian(sequence));
  if (!row) return nullptr;
  auto entry = ParseStored(*row);
  if (!entry || entry->header.sequence() != sequence) {
    Fail(
        {Code::kCorrupt, config_.path + ": entry " + std::to_string(sequence) + " cannot be read"});
    return nullptr;
  }
  return entry;
}

void Store::Remember(std::shared_ptr<const Stored> entry) {
  tail_.push_back(std::move(entry));
  if (tail_.size() > config_.resident_entries) tail_.pop_front();
}

CommitResult Store::Commit(Batch&& batch) {
  if (!fault_.ok()) return CommitResult::kUnknown;
  if (batch.rows_.empty()) return CommitResult::kAcked;
  rocksdb::WriteBatch rows(0, 0, 8, 0);  // 8 bytes of protection per key against flips in memory
  for (const auto* row : InOrder(batch.rows_)) {
    const auto& [row_key, value] = *row;
    rocksdb::ColumnFamilyHandle* column = engine_->column(static_cast<Column>(row_key[0]));
    const rocksdb::Slice key(row_key.data() + 1, row_key.size() - 1);
    if (IsApart(row_key[0]) && value) (void)engine_->db->Put({}, column, key, *value);
    const auto status = value ? rows.Put(column, key, *value) : rows.Delete(column, key);
    if (!status.ok()) Fail(Failed("collect rows for", config_.path, status));
  }
  const bool has_entries = !batch.appended_.empty();
  if (has_entries) {
    common::v1::Head head;
    head.set_epoch(batch.head_.epoch);
    head.set_sequence(batch.head_.sequence);
    head.set_hash(batch.head_.hash);
    const auto status = rows.Put(engine_->column(Column::kCursor),
                                 {kHeadKey.data(), kHeadKey.size()}, head.SerializeAsString());
    if (!status.ok()) Fail(Failed("collect rows for", config_.path, status));
    if (!watermark_) Fail({Code::kInvalid, "append to " + config_.path + ": it has no watermark"});
  }
  if (fault_.ok()) {
    const auto status = engine_->db->Write(OptionsFor(batch.appended_), &rows);
    if (!status.ok() && !base::Mutated(base::Mutant::kFaultIgnored)) {
      Fail(Failed("append to", config_.path, status));
    }
  }
  if (!fault_.ok()) return CommitResult::kUnknown;
  head_ = batch.head_;
  for (auto& entry : batch.appended_) Remember(std::move(entry));
  if (has_entries) {
    last_epoch_ = head_.epoch;
    const bool dropped = base::Mutated(base::Mutant::kWatermarkDropped);
    const Status written = dropped ? base::Ok() : watermark_->Write(head_);
    if (!written.ok()) Fail(written);
    watermark_dirty_ = true;
    committed_ = true;
  }
  return fault_.ok() ? CommitResult::kAcked : CommitResult::kUnknown;
}

Status Store::Tick(base::Instant now) {
  if (committed_) {
    committed_ = false;
    recent_commits_.push_back(now);
    if (recent_commits_.size() > kBusyCommitsASecond) recent_commits_.pop_front();
  }
  if (table_check_) Fail(table_check_->finding());
  if (engine_->manifest->TakeGrown()) Fail(NoteManifest(config_, *engine_->db, *files_));
  if (!watermark_dirty_) return fault_;
  if (!watermark_due_) {
    const bool busy = recent_commits_.size() == kBusyCommitsASecond &&
                      now - recent_commits_.front() < base::milliseconds(1000);
    watermark_due_ = now + (busy ? kBusySyncAfter : kQuietSyncAfter);
  }
  if (now < *watermark_due_) return base::Ok();
  watermark_due_.reset();
  watermark_dirty_ = false;
  Status synced = watermark_->Sync();
  if (!synced.ok()) Fail(synced);
  return synced;
}

std::string RowOf(const Stored& entry) {
  common::v1::StoredEntry row;
  row.set_header(entry.bytes);
  for (const std::string& part : entry.sealed) row.add_sealed(part);
  return row.SerializeAsString();
}

std::shared_ptr<const Stored> ParseStored(std::string_view row) {
  common::v1::StoredEntry parsed;
  if (!parsed.ParseFromArray(row.data(), static_cast<int>(row.size()))) return nullptr;
  // The hashes vouch for header and parts, and not for what else a row could hold.
  if (!parsed.GetReflection()->GetUnknownFields(parsed).empty()) return nullptr;
  if (parsed.SerializeAsString() != row) return nullptr;
  auto entry = std::make_shared<Stored>();
  entry->bytes = std::move(*parsed.mutable_header());
  if (!entry->header.ParseFromString(entry->bytes)) return nullptr;
  entry->hash = tlog::Sha256(entry->bytes);
  for (std::string& part : *parsed.mutable_sealed()) entry->sealed.push_back(std::move(part));
  return entry;
}

}  // namespace samenspel::store
