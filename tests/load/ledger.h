// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "proto/intake/v1/requests.pb.h"

namespace samenspel::load {

/// What desk workers were told that they had done, all of them together.
class Ledger {
 public:
  enum class Act { kSent, kClaimed, kHandedOver, kHandedBack, kSettled };
  struct Line {
    Act act;
    std::string by;
    intake::v1::ReportChanged told;  ///< How it stood after it, as the service said.
  };
  void Write(Line line);
  void WriteTrouble(std::string what);

  /// Everything that cannot be true together: a claim of what was not free, a change by somebody
  /// who did not own it, two changes with one version. Empty: every acknowledged act took effect.
  std::vector<std::string> Contradictions() const;
  std::vector<std::string> Troubles() const;
  /// How each report must stand at the end.
  std::map<std::string, Line> Last() const;
  std::map<Act, size_t> Counts() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Line>> by_report_;
  std::vector<std::string> troubles_;
};

}  // namespace samenspel::load
