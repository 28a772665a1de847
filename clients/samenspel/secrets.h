// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "clients/samenspel/world.h"
#include "common/base/result.h"

namespace samenspel::cli {

/// Files that hold one key each. None of these ever quotes what it read.

std::string Trimmed(std::string_view text);
std::string FolderOf(const std::string& path);

/// The 32 bytes of a file with 64 hexadecimal digits.
base::Result<std::string> ReadHexKey(const std::string& path, World& world);
/// Makes a new random one; the caller has seen that none is there.
base::Status WriteHexKey(const std::string& path, World& world);

}  // namespace samenspel::cli
