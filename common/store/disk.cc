// SPDX-License-Identifier: EUPL-1.2
#include "common/store/disk.h"

#include <rocksdb/env.h>

namespace samenspel::store {
namespace {

// RocksDB writes its options at each opening and reads them back to compare, and can do without:
// most of the time of opening a store in memory goes there.
class MemoryEnv : public rocksdb::EnvWrapper {
 public:
  MemoryEnv()
      : EnvWrapper(std::unique_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default()))) {}
  const char* Name() const override { return "MemoryEnv"; }
  rocksdb::Status NewWritableFile(const std::string& path,
                                  std::unique_ptr<rocksdb::WritableFile>* file,
                                  const rocksdb::EnvOptions& options) override {
    if (path.find("/OPTIONS-") != std::string::npos) return rocksdb::Status::NotSupported(path);
    return EnvWrapper::NewWritableFile(path, file, options);
  }
};

}  // namespace

Disk::Disk(std::unique_ptr<base::FileSystem> files, rocksdb::Env* env,
           std::unique_ptr<rocksdb::Env> own)
    : files_(std::move(files)), env_(env), own_(std::move(own)) {}
Disk::~Disk() = default;

std::unique_ptr<Disk> Disk::Real() {
  return std::unique_ptr<Disk>(new Disk(base::RealFileSystem(), rocksdb::Env::Default(), nullptr));
}

std::unique_ptr<Disk> Disk::Memory() {
  return Of(base::MemoryFileSystem(), std::make_unique<MemoryEnv>());
}

std::unique_ptr<Disk> Disk::Of(std::unique_ptr<base::FileSystem> files,
                               std::unique_ptr<rocksdb::Env> env) {
  rocksdb::Env* borrowed = env.get();
  return std::unique_ptr<Disk>(new Disk(std::move(files), borrowed, std::move(env)));
}

base::Status Disk::Rename(const std::string& from, const std::string& to) {
  auto status = env_->RenameFile(from, to);
  std::unique_ptr<rocksdb::Directory> parent;
  if (status.ok()) status = env_->NewDirectory(to.substr(0, to.rfind('/') + 1), &parent);
  if (status.ok()) status = parent->Fsync();
  if (status.ok()) return base::Ok();
  return {base::Code::kIo, "rename " + from + " to " + to + ": " + status.ToString()};
}

}  // namespace samenspel::store
