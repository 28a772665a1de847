// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "common/decide/decision.h"
#include "proto/audit/v1/events.pb.h"
#include "proto/common/v1/case.pb.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::audit {

/// What an entry is about, as far as the log needs to find it again. Clear parts only.
struct Subject {
  std::vector<std::string> streams;  ///< Reports, meetings, alarms, professionals, and of a refused
                                     ///< look what it was about; each once.
  /// Other names of a stream: a case number of a report.
  struct Alias {
    std::string name;
    std::string stream;
  };
  std::vector<Alias> aliases;
  /// Streams that belong to another: the meeting of a report.
  struct Link {
    std::string from;
    std::string to;
  };
  std::vector<Link> links;
  std::vector<Link> members;  ///< From a household to each stream that belongs to it.
  /// Of intake, which owns the case list: who may know of a case (P.75).
  std::vector<common::v1::InvolvementSet> involvements;
  /// From a household to the organisation that keeps a break-glass opening of it (P.73).
  std::vector<Link> openings;
};
Subject SubjectOf(const common::v1::EntryHeader& header);

bool IsAuditor(const decide::Stamp& reader);

/// Whether `reader` may read the log of a case: whom the case list covers now, auditors, and a
/// privacy officer who reviews an opening of it (P.73, P.75).
///   opening_kept  a break-glass opening of the case is kept by the reader's organisation
bool MayReadCase(const decide::Stamp& reader, const common::v1::CaseList& list, bool opening_kept);

/// Whether `reader` may see this entry by itself: auditors all, others what they or their
/// organisation did, save refused looks at a case. For what is in no case list: a stream without
/// one may be seen by whoever may see one of its entries.
bool MaySee(const decide::Stamp& reader, const common::v1::EntryHeader& header);

/// Joins entries into runs without gaps, in the order in which they became leaves.
class Runs {
 public:
  void Add(const std::string& service, uint64_t epoch, uint64_t sequence, const std::string& hash);
  std::vector<v1::Run> Take();
  bool empty() const { return runs_.empty(); }

 private:
  std::vector<v1::Run> runs_;
};

}  // namespace samenspel::audit
