// SPDX-License-Identifier: EUPL-1.2
#include "tests/kill/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace samenspel::kill {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool Write(const char* path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  return static_cast<bool>(file.flush());
}

// Root here is who we are outside.
bool EnterUserNamespace() {
  const std::string user = std::to_string(getuid());
  const std::string group = std::to_string(getgid());
  return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && Write("/proc/self/setgroups", "deny") &&
         Write("/proc/self/uid_map", "0 " + user + " 1") &&
         Write("/proc/self/gid_map", "0 " + group + " 1");
}

}  // namespace

bool SmallDisk::IsPossible() {
  if (unshare(CLONE_NEWNS) != 0 && !EnterUserNamespace()) return false;
  return mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

SmallDisk::SmallDisk(std::string folder, uint64_t bytes) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  const std::string options = "mode=0700,size=" + std::to_string(bytes);
  if (mount("small", folder_.c_str(), "tmpfs", 0, options.c_str()) != 0) Fail("mount " + folder_);
}

SmallDisk::~SmallDisk() { umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::FillBut(uint64_t bytes) const {
  struct statvfs about {};
  if (statvfs(folder_.c_str(), &about) != 0) Fail("look at " + folder_);
  const uint64_t free = about.f_bavail * about.f_frsize;
  const int fd = open(filler().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) Fail("open " + filler());
  if (free > bytes) errno = posix_fallocate(fd, 0, static_cast<off_t>(free - bytes));
  close(fd);
  if (free > bytes && errno != 0) Fail("fill " + folder_);
}

void SmallDisk::MakeRoom() const { std::filesystem::remove(filler()); }

}  // namespace samenspel::kill
