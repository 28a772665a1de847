// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/battery/contents.h"

namespace samenspel::battery {

/// Holds the entries that an attempt led to against what it must leave behind.
class JournalCheck {
 public:
  /// What is wrong with the entries that the journal got since the attempt was sent.
  ///   entries  in their order, those of the service itself among them
  ///   status   what was answered; "" for silence
  std::vector<std::string> FaultsOf(const Attempt& attempt, const Verdict& verdict,
                                    const std::string& status, const common::v1::Reply& reply,
                                    const std::vector<common::v1::EntryHeader>& entries);

 private:
  bool MustMark(const Attempt& attempt, const Verdict& verdict, const common::v1::Reply& reply);

  // Reader, household and purpose: one mark covers ten minutes, longer than a world lasts.
  std::map<std::string, std::set<std::string>> marked_;
  std::set<std::string>
      reviewers_;  // Readers, with purpose, who looked at what waits for a review.
};

}  // namespace samenspel::battery
