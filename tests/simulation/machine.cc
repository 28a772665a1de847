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

Machine::Machine(std::string service, Setup setup, uint64_t seed,
                 std::shared_ptr<const bus::Registry> registry, const Timeline& timeline)
    : setup_(setup),
      seed_(seed),
      registry_(std::move(registry)),
      clock_(timeline),
      entropy_(seed),
      disk_(seed) {
  config_.service = std::move(service);
  config_.data = "/data";
  config_.keys = "/keys";
  config_.secrets = "/secrets";
  Configure();
}

std::unique_ptr<Machine> Machine::Twin(size_t write_buffer_bytes) const {
  Setup setup = setup_;
  setup.write_buffer_bytes = write_buffer_bytes;
  return std::make_unique<Machine>(config_.service, setup, seed_, registry_);
}

// As deploy/config/daemons has it.
void Machine::Configure() {
  const auto rules = [&](const std::string& name) {
    CopyRules(disk(), name);
    return "/config/" + name;
  };
  if (config_.service == "intake") {
    leaders_ = {"meeting", "escalation"};
    config_.rules = rules("crisismeter.toml");
    config_.terms = rules("terms.toml");
    Grant("svc_meeting", {"report_graded", "first_step_named", "involvement_set"});
    Grant("svc_escalation",
          {"report_graded", "first_step_named", "owner_changed", "report_settled", "glass_broken",
           "glass_reviewed", "involvement_set", "follower_seen", "report_accessed"});
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
    const base::Status written = disk().files().Replace("/secrets/ed25519.seed", kSeedHex);
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
  auto made = FactoryOf(config_.service, setup_.terms)({config_, disk().files()});
  assert(made.ok());
  return std::move(*made);
}

store::StoreConfig Machine::ConfigOfStore() const {
  store::StoreConfig config;
  config.path = config_.data;
  config.service = config_.service;
  config.watermark = config_.keys + "/watermark";
  config.write_buffer_bytes = setup_.write_buffer_bytes;
  config.log_bytes = setup_.log_bytes;
  return config;
}

base::Status Machine::StartTwice() { return store::Store::Open(ConfigOfStore(), disk()).status(); }

base::Status Machine::Start() {
  SAMENSPEL_RETURN_IF_ERROR(Start(clock_.Wall()));
  time_.emplace(clock_, *core_, Log());
  return base::Ok();
}

base::Status Machine::Start(base::Instant now) {
  auto store = store::Store::Open(ConfigOfStore(), disk());
  if (!store.ok()) return store.status();
  store_ = std::move(*store);
  auto keys = seal::KeyStore::Open(disk().files(), config_.keys, kMasterKey, entropy_);
  if (!keys.ok()) return keys.status();
  keys_ = std::move(*keys);
  auto service = MakeService();
  auto grants = daemon::GrantsOf(config_, service->event_type());
  if (!grants.ok()) return grants.status();
  daemon::CoreConfig core_config;
  core_config.grants = std::move(*grants);
  core_config.terms = setup_.terms;
  core_ = std::make_unique<daemon::Core>(std::move(core_config), std::move(service), *store_,
                                         *keys_, entropy_, registry_, Log());
  return core_->Start(now);
}

daemon::Log Machine::Log() {
  return [this](daemon::LogLevel, const std::string& line) { log_ += line + '\n'; };
}

void Machine::UseRegistry(std::shared_ptr<const bus::Registry> registry) {
  registry_ = std::move(registry);
  if (running()) core_->UseRegistry(registry_);
}

void Machine::ChangeRules(const std::string& version) {
  if (config_.rules.empty()) return;
  const auto read = disk().files().Read(config_.rules);
  if (!read.ok()) return;
  std::string text = *read;
  const size_t from = text.find("version = \"");
  const size_t end = text.find('\n', from);
  text.replace(from, end - from, "version = \"" + version + '"');
  // On a disk that is full or off the old version stays.
  if (!disk().files().Replace(config_.rules, text).ok()) return;
  if (running()) (void)core_->service().Reload();
}

void Machine::Stop() {
  time_.reset();
  core_.reset();
  keys_.reset();
  store_.reset();
}

}  // namespace samenspel::simulation
