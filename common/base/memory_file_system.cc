// SPDX-License-Identifier: EUPL-1.2
#include <map>
#include <set>

#include "common/base/file_system.h"

namespace samenspel::base {
namespace {

using Content = std::shared_ptr<std::string>;

class MemoryFile : public File {
 public:
  explicit MemoryFile(Content content) : content_(std::move(content)) {}
  Status WriteAt(uint64_t offset, std::string_view bytes) override {
    if (content_->size() < offset + bytes.size()) content_->resize(offset + bytes.size());
    content_->replace(offset, bytes.size(), bytes);
    return Ok();
  }
  Status Sync() override { return Ok(); }

 private:
  Content content_;
};

class MemoryLock : public FileLock {
 public:
  MemoryLock(std::shared_ptr<std::set<std::string>> held, std::string path)
      : held_(std::move(held)), path_(std::move(path)) {}
  ~MemoryLock() override { held_->erase(path_); }
  MemoryLock(const MemoryLock&) = delete;
  MemoryLock& operator=(const MemoryLock&) = delete;

 private:
  std::shared_ptr<std::set<std::string>> held_;
  std::string path_;
};

class Memory : public FileSystem {
 public:
  Status MakeDirectory(const std::string&) override { return Ok(); }
  bool Exists(const std::string& path) override { return files_.contains(path); }

  Result<std::vector<std::string>> List(const std::string& directory) override {
    std::vector<std::string> names;
    const std::string prefix = directory + "/";
    for (auto at = files_.lower_bound(prefix); at != files_.end(); ++at) {
      if (!at->first.starts_with(prefix)) break;
      const std::string name = at->first.substr(prefix.size());
      if (name.find('/') == std::string::npos) names.push_back(name);
    }
    return names;
  }

  Result<std::string> Read(const std::string& path) override {
    const auto found = files_.find(path);
    if (found == files_.end()) return Status(Code::kNotFound, "open " + path + ": not there");
    return *found->second;
  }

  Status Replace(const std::string& path, std::string_view content) override {
    files_[path] = std::make_shared<std::string>(content);
    return Ok();
  }

  Status Remove(const std::string& path) override {
    files_.erase(path);
    return Ok();
  }

  Result<std::unique_ptr<File>> Open(const std::string& path) override {
    Content& content = files_[path];
    if (!content) content = std::make_shared<std::string>();
    return std::unique_ptr<File>(std::make_unique<MemoryFile>(content));
  }

  Result<std::unique_ptr<FileLock>> Lock(const std::string& path) override {
    if (!locked_->insert(path).second) {
      return Status(Code::kExists, "lock " + path + ": in use by another process");
    }
    return std::unique_ptr<FileLock>(std::make_unique<MemoryLock>(locked_, path));
  }

 private:
  std::map<std::string, Content> files_;
  std::shared_ptr<std::set<std::string>> locked_ = std::make_shared<std::set<std::string>>();
};

}  // namespace

std::unique_ptr<FileSystem> MemoryFileSystem() { return std::make_unique<Memory>(); }

}  // namespace samenspel::base
