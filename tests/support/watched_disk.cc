// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/watched_disk.h"

#include <rocksdb/env.h>

namespace samenspel::support {
namespace {

using Watch = WatchedDisk::Watch;

class WatchedLog : public rocksdb::WritableFileWrapper {
 public:
  WatchedLog(std::unique_ptr<rocksdb::WritableFile> file, std::shared_ptr<Watch> watch)
      : WritableFileWrapper(file.get()), file_(std::move(file)), watch_(std::move(watch)) {}
  rocksdb::Status Append(const rocksdb::Slice& bytes) override {
    if (watch_->log_full) return rocksdb::Status::NoSpace("made to fail");
    return WritableFileWrapper::Append(bytes);
  }
  rocksdb::Status Append(const rocksdb::Slice& bytes,
                         const rocksdb::DataVerificationInfo& verification) override {
    if (watch_->log_full) return rocksdb::Status::NoSpace("made to fail");
    return WritableFileWrapper::Append(bytes, verification);
  }
  rocksdb::Status Sync() override {
    if (watch_->log_stuck) return rocksdb::Status::IOError("made to fail");
    ++watch_->log_syncs;
    return WritableFileWrapper::Sync();
  }

 private:
  std::unique_ptr<rocksdb::WritableFile> file_;
  std::shared_ptr<Watch> watch_;
};

class WatchedEnv : public rocksdb::EnvWrapper {
 public:
  WatchedEnv(std::unique_ptr<rocksdb::Env> memory, std::shared_ptr<Watch> watch)
      : EnvWrapper(memory.get()), memory_(std::move(memory)), watch_(std::move(watch)) {}
  const char* Name() const override { return "WatchedEnv"; }
  rocksdb::Status NewWritableFile(const std::string& path,
                                  std::unique_ptr<rocksdb::WritableFile>* file,
                                  const rocksdb::EnvOptions& options) override {
    auto made = EnvWrapper::NewWritableFile(path, file, options);
    if (made.ok() && path.ends_with(".log")) {
      *file = std::make_unique<WatchedLog>(std::move(*file), watch_);
    }
    return made;
  }

 private:
  std::unique_ptr<rocksdb::Env> memory_;
  std::shared_ptr<Watch> watch_;
};

class WatchedFile : public base::File {
 public:
  WatchedFile(std::unique_ptr<base::File> file, std::shared_ptr<Watch> watch)
      : file_(std::move(file)), watch_(std::move(watch)) {}
  base::Status WriteAt(uint64_t offset, std::string_view bytes) override {
    if (watch_->files_full) return {base::Code::kIo, "write: made to fail"};
    return file_->WriteAt(offset, bytes);
  }
  base::Status Sync() override {
    if (watch_->files_full) return {base::Code::kIo, "sync: made to fail"};
    ++watch_->watermark_syncs;
    return file_->Sync();
  }

 private:
  std::unique_ptr<base::File> file_;
  std::shared_ptr<Watch> watch_;
};

class WatchedFiles : public base::FileSystem {
 public:
  explicit WatchedFiles(std::shared_ptr<Watch> watch) : watch_(std::move(watch)) {}
  base::Status MakeDirectory(const std::string& path) override {
    return memory_->MakeDirectory(path);
  }
  bool Exists(const std::string& path) override { return memory_->Exists(path); }
  base::Result<std::vector<std::string>> List(const std::string& directory) override {
    return memory_->List(directory);
  }
  base::Result<std::string> Read(const std::string& path) override { return memory_->Read(path); }
  base::Status Replace(const std::string& path, std::string_view content) override {
    if (watch_->files_full) return {base::Code::kIo, "replace " + path + ": made to fail"};
    return memory_->Replace(path, content);
  }
  base::Status Remove(const std::string& path) override { return memory_->Remove(path); }
  base::Result<std::unique_ptr<base::File>> Open(const std::string& path) override {
    auto file = memory_->Open(path);
    if (!file.ok()) return file.status();
    return std::unique_ptr<base::File>(std::make_unique<WatchedFile>(*std::move(file), watch_));
  }
  base::Result<std::unique_ptr<base::FileLock>> Lock(const std::string& path) override {
    return memory_->Lock(path);
  }

 private:
  std::shared_ptr<Watch> watch_;
  std::unique_ptr<base::FileSystem> memory_ = base::MemoryFileSystem();
};

}  // namespace

WatchedDisk::WatchedDisk() : watch_(std::make_shared<Watch>()) {
  std::unique_ptr<rocksdb::Env> memory(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  disk_ = store::Disk::Of(std::make_unique<WatchedFiles>(watch_),
                          std::make_unique<WatchedEnv>(std::move(memory), watch_));
}

}  // namespace samenspel::support
