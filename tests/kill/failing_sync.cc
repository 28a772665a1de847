// SPDX-License-Identifier: EUPL-1.2
// Loaded before a daemon (LD_PRELOAD), it makes the disk fail on demand: while the file
// SAMENSPEL_FAULT exists, what it names goes wrong for files below SAMENSPEL_FAULT_BELOW.
//   sync   every sync fails with EIO; what was written stays in the page cache, as on Linux
//   space  every write fails with ENOSPC
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

template <class Function>
Function Real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

bool IsBelow(int fd, const char* below) {
  char link[64];
  char path[PATH_MAX];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, sizeof path);
  const size_t length = std::strlen(below);
  return size >= static_cast<ssize_t>(length) && std::memcmp(path, below, length) == 0;
}

// Whether the control file asks for this fault now.
bool IsAsked(const char* fault, int fd) {
  const char* control = std::getenv("SAMENSPEL_FAULT");
  const char* below = std::getenv("SAMENSPEL_FAULT_BELOW");
  if (control == nullptr || below == nullptr) return false;
  const int file = open(control, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char said[16] = {};
  const ssize_t size = read(file, said, sizeof said - 1);
  close(file);
  return size > 0 && std::strcmp(said, fault) == 0 && IsBelow(fd, below);
}

bool Fails(const char* fault, int error, int fd) {
  if (!IsAsked(fault, fd)) return false;
  errno = error;
  return true;
}

}  // namespace

// The C library's own functions: their names and types are not ours to choose.
// NOLINTBEGIN(readability-identifier-naming)
extern "C" {

int fsync(int fd) {
  static const auto real = Real<int (*)(int)>("fsync");
  return Fails("sync", EIO, fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  static const auto real = Real<int (*)(int)>("fdatasync");
  return Fails("sync", EIO, fd) ? -1 : real(fd);
}

int sync_file_range(int fd, off64_t offset, off64_t count, unsigned int flags) {
  static const auto real = Real<int (*)(int, off64_t, off64_t, unsigned int)>("sync_file_range");
  return Fails("sync", EIO, fd) ? -1 : real(fd, offset, count, flags);
}

ssize_t write(int fd, const void* bytes, size_t count) {
  static const auto real = Real<ssize_t (*)(int, const void*, size_t)>("write");
  return Fails("space", ENOSPC, fd) ? -1 : real(fd, bytes, count);
}

ssize_t pwrite(int fd, const void* bytes, size_t count, off_t offset) {
  static const auto real = Real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return Fails("space", ENOSPC, fd) ? -1 : real(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t offset) {
  static const auto real = Real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return Fails("space", ENOSPC, fd) ? -1 : real(fd, bytes, count, offset);
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming)
