// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_stage.h"

namespace samenspel::simulation {

/// The auditor: looks entries up, and believes neither their proofs nor the next checkpoint.
class LogReader {
 public:
  explicit LogReader(Stage& stage) : stage_(stage) {}

  /// One entry that audit holds, with its proof, and whether the log only grew.
  void Check();
  /// Some leaves, as whoever keeps a copy elsewhere reads them.
  void ReadLeaves();
  /// What the log says of one report.
  void ReadCase();
  uint64_t checks() const { return checks_; }

 private:
  void CheckConsistency();
  void CheckProofs(const audit::v1::EntriesShown& shown, const common::v1::Ref* entry);
  void SeeCheckpoint(const std::string& note, bool proven);

  Stage& stage_;
  uint64_t size_ = 0;
  std::string root_;
  uint64_t checks_ = 0;
};

}  // namespace samenspel::simulation
