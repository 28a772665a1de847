// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/exchange.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// Whether the command line names a report; otherwise the user has been told.
bool NamesReport(const Context& context);

/// What to say below how a report stands, after a change: what holds now and what happens next.
using Told = std::function<std::string(const intake::v1::ReportChanged&)>;

/// Asks intake for a change of the report that the command line names, and shows how it stands
/// after it. With --version, only if nobody changed it since.
ExitCode ChangeReport(Context& context, Exchange& exchange, const intake::v1::Request& request,
                      const Told& told);
///   done  key of what happens next; {id} in it is the case number
ExitCode ChangeReport(Context& context, const intake::v1::Request& request, std::string_view done);

}  // namespace samenspel::cli
