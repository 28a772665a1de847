// SPDX-License-Identifier: EUPL-1.2
#include "common/store/disk.h"

#include <rocksdb/env.h>

namespace samenspel::store {

Disk::Disk(std::unique_ptr<base::FileSystem> files, rocksdb::Env* env,
           std::unique_ptr<rocksdb::Env> own)
    : files_(std::move(files)), env_(env), own_(std::move(own)) {}
Disk::~Disk() = default;

std::unique_ptr<Disk> Disk::Real() {
  return std::unique_ptr<Disk>(new Disk(base::RealFileSystem(), rocksdb::Env::Default(), nullptr));
}

std::unique_ptr<Disk> Disk::Memory() {
  return Of(base::MemoryFileSystem(),
            std::unique_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default())));
}

std::unique_ptr<Disk> Disk::Of(std::unique_ptr<base::FileSystem> files,
                               std::unique_ptr<rocksdb::Env> env) {
  rocksdb::Env* borrowed = env.get();
  return std::unique_ptr<Disk>(new Disk(std::move(files), borrowed, std::move(env)));
}

}  // namespace samenspel::store
