// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace samenspel::tlog {

/// Standard Base 64 with padding (RFC 4648, section 4).
std::string EncodeBase64(std::string_view bytes);
/// The bytes, or nothing when `text` is not exactly what EncodeBase64 gives for some bytes.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace samenspel::tlog
