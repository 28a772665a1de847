// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace samenspel::base {

/// An open file that is written in place.
class File {
 public:
  virtual ~File() = default;
  virtual Status WriteAt(uint64_t offset, std::string_view bytes) = 0;
  /// Returns when what was written is on the disk.
  virtual Status Sync() = 0;
};

/// Held while it lives: a second taker is refused.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

/// Files outside RocksDB: watermark, key blocks, spool, registry. Injected, so that a simulation
/// can own the disk.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  virtual Status MakeDirectory(
      const std::string& path) = 0;  ///< With parents, mode 0700; existing is fine.
  virtual bool Exists(const std::string& path) = 0;
  virtual Result<std::vector<std::string>> List(
      const std::string& directory) = 0;  ///< Names, sorted.
  virtual Result<std::string> Read(const std::string& path) = 0;
  /// All new or all old, also after a power cut. Mode 0600, or as it was; root keeps the owner.
  virtual Status Replace(const std::string& path, std::string_view content) = 0;
  virtual Status Remove(const std::string& path) = 0;
  /// Opens for writing in place, creating it empty when it is not there.
  virtual Result<std::unique_ptr<File>> Open(const std::string& path) = 0;
  virtual Result<std::unique_ptr<FileLock>> Lock(const std::string& path) = 0;
};

/// The operating system's.
std::unique_ptr<FileSystem> RealFileSystem();

/// Files in memory; `File::Sync` and `Replace` do what they promise at once.
std::unique_ptr<FileSystem> MemoryFileSystem();

}  // namespace samenspel::base
