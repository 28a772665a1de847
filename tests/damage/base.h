// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tests/faults/whole.h"
#include "tests/support/region.h"

namespace samenspel::damage {

/// What four daemons had on their disks when all were killed at once (kill -9).
///   young  all of it still in RocksDB's log
///   old    the same region later: table files and a log
struct Base {
  std::string young;
  std::string old;
};

/// A region that took reports, planned meetings and raised alarms, and the folders it left.
class BaseRegion {
 public:
  BaseRegion();
  const Base& base() const { return base_; }
  support::Region& region() { return region_; }
  const std::vector<faults::Acknowledged>& reports() const { return reports_; }

 private:
  void Report(int count);
  void Snapshot(const std::string& to);
  support::ScratchFolder scratch_;
  support::Region region_;
  Base base_;
  std::vector<faults::Acknowledged> reports_;
};

/// A folder of one case: the service's folders from a base, and a config that points at them.
///   name  "data/intake", "data/intake-keys", "secrets/intake"
void CopyFolder(const std::string& from, const std::string& to);

}  // namespace samenspel::damage
