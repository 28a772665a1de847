// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "common/base/instant.h"
#include "common/base/result.h"
#include "common/daemon/config.h"
#include "common/daemon/core.h"

namespace samenspel::daemon {

/// The room on the disk that holds a folder. Injected, so that a test can fill the disk.
class DiskRoom {
 public:
  struct Bytes {
    uint64_t free = 0;
    uint64_t total = 0;
  };
  virtual ~DiskRoom() = default;
  virtual base::Result<Bytes> Look() = 0;
  /// Takes room that nobody else gets, in a file `ballast` of the folder.
  virtual base::Status Reserve(uint64_t bytes) = 0;
  /// Gives it back; fine when nothing was taken.
  virtual base::Status Release() = 0;
};
std::unique_ptr<DiskRoom> RealDiskRoom(std::string folder);

struct DiskLimits {
  uint64_t floor = 0;  ///< Bytes; or 5 % of the disk, if that is less. 0: the disk is never low.
  uint64_t ballast = 0;
};
DiskLimits DiskLimitsOf(const Config& config);

/// Whether the store in `data` has room to open: RocksDB writes what stands in its log files anew
/// then. Asked before, since the library may end the process when it finds no room half-way.
base::Status RoomToStart(const std::string& data);

/// Tells in time that the disk is nearly full. At the floor it gives up the ballast, so that what
/// runs has room; the disk is low until the ballast fits again above the floor.
class DiskWatch {
 public:
  DiskWatch(std::unique_ptr<DiskRoom> room, DiskLimits limits, Log log);
  /// Looks at most once a second; what changed is logged.
  bool IsLow(base::Instant now);
  /// What to do about a write that failed: to be added to the reason; empty when there is room.
  std::string Advice();

 private:
  uint64_t FloorOf(const DiskRoom::Bytes& bytes) const;
  void Enter(uint64_t free);
  void Leave(uint64_t free);

  std::unique_ptr<DiskRoom> room_;
  DiskLimits limits_;
  Log log_;
  bool low_ = false;
  bool reserved_ = false;
  base::Instant next_look_{};
};

}  // namespace samenspel::daemon
