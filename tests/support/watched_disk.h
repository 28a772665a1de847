// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "common/store/disk.h"

namespace samenspel::support {

/// A memory disk that counts what is made durable and can be told to fail.
class WatchedDisk {
 public:
  WatchedDisk();
  store::Disk& disk() { return *disk_; }

  struct Watch {
    std::atomic<int> log_syncs{0};        ///< Of RocksDB's write-ahead log.
    std::atomic<int> watermark_syncs{0};  ///< Of files that we write in place.
    std::atomic<bool> log_full{false};    ///< Appending to the write-ahead log fails.
    std::atomic<bool> log_stuck{false};   ///< Syncing the write-ahead log fails.
    std::atomic<bool> files_full{false};  ///< Writing files of our own fails.
  };
  Watch& watch() { return *watch_; }

 private:
  std::shared_ptr<Watch> watch_;
  std::unique_ptr<store::Disk> disk_;
};

}  // namespace samenspel::support
