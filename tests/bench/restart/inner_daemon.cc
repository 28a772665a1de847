// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/restart/inner_daemon.h"

#include <filesystem>
#include <stdexcept>

#include "services/audit/daemon/service.h"
#include "services/escalation/daemon/service.h"
#include "services/intake/daemon/service.h"
#include "services/meeting/daemon/service.h"

namespace samenspel::bench {
namespace {

constexpr size_t kMasterKeyCharacters = 64;
// Years pass between two turns: nobody is called silent for that.
constexpr base::milliseconds kNever{int64_t{100} * 365 * 24 * 3600 * 1000};

template <class T>
T Value(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());
  return std::move(*result);
}

daemon::ServiceFactory FactoryOf(std::string_view service) {
  if (service == "intake") return intake::Service::Make;
  if (service == "meeting") return meeting::Service::Make;
  if (service == "audit") return audit::Service::Make;
  return [](const daemon::ServiceInput& input) {
    return escalation::Service::MakeHearing(input, kNever);
  };
}

daemon::CoreConfig CoreConfigOf(const daemon::Config& config, const daemon::Service& service) {
  daemon::CoreConfig core;
  core.grants = Value(daemon::GrantsOf(config, service.event_type()));
  core.terms.beat = core.terms.silence = core.terms.lag = kNever;
  return core;
}

}  // namespace

InnerDaemon::InnerDaemon(const support::Region& region, std::string_view service,
                         const std::shared_ptr<const bus::Registry>& registry, base::Instant now) {
  base::FileSystem& files = disk_->files();
  config_ = Value(daemon::LoadConfig(files, region.ConfigPath(service), service));
  store::StoreConfig store;
  store.path = config_.data;
  store.service = config_.service;
  store.write_buffer_bytes = static_cast<size_t>(config_.write_buffer_mb) << 20;
  store_ = Value(store::Store::Open(store, *disk_));
  const std::string master =
      Value(daemon::ReadSecret(files, config_.secrets + "/master.key", kMasterKeyCharacters));
  keys_ = Value(seal::KeyStore::Open(files, config_.keys, daemon::FromHex(master), entropy_));
  auto made = Value(FactoryOf(service)({config_, files}));
  for (const auto& wish : made->follows()) leaders_.push_back(wish.service);
  daemon::CoreConfig core = CoreConfigOf(config_, *made);
  core_ =
      std::make_unique<daemon::Core>(std::move(core), std::move(made), *store_, *keys_, entropy_,
                                     registry, [](daemon::LogLevel, const std::string&) {});
  const base::Status started = core_->Start(now);
  if (!started.ok()) throw std::runtime_error(started.message());
  for (uint32_t socket = 1; socket <= leaders_.size(); ++socket) {
    Take({.kind = bus::Input::Kind::kUp,
          .peer = {.socket = socket, .route = {}},
          .key = {},
          .bytes = {}});
  }
}

uint64_t InnerDaemon::LogBytes() const {
  uint64_t bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(config_.data + "/db")) {
    if (file.path().extension() == ".log") bytes += file.file_size();
  }
  return bytes;
}

std::vector<bus::Output> InnerDaemon::Step(base::Instant now) {
  const std::vector<bus::Input> inputs = std::move(inbox_);
  inbox_.clear();
  daemon::Turn turn = core_->Step(now, inputs);
  if (!turn.fault.ok()) throw std::runtime_error(service() + ": " + turn.fault.message());
  return std::move(turn.out);
}

}  // namespace samenspel::bench
