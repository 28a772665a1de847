// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/run.h"

#include <google/protobuf/stubs/logging.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>

#include "common/base/core_dumps.h"
#include "common/daemon/log.h"
#include "common/daemon/loop.h"
#include "common/daemon/parts.h"
#include "common/daemon/repair_run.h"
#include "common/daemon/replay.h"
#include "common/daemon/run_backup.h"

#ifndef SAMENSPEL_VERSION
#error "the build gives the version"
#endif

namespace samenspel::daemon {
namespace {

using base::Result;
using base::Status;

constexpr int kWrongUse = 2;
constexpr int kCannotGoOn = 3;

struct Flags {
  std::string config;
  bool check = false;
  bool verify = false;
  bool rebuild = false;
  RepairFlags repair;
  BackupFlags backup;
};

int Say(int code, const std::string& name, const std::string& what) {
  std::fprintf(stderr, "samenspel-%s: %s\n", name.c_str(), what.c_str());
  return code;
}

[[noreturn]] void EndAtOnce(int code) {
  std::fflush(nullptr);
  std::_Exit(code);
}

// After a failed write nothing of the store is touched again: RocksDB asserts when it closes a file
// that could not be written.
int EndWith(int code, const Parts& parts) {
  if (parts.store->fault().ok()) return code;
  EndAtOnce(code);
}

int RunMaintenance(const Flags& flags, const std::string& name, const Config& config, Parts& parts,
                   const ServiceFactory& make) {
  const MakeService fresh = [&] {
    auto service = make({config, parts.disk->files()});
    return service.ok() ? std::move(*service) : nullptr;
  };
  if (!fresh()) return Say(kWrongUse, name, "the service cannot be made from this config");
  // A rebuild writes a new watermark: what is missing by the old one must not be forgotten.
  const auto acked = store::ReadWatermark(StoreConfigOf(config), parts.disk->files());
  if (acked.ok() && acked->has_value()) {
    const Status held = parts.store->CheckHolds(**acked);
    if (!held.ok()) return Say(kCannotGoOn, name, held.message());
  }
  const Status done = flags.rebuild ? Rebuild(*parts.store, *parts.keys, parts.entropy, fresh)
                                    : Verify(*parts.store, *parts.keys, parts.entropy, fresh);
  if (!done.ok()) return Say(kCannotGoOn, name, done.message());
  std::printf("%s: %s, %llu entries\n", name.c_str(), flags.rebuild ? "rebuilt" : "verified",
              static_cast<unsigned long long>(parts.store->head().sequence));
  return 0;
}

Result<bus::LinkConfig> LinkConfigOf(const Config& config, const std::vector<FollowConfig>& follows,
                                     const bus::Registry& registry, base::FileSystem& files) {
  const auto keys = ReadCurveKeys(files, config.secrets);
  if (!keys.ok()) return keys.status();
  bus::LinkConfig link;
  link.listen = config.listen;
  link.keys = *keys;
  for (const FollowConfig& follow : follows) {
    const bus::Principal* leader = registry.ById("svc_" + follow.service);
    if (leader == nullptr) {
      return Status(base::Code::kInvalid, "the registry does not know svc_" + follow.service);
    }
    link.leaders.push_back(
        {follow.service, follow.endpoint, leader->curve_key, leader->other_curve_key});
  }
  return link;
}

// Metrics are no reason not to take reports: without its port the daemon goes on.
std::unique_ptr<metrics::Server> OpenMetrics(const Config& config, const Log& log) {
  if (config.metrics.empty()) return nullptr;
  auto server = metrics::Server::Open(config.metrics);
  if (server.ok()) return std::move(*server);
  log(LogLevel::kError, "event=metrics why=\"" + server.status().message() + "\"");
  return nullptr;
}

int Serve(const std::string& name, const Config& config, Parts& parts,
          std::unique_ptr<Service> service) {
  const Log log = MakeLog(name, config.log_level);
  RegistryWatch watch(parts.disk->files(), config.registry, log);
  const auto registry = watch.First();
  if (!registry.ok()) return Say(kWrongUse, name, registry.status().message());
  const auto follows = FollowsOf(config, service->follows());
  if (!follows.ok()) return Say(kWrongUse, name, follows.status().message());
  const auto link_config = LinkConfigOf(config, *follows, **registry, parts.disk->files());
  if (!link_config.ok()) return Say(kWrongUse, name, link_config.status().message());
  const auto grants = GrantsOf(config, service->event_type());
  if (!grants.ok()) return Say(kWrongUse, name, grants.status().message());
  auto link = bus::Link::Open(*link_config, *registry, parts.entropy);
  if (!link.ok()) return Say(kCannotGoOn, name, link.status().message());
  CoreConfig core_config;
  core_config.grants = *grants;
  core_config.version = SAMENSPEL_VERSION;
  Core core(core_config, std::move(service), *parts.store, *parts.keys, parts.entropy, *registry,
            log);
  const auto metrics = OpenMetrics(config, log);
  const Status started = core.Start(parts.clock.Wall());
  if (!started.ok()) return Say(kCannotGoOn, name, started.message());
  DiskWatch disk(RealDiskRoom(config.data), DiskLimitsOf(config), log);
  CatchSignals();
  NotifyReady();
  log(LogLevel::kInfo, "event=ready service=" + name + " listen=" + config.listen +
                           " head=" + std::to_string(parts.store->head().sequence));
  KeyWatch keys(parts.disk->files(), config.secrets, "svc_" + name, link_config->keys, *registry,
                log);
  const int code = RunLoop(core, **link, parts.clock, {watch, keys, disk}, metrics.get(), log);
  // Whoever waits for a handler that hangs does not end.
  if (code != 0 && !(*link)->AdmissionAlive()) EndAtOnce(code);
  return EndWith(code, parts);
}

int Main(const Flags& flags, const std::string& name, const ServiceFactory& make) {
  Parts parts;
  const auto config = LoadConfig(parts.disk->files(), flags.config, name);
  if (!config.ok()) return Say(kWrongUse, name, config.status().message());
  auto service = make({*config, parts.disk->files()});
  if (!service.ok()) return Say(kWrongUse, name, service.status().message());
  const auto grants = GrantsOf(*config, (*service)->event_type());
  if (!grants.ok()) return Say(kWrongUse, name, grants.status().message());
  const auto follows = FollowsOf(*config, (*service)->follows());
  if (!follows.ok()) return Say(kWrongUse, name, follows.status().message());
  if (flags.check) {
    std::printf("%s: the config is well formed\n", name.c_str());
    return 0;
  }
  if (!flags.backup.backup.empty()) {
    return RunBackup(flags.backup, *config, make, parts.clock.Wall());
  }
  if (!flags.backup.restore.empty()) {
    return RunRestore(flags.backup, flags.repair, *config, make, parts.clock.Wall());
  }
  if (!flags.repair.from.empty()) {
    return RunRepair(flags.repair, *config, make, parts.clock.Wall());
  }
  const Status room = RoomToStart(config->data);
  if (!room.ok()) return Say(kCannotGoOn, name, room.message());
  const bool maintenance = flags.verify || flags.rebuild;
  const Status opened = OpenParts(*config, !maintenance, parts);
  if (!opened.ok()) return Say(kCannotGoOn, name, opened.message());
  if (maintenance) return EndWith(RunMaintenance(flags, name, *config, parts, make), parts);
  return Serve(name, *config, parts, std::move(*service));
}

}  // namespace

int RunDaemon(int argc, char** argv, const std::string& name, const ServiceFactory& make) {
  google::protobuf::SetLogHandler(nullptr);  // It would write lines of its own among ours.
  umask(0077);                               // Whatever we make is ours alone.
  base::ForbidCoreDumps();
  CLI::App app("samenspel-" + name);
  Flags flags;
  app.add_option("--config", flags.config, "config file of this daemon")->required();
  app.add_flag("--check-config", flags.check,
               "read the config and rule files, say whether they are well formed, end");
  app.add_flag("--verify", flags.verify, "replay the journal and compare with what is stored, end");
  app.add_flag("--rebuild", flags.rebuild, "derive all but the journal anew, end");
  AddBackupFlags(app, flags.backup);
  AddRepairFlags(app, flags.repair);
  app.set_version_flag("--version", SAMENSPEL_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUse;
  }
  return Main(flags, name, make);
}

}  // namespace samenspel::daemon
