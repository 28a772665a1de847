// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "tests/simulation/disk/faults.h"
#include "tests/simulation/disk/image.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::simulation {

/// Files by path, as copied.
using Contents = std::map<std::string, std::string>;

/// What lies on a simulated disk: of each file and each directory what a reader sees and what would
/// be left after a power cut. The two faces of SimulatedDisk stand on it. Any thread.
/// Errors: kNotFound; kUnavailable: no space; kIo: a failed sync, or no power.
class Platter {
  using Node = Image::Node;

 public:
  /// An open file. Useless after a power cut, as the process that held it.
  struct Handle {
    std::shared_ptr<Node> node;
    std::string path;
    uint64_t power = 0;
  };

  explicit Platter(uint64_t seed);

  // What counts as an operation, and may fail.
  base::Result<Handle> Create(const std::string& path);  ///< Empties what is there.
  base::Status Write(const Handle& file, uint64_t offset, std::string_view bytes);
  base::Status Append(const Handle& file, std::string_view bytes);
  base::Status Truncate(const Handle& file, uint64_t size);
  base::Status Sync(const Handle& file);
  base::Status SyncDirectory(const std::string& path);
  base::Status Rename(const std::string& from, const std::string& to);
  base::Status Remove(const std::string& path);
  base::Status MakeDirectory(const std::string& path);  ///< None when it is there.

  // What does not.
  base::Result<Handle> Find(const std::string& path);
  base::Result<std::string> Read(const Handle& file, uint64_t offset, uint64_t size);
  base::Result<std::vector<std::string>> List(const std::string& directory);  ///< Names, sorted.
  base::Result<uint64_t> SizeOf(const std::string& path);
  bool Exists(const std::string& path);
  bool IsDirectory(const std::string& path);
  /// False: somebody holds it. The number goes into Unlock: a lock does not outlive the power.
  std::optional<uint64_t> Lock(const std::string& path);
  void Unlock(const std::string& path, uint64_t power);

  uint64_t operations() const;
  bool has_power() const;
  FaultCounts counts() const;
  void FailAt(uint64_t operation, DiskFault fault);
  void MakeRoom();
  void ForgetPlans();
  void PowerCut();
  /// Without `tail` each file and directory meets a fate of its own.
  void PowerOn(std::optional<Tail> tail);
  Contents Copy(const std::string& prefix) const;
  void PutBack(const Contents& contents, const std::string& prefix);
  /// What is there now.
  Image Take() const;
  /// Off, with this on it.
  void Become(Image image);
  /// Told of each operation when it has happened, and of what is there then; not to come back here.
  using AfterEach = std::function<void(uint64_t operation, const Image& now)>;
  void Tell(AfterEach told);
  void RotOnRead(const std::string& part);
  std::optional<std::string> Rot(const std::string& part);

 private:
  enum class Kind { kWrite, kName, kSync };
  enum class Verdict { kGo, kNoPower, kNoSpace, kSyncFails };
  using Edit = Image::Edit;
  using Renaming = Image::Renaming;
  using Names = Image::Names;

  Verdict Begin(Kind kind, uint64_t power);
  base::Status End();
  void Cut();
  void TakePlanned();
  base::Status Change(const Handle& file, Edit edit);
  void Note(Renaming renaming);
  void FailSync(Node& node);
  void SettleNames(std::optional<Tail> tail);
  void SettleNamesOf(const std::string& directory, Tail tail);
  void Settle(Node& node, std::optional<Tail> tail, bool no_rubbish);
  static void KeepFirst(Node& node, uint64_t left);
  void Scramble(Node& node);
  Tail SomeTail();
  static void Apply(const Edit& edit, std::string& content);
  static void Apply(const Renaming& renaming, Names& names);
  void FlipBit(std::string& bytes);

  mutable std::mutex mutex_;
  support::SeededEntropy chance_;
  Image image_;
  AfterEach after_each_;
  std::set<std::string> locked_;
  std::multimap<uint64_t, DiskFault> planned_;
  std::vector<std::string> rot_on_read_;
  FaultCounts counts_;
  uint64_t operations_ = 0;
  uint64_t power_ = 1;  // One more each time that it comes back.
  uint64_t sync_errors_ = 0;
  bool has_power_ = true;
  bool cut_after_ = false;
  bool full_ = false;
};

}  // namespace samenspel::simulation
