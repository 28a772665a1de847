// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>

#include "common/base/file_system.h"

namespace rocksdb {
class Env;
}

namespace samenspel::store {

/// Where a store lives: RocksDB's files and our own beside them. A simulation brings its own.
class Disk {
 public:
  static std::unique_ptr<Disk> Real();
  /// Paths must be whole: RocksDB refuses relative ones there.
  static std::unique_ptr<Disk> Memory();
  /// Someone's own files and RocksDB environment.
  static std::unique_ptr<Disk> Of(std::unique_ptr<base::FileSystem> files,
                                  std::unique_ptr<rocksdb::Env> env);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  base::FileSystem& files() { return *files_; }
  rocksdb::Env* env() { return env_; }
  /// Gives a file or folder another name on the same file system, power cut or not.
  base::Status Rename(const std::string& from, const std::string& to);

 private:
  Disk(std::unique_ptr<base::FileSystem> files, rocksdb::Env* env,
       std::unique_ptr<rocksdb::Env> own);
  std::unique_ptr<base::FileSystem> files_;
  rocksdb::Env* env_;
  std::unique_ptr<rocksdb::Env> own_;
};

}  // namespace samenspel::store
