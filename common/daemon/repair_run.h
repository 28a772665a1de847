// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "common/base/instant.h"
#include "common/daemon/config.h"
#include "common/daemon/run.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name.
class App;
}

namespace samenspel::daemon {

struct RepairFlags {
  std::string from;   ///< "audit"; empty: no repair.
  std::string audit;  ///< Where it listens; empty: as the config says.
  bool accept_loss = false;
};
void AddRepairFlags(CLI::App& app, RepairFlags& flags);

/// --repair-from audit: asks audit as this service, repairs, says what it found on stdout, a line a
/// finding and a summary. Exit code 0: the journal is whole, or its loss was accepted; 2: wrong
/// flags, config or registry; 3: it is not, one sentence on stderr says why.
int RunRepair(const RepairFlags& flags, const Config& config, const ServiceFactory& make,
              base::Instant now);

}  // namespace samenspel::daemon
