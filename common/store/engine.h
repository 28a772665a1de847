// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <rocksdb/db.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/manifest_mark.h"
#include "common/store/store.h"

// RocksDB behind a Store: what its sources share. Nobody else includes this.
namespace samenspel::store {

inline constexpr std::string_view kHeadKey = "head";
inline constexpr std::string_view kRebuildKey = "rebuild";  // While a rebuild is under way.

base::Status Failed(std::string_view what, const std::string& path, const rocksdb::Status& status);

/// Whether each number from 1 to `last` has its row. Table files tell what they hold, so only what
/// lies in none is read.
base::Status CheckDense(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* journal, uint64_t last,
                        const std::string& path);

struct Store::Engine {
  std::shared_ptr<ManifestWatch> manifest = std::make_shared<ManifestWatch>();
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> columns;

  static base::Result<std::unique_ptr<Engine>> Open(const StoreConfig& config, Disk& disk);
  // Beside another process that has it open; writes nothing, no log of its own either.
  static base::Result<std::unique_ptr<Engine>> OpenForReading(const StoreConfig& config,
                                                              Disk& disk);
  ~Engine();
  // Handle 0 is RocksDB's own default column, which stays empty.
  rocksdb::ColumnFamilyHandle* column(Column which) const {
    return columns.at(static_cast<size_t>(which) + 1);
  }
};

}  // namespace samenspel::store
