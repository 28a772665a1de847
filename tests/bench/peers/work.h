// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "services/intake/domain/crisismeter.h"
#include "services/intake/domain/terms.h"
#include "services/meeting/domain/meetings.h"
#include "services/meeting/domain/roster.h"
#include "services/meeting/domain/table.h"

namespace samenspel::bench::peers {

/// A red report of an invented family, as samenspel-load sends it; about 1 KiB.
std::string ReportBytes(uint64_t seed, uint64_t number);

/// Most reports that a consumer takes at once, and the least that a peer is asked to hand out.
inline constexpr int kBatchMax = 64;

/// What the consumers of the peers do with a report: our own grading and planning, with the rules
/// of deploy/config and the roster of `samenspel region demo`.
class Work {
 public:
  /// Ends the process with a sentence when a rule file cannot be read.
  explicit Work(int professionals);

  /// Grades and plans the report, and books its seats.
  ///   number  by which the peer knows it
  /// Returns the event of the meeting, serialized; empty: these are no bytes of a report.
  std::string Decide(uint64_t number, std::string_view report);

 private:
  intake::Crisismeter crisismeter_;
  intake::TermRules terms_;
  meeting::TableRules table_;
  meeting::Roster roster_;
  meeting::Meetings meetings_;
};

}  // namespace samenspel::bench::peers
