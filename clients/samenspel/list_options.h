// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "clients/samenspel/commands/commands.h"
#include "proto/common/v1/case.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {

/// What --limit, --page, --sort, --colour, --from and --until ask of a service. The Fill functions
/// say no to the user and return false when a value cannot be read.

bool FillPage(Context& context, common::v1::Page& page);
/// From the start of the one day to the end of the other, local; 0 where none was named. The one
/// may not come after the other.
bool FillDays(Context& context, int64_t& from_ms, int64_t& until_ms);

intake::v1::Colour ColourAsked(const ListOptions& list);
intake::v1::ReportOrder ReportOrderAsked(const ListOptions& list);
meeting::v1::MdoOrder MdoOrderAsked(const ListOptions& list);

/// The token of a next page as text for a command line; empty when there is none.
std::string TokenText(const std::string& next);

/// "12 of 40. Next: samenspel report list --limit 12 --page ..."; nothing when all was shown.
///   command  such as "report list"
///   total    nothing: nobody counted them
std::string MoreText(const Context& context, const std::string& command, int shown,
                     std::optional<uint32_t> total, const std::string& next);

/// {"reports": [...], "next": "..." or null, "total": N or null}
Json PageJson(std::string_view name, Json list, const std::string& next,
              std::optional<uint32_t> total);

}  // namespace samenspel::cli
