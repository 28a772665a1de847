// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/region.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>

#include "common/base/clock.h"
#include "common/base/entropy.h"
#include "common/base/hex.h"
#include "common/tlog/base64.h"
#include "common/tlog/note_key.h"
#include "tests/support/ask.h"
#include "tests/support/changed.h"

namespace samenspel::support {
namespace {

constexpr const char* kOrigin = "samenspel.example/test";
constexpr size_t kSecretBytes = 32;
constexpr size_t kRequestsAtATime = 32;
constexpr base::milliseconds kLookEvery{500};  // Whether a daemon that starts has ended instead.

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

template <class T>
T Value(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());
  return std::move(*result);
}

std::vector<const char*> RulesOf(std::string_view service) {
  if (service == "intake") return {"crisismeter.toml", "terms.toml"};
  if (service == "meeting") return {"table.toml"};
  if (service == "escalation") return {"alarms.toml"};
  return {};
}

std::vector<meeting::v1::Request> RequestsOf(const demo::Region& people) {
  std::vector<meeting::v1::Request> requests;
  for (const auto& one : people.organisations) {
    *requests.emplace_back().mutable_register_organisation()->mutable_organisation() = one;
  }
  for (const auto& one : people.professionals) {
    *requests.emplace_back().mutable_register_professional()->mutable_professional() = one;
  }
  for (const auto& one : people.deputies) {
    *requests.emplace_back().mutable_register_professional()->mutable_professional() = one;
  }
  for (const auto& one : people.shifts) *requests.emplace_back().mutable_set_shifts() = one;
  return requests;
}

using Clients = std::map<std::string, std::unique_ptr<bus::Client>>;

// Whether each has followed all that the others held just before. What a follower does with it may
// be new to the others: asked twice in a row, the heads have to be the same.
bool AreLevel(const Clients& clients) {
  const auto heads = [&] {
    std::map<std::string, uint64_t> all;
    for (const auto& [service, client] : clients)
      all[service] = StatusOf(*client).head().sequence();
    return all;
  };
  const auto before = heads();
  for (const auto& [service, client] : clients) {
    const common::v1::ServiceStatus status = StatusOf(*client);
    for (const auto& follow : status.follows()) {
      if (follow.applied() < before.at(follow.service())) return false;
    }
  }
  return heads() == before;
}

}  // namespace

Region::Region()
    : people_(demo::Generate(kRegionSeed, std::size(demo::kSeatFunctions), 1,
                             base::SystemClock().Wall())) {
  for (const char* name : {"config", "data", "log", "registry", "secrets", "spool"}) {
    std::filesystem::create_directory(folder() + "/" + name);
  }
  for (const std::string_view service : kServices) MakeService(service);
  for (const std::string_view service : kServices) {
    for (const char* rules : RulesOf(service)) {
      WriteFile(folder() + "/config/" + rules,
                ReadFile(SourcePath("deploy/config/" + std::string(rules))));
    }
    WriteDaemonConfig(service);
  }
  EnterMembers();
}

std::string Region::ConfigPath(std::string_view name) const {
  return folder() + "/config/" + std::string(name) + ".toml";
}

std::string Region::LogText(std::string_view service) const {
  return ReadFile(folder() + "/log/" + std::string(service) + ".log");
}

void Region::MakeService(std::string_view service) {
  const std::string name(service);
  const std::string secrets = folder() + "/secrets/" + name;
  std::filesystem::create_directory(secrets);
  base::SystemEntropy entropy;
  ports_[name] = std::make_unique<Port>();
  metrics_ports_[name] = std::make_unique<Port>();
  bus::Principal principal;
  if (service == "audit") {
    const std::string seed = entropy.Bytes(kSecretBytes);
    WriteFile(secrets + "/ed25519.seed", base::ToHex(seed) + "\n");
    const auto key = Value(tlog::SigningKey::FromSeed(kOrigin, seed));
    principal.ed25519_key = tlog::EncodeBase64(key.verifier().public_key());
    log_key_ = key.verifier().Text();
  }
  WriteFile(secrets + "/master.key", base::ToHex(entropy.Bytes(kSecretBytes)) + "\n");
  const bus::CurveKeys keys = Value(bus::NewCurveKeys());
  WriteFile(secrets + "/curve.secret", keys.secret_key + "\n");
  keys_[name] = keys;
  principal.id = "svc_" + name;
  principal.employer = principal.organisation = Region::kOwnOrganisation;
  principal.function = name;
  principal.roles = {"service"};
  principal.curve_key = keys.public_key;
  principal.valid_until = base::SystemClock().Wall() + std::chrono::hours(24);
  principals_[name] = principal;
  Reenter(principal);
}

std::string Region::Filled(const std::string& sample,
                           const std::map<std::string, std::string>& values) const {
  return FilledFile(SourcePath("deploy/config/" + sample), values);
}

std::string Region::FilledFile(const std::string& path,
                               const std::map<std::string, std::string>& values) const {
  std::string text = ReadFile(path);
  std::map<std::string, std::string> all = values;
  all["DATA"] = folder();
  all["ORIGIN"] = kOrigin;
  all["LOG_KEY"] = log_key_;
  for (const std::string_view service : kServices) {
    all[Upper(service) + "_PORT"] = std::to_string(PortOf(service).number());
    all[Upper(service) + "_METRICS_PORT"] = std::to_string(MetricsPortOf(service).number());
    all[Upper(service) + "_KEY"] = keys_.find(service)->second.public_key;
    all[Upper(service) + "_NEXT_KEY"] = "";
  }
  for (const auto& [name, value] : all) {
    const std::string place = "@" + name + "@";
    for (size_t at = 0; (at = text.find(place, at)) != std::string::npos; at += value.size()) {
      text.replace(at, place.size(), value);
    }
  }
  return text;
}

void Region::WriteDaemonConfig(std::string_view service) const {
  const std::string config = Filled("daemons/" + std::string(service) + ".toml.in", {});
  WriteFile(ConfigPath(service), Changed(config, "disk_ballast_mb = 64", "disk_ballast_mb = 0"));
}

void Region::Install(std::string_view service, const std::string& programs) {
  programs_[std::string(service)] = programs;
}

void Region::Configure(std::string_view service, const std::string& samples) {
  const std::string name(service);
  WriteFile(ConfigPath(service), FilledFile(samples + "/daemons/" + name + ".toml.in", {}));
  for (const char* rules : RulesOf(service)) {
    WriteFile(folder() + "/config/" + rules, ReadFile(samples + "/" + rules));
  }
}

std::string Region::ProgramOf(std::string_view service) const {
  const auto other = programs_.find(service);
  if (other == programs_.end() || other->second.empty()) return DaemonProgram(service);
  return other->second + "/samenspel-" + std::string(service);
}

void Region::WriteClientConfig(const std::string& name, const Member& member) const {
  WriteFile(ConfigPath(name), Filled("client.toml.in", {{"ID", member.id},
                                                        {"ALIAS", name},
                                                        {"PURPOSE", member.purpose},
                                                        {"LANGUAGE", "en"}}));
}

void Region::Enter(const std::string& name, const Member& member) {
  const bus::CurveKeys keys = Value(bus::NewCurveKeys());
  keys_[name] = keys;
  bus::Principal principal;
  principal.id = member.id;
  principal.organisation = member.organisation;
  principal.employer = member.employer.empty() ? member.organisation : member.employer;
  principal.function = member.function;
  principal.roles = {member.role};
  principal.curve_key = keys.public_key;
  principal.valid_until = base::SystemClock().Wall() + std::chrono::hours(24);
  const std::string secrets = folder() + "/secrets/" + member.id;
  std::filesystem::create_directory(secrets);
  WriteFile(secrets + "/curve.secret", keys.secret_key + "\n");
  principals_[name] = principal;
  Reenter(principal);
  WriteClientConfig(name, member);
}

void Region::Reenter(const bus::Principal& principal) {
  const auto files = base::RealFileSystem();  // Replaces whole: a half file would be refused.
  const base::Status written = files->Replace(folder() + "/registry/" + principal.id + ".toml",
                                              bus::RegistryFile(principal));
  if (!written.ok()) throw std::runtime_error(written.message());
}

const bus::Principal& Region::PrincipalOf(const std::string& name) const {
  return principals_.find(name)->second;
}

const std::string& Region::Organisation(std::string_view kind) const {
  for (const auto& one : people_.organisations) {
    if (one.kind() == kind) return one.id();
  }
  throw std::runtime_error("the region has no such organisation");
}

void Region::Launch(std::string_view service, const std::vector<std::string>& environment) {
  const std::string name(service);
  daemons_[name] =
      std::make_unique<Process>(Program{{ProgramOf(service), "--config", ConfigPath(service)},
                                        environment,
                                        folder(),
                                        folder() + "/log/" + name + ".log"});
}

void Region::AwaitReady(std::string_view service) {
  const auto client = Connect("manager", service);
  common::v1::Envelope envelope = NewEnvelope("region_setup");
  envelope.mutable_status();
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (Daemon(service).Runs() && std::chrono::steady_clock::now() < end) {
    if (client->Call(envelope, kLookEvery).ok()) return;
  }
  throw std::runtime_error(std::string(service) + " does not answer; its log:\n" +
                           LogText(service));
}

void Region::Start() {
  for (const std::string_view service : kServices) Launch(service);
  for (const std::string_view service : kServices) AwaitReady(service);
}

int Region::Stop(std::string_view service) {
  Process& daemon = Daemon(service);
  daemon.Signal(SIGTERM);
  const auto code = daemon.Wait(kPatience);
  if (!code) throw std::runtime_error(std::string(service) + " does not stop");
  return *code;
}

void Region::StopAll() {
  for (const auto& [service, daemon] : daemons_) {
    if (daemon->Runs()) {
      EXPECT_EQ(Stop(service), 0) << service;
    }
  }
}

Outcome Region::RunDaemon(std::string_view service, const std::vector<std::string>& flags) const {
  Program program{{ProgramOf(service), "--config", ConfigPath(service)}, {}, folder(), {}};
  program.arguments.insert(program.arguments.end(), flags.begin(), flags.end());
  return RunToEnd(program);
}

std::unique_ptr<bus::Client> Region::Connect(const std::string& name,
                                             std::string_view service) const {
  return Connect(keys_.find(name)->second, service);
}

std::unique_ptr<bus::Client> Region::Connect(const bus::CurveKeys& keys,
                                             std::string_view service) const {
  bus::ServerAddress server{PortOf(service).endpoint(), keys_.find(service)->second.public_key};
  // By now its key may be another.
  const auto registry = bus::Registry::Load(*base::RealFileSystem(), folder() + "/registry");
  if (registry.ok()) {
    const bus::Principal* principal = (*registry)->ById("svc_" + std::string(service));
    server.server_key = principal->curve_key;
    server.other_key = principal->other_curve_key;
  }
  return Value(bus::Client::Connect(server, keys));
}

void Region::LoadRoster(int professionals, int days) {
  people_ = demo::Generate(kRegionSeed, professionals, days, base::SystemClock().Wall());
  AddMembersToRoster();
  const std::vector<meeting::v1::Request> requests = RequestsOf(people_);
  const auto client = Connect("manager", "meeting");
  size_t answered = 0;
  for (size_t sent = 0; answered < requests.size();) {
    while (sent < requests.size() && sent < answered + kRequestsAtATime) {
      const auto envelope = EnvelopeOf(requests[sent++], "region_setup");
      ASSERT_TRUE(client->SendRaw(envelope.SerializeAsString()).ok());
    }
    const common::v1::Reply reply = NextReply(*client);
    ASSERT_EQ(reply.status(), common::v1::STATUS_OK) << reply.ShortDebugString();
    ++answered;
  }
}

void Region::Settle() const {
  Clients clients;
  for (const std::string_view service : kServices) {
    clients[std::string(service)] = Connect("manager", service);
  }
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!AreLevel(clients)) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("it does not settle");
  }
}

Program Region::Client(const std::string& name, const std::vector<std::string>& words) const {
  Program program;
  program.arguments = {ClientProgram()};
  program.arguments.insert(program.arguments.end(), words.begin(), words.end());
  program.environment = {"HOME=" + folder(), "SAMENSPEL_CONFIG=" + ConfigPath(name),
                         "SAMENSPEL_LANGUAGE=en"};
  program.folder = folder();
  return program;
}

std::string DaemonProgram(std::string_view service) {
  if (service == "intake") return SAMENSPEL_INTAKE;
  if (service == "meeting") return SAMENSPEL_MEETING;
  return service == "escalation" ? SAMENSPEL_ESCALATION : SAMENSPEL_AUDIT;
}

std::string ClientProgram() { return SAMENSPEL_CLIENT; }

std::string SourcePath(std::string_view path) { return SAMENSPEL_SOURCE "/" + std::string(path); }

}  // namespace samenspel::support
