// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/loop.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>

#include "common/daemon/own_time.h"
#include "common/metrics/text.h"

namespace samenspel::daemon {
namespace {

using base::Instant;
using base::milliseconds;

constexpr milliseconds kLookEvery{250};
constexpr milliseconds kProbeEvery{1000};

std::atomic<bool> stop_asked{false};
std::atomic<bool> reload_asked{false};

void OnSignal(int signal) {
  if (signal == SIGHUP) {
    reload_asked = true;
  } else {
    stop_asked = true;
  }
}

}  // namespace

void CatchSignals() {
  struct sigaction action {};
  action.sa_handler = OnSignal;  // Without SA_RESTART: a waiting poll returns.
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaction(signal, &action, nullptr);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, nullptr);
}

void NotifyReady() {
  const char* path = std::getenv("NOTIFY_SOCKET");
  if (path == nullptr || (path[0] != '/' && path[0] != '@')) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (std::strlen(path) >= sizeof address.sun_path) return;
  std::strcpy(address.sun_path, path);  // NOLINT: length checked above
  const socklen_t size =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path));
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  constexpr std::string_view kReady = "READY=1";
  (void)sendto(fd, kReady.data(), kReady.size(), MSG_NOSIGNAL,
               reinterpret_cast<const sockaddr*>(&address), size);
  close(fd);
}

RegistryWatch::RegistryWatch(base::FileSystem& files, std::string directory, Log log)
    : files_(files), directory_(std::move(directory)), log_(std::move(log)) {}

namespace {

// Changes whenever a file is added, removed, written, or given another owner or mode: one that we
// could not read before we may be able to read then.
std::string Fingerprint(base::FileSystem& files, const std::string& directory) {
  const auto names = files.List(directory);
  if (!names.ok()) return "unreadable";
  std::string print;
  for (const std::string& name : *names) {
    struct stat about {};
    if (stat((directory + "/" + name).c_str(), &about) != 0) continue;
    print += name + ' ' + std::to_string(about.st_ino) + ' ' + std::to_string(about.st_size) + ' ' +
             std::to_string(about.st_ctim.tv_sec) + '.' + std::to_string(about.st_ctim.tv_nsec) +
             '\n';
  }
  return print;
}

}  // namespace

base::Result<std::shared_ptr<const bus::Registry>> RegistryWatch::First() {
  seen_ = Fingerprint(files_, directory_);
  return bus::Registry::Load(files_, directory_);
}

std::shared_ptr<const bus::Registry> RegistryWatch::Look(Instant now) {
  const bool soon = now < next_look_ && next_look_ <= now + kLookEvery;  // Time may go back.
  if (soon) return nullptr;
  next_look_ = now + kLookEvery;
  std::string print = Fingerprint(files_, directory_);
  if (print == seen_) return nullptr;
  seen_ = std::move(print);
  auto registry = bus::Registry::Load(files_, directory_);
  refused_ = !registry.ok();
  if (registry.ok()) {
    log_(LogLevel::kInfo,
         "event=registry_read principals=" + std::to_string((*registry)->all().size()));
    return *registry;
  }
  log_(LogLevel::kError, "event=registry_refused why=\"" + registry.status().message() +
                             "\" consequence=\"the former registry stays in force\"");
  return nullptr;
}

namespace {

void LookAtKeys(KeyWatch& watch, bus::Link& link, const Log& log) {
  if (!link.listens()) {
    log(LogLevel::kError,
        "event=not_listening why=\"the address is not free\" listen=" + link.endpoint());
  }
  auto keys = watch.Look();
  if (!keys) return;
  const base::Status used = link.UseKeys(*keys);
  if (used.ok()) return watch.Took(*std::move(keys));
  log(LogLevel::kError, "event=key_not_changed why=\"" + used.message() + "\"");
}

}  // namespace

int RunLoop(Core& core, bus::Link& link, base::Clock& clock, const Watches& watches,
            metrics::Server* metrics, const Log& log) {
  OwnTime time(clock, core, log);
  Instant now = time.Now();
  Instant wake_at = now;
  Instant probe_at = now;
  while (!stop_asked) {
    const milliseconds wait = std::clamp(wake_at - now, milliseconds(0), kLookEvery);
    const std::vector<bus::Input> inputs = link.Receive(wait);
    now = time.Now();
    link.UseTime(now);
    if (auto changed = watches.registry.Look(now)) {
      link.UseRegistry(changed);
      watches.keys.UseRegistry(changed);
      core.UseRegistry(changed);
    }
    if (reload_asked.exchange(false)) {
      const base::Status reloaded = core.service().Reload();
      log(reloaded.ok() ? LogLevel::kInfo : LogLevel::kError,
          "event=reload why=\"" + (reloaded.ok() ? "asked" : reloaded.message()) + "\"");
    }
    core.SetDiskLow(watches.disk.IsLow(now));
    core.SetRegistryRefused(watches.registry.refused());
    Turn turn = core.Step(now, inputs);
    if (!turn.fault.ok()) {
      log(LogLevel::kError,
          "event=stopped why=\"" + turn.fault.message() + watches.disk.Advice() + "\"");
      return 3;
    }
    link.Send(std::move(turn.out));
    wake_at = turn.wake_at;
    now = time.After(turn);
    if (turn.clock_moves != milliseconds(0)) probe_at = now;
    if (now >= probe_at) {
      probe_at = now + kProbeEvery;
      core.SetLink(link.counters());
      LookAtKeys(watches.keys, link, log);
      if (metrics != nullptr) metrics->Publish(metrics::MetricsText(core.Status(now), now));
      if (!link.AdmissionAlive()) {
        log(LogLevel::kError, "event=stopped why=\"the admission handler does not answer\"");
        return 3;
      }
    }
  }
  log(LogLevel::kInfo, "event=stopped why=asked");
  return 0;
}

}  // namespace samenspel::daemon
