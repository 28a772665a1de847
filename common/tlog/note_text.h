// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace samenspel::tlog {

/// What C2SP signed notes allow as text: valid UTF-8 without control characters but newline.
bool IsNoteText(std::string_view text);
/// What they allow as a key name: not empty, note text without Unicode spaces, newline or plus.
bool IsKeyName(std::string_view name);
/// A decimal number without sign or leading zeros; nothing when it is none or exceeds 64 bits.
std::optional<uint64_t> ParseDecimal(std::string_view text);
/// Takes the text up to the next newline, and that newline, off `rest`; nothing without one.
std::optional<std::string_view> TakeLine(std::string_view& rest);

}  // namespace samenspel::tlog
