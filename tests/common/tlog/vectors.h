// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace samenspel::tlog {

/// The published vectors; the file names their sources and licences.
const nlohmann::json& Vectors();

/// The bytes behind hexadecimal digits.
std::string FromHex(std::string_view digits);
std::vector<std::string> FromHexList(const nlohmann::json& list);
/// The bytes behind base64, which must be well formed.
std::string FromBase64(const nlohmann::json& text);

}  // namespace samenspel::tlog
