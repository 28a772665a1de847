// SPDX-License-Identifier: EUPL-1.2
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "common/base/file_system.h"

namespace samenspel::base {
namespace {

Status Failed(std::string_view what, const std::string& path) {
  const int error = errno;
  const Code code = error == ENOENT ? Code::kNotFound : Code::kIo;
  return {code, std::string(what) + " " + path + ": " + std::strerror(error)};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Status WriteAll(int fd, uint64_t offset, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t wrote = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return Failed("write", path);
    bytes.remove_prefix(static_cast<size_t>(wrote));
    offset += static_cast<uint64_t>(wrote);
  }
  return Ok();
}

class RealFile : public File {
 public:
  RealFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  Status WriteAt(uint64_t offset, std::string_view bytes) override {
    return WriteAll(fd_.get(), offset, bytes, path_);
  }
  Status Sync() override { return fdatasync(fd_.get()) == 0 ? Ok() : Failed("sync", path_); }

 private:
  Descriptor fd_;
  std::string path_;
};

class RealLock : public FileLock {
 public:
  explicit RealLock(int fd) : fd_(fd) {}

 private:
  Descriptor fd_;
};

std::string FolderOf(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

// What root makes belongs to whoever has the folder, and what root replaces to whoever had it: a
// registry file that the daemons cannot read would keep a revoked key in force. By descriptor, and
// through no link: whoever has the folder must not get by it what is root's.
Status KeepOwner(int fd, const std::string& of) {
  struct stat model {};
  if (geteuid() != 0) return Ok();
  if (stat(of.c_str(), &model) != 0) return Failed("look at", of);
  return fchown(fd, model.st_uid, model.st_gid) == 0 ? Ok() : Failed("keep the owner of", of);
}

class Real : public FileSystem {
 public:
  Status MakeDirectory(const std::string& path) override {
    std::string so_far;
    for (const auto& part : std::filesystem::path(path)) {
      so_far = so_far.empty() ? part.string() : (std::filesystem::path(so_far) / part).string();
      if (mkdir(so_far.c_str(), 0700) == 0) {
        const Descriptor made(open(so_far.c_str(), O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (made.get() < 0) return Failed("open", so_far);
        SAMENSPEL_RETURN_IF_ERROR(KeepOwner(made.get(), FolderOf(so_far)));
        SAMENSPEL_RETURN_IF_ERROR(SyncParent(so_far));
      } else if (errno != EEXIST) {
        return Failed("make directory", so_far);
      }
    }
    return std::filesystem::is_directory(path) ? Ok()
                                               : Status(Code::kIo, path + " is not a directory");
  }

  bool Exists(const std::string& path) override { return access(path.c_str(), F_OK) == 0; }

  Result<std::vector<std::string>> List(const std::string& directory) override {
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end;
         at.increment(error)) {
      names.push_back(at->path().filename().string());
    }
    if (error) return Status(Code::kIo, "list " + directory + ": " + error.message());
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<std::string> Read(const std::string& path) override {
    const Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0) return Failed("open", path);
    std::string content;
    char buffer[65536];
    for (;;) {
      const ssize_t got = read(fd.get(), buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Failed("read", path);
      if (got == 0) return content;
      content.append(buffer, static_cast<size_t>(got));
    }
  }

  Status Replace(const std::string& path, std::string_view content) override {
    const std::string next = path + ".new";
    (void)unlink(next.c_str());  // Left behind by a power cut, or put there for us to follow.
    {
      const Descriptor fd(open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
      if (fd.get() < 0) return Failed("create", next);
      struct stat former {};
      const bool replaces = stat(path.c_str(), &former) == 0;
      SAMENSPEL_RETURN_IF_ERROR(KeepOwner(fd.get(), replaces ? path : FolderOf(path)));
      if (replaces && fchmod(fd.get(), former.st_mode & 0777) != 0) {
        return Failed("set the mode of", next);
      }
      SAMENSPEL_RETURN_IF_ERROR(WriteAll(fd.get(), 0, content, next));
      if (fsync(fd.get()) != 0) return Failed("sync", next);
    }
    if (rename(next.c_str(), path.c_str()) != 0) return Failed("rename to", path);
    return SyncParent(path);
  }

  Status Remove(const std::string& path) override {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return Failed("remove", path);
    return SyncParent(path);
  }

  Result<std::unique_ptr<File>> Open(const std::string& path) override {
    const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return Failed("open", path);
    std::unique_ptr<File> file = std::make_unique<RealFile>(fd, path);
    // Also when it was there: who made it may have died before this.
    SAMENSPEL_RETURN_IF_ERROR(SyncParent(path));
    return file;
  }

  Result<std::unique_ptr<FileLock>> Lock(const std::string& path) override {
    const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return Failed("open", path);
    auto lock = std::make_unique<RealLock>(fd);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
      return Status(Code::kExists, "lock " + path + ": in use by another process");
    }
    return std::unique_ptr<FileLock>(std::move(lock));
  }

 private:
  // A new or renamed name survives a power cut only once its directory is synced.
  static Status SyncParent(const std::string& path) {
    const std::string directory = FolderOf(path);
    const Descriptor fd(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0) return Failed("open", directory);
    return fsync(fd.get()) == 0 ? Ok() : Failed("sync", directory);
  }
};

}  // namespace

std::unique_ptr<FileSystem> RealFileSystem() { return std::make_unique<Real>(); }

}  // namespace samenspel::base
