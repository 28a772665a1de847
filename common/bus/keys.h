// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

namespace samenspel::bus {

/// Whether `text` is the Z85 text of 32 bytes: 40 characters that decode.
bool IsCurveKey(std::string_view text);

/// The Z85 text of `bytes`, which are 32.
std::string CurveKeyText(std::string_view bytes);

}  // namespace samenspel::bus
