// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/machine.h"

#include <algorithm>
#include <cassert>

#include "common/base/file_system.h"
#include "services/audit/daemon/service.h"
#include "services/escalation/daemon/service.h"
#include "services/intake/daemon/service.h"
#include "services/meeting/daemon/service.h"

namespace samenspel::simulation {
namespace {

constexpr const char* kSeedHex = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";
constexpr size_t kWriteBufferBytes = 4 << 20;

void CopyRules(store::Disk& disk, const std::string& name) {
  const auto bytes =
      base::RealFileSystem()->Read(std::string(SAMENSPEL_SOURCE "/deploy/config/") + name);
  assert(bytes.ok());
  const base::Status written = disk.files().Replace("/config/" + name, *bytes);
  assert(written.ok());
}

daemon::ServiceFactory FactoryOf(const std::string& service, const daemon::Terms& terms) {
  if (service == "intake") return intake::Service::Make;
  if (service == "meeting") return meeting::Service::Make;
  if (service == "escalation") {
    return [lag = terms.lag](const daemon::ServiceInput& input) {
      return escalation::Service::MakeHearing(input, lag);
    };
  }
  return audit::Service::Make;
}

}  // namespace

tlog::VerifierKey LogKey() {
  return tlog::SigningKey::FromSeed(kOrigin, daemon::FromHex(kSeedHex))->verifier();
}

Machine::Machine(std::string service, daemon::Terms terms, uint64_t seed,
                 std::shared_ptr<const bus::Registry> registry)
    : terms_(terms), registry_(std::move(registry)), entropy_(seed) {
  config_.service = std::move(service);
  config_.data = "/data";
  config_.keys = "/keys";
  config_.secrets = "/secrets";
  Configure();
}

// As deploy/config/daemons has it.
void Machine::Configure() {
  const auto rules = [&](const std::string& name) {
    CopyRules(*disk_, name);
    return "/config/" + name;
  };
  if (config_.service == "intake") {
    leaders_ = {"meeting", "escalation"};
    config_.rules = rules("crisismeter.toml");
    config_.terms = rules("terms.toml");
    Grant("svc_meeting", {"report_graded", "first_step_named", "involvement_set"});
    Grant("svc_escalation", {"report_graded", "first_step_named", "owner_changed", "report_settled",
                             "glass_broken", "glass_reviewed", "involvement_set", "follower_seen"});
  } else if (config_.service == "meeting") {
    leaders_ = {"intake"};
    config_.rules = rules("table.toml");
    Grant("svc_intake", {"mdo_planned", "mdo_unplannable", "seat_taken"});
    Grant("svc_escalation", {"mdo_planned", "mdo_unplannable", "professional_registered",
                             "shifts_set", "follower_seen"});
  } else if (config_.service == "escalation") {
    leaders_ = {"intake", "meeting"};
    config_.rules = rules("alarms.toml");
    Grant("svc_intake", {"alarm_raised", "alarm_passed_on", "alarm_ended"});
  } else {
    leaders_ = {"intake", "meeting", "escalation"};
    config_.origin = kOrigin;
    const base::Status written = disk_->files().Replace("/secrets/ed25519.seed", kSeedHex);
    assert(written.ok());
    return;
  }
  config_.grants.push_back(
      {.principal = "svc_audit", .kinds = {}, .every_entry = true, .view = "sealed"});
}

void Machine::Grant(const std::string& principal, std::vector<std::string> kinds) {
  config_.grants.push_back(
      {.principal = principal, .kinds = std::move(kinds), .every_entry = false, .view = "clear"});
}

std::unique_ptr<daemon::Service> Machine::MakeService() {
  auto made = FactoryOf(config_.service, terms_)({config_, disk_->files()});
  assert(made.ok());
  return std::move(*made);
}

base::Status Machine::Start(base::Instant now) {
  store::StoreConfig store_config;
  store_config.path = config_.data;
  store_config.service = config_.service;
  store_config.write_buffer_bytes = kWriteBufferBytes;
  auto store = store::Store::Open(store_config, *disk_);
  if (!store.ok()) return store.status();
  store_ = std::move(*store);
  auto keys = seal::KeyStore::Open(disk_->files(), config_.keys, kMasterKey, entropy_);
  if (!keys.ok()) return keys.status();
  keys_ = std::move(*keys);
  auto service = MakeService();
  auto grants = daemon::GrantsOf(config_, service->event_type());
  if (!grants.ok()) return grants.status();
  daemon::CoreConfig core_config;
  core_config.grants = std::move(*grants);
  core_config.terms = terms_;
  core_ = std::make_unique<daemon::Core>(
      std::move(core_config), std::move(service), *store_, *keys_, entropy_, registry_,
      [this](daemon::LogLevel, const std::string& line) { log_ += line + '\n'; });
  return core_->Start(now);
}

void Machine::Stop() {
  core_.reset();
  keys_.reset();
  store_.reset();
}

}  // namespace samenspel::simulation
