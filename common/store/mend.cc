// SPDX-License-Identifier: EUPL-1.2
#include "common/store/mend.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <algorithm>

#include "common/store/bytes.h"
#include "common/store/manifest_mark.h"

namespace samenspel::store {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr size_t kEntriesACommit = 200;
constexpr std::string_view kHeadKey = "head";
constexpr std::string_view kFollowed = "f/";

std::string DatabaseOf(const StoreConfig& config) { return config.path + "/db"; }
std::string CompleteOf(const StoreConfig& config) { return config.path + "/db.mended"; }
std::string HalfMadeOf(const StoreConfig& config) { return config.path + "/mending"; }

Status Failed(const std::string& what, const rocksdb::Status& status) {
  const Code code = status.IsCorruption() ? Code::kCorrupt : Code::kIo;
  return {code, what + ": " + status.ToString()};
}

Status PutComplete(Disk& disk, const StoreConfig& config, const std::string& aside) {
  if (HasDatabase(config, disk)) {
    SAMENSPEL_RETURN_IF_ERROR(disk.Rename(DatabaseOf(config), aside));
  }
  return disk.Rename(CompleteOf(config), DatabaseOf(config));
}

std::optional<Head> ParseHead(std::string_view row) {
  common::v1::Head head;
  if (!head.ParseFromArray(row.data(), static_cast<int>(row.size()))) return std::nullopt;
  return Head{head.epoch(), head.sequence(), head.hash()};
}

std::string RowOfHead(const Head& head) {
  common::v1::Head row;
  row.set_epoch(head.epoch);
  row.set_sequence(head.sequence);
  row.set_hash(head.hash);
  return row.SerializeAsString();
}

}  // namespace

struct DamagedJournal::Engine {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> columns;
  base::Status manifest;
  rocksdb::ColumnFamilyHandle* journal = nullptr;
  rocksdb::ColumnFamilyHandle* cursor = nullptr;

  ~Engine() {
    for (rocksdb::ColumnFamilyHandle* column : columns) {
      if (db) (void)db->DestroyColumnFamilyHandle(column);
    }
  }
};

DamagedJournal::DamagedJournal(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
DamagedJournal::~DamagedJournal() = default;

Result<std::unique_ptr<DamagedJournal>> DamagedJournal::Open(const StoreConfig& config,
                                                             Disk& disk) {
  const std::string path = DatabaseOf(config);
  rocksdb::Options options;
  options.env = disk.env();
  options.create_if_missing = false;
  // What comes after a damaged record is worth having: each entry has to fit the chain anyhow.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kSkipAnyCorruptedRecords;
  std::vector<std::string> names;
  auto status = rocksdb::DB::ListColumnFamilies(options, path, &names);
  if (!status.ok()) return Failed("open " + path, status);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.reserve(names.size());
  for (const std::string& name : names) descriptors.emplace_back(name, options);
  auto engine = std::make_unique<Engine>();
  engine->manifest = CheckManifest(config, disk);
  rocksdb::DB* db = nullptr;
  status = rocksdb::DB::OpenForReadOnly(options, path, descriptors, &engine->columns, &db);
  engine->db.reset(db);
  if (!status.ok()) return Failed("open " + path, status);
  for (rocksdb::ColumnFamilyHandle* column : engine->columns) {
    if (column->GetName() == "journal") engine->journal = column;
    if (column->GetName() == "cursor") engine->cursor = column;
  }
  if (engine->journal == nullptr || engine->cursor == nullptr) {
    return Status(Code::kCorrupt, "open " + path + ": it has no journal");
  }
  return std::unique_ptr<DamagedJournal>(new DamagedJournal(std::move(engine)));
}

Result<std::shared_ptr<const Stored>> DamagedJournal::Read(uint64_t sequence) const {
  std::string row;
  const std::string what = "read entry " + std::to_string(sequence);
  const auto status = engine_->db->Get({}, engine_->journal, BigEndian(sequence), &row);
  if (status.IsNotFound()) return Status(Code::kNotFound, what + ": missing");
  if (!status.ok()) return Status(Code::kCorrupt, what + ": " + status.ToString());
  auto entry = ParseStored(row);
  if (entry && entry->header.sequence() == sequence) return entry;
  return Status(Code::kCorrupt, what + ": it is no entry of that number");
}

uint64_t DamagedJournal::last() const {
  const std::unique_ptr<rocksdb::Iterator> at(engine_->db->NewIterator({}, engine_->journal));
  at->SeekToLast();
  return at->Valid() && at->key().size() == 8 ? FromBigEndian({at->key().data(), at->key().size()})
                                              : 0;
}

std::optional<Head> DamagedJournal::noted() const {
  std::string row;
  const rocksdb::Slice key(kHeadKey.data(), kHeadKey.size());
  if (!engine_->db->Get({}, engine_->cursor, key, &row).ok()) return std::nullopt;
  return ParseHead(row);
}

std::vector<std::pair<std::string, Head>> DamagedJournal::cursors() const {
  std::vector<std::pair<std::string, Head>> found;
  const std::unique_ptr<rocksdb::Iterator> at(engine_->db->NewIterator({}, engine_->cursor));
  for (at->Seek({kFollowed.data(), kFollowed.size()}); at->Valid(); at->Next()) {
    const std::string_view key(at->key().data(), at->key().size());
    if (!key.starts_with(kFollowed)) break;
    const auto head = ParseHead({at->value().data(), at->value().size()});
    if (head) found.emplace_back(key.substr(kFollowed.size()), *head);
  }
  return found;
}

Status DamagedJournal::CheckFiles() const {
  SAMENSPEL_RETURN_IF_ERROR(engine_->manifest);
  const auto status = engine_->db->VerifyChecksum();
  return status.ok() ? base::Ok() : Failed("check the files of the database", status);
}

MendedJournal::MendedJournal(StoreConfig config, Disk& disk, std::unique_ptr<Store> store)
    : config_(std::move(config)), disk_(disk), store_(std::move(store)) {}
MendedJournal::~MendedJournal() = default;

Result<std::unique_ptr<MendedJournal>> MendedJournal::Begin(const StoreConfig& config, Disk& disk) {
  StoreConfig half_made = config;
  half_made.path = HalfMadeOf(config);
  half_made.watermark.clear();  // The real one tells what was acknowledged until the very end.
  rocksdb::Options options;
  options.env = disk.env();
  if (disk.env()->FileExists(DatabaseOf(half_made)).ok()) {
    const auto removed = rocksdb::DestroyDB(DatabaseOf(half_made), options);
    if (!removed.ok()) return Failed("remove " + DatabaseOf(half_made), removed);
    for (const char* name : {"/watermark", "/watermark-manifest"}) {
      SAMENSPEL_RETURN_IF_ERROR(disk.files().Remove(half_made.path + name));
    }
  }
  auto store = Store::OpenUnproven(half_made, disk);
  if (!store.ok()) return store.status();
  return std::unique_ptr<MendedJournal>(new MendedJournal(config, disk, std::move(*store)));
}

Status MendedJournal::Flush() {
  if (!batch_) return base::Ok();
  const CommitResult done = store_->Commit(std::move(*batch_));
  batch_.reset();
  batched_ = 0;
  return done == CommitResult::kAcked ? base::Ok() : store_->fault();
}

Status MendedJournal::Add(const Stored& entry) {
  if (!batch_) batch_ = std::make_unique<Batch>(store_->Begin());
  batch_->Put(Column::kJournal, BigEndian(entry.header.sequence()), RowOf(entry));
  head_ = {entry.header.epoch(), entry.header.sequence(), entry.hash};
  return ++batched_ < kEntriesACommit ? base::Ok() : Flush();
}

Status MendedJournal::AddCursors(const std::vector<std::pair<std::string, Head>>& cursors) {
  if (!batch_) batch_ = std::make_unique<Batch>(store_->Begin());
  for (const auto& [service, head] : cursors) {
    batch_->Put(Column::kCursor, std::string(kFollowed) + service, RowOfHead(head));
  }
  return base::Ok();
}

Status MendedJournal::PutInPlace(const std::string& aside, uint64_t epoch) {
  if (!batch_) batch_ = std::make_unique<Batch>(store_->Begin());
  head_.epoch = std::max(head_.epoch, epoch);
  if (head_.sequence > 0) batch_->Put(Column::kCursor, kHeadKey, RowOfHead(head_));
  SAMENSPEL_RETURN_IF_ERROR(Flush());
  SAMENSPEL_RETURN_IF_ERROR(store_->ClearDerived());  // Notes the rebuild, and syncs.
  store_.reset();
  SAMENSPEL_RETURN_IF_ERROR(disk_.Rename(HalfMadeOf(config_) + "/db", CompleteOf(config_)));
  return PutComplete(disk_, config_, aside);
}

Result<bool> FinishPutting(const StoreConfig& config, Disk& disk, const std::string& aside) {
  if (!disk.env()->FileExists(CompleteOf(config)).ok()) return false;
  SAMENSPEL_RETURN_IF_ERROR(PutComplete(disk, config, aside));
  return true;
}

bool HasDatabase(const StoreConfig& config, Disk& disk) {
  return disk.env()->FileExists(DatabaseOf(config)).ok();
}

}  // namespace samenspel::store
