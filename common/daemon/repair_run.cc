// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/repair_run.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "common/bus/client.h"
#include "common/bus/registry.h"
#include "common/daemon/audit_copies.h"
#include "common/daemon/backup.h"
#include "common/daemon/key_watch.h"
#include "common/daemon/parts.h"
#include "common/daemon/repair.h"

namespace samenspel::daemon {
namespace {

using base::Result;
using base::Status;

constexpr int kWrongUse = 2;
constexpr int kCannotGoOn = 3;

int Say(int code, const std::string& name, const std::string& what) {
  std::fprintf(stderr, "samenspel-%s: %s\n", name.c_str(), what.c_str());
  return code;
}

Result<std::unique_ptr<bus::Client>> ConnectToAudit(const std::string& endpoint,
                                                    const Config& config, base::FileSystem& files) {
  if (endpoint.empty()) {
    return Status(base::Code::kInvalid,
                  "the config does not say where audit listens; add audit = \"tcp://...\", or give "
                  "--audit");
  }
  const auto keys = ReadCurveKeys(files, config.secrets);
  if (!keys.ok()) return keys.status();
  const auto registry = bus::Registry::Load(files, config.registry);
  if (!registry.ok()) return registry.status();
  const bus::Principal* audit = (*registry)->ById("svc_audit");
  if (audit == nullptr) {
    return Status(base::Code::kInvalid, "the registry does not know svc_audit");
  }
  return bus::Client::Connect({endpoint, audit->curve_key, audit->other_curve_key}, *keys);
}

void SaySummary(const std::string& name, const RepairSummary& summary) {
  const auto number = [](uint64_t count) { return std::to_string(count); };
  std::printf("%s: %s. Entries whole %s, mended %s, fetched %s, kept %s, lost %s\n", name.c_str(),
              summary.lost > 0 && !summary.done ? "not repaired"
              : summary.lost > 0                ? "goes on without what is lost"
              : summary.unproven                ? "has all that audit has"
                                                : "whole again",
              number(summary.whole).c_str(), number(summary.mended).c_str(),
              number(summary.fetched).c_str(), number(summary.kept).c_str(),
              number(summary.lost).c_str());
  if (summary.unproven) {
    std::printf(
        "%s: there was no watermark: entries after %s are lost, if there were any that audit "
        "has not\n",
        name.c_str(), number(summary.head.sequence).c_str());
  }
  if (summary.began_epoch) {
    std::printf("%s: a new epoch begins after entry %s, epoch %s; start the daemon\n", name.c_str(),
                number(summary.head.sequence).c_str(), number(summary.head.epoch - 1).c_str());
  }
  std::fflush(stdout);
}

int RepairFrom(CopySource& copies, const RepairFlags& flags, const Config& config,
               const ServiceFactory& make, base::Instant now) {
  base::SystemEntropy entropy;
  const auto disk = store::Disk::Real();
  const auto hold = HoldKeys(config, disk->files());
  if (!hold.ok()) return Say(kCannotGoOn, config.service, hold.status().message());
  auto keys = OpenKeys(config, disk->files(), entropy);
  if (!keys.ok()) {
    return Say(kCannotGoOn, config.service,
               keys.status().message() + "; keys are not in audit: put them back from their copy");
  }
  const auto done = Repair({.store = StoreConfigOf(config),
                            .disk = *disk,
                            .keys = **keys,
                            .entropy = entropy,
                            .make =
                                [&] {
                                  auto service = make({config, disk->files()});
                                  return service.ok() ? std::move(*service) : nullptr;
                                },
                            .copies = copies,
                            .now = now,
                            .accept_loss = flags.accept_loss,
                            .say = [](const std::string& line) { std::puts(line.c_str()); }});
  if (!done.ok()) return Say(kCannotGoOn, config.service, done.status().message());
  SaySummary(config.service, *done);
  if (done->done) return 0;
  return Say(
      kCannotGoOn, config.service,
      std::string(AwaitsRepair(config.data, disk->files())
                      ? "the backup is in its place, and must not be served yet. If there is "
                        "a newer one, move the data folder away and restore that"
                      : "nothing was changed. Put back a newer backup") +
          ", or go on without the lost entries: the same command with --accept-loss");
}

}  // namespace

void AddRepairFlags(CLI::App& app, RepairFlags& flags) {
  app.add_option("--repair-from", flags.from,
                 "restore the journal from the copies of a service: audit; end")
      ->check(CLI::IsMember({"audit"}));
  app.add_option("--audit", flags.audit, "where audit listens, instead of what the config says");
  app.add_flag("--accept-loss", flags.accept_loss,
               "with --repair-from or --restore: go on without entries that are nowhere, in a new "
               "epoch");
}

int RunRepair(const RepairFlags& flags, const Config& config, const ServiceFactory& make,
              base::Instant now) {
  if (config.service == "audit") {
    return Say(kWrongUse, config.service,
               "of its own journal there is no copy elsewhere: put back a backup");
  }
  const auto files = base::RealFileSystem();
  auto client = ConnectToAudit(flags.audit.empty() ? config.audit : flags.audit, config, *files);
  if (!client.ok()) return Say(kWrongUse, config.service, client.status().message());
  base::SystemEntropy entropy;
  const auto copies = CopiesOfAudit(config.service, std::move(*client), entropy, now);
  return RepairFrom(*copies, flags, config, make, now);
}

}  // namespace samenspel::daemon
