// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <rocksdb/db.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/result.h"

namespace samenspel::store {

/// Compares whole table files with their checksums: RocksDB looks at a block only when something
/// asks for what is in it, so that damage in a part that is seldom read would stay unseen.
class TableCheck {
 public:
  /// Takes down which files there are, newest first.
  TableCheck(rocksdb::DB& db, rocksdb::Env* env);
  /// Stops the thread, at the end of the file it is at.
  ~TableCheck();
  TableCheck(const TableCheck&) = delete;
  TableCheck& operator=(const TableCheck&) = delete;

  /// Checks files until they are together `bytes` or more. kCorrupt names the file.
  base::Status Check(uint64_t bytes);
  bool done() const { return next_ == paths_.size(); }
  /// Checks the others in a thread of low priority.
  void CheckRest();
  /// What that thread found so far.
  base::Status finding() const;

 private:
  base::Status CheckNext();
  struct Table {
    std::string path;
    uint64_t bytes;
  };
  rocksdb::Options options_;
  std::vector<Table> paths_;
  size_t next_ = 0;
  std::atomic<bool> stop_{false};
  mutable std::mutex mutex_;
  base::Status finding_;
  std::thread thread_;
};

}  // namespace samenspel::store
