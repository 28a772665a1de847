// SPDX-License-Identifier: EUPL-1.2
// What operators write in TOML: configs of daemons and clients, and who may talk to them.
#include <algorithm>

#include "clients/samenspel/config.h"
#include "common/bus/registry.h"
#include "common/daemon/config.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/toml.h"

namespace samenspel::fuzz {
namespace {

void RunDaemonConfig(std::string_view input) {
  const auto files = base::MemoryFileSystem();
  constexpr const char* kServices[] = {"intake", "meeting", "escalation", "audit"};
  const std::string service = kServices[TakeByte(input) % 4];
  const std::string path = "config.toml";
  Promise(files->Replace(path, input).ok(), "memory takes a file");
  const auto config = daemon::LoadConfig(*files, path, service);
  if (!config.ok()) return PromisePlace(config.status().message(), path, input);
  Promise(config->service == service, "a daemon reads its own config");
  for (const auto& grant : config->grants) {
    Promise(grant.every_entry == grant.kinds.empty(), "a grant says what it shows");
  }
  Promise(
      config->write_buffer_mb >= 1 && config->disk_floor_mb >= 0 && config->disk_ballast_mb >= 0,
      "numbers are within their bounds");
}

std::vector<std::string> DaemonConfigSeeds() {
  std::vector<std::string> seeds;
  const char* const services[] = {"intake", "meeting", "escalation", "audit"};
  for (size_t i = 0; i < std::size(services); ++i) {
    seeds.push_back(static_cast<char>(i) +
                    SourceFile(std::string("deploy/config/daemons/") + services[i] + ".toml.in"));
  }
  return seeds;
}

void RunClientConfig(std::string_view input) {
  const std::string path = "client.toml";
  const auto config = cli::ReadConfig(input, path);
  if (!config.ok()) return PromisePlace(config.status().message(), path, input);
  for (const auto& [service, server] : config->servers) {
    Promise(std::ranges::find(cli::kServices, service) != std::end(cli::kServices),
            "servers are those of the services");
    Promise(!server.endpoint.empty() && !server.server_key.empty(), "a server has both halves");
  }
  for (const auto& [key, line] : config->lines) {
    Promise(line >= 1 && static_cast<size_t>(line) <= LinesOf(input), "each key has its line");
  }
}

std::vector<std::string> ClientConfigSeeds() {
  return {SourceFile("deploy/config/client.toml.in"), "principal = \"pro_a\"\n"};
}

bool Same(const bus::Principal& a, const bus::Principal& b) {
  return a.id == b.id && a.employer == b.employer && a.organisation == b.organisation &&
         a.function == b.function && a.roles == b.roles && a.curve_key == b.curve_key &&
         a.ed25519_key == b.ed25519_key && a.valid_from == b.valid_from &&
         a.valid_until == b.valid_until && a.revoked_at == b.revoked_at &&
         a.may_act_for == b.may_act_for;
}

constexpr const char* kRegistryPath = "registry/pro.toml";

void RunRegistryFile(std::string_view input) {
  const auto files = base::MemoryFileSystem();
  Promise(files->MakeDirectory("registry").ok() && files->Replace(kRegistryPath, input).ok(),
          "memory takes a file");
  const auto registry = bus::Registry::Load(*files, "registry");
  if (!registry.ok()) return PromisePlace(registry.status().message(), kRegistryPath, input);
  Promise((*registry)->all().size() == 1, "a file is a principal");
  const bus::Principal& principal = (*registry)->all().begin()->second;
  Promise(principal.valid_from < principal.valid_until, "a key is valid for some time");
  Promise((*registry)->ByKey(principal.curve_key) == &principal, "and found by its key");
  Promise(files->Replace(kRegistryPath, bus::RegistryFile(principal)).ok(), "memory takes a file");
  const auto again = bus::Registry::Load(*files, "registry");
  Promise(
      again.ok() && (*again)->all().size() == 1 && Same((*again)->all().begin()->second, principal),
      "a principal that is written is read as it was");
}

std::vector<std::string> RegistryFileSeeds() {
  bus::Principal principal;
  principal.id = "pro_00000000000000000000000n00";
  principal.employer = principal.organisation = "org_000000000000000000000000v1";
  principal.function = "veilig_thuis_desk";
  principal.roles = {"desk_worker"};
  principal.curve_key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
  principal.valid_until = base::FromMs(4'102'444'800'000);
  bus::Principal full = principal;
  full.ed25519_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  full.revoked_at = base::FromMs(1'795'253'400'123);
  full.may_act_for = {"org_000000000000000000000000g1"};
  full.roles = {"service", "operator"};
  return {bus::RegistryFile(principal), bus::RegistryFile(full)};
}

}  // namespace

const Target kDaemonConfig{.name = "daemon_config",
                           .run = RunDaemonConfig,
                           .seeds = DaemonConfigSeeds,
                           .shape = {.header = 1}};
const Target kClientConfig{
    .name = "client_config", .run = RunClientConfig, .seeds = ClientConfigSeeds};
const Target kRegistryFile{
    .name = "registry_file", .run = RunRegistryFile, .seeds = RegistryFileSeeds};

}  // namespace samenspel::fuzz
