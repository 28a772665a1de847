// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/file_system.h"
#include "common/bus/link.h"
#include "common/daemon/core.h"
#include "common/daemon/disk_watch.h"
#include "common/daemon/key_watch.h"
#include "common/metrics/server.h"

namespace samenspel::daemon {

/// Notices changes in the registry folder by looking at it every 250 ms, so that a revoked key is
/// out within a second.
class RegistryWatch {
 public:
  RegistryWatch(base::FileSystem& files, std::string directory, Log log);
  /// The first reading; a daemon does not start without one.
  base::Result<std::shared_ptr<const bus::Registry>> First();
  /// A new snapshot when the folder changed since the last call; a folder that cannot be read as a
  /// whole keeps the old one in force and is logged.
  std::shared_ptr<const bus::Registry> Look(base::Instant now);
  /// Whether the folder as it was seen last is not the one in force.
  bool refused() const { return refused_; }

 private:
  base::FileSystem& files_;
  std::string directory_;
  Log log_;
  std::string seen_;  // Names, sizes and times of the files.
  bool refused_ = false;
  base::Instant next_look_{};
};

/// What may change around a daemon while it runs.
struct Watches {
  RegistryWatch& registry;
  KeyWatch& keys;
  DiskWatch& disk;
};

/// Runs the core until a stop signal: receive, step, send. Returns the exit code.
///   metrics  told once a second how things are; may be null
int RunLoop(Core& core, bus::Link& link, base::Clock& clock, const Watches& watches,
            metrics::Server* metrics, const Log& log);

/// SIGTERM and SIGINT ask the loop to stop, SIGHUP to reload; to be called once before the loop.
void CatchSignals();

/// Tells systemd, or whoever set NOTIFY_SOCKET, that the daemon is ready.
void NotifyReady();

}  // namespace samenspel::daemon
