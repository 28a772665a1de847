// SPDX-License-Identifier: EUPL-1.2
#include <rocksdb/file_system.h>
#include <rocksdb/system_clock.h>

#include <algorithm>

#include "tests/simulation/disk/faces.h"

namespace samenspel::simulation {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus Said(const base::Status& status) {
  switch (status.code()) {
    case base::Code::kOk:
      return IOStatus::OK();
    case base::Code::kNotFound:
      return IOStatus::PathNotFound(status.message());
    case base::Code::kUnavailable:
      return IOStatus::NoSpace(status.message());
    default:
      return IOStatus::IOError(status.message());
  }
}

// RocksDB joins paths with more slashes than needed.
std::string Clean(const std::string& path) {
  std::string clean;
  for (const char c : path) {
    if (c != '/' || !clean.ends_with('/')) clean += c;
  }
  if (clean.size() > 1 && clean.ends_with('/')) clean.pop_back();
  return clean;
}

IOStatus ReadInto(Platter& platter, const Platter::Handle& file, uint64_t offset, size_t size,
                  Slice* result, char* scratch) {
  const auto bytes = platter.Read(file, offset, size);
  *result = Slice();
  if (!bytes.ok()) return Said(bytes.status());
  std::copy(bytes->begin(), bytes->end(), scratch);
  *result = Slice(scratch, bytes->size());
  return IOStatus::OK();
}

class SequentialFile : public rocksdb::FSSequentialFile {
 public:
  SequentialFile(std::shared_ptr<Platter> platter, Platter::Handle file)
      : platter_(std::move(platter)), file_(std::move(file)) {}
  IOStatus Read(size_t n, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) override {
    IOStatus status = ReadInto(*platter_, file_, at_, n, result, scratch);
    at_ += result->size();
    return status;
  }
  IOStatus Skip(uint64_t n) override {
    at_ += n;
    return IOStatus::OK();
  }

 private:
  std::shared_ptr<Platter> platter_;
  Platter::Handle file_;
  uint64_t at_ = 0;
};

class RandomAccessFile : public rocksdb::FSRandomAccessFile {
 public:
  RandomAccessFile(std::shared_ptr<Platter> platter, Platter::Handle file)
      : platter_(std::move(platter)), file_(std::move(file)) {}
  IOStatus Read(uint64_t offset, size_t n, const IOOptions&, Slice* result, char* scratch,
                IODebugContext*) const override {
    return ReadInto(*platter_, file_, offset, n, result, scratch);
  }

 private:
  std::shared_ptr<Platter> platter_;
  Platter::Handle file_;
};

class WritableFile : public rocksdb::FSWritableFile {
 public:
  WritableFile(std::shared_ptr<Platter> platter, Platter::Handle file, uint64_t size)
      : platter_(std::move(platter)), file_(std::move(file)), size_(size) {}
  using FSWritableFile::Append;
  IOStatus Append(const Slice& data, const IOOptions&, IODebugContext*) override {
    size_ += data.size();
    return Said(platter_->Append(file_, {data.data(), data.size()}));
  }
  IOStatus Truncate(uint64_t size, const IOOptions&, IODebugContext*) override {
    size_ = size;
    return Said(platter_->Truncate(file_, size));
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return Said(platter_->Sync(file_)); }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  uint64_t GetFileSize(const IOOptions&, IODebugContext*) override { return size_; }

 private:
  std::shared_ptr<Platter> platter_;
  Platter::Handle file_;
  uint64_t size_;
};

class Directory : public rocksdb::FSDirectory {
 public:
  Directory(std::shared_ptr<Platter> platter, std::string path)
      : platter_(std::move(platter)), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return Said(platter_->SyncDirectory(path_));
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  std::shared_ptr<Platter> platter_;
  std::string path_;
};

struct Lock : rocksdb::FileLock {
  Lock(std::string at, uint64_t since) : path(std::move(at)), power(since) {}
  std::string path;
  uint64_t power;
};

class NoLogger : public rocksdb::Logger {
 public:
  NoLogger() : Logger(rocksdb::InfoLogLevel::NUM_INFO_LOG_LEVELS) {}
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
  void LogHeader(const char*, va_list) override {}
};

class Files : public rocksdb::FileSystem {
 public:
  explicit Files(std::shared_ptr<Platter> platter) : platter_(std::move(platter)) {}
  const char* Name() const override { return "SimulatedDisk"; }

  IOStatus NewSequentialFile(const std::string& path, const FileOptions&,
                             std::unique_ptr<rocksdb::FSSequentialFile>* result,
                             IODebugContext*) override {
    auto file = platter_->Find(Clean(path));
    if (file.ok()) *result = std::make_unique<SequentialFile>(platter_, std::move(*file));
    return Said(file.status());
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions&,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               IODebugContext*) override {
    auto file = platter_->Find(Clean(path));
    if (file.ok()) *result = std::make_unique<RandomAccessFile>(platter_, std::move(*file));
    return Said(file.status());
  }
  IOStatus NewWritableFile(const std::string& path, const FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext*) override {
    // RocksDB goes on without them, and they take most of the time of opening a database.
    if (path.find("/OPTIONS-") != std::string::npos) return IOStatus::NotSupported(path);
    auto file = platter_->Create(Clean(path));
    if (file.ok()) *result = std::make_unique<WritableFile>(platter_, std::move(*file), 0);
    return Said(file.status());
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* result,
                              IODebugContext* context) override {
    auto file = platter_->Find(Clean(path));
    if (!file.ok()) return NewWritableFile(path, options, result, context);
    const auto size = platter_->SizeOf(Clean(path));
    if (!size.ok()) return Said(size.status());
    *result = std::make_unique<WritableFile>(platter_, std::move(*file), *size);
    return IOStatus::OK();
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext*) override {
    if (!platter_->IsDirectory(Clean(path))) return IOStatus::IOError(path + " is no directory");
    *result = std::make_unique<Directory>(platter_, Clean(path));
    return IOStatus::OK();
  }
  IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
    if (!platter_->has_power()) return IOStatus::IOError("the power is off");
    return platter_->Exists(Clean(path)) ? IOStatus::OK() : IOStatus::NotFound(path);
  }
  IOStatus GetChildren(const std::string& directory, const IOOptions&,
                       std::vector<std::string>* result, IODebugContext*) override {
    auto names = platter_->List(Clean(directory));
    result->clear();
    if (!names.ok() && names.status().code() == base::Code::kNotFound) {
      return IOStatus::NotFound(directory);
    }
    if (names.ok()) *result = std::move(*names);
    return Said(names.status());
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    return Said(platter_->Remove(Clean(path)));
  }
  IOStatus Truncate(const std::string& path, size_t size, const IOOptions&,
                    IODebugContext*) override {
    const auto file = platter_->Find(Clean(path));
    if (!file.ok()) return Said(file.status());
    return Said(platter_->Truncate(*file, size));
  }
  IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return Said(platter_->MakeDirectory(Clean(path)));
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions&, IODebugContext*) override {
    return Said(platter_->MakeDirectory(Clean(path)));
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return Said(platter_->Remove(Clean(path)));
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions&, uint64_t* size,
                       IODebugContext*) override {
    const auto found = platter_->SizeOf(Clean(path));
    if (found.ok()) *size = *found;
    return Said(found.status());
  }
  IOStatus GetFileModificationTime(const std::string&, const IOOptions&, uint64_t* time,
                                   IODebugContext*) override {
    *time = 0;
    return IOStatus::OK();
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
    return Said(platter_->Rename(Clean(from), Clean(to)));
  }
  IOStatus LockFile(const std::string& path, const IOOptions&, rocksdb::FileLock** lock,
                    IODebugContext*) override {
    const auto power = platter_->Lock(Clean(path));
    *lock = power ? new Lock(Clean(path), *power) : nullptr;
    return power ? IOStatus::OK() : IOStatus::IOError("lock " + path + ": held");
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
    const std::unique_ptr<Lock> held(static_cast<Lock*>(lock));
    platter_->Unlock(held->path, held->power);
    return IOStatus::OK();
  }
  IOStatus GetTestDirectory(const IOOptions&, std::string* path, IODebugContext*) override {
    *path = std::string(1, '/');
    return IOStatus::OK();
  }
  IOStatus NewLogger(const std::string&, const IOOptions&, std::shared_ptr<rocksdb::Logger>* result,
                     IODebugContext*) override {
    *result = std::make_shared<NoLogger>();
    return IOStatus::OK();
  }
  IOStatus GetAbsolutePath(const std::string& path, const IOOptions&, std::string* whole,
                           IODebugContext*) override {
    *whole = Clean(path);
    return IOStatus::OK();
  }
  IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* is_directory,
                       IODebugContext*) override {
    *is_directory = platter_->IsDirectory(Clean(path));
    return IOStatus::OK();
  }

 private:
  std::shared_ptr<Platter> platter_;
};

// After a failure in the background RocksDB would sleep for a second.
class Sleepless : public rocksdb::SystemClockWrapper {
 public:
  using SystemClockWrapper::SystemClockWrapper;
  const char* Name() const override { return "Sleepless"; }
  void SleepForMicroseconds(int) override {}
};

class Env : public rocksdb::EnvWrapper {
 public:
  Env(const std::shared_ptr<rocksdb::FileSystem>& files, std::shared_ptr<Chores> chores)
      : EnvWrapper(rocksdb::NewCompositeEnv(files)), chores_(std::move(chores)) {
    file_system_ = files;
    system_clock_ = std::make_shared<Sleepless>(target()->GetSystemClock());
  }
  const char* Name() const override { return "SimulatedDisk"; }
  void Schedule(void (*work)(void*), void* argument, Priority priority, void* owner,
                void (*drop)(void*)) override {
    // What it does not call its own it cannot take back either, and would wait for at closing.
    if (owner == nullptr) return target()->Schedule(work, argument, priority, owner, drop);
    chores_->Add({work, argument, priority, owner, drop});
  }
  int UnSchedule(void* owner, Priority priority) override { return chores_->Drop(owner, priority); }
  void IncBackgroundThreadsIfNeeded(int, Priority) override {}

 private:
  std::shared_ptr<Chores> chores_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> MakeEnv(const std::shared_ptr<Platter>& platter,
                                      std::shared_ptr<Chores> chores) {
  return std::make_unique<Env>(std::make_shared<Files>(platter), std::move(chores));
}

}  // namespace samenspel::simulation
