// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace samenspel::base {

/// The line, from 1, of a TOML text that nests tables too deeply to be parsed; nothing: none does.
/// A key of a hundred thousand names ("a.a.a...") makes as many tables in one another, and the
/// library that parses them runs out of stack. To be asked before.
std::optional<size_t> TooDeepLine(std::string_view toml);

}  // namespace samenspel::base
