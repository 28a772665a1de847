// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "clients/samenspel/world.h"

namespace samenspel::cli {

/// The whole command: reads `arguments` (without the program's name), does it, says so, and gives
/// the exit code.
int Run(const std::vector<std::string>& arguments, World& world);

}  // namespace samenspel::cli
