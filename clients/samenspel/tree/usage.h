// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <CLI/CLI.hpp>
#include <string>

#include "clients/samenspel/texts.h"

namespace samenspel::cli {

/// What is wrong with a command line, and where to look it up: the library's own sentences exist in
/// English only.
std::string UsageText(const CLI::ParseError& error, const CLI::App& app, const Texts& texts);

}  // namespace samenspel::cli
