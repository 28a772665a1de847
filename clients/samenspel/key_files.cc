// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/key_files.h"

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {

std::string RegistryPath(const Context& context, const std::string& id) {
  return context.options.keys.registry + "/" + id + ".toml";
}

std::string SecretsFolder(const Context& context, const std::string& id) {
  const bool service = id.starts_with(kServicePrefix);
  return context.options.keys.secrets + "/" + (service ? id.substr(kServicePrefix.size()) : id);
}

std::optional<bus::Principal> FindPrincipal(Context& context, const std::string& id,
                                            ExitCode& exit) {
  const auto registry = bus::Registry::Load(context.world.files, context.options.keys.registry);
  if (!registry.ok()) {
    exit = context.printer.Fail(registry.status());
    return std::nullopt;
  }
  const bus::Principal* found = (*registry)->ById(id);
  if (found != nullptr) return *found;
  exit = context.printer.Fail(kExitNotFound, "not_found",
                              context.Say("keys.unknown", {{"id", Printable(id)}}));
  return std::nullopt;
}

}  // namespace samenspel::cli
