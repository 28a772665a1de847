// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/store/store.h"

namespace samenspel::store {

/// A journal that may be damaged, read past what is wrong with it. Changes nothing on the disk.
class DamagedJournal {
 public:
  /// Fails when the database does not open at all: a manifest or table file is damaged or gone.
  static base::Result<std::unique_ptr<DamagedJournal>> Open(const StoreConfig& config, Disk& disk);
  ~DamagedJournal();
  DamagedJournal(const DamagedJournal&) = delete;
  DamagedJournal& operator=(const DamagedJournal&) = delete;

  /// kNotFound: there is no such row. kCorrupt: it cannot be read, or is no entry of that number.
  base::Result<std::shared_ptr<const Stored>> Read(uint64_t sequence) const;
  /// The highest sequence of any row that can be read.
  uint64_t last() const;
  /// What the row "head" says; nothing when it is not there or cannot be read.
  std::optional<Head> noted() const;
  /// How far each followed service took effect here, as it was with `noted`.
  std::vector<std::pair<std::string, Head>> cursors() const;
  /// Reads all files of the database and compares them with their checksums.
  base::Status CheckFiles() const;

 private:
  struct Engine;
  explicit DamagedJournal(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

/// Makes a journal beside the damaged one and puts it in its place when it is complete. What
/// follows from the journal is not derived yet: the row `rebuild` is there, so Store::Open refuses
/// it until --rebuild, or a repair, has done so. The damaged database is never removed.
class MendedJournal {
 public:
  /// A former one that was cut short is removed.
  static base::Result<std::unique_ptr<MendedJournal>> Begin(const StoreConfig& config, Disk& disk);
  ~MendedJournal();
  base::Status Add(const Stored& entry);
  /// After the last entry.
  base::Status AddCursors(const std::vector<std::pair<std::string, Head>>& cursors);
  const Head& head() const { return head_; }
  /// Puts it in the place of `db`, which goes to `aside`. A crash in between is made good by
  /// FinishPutting.
  ///   epoch  that had begun, perhaps without an entry yet
  base::Status PutInPlace(const std::string& aside, uint64_t epoch);

 private:
  MendedJournal(StoreConfig config, Disk& disk, std::unique_ptr<Store> store);
  base::Status Flush();

  StoreConfig config_;
  Disk& disk_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Batch> batch_;
  size_t batched_ = 0;
  Head head_{.epoch = 1, .sequence = 0, .hash = {}};
};

/// A mended journal that was complete when PutInPlace was cut short is put in its place; whether
/// there was one. What stands in the place by then goes to `aside`.
base::Result<bool> FinishPutting(const StoreConfig& config, Disk& disk, const std::string& aside);

/// Whether the folder holds a database, damaged or not.
bool HasDatabase(const StoreConfig& config, Disk& disk);

}  // namespace samenspel::store
