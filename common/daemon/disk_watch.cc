// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/disk_watch.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Instant;
using base::Result;
using base::Status;

constexpr base::milliseconds kLookEvery{1000};
constexpr uint64_t kFloorPercent = 5;
constexpr int kMegabyteBits = 20;
constexpr uint64_t kStartBytes = 2 << 20;

std::string Megabytes(uint64_t bytes) { return std::to_string(bytes >> kMegabyteBits); }

class RealRoom : public DiskRoom {
 public:
  explicit RealRoom(std::string folder) : folder_(std::move(folder)) {}

  Result<Bytes> Look() override {
    struct statvfs about {};
    if (statvfs(folder_.c_str(), &about) != 0) return Failed("look at the disk of", folder_, errno);
    return Bytes{about.f_bavail * about.f_frsize, about.f_blocks * about.f_frsize};
  }

  Status Reserve(uint64_t bytes) override {
    const int fd = open(path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return Failed("open", path(), errno);
    const int error = posix_fallocate(fd, 0, static_cast<off_t>(bytes));
    close(fd);
    return error == 0 ? base::Ok() : Failed("make room in", path(), error);
  }

  Status Release() override {
    if (unlink(path().c_str()) == 0 || errno == ENOENT) return base::Ok();
    return Failed("remove", path(), errno);
  }

 private:
  static Status Failed(std::string_view what, const std::string& path, int error) {
    return {Code::kIo, std::string(what) + " " + path + ": " + std::strerror(error)};
  }
  std::string path() const { return folder_ + "/ballast"; }

  std::string folder_;
};

}  // namespace

std::unique_ptr<DiskRoom> RealDiskRoom(std::string folder) {
  return std::make_unique<RealRoom>(std::move(folder));
}

DiskLimits DiskLimitsOf(const Config& config) {
  return {static_cast<uint64_t>(config.disk_floor_mb) << kMegabyteBits,
          static_cast<uint64_t>(config.disk_ballast_mb) << kMegabyteBits};
}

Status RoomToStart(const std::string& data) {
  uint64_t needed = kStartBytes;
  std::error_code error;
  for (std::filesystem::directory_iterator at(data + "/db", error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() == ".log") needed += at->file_size(error);
  }
  const auto bytes = RealRoom(data).Look();
  if (!bytes.ok() || bytes->free >= needed) return base::Ok();  // Not there yet: made when opened.
  return {Code::kIo, "the disk of " + data + " has " + Megabytes(bytes->free) +
                         " MB left, a start needs " + Megabytes(needed) +
                         " MB: make room, then start again"};
}

DiskWatch::DiskWatch(std::unique_ptr<DiskRoom> room, DiskLimits limits, Log log)
    : room_(std::move(room)), limits_(limits), log_(std::move(log)) {
  // What a former run kept: taken anew below when there is room for it.
  const Status released = room_->Release();
  if (!released.ok()) log_(LogLevel::kError, "event=ballast why=\"" + released.message() + "\"");
}

uint64_t DiskWatch::FloorOf(const DiskRoom::Bytes& bytes) const {
  return std::min(limits_.floor, bytes.total / 100 * kFloorPercent);
}

bool DiskWatch::IsLow(Instant now) {
  const bool soon = now < next_look_ && next_look_ <= now + kLookEvery;  // Time may go back.
  if (limits_.floor == 0 || soon) return low_;
  next_look_ = now + kLookEvery;
  const auto bytes = room_->Look();
  if (!bytes.ok()) {
    log_(LogLevel::kError, "event=disk why=\"" + bytes.status().message() + "\"");
    return low_;
  }
  const uint64_t floor = FloorOf(*bytes);
  if (!low_ && bytes->free < floor) {
    Enter(bytes->free);
  } else if ((low_ || !reserved_) && bytes->free >= floor + limits_.ballast) {
    Leave(bytes->free);
  }
  return low_;
}

void DiskWatch::Enter(uint64_t free) {
  low_ = true;
  reserved_ = false;
  const Status released = room_->Release();
  if (!released.ok()) log_(LogLevel::kError, "event=ballast why=\"" + released.message() + "\"");
  log_(LogLevel::kError, "event=disk_low free_mb=" + Megabytes(free) +
                             " consequence=\"new work is not taken, what runs goes on\"");
}

void DiskWatch::Leave(uint64_t free) {
  if (low_) log_(LogLevel::kInfo, "event=disk_has_room free_mb=" + Megabytes(free));
  low_ = false;
  reserved_ = true;  // Not tried every second: without it the floor alone keeps room.
  const Status reserved = limits_.ballast == 0 ? base::Ok() : room_->Reserve(limits_.ballast);
  if (!reserved.ok()) log_(LogLevel::kError, "event=ballast why=\"" + reserved.message() + "\"");
}

std::string DiskWatch::Advice() {
  const auto bytes = room_->Look();
  if (!bytes.ok() || bytes->free >= bytes->total / 100 * kFloorPercent) return {};
  return "; the disk has " + Megabytes(bytes->free) +
         " MB left: make room, then start again; nothing that was acknowledged is lost";
}

}  // namespace samenspel::daemon
