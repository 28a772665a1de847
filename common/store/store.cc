// SPDX-License-Identifier: EUPL-1.2
#include "common/store/store.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>

#include <array>
#include <cassert>

#include "common/store/bytes.h"
#include "common/tlog/sha256.h"

namespace samenspel::store {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr std::array<const char*, 7> kColumnNames = {"journal", "state",  "private", "index",
                                                     "dedup",   "cursor", "copy"};
constexpr std::string_view kHeadKey = "head";
constexpr std::string_view kRebuildKey = "rebuild";  // There while a rebuild is under way.
constexpr base::milliseconds kBusySyncAfter{100};
constexpr base::milliseconds kQuietSyncAfter{1000};
constexpr size_t kBusyCommitsASecond = 10;

Status Failed(std::string_view what, const std::string& path, const rocksdb::Status& status) {
  const Code code = status.IsCorruption() ? Code::kCorrupt : Code::kIo;
  return {code, std::string(what) + " " + path + ": " + status.ToString()};
}

// RocksDB's own log would lie on the same disk, and a full one under it ends the process by an
// assertion before we can say why.
class NoLog : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

rocksdb::Options DatabaseOptions(const StoreConfig& config, Disk& disk) {
  rocksdb::Options options;
  options.env = disk.env();
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.paranoid_checks = true;
  options.atomic_flush = true;
  options.recycle_log_file_num = 0;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.db_write_buffer_size = config.write_buffer_bytes;
  options.max_background_jobs = 2;
  options.max_open_files = 256;
  options.max_file_opening_threads = 1;  // Per column and opening: more cost more than they save.
  options.info_log = std::make_shared<NoLog>();
  // Nobody reads them, and their timer would outlive a disk in memory.
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::ColumnFamilyOptions ColumnOptions(const StoreConfig& config) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = config.write_buffer_bytes;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = nullptr;
  static const auto cache = rocksdb::NewLRUCache(16 << 20);
  table.block_cache = cache;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

struct Store::Engine {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> columns;

  ~Engine() {
    for (rocksdb::ColumnFamilyHandle* column : columns) {
      if (db) db->DestroyColumnFamilyHandle(column);
    }
  }
  // Handle 0 is RocksDB's own default column, which stays empty.
  rocksdb::ColumnFamilyHandle* column(Column which) const {
    return columns.at(static_cast<size_t>(which) + 1);
  }
};

Store::Store(StoreConfig config, std::unique_ptr<base::FileLock> lock,
             std::unique_ptr<Engine> engine)
    : config_(std::move(config)), lock_(std::move(lock)), engine_(std::move(engine)) {}

Store::~Store() {
  if (watermark_ && watermark_dirty_) (void)watermark_->Sync();
}

Result<std::unique_ptr<Store>> Store::OpenFiles(const StoreConfig& config, Disk& disk) {
  SAMENSPEL_RETURN_IF_ERROR(disk.files().MakeDirectory(config.path));
  auto lock = disk.files().Lock(config.path + "/lock");
  if (!lock.ok()) return lock.status();

  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName, ColumnOptions(config));
  for (const char* name : kColumnNames) descriptors.emplace_back(name, ColumnOptions(config));
  auto engine = std::make_unique<Engine>();
  rocksdb::DB* db = nullptr;
  const std::string path = config.path + "/db";
  const auto status =
      rocksdb::DB::Open(DatabaseOptions(config, disk), path, descriptors, &engine->columns, &db);
  if (!status.ok()) return Failed("open", path, status);
  engine->db.reset(db);
  return std::unique_ptr<Store>(new Store(config, std::move(*lock), std::move(engine)));
}

Result<std::unique_ptr<Store>> Store::OpenUnproven(const StoreConfig& config, Disk& disk) {
  auto opened = OpenFiles(config, disk);
  if (!opened.ok()) return opened;
  Store& store = **opened;
  store.files_ = &disk.files();
  SAMENSPEL_RETURN_IF_ERROR(store.LoadHead());
  // A watermark that is gone stays gone: only --rebuild makes a new one.
  const bool whole = store.head_.sequence == 0 || disk.files().Exists(store.watermark_path());
  if (whole) SAMENSPEL_RETURN_IF_ERROR(store.OpenWatermark());
  return opened;
}

Result<std::unique_ptr<Store>> Store::Open(const StoreConfig& config, Disk& disk) {
  auto opened = OpenFiles(config, disk);
  if (!opened.ok()) return opened;
  Store& store = **opened;
  store.files_ = &disk.files();
  SAMENSPEL_RETURN_IF_ERROR(store.LoadHead());
  SAMENSPEL_RETURN_IF_ERROR(store.Prove());
  SAMENSPEL_RETURN_IF_ERROR(store.OpenWatermark());
  return opened;
}

Status Store::OpenWatermark() {
  if (!files_->Exists(watermark_path())) return ResetWatermark();
  auto watermark = Watermark::Open(*files_, watermark_path());
  if (!watermark.ok()) return watermark.status();
  watermark_ = std::move(*watermark);
  return base::Ok();
}

Status Store::ResetWatermark() {
  watermark_dirty_ = false;
  SAMENSPEL_RETURN_IF_ERROR(Watermark::Reset(*files_, watermark_path(), head_));
  return OpenWatermark();
}

Status Store::NoteRebuild(bool under_way) {
  rocksdb::WriteOptions options;
  options.sync = true;  // Whatever was written before is on the disk with it.
  const rocksdb::Slice key(kRebuildKey.data(), kRebuildKey.size());
  rocksdb::ColumnFamilyHandle* column = engine_->column(Column::kCursor);
  const auto status = under_way ? engine_->db->Put(options, column, key, "under way")
                                : engine_->db->Delete(options, column, key);
  return status.ok() ? base::Ok() : Failed("note the rebuild of", config_.path, status);
}

Status Store::EndRebuild() {
  SAMENSPEL_RETURN_IF_ERROR(NoteRebuild(false));
  return ResetWatermark();
}

// The head is the journal's last row; the row "head" must say the same, since both are in each
// commit.
Status Store::LoadHead() {
  std::unique_ptr<rocksdb::Iterator> at(
      engine_->db->NewIterator({}, engine_->column(Column::kJournal)));
  at->SeekToLast();
  if (!at->status().ok()) return Failed("read journal of", config_.path, at->status());
  common::v1::Head noted;
  const auto row = Get(Column::kCursor, kHeadKey);
  if (!fault_.ok()) return fault_;
  if (row && !noted.ParseFromString(*row)) {
    return {Code::kCorrupt, config_.path + ": the row of the journal's head cannot be read"};
  }
  if (!at->Valid()) {
    if (noted.sequence() == 0) return base::Ok();
    return {Code::kCorrupt, config_.path + ": the journal is empty, but its head was at " +
                                std::to_string(noted.sequence())};
  }
  const auto last = ParseStored({at->value().data(), at->value().size()});
  const uint64_t sequence = FromBigEndian({at->key().data(), at->key().size()});
  if (!last || last->header.sequence() != sequence || last->hash != noted.hash() ||
      sequence != noted.sequence()) {
    return {Code::kCorrupt, config_.path + ": entry " + std::to_string(sequence) +
                                ", the last of the journal, is damaged or not the noted head"};
  }
  head_ = {last->header.epoch(), sequence, last->hash};
  return base::Ok();
}

Status Store::Prove() {
  if (Get(Column::kCursor, kRebuildKey)) {
    return {Code::kCorrupt, config_.path + ": a rebuild was cut short; run --rebuild again"};
  }
  const std::string advice =
      "; acknowledged entries are missing. Do not serve from this copy: put the data back from a "
      "backup or another copy, then start again. --verify lists what is there";
  const auto acked = Watermark::Read(*files_, watermark_path());
  if (!acked.ok()) return acked.status();
  if (!acked->has_value()) {
    if (head_.sequence == 0) return base::Ok();
    return {Code::kCorrupt,
            "watermark " + watermark_path() +
                " is gone, so it cannot be proven that "
                "nothing is missing; check with --verify, then --rebuild makes a new one"};
  }
  const Head& mark = **acked;
  if (mark.sequence == 0) return base::Ok();
  if (mark.sequence > head_.sequence || mark.epoch > head_.epoch) {
    return {Code::kCorrupt, config_.path + ": the journal ends at entry " +
                                std::to_string(head_.sequence) + ", entry " +
                                std::to_string(mark.sequence) + " was acknowledged" + advice};
  }
  std::string previous;
  for (uint64_t sequence = mark.sequence; sequence <= head_.sequence; ++sequence) {
    const auto entry = Read(sequence);
    const bool is_mark = sequence == mark.sequence;
    if (!entry || (is_mark && entry->hash != mark.hash) ||
        (!is_mark && entry->header.previous_hash() != previous)) {
      return {Code::kCorrupt, config_.path + ": entry " + std::to_string(sequence) +
                                  " is not the one that was acknowledged" + advice};
    }
    previous = entry->hash;
  }
  return base::Ok();
}

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
  for (const auto& [row_key, value] : batch.rows_) {
    rocksdb::ColumnFamilyHandle* column = engine_->column(static_cast<Column>(row_key[0]));
    const rocksdb::Slice key(row_key.data() + 1, row_key.size() - 1);
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
  }
  rocksdb::WriteOptions options;
  options.sync = has_entries;
  if (fault_.ok()) {
    const auto status = engine_->db->Write(options, &rows);
    if (!status.ok()) Fail(Failed("append to", config_.path, status));
  }
  if (!fault_.ok()) return CommitResult::kUnknown;
  head_ = batch.head_;
  for (auto& entry : batch.appended_) Remember(std::move(entry));
  if (has_entries) {
    const Status written = watermark_->Write(head_);
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
  if (!watermark_dirty_) return base::Ok();
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

Status Store::ClearDerived() {
  SAMENSPEL_RETURN_IF_ERROR(NoteRebuild(true));
  for (const Column column : {Column::kState, Column::kPrivate, Column::kIndex, Column::kDedup}) {
    const auto status =
        engine_->db->DeleteRange({}, engine_->column(column), "", std::string(64, '\xff'));
    if (!status.ok()) return Failed("clear", config_.path, status);
  }
  return fault_;
}

Status Store::VerifyChain() const {
  std::string previous;
  for (uint64_t sequence = 1; sequence <= head_.sequence; ++sequence) {
    const auto entry = Read(sequence);
    const std::string where = config_.path + ": entry " + std::to_string(sequence);
    if (!fault_.ok()) return fault_;
    if (!entry) return {Code::kCorrupt, where + " is missing"};
    if (entry->header.previous_hash() != previous) {
      return {Code::kCorrupt, where + " does not continue the one before"};
    }
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
  from.Scan(column, "", "", [&](std::string_view key, std::string_view value) {
    batch.Put(column, key, std::string(value));
    return true;
  });
  if (!from.fault().ok()) return from.fault();
  return Commit(std::move(batch)) == CommitResult::kAcked ? base::Ok() : fault_;
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
  auto entry = std::make_shared<Stored>();
  entry->bytes = std::move(*parsed.mutable_header());
  if (!entry->header.ParseFromString(entry->bytes)) return nullptr;
  entry->hash = tlog::Sha256(entry->bytes);
  for (std::string& part : *parsed.mutable_sealed()) entry->sealed.push_back(std::move(part));
  return entry;
}

}  // namespace samenspel::store
