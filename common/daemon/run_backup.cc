// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/run_backup.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "common/daemon/backup.h"
#include "common/daemon/parts.h"
#include "common/tlog/checkpoint.h"

#ifndef SAMENSPEL_VERSION
#error "the build gives the version"
#endif

namespace samenspel::daemon {
namespace {

using store::Head;

constexpr int kCannotGoOn = 3;

int Say(const Config& config, const std::string& what) {
  std::fprintf(stderr, "samenspel-%s: %s\n", config.service.c_str(), what.c_str());
  return kCannotGoOn;
}

void Tell(const Config& config, const std::string& what) {
  std::printf("%s: %s\n", config.service.c_str(), what.c_str());
  std::fflush(stdout);
}

std::string Place(const Head& head) {
  return "entry " + std::to_string(head.sequence) + ", epoch " + std::to_string(head.epoch);
}

// Seconds since it was made, as "3.2 s".
class Watch {
 public:
  std::string Text() const {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - since_;
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", passed.count());
    return text;
  }

 private:
  const std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

// What both are made of.
struct Tools {
  const Config& config;
  const ServiceFactory& make;
  std::unique_ptr<store::Disk> disk = store::Disk::Real();
  base::SystemEntropy entropy{};

  MakeService maker() {
    return [this] {
      auto service = make({config, disk->files()});
      return service.ok() ? std::move(*service) : nullptr;
    };
  }
};

// Says what is lost, as far as anybody knows.
void TellLoss(const Config& config, const Restored& restored) {
  const uint64_t end = restored.head.sequence;
  if (restored.had_watermark && !restored.lost) return;
  if (!restored.lost) {
    Tell(config, "there was no watermark: entries after " + std::to_string(end) +
                     " are lost, if there were any");
  } else {
    const uint64_t acked = restored.lost->sequence;
    Tell(config, acked > end ? "lost: entries " + std::to_string(end + 1) + " to " +
                                   std::to_string(acked) + ", which had been acknowledged"
                             : "lost: what epoch " + std::to_string(restored.lost->epoch) +
                                   " held in place of the last entries of the backup");
  }
  if (config.service == "audit") {
    Tell(config,
         "of these only audit's own, such as who read the log: it asks the other three "
         "for theirs again");
  }
}

}  // namespace

void AddBackupFlags(CLI::App& app, BackupFlags& flags) {
  app.add_option("--backup", flags.backup,
                 "copy the journal, also of a running daemon, into this new folder, end");
  app.add_option("--restore", flags.restore,
                 "put the backup in this folder into the empty data folder, end");
}

int RunBackup(const BackupFlags& flags, const Config& config, const ServiceFactory& make,
              base::Instant now) {
  const Watch watch;
  Tools tools{config, make};
  Config reading = config;
  reading.keys_copy.clear();  // The running daemon's business.
  BackupInput input{.store = StoreConfigOf(config),
                    .disk = *tools.disk,
                    .to = flags.backup,
                    .keys = [&] { return OpenKeys(reading, tools.disk->files(), tools.entropy); },
                    .entropy = tools.entropy,
                    .make = tools.maker(),
                    .now = now,
                    .version = SAMENSPEL_VERSION};
  const auto head = Backup(input);
  if (!head.ok()) return Say(config, head.status().message());
  Tell(config, "backed up " + std::to_string(head->sequence) + " entries to " + flags.backup +
                   ", up to " + Place(*head) + "; replayed and compared, " + watch.Text());
  return 0;
}

int RunRestore(const BackupFlags& flags, const RepairFlags& repair, const Config& config,
               const ServiceFactory& make, base::Instant now) {
  const Watch watch;
  Tools tools{config, make};
  const bool repairs = !repair.from.empty();
  // Said here, before anything is put in its place.
  if (repairs && config.service == "audit") return RunRepair(repair, config, make, now);
  RestoreInput input{.store = StoreConfigOf(config),
                     .disk = *tools.disk,
                     .from = flags.restore,
                     .keys = [&] { return OpenKeys(config, tools.disk->files(), tools.entropy); },
                     .entropy = tools.entropy,
                     .make = tools.maker(),
                     .repair = repairs,
                     .accept_loss = repair.accept_loss};
  auto hold = HoldKeys(config, tools.disk->files());
  if (!hold.ok()) return Say(config, hold.status().message());
  const auto restored = Restore(input);
  hold->reset();  // The repair takes it again.
  if (!restored.ok()) return Say(config, restored.status().message());
  if (restored->was_in_place) {
    Tell(config, flags.restore + " is in its place, from before");
  } else {
    Tell(config, "restored " + std::to_string(restored->head.sequence) + " entries from " +
                     flags.restore + "; replayed and compared, " + watch.Text());
  }
  if (repairs) return RunRepair(repair, config, make, now);
  const Head& head = restored->head;
  TellLoss(config, *restored);
  if (!config.origin.empty()) {
    Tell(config, "the log is called " + tlog::LogName(config.origin, head.epoch) +
                     " from now on: give its key to all (samenspel keys audit-key --registry " +
                     config.registry + " --origin " + tlog::LogName(config.origin, head.epoch) +
                     ")");
  }
  Tell(config, "a new epoch begins after " + Place({head.epoch - 1, head.sequence, ""}) +
                   "; start the daemon");
  return 0;
}

}  // namespace samenspel::daemon
