// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// What intake has in its lists, asked by a command about something else. A list shows clear fields
/// only, so this reads nothing about a family. A comfort like names: when intake is away or says
/// no, the command does without, and nobody waits longer than a second.

/// By when the table of a red report must have met, by the report's id.
using TableTerms = std::map<std::string, int64_t>;

/// Of all red reports that the user may know of. Nothing is asked for --json.
TableTerms AskTableTerms(const Context& context, Session& session);
void AddTableTerms(const google::protobuf::RepeatedPtrField<intake::v1::ReportLine>& lines,
                   TableTerms& terms);

/// The line of one report, by its id or case number; nothing: it is in no list of the user's, or
/// intake did not say.
std::optional<intake::v1::ReportLine> AskLine(Session& session, const std::string& report);

}  // namespace samenspel::cli
