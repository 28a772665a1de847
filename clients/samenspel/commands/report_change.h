// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string_view>

#include "clients/samenspel/commands/commands.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// Asks intake for a change of the report that the command line names, and shows how it stands
/// after it. With --version, only if nobody changed it since.
///   done  what happens next; {id} in it is the case number
ExitCode ChangeReport(Context& context, const intake::v1::Request& request, std::string_view done);

}  // namespace samenspel::cli
