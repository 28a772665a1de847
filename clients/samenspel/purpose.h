// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "clients/samenspel/printer.h"
#include "clients/samenspel/settings.h"
#include "clients/samenspel/world.h"

namespace samenspel::cli {

/// What one may ask something for (P.72). The services decide which fits which request.
inline constexpr std::string_view kPurposes[] = {"child_safety", "region_setup", "privacy_review",
                                                 "audit"};
bool IsPurpose(std::string_view code);

/// Where the purpose of this login session is kept: $XDG_RUNTIME_DIR, which ends with the session.
/// Empty: there is no such folder, or no principal.
std::string KeptPurposePath(const std::string& principal, const World& world);
/// The purpose that is kept there; empty: none.
std::string KeptPurpose(const std::string& principal, World& world);
base::Status KeepPurpose(const std::string& principal, const std::string& code, World& world);
base::Status ForgetPurpose(const std::string& principal, World& world);

/// Sees to it that `settings` has a purpose: asks for one on a terminal, once a session, and says
/// elsewhere what must be given. kExitOk: it has one.
ExitCode EnsurePurpose(Settings& settings, World& world, Printer& printer);

/// "  1  child_safety  Safety of a child" for each.
std::string PurposeChoices(const Texts& texts);

}  // namespace samenspel::cli
