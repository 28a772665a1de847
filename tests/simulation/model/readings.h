// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <map>
#include <string>

#include "tests/simulation/model/case_lists.h"
#include "tests/simulation/model/rule_book.h"

namespace samenspel::simulation::model {

/// One person who reads the files of many families (services/escalation: many_households).
///
/// - Each mark of a person at intake, of a family in whose case they have no part by name, counts
///   once within the time that alarms.toml looks back, by the marks' own times; escalation notes it
///   with the entry that follows from the mark, in their order, and nothing else.
/// - When that makes more families than the file allows, the reader is watched, or it rings.
/// - Nobody is watched without that.
/// Lenient: of who reads too much anyway it may forget the oldest, and note them once more.
class Readings : public Rule {
 public:
  Readings(Notebook& notebook, const RuleBook& rules, const CaseLists& lists)
      : notebook_(notebook), rules_(rules), lists_(lists) {}

  /// To be told before CaseLists: it looks at who had a part before the mark.
  void Take(const Seen& seen) override;
  void AtEnd(base::Instant true_time) override;

 private:
  struct Expected {
    uint64_t sequence;
    std::string reader;
    std::string household;
    bool too_many;
  };
  void Mark(const Seen& seen, const intake::v1::ReportAccessed& mark);
  void Hear(const Seen& seen);
  void Follow(const Seen& seen, const escalation::v1::Event& event);
  void Find(const Seen& seen, const std::string& what) {
    notebook_.Find(seen.where() + ": " + what);
  }

  Notebook& notebook_;
  const RuleBook& rules_;
  const CaseLists& lists_;
  std::map<std::string, std::map<std::string, int64_t>> read_;  // Reader, family, time of the mark.
  std::deque<Expected> expected_;
  std::map<std::string, std::string> watched_;  // Watch or alarm to reader: open ones.
};

}  // namespace samenspel::simulation::model
