// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "tests/simulation/disk/faces.h"

namespace samenspel::simulation {
namespace {

constexpr int kAtOnce = 32;  // What fails comes back, for ever on a full disk.

}  // namespace

void Chores::Add(const Chore& chore) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(chore);
}

// RocksDB takes back what it no longer wants, as when a database is closed.
int Chores::Drop(const void* owner, rocksdb::Env::Priority priority) {
  const std::lock_guard lock(mutex_);
  int dropped = 0;
  std::erase_if(waiting_, [&](const Chore& chore) {
    if (chore.owner != owner || chore.priority != priority) return false;
    if (chore.drop != nullptr) chore.drop(chore.argument);
    ++dropped;
    return true;
  });
  return dropped;
}

// Flushes go before compactions, as they do in threads of their own.
std::optional<Chores::Chore> Chores::Next() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) return std::nullopt;
  auto next = std::ranges::find(waiting_, rocksdb::Env::Priority::HIGH, &Chore::priority);
  if (next == waiting_.end()) next = waiting_.begin();
  const Chore chore = *next;
  waiting_.erase(next);
  return chore;
}

void Chores::Run() {
  for (int i = 0; i < kAtOnce; ++i) {
    const auto chore = Next();
    if (!chore) return;
    chore->work(chore->argument);
  }
}

}  // namespace samenspel::simulation
