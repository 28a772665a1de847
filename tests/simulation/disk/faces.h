// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <rocksdb/env.h>

#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "common/base/file_system.h"
#include "tests/simulation/disk/platter.h"

namespace samenspel::simulation {

/// RocksDB's work in the background, kept until somebody runs it on his own thread.
class Chores {
 public:
  struct Chore {
    void (*work)(void*);
    void* argument;
    rocksdb::Env::Priority priority;
    void* owner;
    void (*drop)(void*);
  };
  void Add(const Chore& chore);
  int Drop(const void* owner, rocksdb::Env::Priority priority);
  /// What waits and what follows from it, within bounds. Only where RocksDB is not at work.
  void Run();

 private:
  std::optional<Chore> Next();
  std::mutex mutex_;
  std::deque<Chore> waiting_;
};

/// Files of our own on `platter`. Before it writes it runs `chores`: nobody in RocksDB's code
/// writes there, and the store does so after each commit.
std::unique_ptr<base::FileSystem> MakeFiles(std::shared_ptr<Platter> platter,
                                            std::shared_ptr<Chores> chores);
/// RocksDB's files on `platter`: no log of its own, no options file.
std::unique_ptr<rocksdb::Env> MakeEnv(const std::shared_ptr<Platter>& platter,
                                      std::shared_ptr<Chores> chores);

}  // namespace samenspel::simulation
