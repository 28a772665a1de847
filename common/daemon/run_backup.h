// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "common/base/instant.h"
#include "common/daemon/repair_run.h"
#include "common/daemon/run.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name.
class App;
}

namespace samenspel::daemon {

struct BackupFlags {
  std::string backup;   ///< Folder to make; empty: no backup.
  std::string restore;  ///< Folder of a backup; empty: no restore.
};
void AddBackupFlags(CLI::App& app, BackupFlags& flags);

/// --backup DIR and --restore DIR: one line on stdout says what was done. Exit code 0: done; 2:
/// wrong flags; 3: not done, one sentence on stderr says why and what to do.
///   repair  whether a restore is followed by --repair-from audit, and what is accepted
int RunBackup(const BackupFlags& flags, const Config& config, const ServiceFactory& make,
              base::Instant now);
int RunRestore(const BackupFlags& flags, const RepairFlags& repair, const Config& config,
               const ServiceFactory& make, base::Instant now);

}  // namespace samenspel::daemon
