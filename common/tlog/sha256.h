// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace samenspel::tlog {

/// SHA-256 (FIPS 180-4) of the concatenation of `parts`: 32 bytes. OpenSSL's, which uses the
/// processor's instructions.
std::string Sha256(std::initializer_list<std::string_view> parts);
inline std::string Sha256(std::string_view bytes) { return Sha256({bytes}); }

}  // namespace samenspel::tlog
