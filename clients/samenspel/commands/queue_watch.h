// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// The queue as a table, or that it is empty.
std::string QueueText(const Context& context, const intake::v1::ReportsListed& listed);

/// Keeps showing the queue until Ctrl-C: on a terminal drawn again when something changed,
/// elsewhere one line for each change. A service that falls silent is said once, and asked on.
///   request  asks for the queue
///   listed   its first answer
ExitCode WatchQueue(Context& context, Session& session, const intake::v1::Request& request,
                    const intake::v1::ReportsListed& listed);

}  // namespace samenspel::cli
