// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/replay.h"

#include "common/daemon/journal.h"
#include "common/store/bytes.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Status;
using store::Column;
using store::Store;

constexpr uint64_t kEntriesACommit = 500;

// Replays every entry of `from` into `to`, which may be the same store with its derived columns
// empty.
Status ReplayAll(const Store& from, Store& to, seal::KeyStore& keys, base::Entropy& entropy,
                 const MakeService& make, bool copy_journal) {
  const std::unique_ptr<Service> service = make();
  store::Batch first = to.Begin();
  View loading(to, first, keys, entropy);
  SAMENSPEL_RETURN_IF_ERROR(service->Load(loading));
  for (uint64_t sequence = 1; sequence <= from.head().sequence;) {
    store::Batch batch = to.Begin();
    View view(to, batch, keys, entropy);
    const uint64_t until = std::min(from.head().sequence, sequence + kEntriesACommit - 1);
    for (; sequence <= until; ++sequence) {
      const auto entry = from.Read(sequence);
      if (!entry) return {Code::kCorrupt, "entry " + std::to_string(sequence) + " is missing"};
      if (copy_journal) {
        batch.Put(Column::kJournal, store::BigEndian(sequence), store::RowOf(*entry));
      }
      batch.PutDerived(*entry);
      SAMENSPEL_RETURN_IF_ERROR(Replay(view, *service, *entry));
      SAMENSPEL_RETURN_IF_ERROR(view.fault());
    }
    if (to.Commit(std::move(batch)) != store::CommitResult::kAcked) return to.fault();
  }
  return to.fault();
}

// Rows of one store that the other lacks or has otherwise.
Status CompareRows(const Store& left, const Store& right, Column column, const std::string& what) {
  std::string differing;
  left.Scan(column, "", "", [&](std::string_view key, std::string_view value) {
    const auto other = right.Get(column, key);
    if (other && *other == value) return true;
    differing = key;
    return false;
  });
  if (differing.empty()) return left.fault();
  return {Code::kCorrupt, what + ": row of stream " + differing + " differs"};
}

Status CompareSealed(Store& left, Store& right, seal::KeyStore& keys, base::Entropy& entropy) {
  store::Batch left_batch = left.Begin();
  store::Batch right_batch = right.Begin();
  View left_view(left, left_batch, keys, entropy);
  View right_view(right, right_batch, keys, entropy);
  std::string differing;
  left.Scan(Column::kPrivate, "", "", [&](std::string_view key, std::string_view) {
    const auto one = left_view.TryOpenSealed(key);
    const auto other = right_view.TryOpenSealed(key);
    const bool same = one.ok() && other.ok() ? *one == *other
                                             : one.status().code() == Code::kNotFound &&
                                                   other.status().code() == Code::kNotFound;
    if (same) return true;
    differing = key;
    return false;
  });
  if (differing.empty()) return left.fault();
  return {Code::kCorrupt, "sealed state of stream " + differing + " differs"};
}

// Derives into `to`, which is empty, what follows from the journal of `from`, and compares.
Status DeriveAndCompare(Store& from, Store& to, seal::KeyStore& keys, base::Entropy& entropy,
                        const MakeService& make) {
  // Copies are no consequence of the journal but material for the replay.
  SAMENSPEL_RETURN_IF_ERROR(to.CopyColumn(from, Column::kCopy));
  SAMENSPEL_RETURN_IF_ERROR(ReplayAll(from, to, keys, entropy, make, true));
  for (const auto& [column, what] :
       {std::pair{Column::kState, "state"}, std::pair{Column::kIndex, "look-ups"},
        std::pair{Column::kDedup, "first answers"}}) {
    SAMENSPEL_RETURN_IF_ERROR(CompareRows(from, to, column, std::string(what) + " stored"));
    SAMENSPEL_RETURN_IF_ERROR(CompareRows(to, from, column, std::string(what) + " replayed"));
  }
  SAMENSPEL_RETURN_IF_ERROR(CompareSealed(from, to, keys, entropy));
  return CompareSealed(to, from, keys, entropy);
}

}  // namespace

Status Rebuild(Store& store, seal::KeyStore& keys, base::Entropy& entropy,
               const MakeService& make) {
  SAMENSPEL_RETURN_IF_ERROR(store.VerifyChain());
  SAMENSPEL_RETURN_IF_ERROR(store.ClearDerived());
  SAMENSPEL_RETURN_IF_ERROR(ReplayAll(store, store, keys, entropy, make, false));
  return store.EndRebuild();
}

Status Verify(Store& store, seal::KeyStore& keys, base::Entropy& entropy, const MakeService& make) {
  SAMENSPEL_RETURN_IF_ERROR(store.VerifyChain());
  const auto memory = store::Disk::Memory();
  store::StoreConfig config;
  config.path = "/replay";  // RocksDB in memory wants an absolute path.
  config.service = store.service();
  auto replayed = Store::OpenUnproven(config, *memory);
  if (!replayed.ok()) return replayed.status();
  return DeriveAndCompare(store, **replayed, keys, entropy, make);
}

Status CopyProven(Store& from, const store::StoreConfig& config, store::Disk& disk,
                  seal::KeyStore& keys, base::Entropy& entropy, const MakeService& make) {
  {
    auto made = Store::OpenUnproven(config, disk);
    if (!made.ok()) return made.status();
    SAMENSPEL_RETURN_IF_ERROR(DeriveAndCompare(from, **made, keys, entropy, make));
    SAMENSPEL_RETURN_IF_ERROR((*made)->CopyColumn(from, Column::kCursor));
    SAMENSPEL_RETURN_IF_ERROR((*made)->Adopt());
  }
  auto opened = Store::Open(config, disk);
  if (!opened.ok()) return opened.status();
  SAMENSPEL_RETURN_IF_ERROR((*opened)->VerifyChain());
  if ((*opened)->head() == from.head()) return base::Ok();
  return {Code::kCorrupt, config.path + ": what was written is not what was read"};
}

}  // namespace samenspel::daemon
