// SPDX-License-Identifier: EUPL-1.2
#include "common/store/engine.h"

#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>

namespace samenspel::store {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr std::array<const char*, 7> kColumnNames = {"journal", "state",  "private", "index",
                                                     "dedup",   "cursor", "copy"};

constexpr double kFilterBitsAKey = 10;
constexpr double kFilterOfBuffer = 0.005;  // Some ten bits for each row of a column of small ones.

// A database without its CURRENT looks like none to RocksDB: made anew in its place it would remove
// the table files that are still there.
bool HasFiles(const StoreConfig& config, Disk& disk) {
  std::vector<std::string> names;
  if (!disk.env()->GetChildren(config.path + "/db", &names).ok()) return false;
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.ends_with(".sst") || name.ends_with(".log");
  });
}

// What the message of a database that does not open tells to do.
Status NotOpened(const std::string& path, const rocksdb::Status& status) {
  Status failed = Failed("open", path, status);
  const bool is_damaged = status.IsCorruption() || status.IsInvalidArgument() ||
                          status.IsPathNotFound() || status.IsNotFound();
  if (!is_damaged) return failed;
  return {Code::kCorrupt,
          failed.message() +
              "; the database is damaged: --repair-from audit makes it anew, or put "
              "a backup in its place with --restore"};
}

// RocksDB's own log would lie on the same disk, and a full one under it ends the process by an
// assertion before we can say why. A reader's would take the place of the writer's.
class NoLog : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

rocksdb::Options DatabaseOptions(const StoreConfig& config, Disk& disk) {
  rocksdb::Options options;
  options.env = disk.env();
  options.create_if_missing = !HasFiles(config, disk);
  options.create_missing_column_families = true;
  options.paranoid_checks = true;
  options.atomic_flush = true;
  options.recycle_log_file_num = 0;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.db_write_buffer_size = config.write_buffer_bytes;
  options.max_total_wal_size = config.log_bytes;
  options.max_background_jobs = 2;
  options.max_open_files = 256;
  options.max_file_opening_threads = 1;  // Per column and opening: more cost more than they save.
  options.info_log = std::make_shared<NoLog>();
  // Nobody reads them, and their timer would outlive a disk in memory.
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

// RocksDB makes its folder and never syncs the name of it: a power cut could take all of it away.
Status SyncNames(const std::string& folder, Disk& disk) {
  std::unique_ptr<rocksdb::Directory> directory;
  auto status = disk.env()->NewDirectory(folder, &directory);
  if (status.ok()) status = directory->Fsync();
  return status.ok() ? base::Ok() : Failed("sync", folder, status);
}

rocksdb::ColumnFamilyOptions ColumnOptions(const StoreConfig& config) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = config.write_buffer_bytes;
  // Most look-ups are for what is not there: a first answer, what a cause led to, a new stream.
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = kFilterOfBuffer;
  rocksdb::BlockBasedTableOptions table;
  static const std::shared_ptr<const rocksdb::FilterPolicy> filter(
      rocksdb::NewBloomFilterPolicy(kFilterBitsAKey));
  table.filter_policy = filter;
  // What is merged soon again is not worth it; nearly all bytes come to lie deeper.
  options.compression_per_level.assign(options.num_levels, rocksdb::kSnappyCompression);
  options.compression_per_level[0] = rocksdb::kNoCompression;
  static const auto cache = rocksdb::NewLRUCache(16 << 20);
  table.block_cache = cache;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> Columns(const StoreConfig& config) {
  std::vector<rocksdb::ColumnFamilyDescriptor> columns;
  columns.reserve(1 + kColumnNames.size());
  columns.emplace_back(rocksdb::kDefaultColumnFamilyName, ColumnOptions(config));
  for (const char* name : kColumnNames) columns.emplace_back(name, ColumnOptions(config));
  return columns;
}

}  // namespace

Status Failed(std::string_view what, const std::string& path, const rocksdb::Status& status) {
  const Code code = status.IsCorruption() ? Code::kCorrupt : Code::kIo;
  return {code, std::string(what) + " " + path + ": " + status.ToString()};
}

Result<std::unique_ptr<Store::Engine>> Store::Engine::Open(const StoreConfig& config, Disk& disk) {
  auto engine = std::make_unique<Engine>();
  rocksdb::DB* db = nullptr;
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);  // Nobody reads what it counts.
  const std::string path = config.path + "/db";
  rocksdb::Options options = DatabaseOptions(config, disk);
  options.listeners.push_back(engine->manifest);
  const auto status = rocksdb::DB::Open(options, path, Columns(config), &engine->columns, &db);
  if (!status.ok()) return NotOpened(path, status);
  engine->db.reset(db);
  SAMENSPEL_RETURN_IF_ERROR(SyncNames(config.path, disk));
  return engine;
}

Result<std::unique_ptr<Store::Engine>> Store::Engine::OpenForReading(const StoreConfig& config,
                                                                     Disk& disk) {
  auto engine = std::make_unique<Engine>();
  rocksdb::DB* db = nullptr;
  rocksdb::Options options = DatabaseOptions(config, disk);
  options.create_if_missing = options.create_missing_column_families = false;
  options.info_log = std::make_shared<NoLog>();
  options.max_open_files = -1;  // All at once: files that are removed meanwhile stay readable.
  const std::string path = config.path + "/db";
  const auto status =
      rocksdb::DB::OpenForReadOnly(options, path, Columns(config), &engine->columns, &db);
  if (!status.ok()) return Failed("open", path, status);
  engine->db.reset(db);
  return engine;
}

Store::Engine::~Engine() {
  for (rocksdb::ColumnFamilyHandle* column : columns) {
    if (db) (void)db->DestroyColumnFamilyHandle(column);
  }
}

}  // namespace samenspel::store
