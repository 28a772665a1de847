// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/base/instant.h"
#include "common/base/result.h"
#include "common/store/disk.h"
#include "common/store/watermark.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::store {

/// The columns of a service's RocksDB (docs/formats/store.md). The journal is the truth, all others
/// but `copy` follow from it.
enum class Column {
  kJournal,  ///< sequence -> StoredEntry
  kState,    ///< stream -> clear state
  kPrivate,  ///< stream -> sealed state
  kIndex,    ///< look-ups
  kDedup,    ///< principal, request id -> sequence of the first answer
  kCursor,   ///< followed service -> what has taken effect here; "head"
  kCopy,     ///< audit only: service, sequence -> StoredEntry
};

/// An entry with what readers need of it, parsed once.
struct Stored {
  std::string hash;   ///< SHA-256 of `bytes`.
  std::string bytes;  ///< The header as stored.
  common::v1::EntryHeader header;
  std::vector<std::string> sealed;
};

enum class CommitResult {
  kAcked,    ///< Durable.
  kFenced,   ///< Another holds the journal now; nothing of ours was added.
  kUnknown,  ///< A write failed: it may or may not be there. The process must end.
};

class Store;

/// The writes of one turn, readable before they are durable. Never rolled back.
class Batch {
 public:
  std::optional<std::string> Get(Column column, std::string_view key) const;
  void Put(Column column, std::string_view key, std::string value);
  void Delete(Column column, std::string_view key);

  /// The sequence that the next Append gets.
  uint64_t next_sequence() const { return head_.sequence + 1; }
  uint64_t epoch() const { return head_.epoch; }

  /// Numbers and chains `header`, serializes it once, and writes the rows that follow from it:
  /// first answer, and cause -> entry. `sealed` are the parts that its events point at.
  const Stored& Append(common::v1::EntryHeader header, std::vector<std::string> sealed);

  /// What was answered to this request before, in this turn or ever.
  std::shared_ptr<const Stored> FirstAnswer(std::string_view principal,
                                            std::string_view request_id) const;
  /// The entry of service `by` that `cause` led to, as far as it is known here.
  std::optional<common::v1::Ref> Caused(const common::v1::Ref& cause, std::string_view by) const;
  /// The rows of first answer and cause that follow from an entry; Append writes them, a replay
  /// calls this.
  void PutDerived(const Stored& entry);
  /// Notes that `entry` came from `cause`; Append does so for own entries.
  void PutCaused(const common::v1::Ref& cause, const common::v1::Ref& entry);

  const std::vector<std::shared_ptr<const Stored>>& appended() const { return appended_; }

 private:
  friend class Store;
  explicit Batch(Store& store);
  Store* store_;
  Head head_;
  std::unordered_map<std::string, std::optional<std::string>> rows_;  // column byte + key
  std::vector<std::shared_ptr<const Stored>> appended_;
};

struct StoreConfig {
  std::string path;  ///< Folder: "db/", "lock".
  std::string service;
  /// File of the watermark. Outside `path`, so that an old copy of that folder does not bring its
  /// own; empty: "watermark" in it.
  std::string watermark = {};
  size_t write_buffer_bytes = 32 << 20;  ///< Of all columns together.
  /// What is in memory goes to tables when the log is this long; 0: when the buffers are full.
  uint64_t log_bytes = 0;
  size_t resident_entries = 8192;
  /// Table files of which Open compares all checksums, newest first, until they are this much.
  uint64_t checked_bytes = 256 << 20;
  /// The others are compared by a thread of low priority; what it finds is the next Tick's. Not in
  /// a simulation: there all is one thread's.
  bool check_rest = false;
};

class TableCheck;

/// One service's journal and what follows from it. One thread.
class Store {
 public:
  /// Opens or creates, and proves that nothing acknowledged is missing: journal tail, chain up to
  /// the head from the watermark on. kExists: in use by another process. kCorrupt: says what is
  /// missing and what to do.
  static base::Result<std::unique_ptr<Store>> Open(const StoreConfig& config, Disk& disk);
  /// The same without the proof, for --verify and --rebuild.
  static base::Result<std::unique_ptr<Store>> OpenUnproven(const StoreConfig& config, Disk& disk);
  /// A look at a database that another process may have open and goes on writing: changes nothing
  /// on the disk, and nothing can be committed. A flush meanwhile can hide its end: compare the
  /// head with the watermark as it was before.
  static base::Result<std::unique_ptr<Store>> OpenSnapshot(const StoreConfig& config, Disk& disk);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const Head& head() const { return head_; }
  /// Epoch of the newest entry; before the first 1. Less than that of the head until the first
  /// entry of a new epoch.
  uint64_t last_epoch() const { return last_epoch_; }
  const std::string& service() const { return config_.service; }
  std::optional<std::string> Get(Column column, std::string_view key) const;
  /// Rows whose key starts with `prefix`, from `from` on, in key order, until `visit` returns
  /// false.
  void Scan(Column column, std::string_view prefix, std::string_view from,
            const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  /// The same backwards, from the last row before `before` on; empty: from the last one on.
  ///   prefix  not empty, its last byte not 0xff
  void ScanBack(
      Column column, std::string_view prefix, std::string_view before,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  /// The entry with this sequence; null when there is none.
  std::shared_ptr<const Stored> Read(uint64_t sequence) const;

  Batch Begin() { return Batch(*this); }
  /// One write; one sync when the batch holds an entry.
  CommitResult Commit(Batch&& batch);

  /// Whether the entry of this watermark is here and the chain runs from it to the head. kCorrupt:
  /// says what is missing and what to do.
  base::Status CheckHolds(const Head& mark) const;

  /// When the watermark must be synced next; nothing when it is.
  std::optional<base::Instant> WatermarkDue() const { return watermark_due_; }
  /// To be called once a turn with the time: keeps the rate of commits, syncs the watermark when
  /// due.
  base::Status Tick(base::Instant now);

  /// The first read or write that failed. Whatever was decided since must not leave the process.
  const base::Status& fault() const { return fault_; }

  /// --rebuild: empties all columns that follow from the journal. The cursors stay: what they
  /// passed over without effect stands nowhere else, and would be decided again on a later state.
  /// Until EndRebuild, Open refuses the store.
  base::Status ClearDerived();
  /// --rebuild: all is derived again; syncs it and puts the watermark at the head.
  base::Status EndRebuild();
  /// From here on entries are of a new epoch, higher than any that head or watermark know: same
  /// sequence and hash, synced, the watermark at the head whatever it said. For a restored copy
  /// (docs/formats/store.md).
  base::Status BeginEpoch();
  /// All rows of another store were put here: takes the head that they note, syncs them and puts
  /// the watermark there.
  base::Status Adopt();
  /// --verify and --backup: takes over all rows of one column of another store.
  base::Status CopyColumn(const Store& from, Column column);
  /// Walks the journal from sequence 1 and checks numbers, chain and part hashes; the first fault
  /// is kCorrupt.
  base::Status VerifyChain() const;

 private:
  friend class Batch;
  struct Engine;
  Store(StoreConfig config, std::unique_ptr<base::FileLock> lock, std::unique_ptr<Engine> engine);
  static base::Result<std::unique_ptr<Store>> OpenFiles(const StoreConfig& config, Disk& disk);
  base::Status Prove();
  base::Status OpenWatermark();
  base::Status ResetWatermark();
  base::Status NoteHead(const Head& head);
  base::Status NoteRebuild(bool under_way);
  base::Status LoadHead();
  void Remember(std::shared_ptr<const Stored> entry);
  void Fail(const base::Status& status) const;

  StoreConfig config_;
  base::FileSystem* files_ = nullptr;
  std::unique_ptr<base::FileLock> lock_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<TableCheck> table_check_;
  std::unique_ptr<Watermark> watermark_;
  Head head_;
  uint64_t last_epoch_ = 1;
  std::deque<std::shared_ptr<const Stored>> tail_;
  std::optional<base::Instant> watermark_due_;
  bool watermark_dirty_ = false;
  bool committed_ = false;  // Since the last Tick.
  std::deque<base::Instant> recent_commits_;
  mutable base::Status fault_;
};

/// Where the watermark of this store lies.
std::string WatermarkPath(const StoreConfig& config);
/// What was acknowledged last, by the watermark there or, of a store from 0.2, by the one in the
/// data folder: the farther counts. Nothing when there is none.
base::Result<std::optional<Head>> ReadWatermark(const StoreConfig& config, base::FileSystem& files);
/// What to say of a journal with entries and without a watermark.
base::Status NoWatermark(const StoreConfig& config);

/// Removes a store that was being made and is not needed. None there is fine.
base::Status Discard(const StoreConfig& config, Disk& disk);

/// The row of an entry in journal or copy.
std::string RowOf(const Stored& entry);
/// Parses a row of journal or copy; null when it is not one.
std::shared_ptr<const Stored> ParseStored(std::string_view row);

}  // namespace samenspel::store
