// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/raw_rows.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <memory>

namespace samenspel::support {
namespace {

class OpenDatabase {
 public:
  OpenDatabase(store::Disk& disk, const std::string& path, const std::string& column) {
    rocksdb::Options options;
    options.env = disk.env();
    std::vector<std::string> names;
    Expect(rocksdb::DB::ListColumnFamilies(options, path, &names));
    std::vector<rocksdb::ColumnFamilyDescriptor> columns;
    columns.reserve(names.size());
    for (const std::string& name : names) columns.emplace_back(name, options);
    rocksdb::DB* db = nullptr;
    Expect(rocksdb::DB::Open(options, path, columns, &handles_, &db));
    db_.reset(db);
    for (rocksdb::ColumnFamilyHandle* handle : handles_) {
      if (handle->GetName() == column) handle_ = handle;
    }
    EXPECT_NE(handle_, nullptr) << "no column " << column;
  }
  ~OpenDatabase() {
    for (rocksdb::ColumnFamilyHandle* handle : handles_) {
      Expect(db_->DestroyColumnFamilyHandle(handle));
    }
    Expect(db_->Close());
  }
  OpenDatabase(const OpenDatabase&) = delete;
  OpenDatabase& operator=(const OpenDatabase&) = delete;

  rocksdb::DB& db() { return *db_; }
  rocksdb::ColumnFamilyHandle* column() { return handle_; }
  static void Expect(const rocksdb::Status& status) {
    EXPECT_TRUE(status.ok()) << status.ToString();
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  rocksdb::ColumnFamilyHandle* handle_ = nullptr;
};

}  // namespace

void ChangeRow(store::Disk& disk, const std::string& folder, const std::string& column,
               const std::string& key, const RowChange& change) {
  OpenDatabase open(disk, folder + "/db", column);
  std::string value;
  std::optional<std::string> row;
  if (open.db().Get({}, open.column(), key, &value).ok()) row = std::move(value);
  change(row);
  OpenDatabase::Expect(row ? open.db().Put({}, open.column(), key, *row)
                           : open.db().Delete({}, open.column(), key));
}

std::vector<std::string> KeysOf(store::Disk& disk, const std::string& folder,
                                const std::string& column) {
  OpenDatabase open(disk, folder + "/db", column);
  std::vector<std::string> keys;
  const std::unique_ptr<rocksdb::Iterator> at(open.db().NewIterator({}, open.column()));
  for (at->SeekToFirst(); at->Valid(); at->Next()) keys.push_back(at->key().ToString());
  return keys;
}

}  // namespace samenspel::support
