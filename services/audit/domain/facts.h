// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "proto/audit/v1/events.pb.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::audit {

/// What an entry is about, as far as the log needs to find it again. Clear parts only.
struct Subject {
  std::vector<std::string> streams;  ///< Reports, meetings, professionals; each once.
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
};
Subject SubjectOf(const common::v1::EntryHeader& header);

/// Who reads the log.
struct Reader {
  std::string principal;
  std::string organisation;
  bool auditor = false;
};

/// Whether `reader` may see this entry: auditors all, others what they or their organisation did. A
/// stream may be seen by whoever may see one of its entries.
bool MaySee(const Reader& reader, const common::v1::EntryHeader& header);

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
