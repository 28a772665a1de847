// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/proof.h"

namespace samenspel::cli {

/// Entries of the audit log in words: when, which entry, how it ended and whether its proof holds;
/// below that who asked what, and what followed from it.
std::string EntriesText(const Context& context, const std::vector<CheckedEntry>& entries);
Json EntriesJson(const std::vector<CheckedEntry>& entries);
bool AnyFailed(const std::vector<CheckedEntry>& entries);
/// Learns the names of whoever stands in the entries.
void LearnNames(Context& context, Session& session, const std::vector<CheckedEntry>& entries);

}  // namespace samenspel::cli
