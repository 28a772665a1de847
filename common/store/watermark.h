// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "common/base/file_system.h"
#include "common/base/result.h"

namespace samenspel::store {

/// The newest entry of a journal.
struct Head {
  uint64_t epoch = 1;
  uint64_t sequence = 0;
  std::string hash;  ///< SHA-256 of the header; empty at sequence 0.
  bool operator==(const Head&) const = default;
};

/// What we have acknowledged, kept outside RocksDB: RocksDB alone cannot tell that synced data is
/// gone. Two slots of 4 KiB, of which only one is written between two syncs, so that a torn write
/// leaves the other (docs/formats/store.md).
class Watermark {
 public:
  /// What the file says; nothing when there is no file. Two unreadable slots are kCorrupt.
  static base::Result<std::optional<Head>> Read(base::FileSystem& files, const std::string& path);
  /// Puts a whole new file there, durably.
  static base::Status Reset(base::FileSystem& files, const std::string& path, const Head& head);
  /// Opens for writing; what was read of it is durable then. The first Write goes to the older
  /// slot.
  static base::Result<std::unique_ptr<Watermark>> Open(base::FileSystem& files,
                                                       const std::string& path);
  base::Status Write(const Head& head);
  base::Status Sync();

 private:
  Watermark(std::unique_ptr<base::File> file, uint64_t counter, uint64_t next)
      : file_(std::move(file)), counter_(counter), next_(next) {}
  std::unique_ptr<base::File> file_;
  uint64_t counter_;
  uint64_t next_;         // Where to write: the other slot is synced.
  bool written_ = false;  // Since the last sync.
};

}  // namespace samenspel::store
