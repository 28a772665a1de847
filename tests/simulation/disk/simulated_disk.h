// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "common/store/disk.h"
#include "tests/simulation/disk/faults.h"
#include "tests/simulation/disk/platter.h"

namespace samenspel::simulation {

class Chores;

/// A disk in memory that can fail as disks do. What was written and not synced may be lost, kept,
/// torn or rubbish after a power cut, file by file; names that were made, changed or removed
/// without a sync of their directory may be as before. All chance follows from the seed.
///
/// RocksDB's flushes and compactions run inside the next write to a file of our own (the store
/// makes one after each commit), not in threads. Without flushes the order of operations is always
/// the same; with them it is nearly so: RocksDB draws how large its tables in memory grow from a
/// chance of its own.
class SimulatedDisk {
 public:
  explicit SimulatedDisk(uint64_t seed);
  ~SimulatedDisk();
  SimulatedDisk(const SimulatedDisk&) = delete;
  SimulatedDisk& operator=(const SimulatedDisk&) = delete;

  store::Disk& disk() { return *disk_; }

  /// Writes, syncs, creations, renames and removals so far, RocksDB's and our own.
  uint64_t operations() const { return platter_->operations(); }
  /// The n-th operation from the start meets this fault; what has passed, the next one.
  void FailAt(uint64_t operation, DiskFault fault) { platter_->FailAt(operation, fault); }
  /// Ends a kNoSpace.
  void MakeRoom() { platter_->MakeRoom(); }
  /// Faults that were planned and have not happened never will.
  void ForgetPlans() { platter_->ForgetPlans(); }

  /// From now on every operation and every read fails: the machine is off.
  void PowerCut() { platter_->PowerCut(); }
  bool has_power() const { return platter_->has_power(); }
  /// On again, with what is left; to be called when nothing is open any more. What was not synced
  /// meets a fate of its own in each file and directory, or `tail` in all.
  void PowerOn(std::optional<Tail> tail = std::nullopt) { platter_->PowerOn(tail); }

  /// All files by path, as a backup would read them.
  using Snapshot = Contents;
  Snapshot Save(const std::string& prefix = "/") const { return platter_->Copy(prefix); }
  /// The files under `prefix` are again those of the snapshot, durably; while nothing is open.
  void PutBack(const Snapshot& snapshot, const std::string& prefix = "/") {
    platter_->PutBack(snapshot, prefix);
  }

  /// All that is there at this moment, also what is under way; may be taken up by any disk, which
  /// is off then.
  Image Take() const { return platter_->Take(); }
  void Become(Image image) { platter_->Become(std::move(image)); }
  /// Tells of each operation when it has happened, with what is there then, as if the power went
  /// now. The disk cannot be used in there.
  void Tell(Platter::AfterEach told) { platter_->Tell(std::move(told)); }

  /// Flips one bit in what the next read of a file with this in its path returns.
  void RotOnRead(const std::string& path_part) { platter_->RotOnRead(path_part); }
  /// Flips one bit in one such file, for good; which one, or nothing when there is none.
  std::optional<std::string> Rot(const std::string& path_part) { return platter_->Rot(path_part); }

  /// Each fault that really happened, by name.
  FaultCounts counts() const { return platter_->counts(); }
  /// Runs what RocksDB wants to do in the background, for who writes no files of his own.
  void RunChores();

 private:
  std::shared_ptr<Platter> platter_;
  std::shared_ptr<Chores> chores_;
  std::unique_ptr<store::Disk> disk_;
};

}  // namespace samenspel::simulation
