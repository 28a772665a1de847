// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "proto/common/v1/envelope.pb.h"
#include "tests/kill/rig.h"
#include "tests/support/region.h"

namespace samenspel::drill {

/// The three whose entries audit has copies of.
inline constexpr std::string_view kCopied[] = {"intake", "meeting", "escalation"};

/// A region at work, whose backups are made and whose folders are lost. What the programs say is
/// printed when SAMENSPEL_DRILL_TELL is set: it is what operators read.
class Drill {
 public:
  explicit Drill(uint64_t seed = 1);
  kill::Rig& rig() { return rig_; }
  support::Region& region() { return rig_.region(); }
  const support::Region& region() const { return rig_.region(); }

  std::string Data(std::string_view service) const;
  std::string Keys(std::string_view service) const;
  std::string BackupOf(std::string_view service) const;

  /// Starts all and puts them to work.
  void Begin();
  /// So many changes by all, until each is answered.
  void Work(size_t changes);
  /// Backs all four up while work goes on, and then more of it: the backups are behind. Counts the
  /// lines of the record that were written before the first backup began.
  void BackUpAtWork(const std::vector<std::string_view>& order = {"intake", "meeting", "escalation",
                                                                  "audit"});
  size_t answered_before() const { return answered_before_; }

  /// A daemon's program in the foreground.
  support::Outcome Run(std::string_view service, const std::vector<std::string>& flags) const;
  support::Outcome BackUp(std::string_view service, const std::string& to = "") const;
  support::Outcome Restore(std::string_view service, const std::vector<std::string>& more) const;

  /// Removes the data of a stopped daemon, and with `keys` its key folder, watermark included.
  void Lose(std::string_view service, bool keys) const;
  /// Makes the key folder again and copies the blocks into it, as docs/operations.md says.
  void PutKeysBack(std::string_view service) const;
  void StartAgain(std::string_view service);

  /// A red report, until it is planned and logged.
  struct Asked {
    common::v1::Envelope envelope;
    common::v1::Reply reply;
  };
  Asked Report();
  /// The very same request once more.
  common::v1::Reply AskAgain(const Asked& asked);

 private:
  mutable kill::Rig rig_;
  size_t answered_before_ = 0;
  uint64_t reports_ = 0;
};

}  // namespace samenspel::drill
