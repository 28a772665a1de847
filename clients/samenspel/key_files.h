// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "clients/samenspel/exit_code.h"
#include "clients/samenspel/options.h"
#include "common/bus/registry.h"

// Where the keys of a principal lie: what `keys` reads and writes.
namespace samenspel::cli {

inline constexpr std::string_view kServicePrefix = "svc_";

std::string RegistryPath(const Context& context, const std::string& id);

/// Folder of one principal's secrets; that of a service goes by the service's name.
std::string SecretsFolder(const Context& context, const std::string& id);

/// As the registry has it. Nothing: `exit` tells how to end, and the user has been told why.
std::optional<bus::Principal> FindPrincipal(Context& context, const std::string& id,
                                            ExitCode& exit);

}  // namespace samenspel::cli
