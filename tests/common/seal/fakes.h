// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "common/base/entropy.h"
#include "common/base/file_system.h"

namespace samenspel::seal {

/// Bytes that count on from `seed`: the same in each run.
class CountingEntropy : public base::Entropy {
 public:
  explicit CountingEntropy(uint8_t seed = 0) : next_(seed) {}
  void Fill(void* data, size_t size) override {
    auto* bytes = static_cast<uint8_t*>(data);
    for (size_t i = 0; i < size; ++i) bytes[i] = next_++;
  }

 private:
  uint8_t next_;
};

/// A memory file system that can be told to fail, and that counts what was made durable.
class WatchedFiles : public base::FileSystem {
 public:
  base::Status MakeDirectory(const std::string& path) override {
    return memory_->MakeDirectory(path);
  }
  bool Exists(const std::string& path) override { return memory_->Exists(path); }
  base::Result<std::vector<std::string>> List(const std::string& directory) override {
    return memory_->List(directory);
  }
  base::Result<std::string> Read(const std::string& path) override {
    if (unreadable) return base::Status(base::Code::kIo, "read " + path + ": made to fail");
    ++reads;
    return memory_->Read(path);
  }
  base::Status Replace(const std::string& path, std::string_view content) override {
    if (full) return {base::Code::kIo, "write " + path + ": made to fail"};
    ++replaces;
    return memory_->Replace(path, content);
  }
  base::Status Remove(const std::string& path) override { return memory_->Remove(path); }
  base::Result<std::unique_ptr<base::File>> Open(const std::string& path) override {
    auto file = memory_->Open(path);
    if (!file.ok()) return file.status();
    return std::unique_ptr<base::File>(std::make_unique<Watched>(*this, *std::move(file)));
  }
  base::Result<std::unique_ptr<base::FileLock>> Lock(const std::string& path) override {
    return memory_->Lock(path);
  }

  bool full = false;
  bool unreadable = false;
  int reads = 0;
  int replaces = 0;
  int writes_in_place = 0;
  int syncs_after_write = 0;

 private:
  class Watched : public base::File {
   public:
    Watched(WatchedFiles& files, std::unique_ptr<base::File> file)
        : files_(files), file_(std::move(file)) {}
    base::Status WriteAt(uint64_t offset, std::string_view bytes) override {
      if (files_.full) return {base::Code::kIo, "write in place: made to fail"};
      ++files_.writes_in_place;
      unsynced_ = true;
      return file_->WriteAt(offset, bytes);
    }
    base::Status Sync() override {
      if (unsynced_) ++files_.syncs_after_write;
      unsynced_ = false;
      return file_->Sync();
    }

   private:
    WatchedFiles& files_;
    std::unique_ptr<base::File> file_;
    bool unsynced_ = false;
  };

  std::unique_ptr<base::FileSystem> memory_ = base::MemoryFileSystem();
};

}  // namespace samenspel::seal
