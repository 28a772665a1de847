// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/entropy.h"
#include "common/base/instant.h"

namespace samenspel::base {

/// 16 bytes without meaning.
using IdBytes = std::array<uint8_t, 16>;

/// "rpt_" + 26 Crockford characters (lower case, no i l o u) over `bytes`.
///   prefix  the kind, without underscore: "rpt", "mdo", "hh", "org", "pro"
std::string MakeId(std::string_view prefix, const IdBytes& bytes);

/// Whether `text` has the shape of an id of this kind.
bool IsId(std::string_view prefix, std::string_view text);

/// A request id: UUID version 7 (RFC 9562), 16 bytes, ordered by time.
std::string NewRequestId(Instant now, Entropy& entropy);

/// "0190f3c2-..." for people and file names; empty when `bytes` is not 16 long.
std::string UuidText(std::string_view bytes);
/// The 16 bytes of such a text.
std::optional<std::string> ParseUuid(std::string_view text);

/// Case number for the telephone (P.04): "2026-004711-K". The last character is a check letter that
/// catches every single wrong digit and every swap of two neighbours.
std::string CaseNumber(int year, uint32_t number);
/// Whether `text` is a case number with the right check character; small letters count as capitals.
bool IsCaseNumber(std::string_view text);
/// Such a text as CaseNumber writes it, to look it up by.
std::optional<std::string> ParseCaseNumber(std::string_view text);

}  // namespace samenspel::base
