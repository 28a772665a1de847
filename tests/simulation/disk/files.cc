// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/disk/faces.h"

namespace samenspel::simulation {
namespace {

using base::Code;
using base::Result;
using base::Status;

// A full disk is no code of its own to those who write.
Status Said(const Status& status) {
  if (status.code() != Code::kUnavailable) return status;
  return {Code::kIo, status.message()};
}

std::string ParentOf(const std::string& path) {
  return path.substr(0, std::max<size_t>(1, path.rfind('/')));
}

class SimulatedFile : public base::File {
 public:
  SimulatedFile(std::shared_ptr<Platter> platter, std::shared_ptr<Chores> chores,
                Platter::Handle file)
      : platter_(std::move(platter)), chores_(std::move(chores)), file_(std::move(file)) {}
  Status WriteAt(uint64_t offset, std::string_view bytes) override {
    chores_->Run();
    return Said(platter_->Write(file_, offset, bytes));
  }
  Status Sync() override { return platter_->Sync(file_); }

 private:
  std::shared_ptr<Platter> platter_;
  std::shared_ptr<Chores> chores_;
  Platter::Handle file_;
};

class SimulatedLock : public base::FileLock {
 public:
  SimulatedLock(std::shared_ptr<Platter> platter, std::string path, uint64_t power)
      : platter_(std::move(platter)), path_(std::move(path)), power_(power) {}
  ~SimulatedLock() override { platter_->Unlock(path_, power_); }
  SimulatedLock(const SimulatedLock&) = delete;
  SimulatedLock& operator=(const SimulatedLock&) = delete;

 private:
  std::shared_ptr<Platter> platter_;
  std::string path_;
  uint64_t power_;
};

// Each call is the same operations as RealFileSystem's, in the same order.
class Files : public base::FileSystem {
 public:
  Files(std::shared_ptr<Platter> platter, std::shared_ptr<Chores> chores)
      : platter_(std::move(platter)), chores_(std::move(chores)) {}

  Status MakeDirectory(const std::string& path) override {
    if (platter_->IsDirectory(path)) return base::Ok();
    if (path != "/") SAMENSPEL_RETURN_IF_ERROR(MakeDirectory(ParentOf(path)));
    SAMENSPEL_RETURN_IF_ERROR(Said(platter_->MakeDirectory(path)));
    return platter_->SyncDirectory(ParentOf(path));
  }
  bool Exists(const std::string& path) override { return platter_->Exists(path); }
  Result<std::vector<std::string>> List(const std::string& directory) override {
    return platter_->List(directory);
  }
  Result<std::string> Read(const std::string& path) override {
    const auto file = platter_->Find(path);
    if (!file.ok()) return file.status();
    return platter_->Read(*file, 0, UINT64_MAX);
  }
  Status Replace(const std::string& path, std::string_view content) override {
    chores_->Run();
    // As whoever installs a machine would.
    SAMENSPEL_RETURN_IF_ERROR(MakeDirectory(ParentOf(path)));
    const auto next = platter_->Create(path + ".new");
    if (!next.ok()) return Said(next.status());
    SAMENSPEL_RETURN_IF_ERROR(Said(platter_->Write(*next, 0, content)));
    SAMENSPEL_RETURN_IF_ERROR(platter_->Sync(*next));
    SAMENSPEL_RETURN_IF_ERROR(platter_->Rename(path + ".new", path));
    return platter_->SyncDirectory(ParentOf(path));
  }
  Status Remove(const std::string& path) override {
    Status removed = platter_->Remove(path);
    if (!removed.ok() && removed.code() != Code::kNotFound) return removed;
    return platter_->SyncDirectory(ParentOf(path));
  }
  Result<std::unique_ptr<base::File>> Open(const std::string& path) override {
    chores_->Run();
    auto file = platter_->Exists(path) ? platter_->Find(path) : platter_->Create(path);
    if (!file.ok()) return Said(file.status());
    SAMENSPEL_RETURN_IF_ERROR(platter_->SyncDirectory(ParentOf(path)));
    return std::unique_ptr<base::File>(
        std::make_unique<SimulatedFile>(platter_, chores_, std::move(*file)));
  }
  Result<std::unique_ptr<base::FileLock>> Lock(const std::string& path) override {
    const auto power = platter_->Lock(path);
    if (!power) return Status(Code::kExists, "lock " + path + ": in use by another process");
    return std::unique_ptr<base::FileLock>(std::make_unique<SimulatedLock>(platter_, path, *power));
  }

 private:
  std::shared_ptr<Platter> platter_;
  std::shared_ptr<Chores> chores_;
};

}  // namespace

std::unique_ptr<base::FileSystem> MakeFiles(std::shared_ptr<Platter> platter,
                                            std::shared_ptr<Chores> chores) {
  return std::make_unique<Files>(std::move(platter), std::move(chores));
}

}  // namespace samenspel::simulation
