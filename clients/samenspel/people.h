// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/exchange.h"

namespace samenspel::cli {

/// Somebody of the roster, or an organisation there.
struct Found {
  std::string id;
  std::string name;
  std::string organisation;  ///< That a person acts for, by name.
};

/// Who may be meant.
enum class Among { kPersons, kPersonsAndOrganisations };

/// Everybody in the roster who is called exactly so; small and capital letters count the same.
/// Nothing: the roster cannot be asked now, and `failed` says why.
std::optional<std::vector<Found>> CalledSo(Session& session, const std::string& name, Among among,
                                           Heard& failed);

/// Who `text` means: "me", an id, or a name that one person has. Anything else the user has been
/// told about, with the `operand` that it was typed for; `exit` is then what to end with.
struct Meant {
  std::string id;
  ExitCode exit = kExitOk;
};
Meant WhoIsMeant(Context& context, Exchange& exchange, const std::string& text,
                 const std::string& operand, Among among = Among::kPersons);

/// Tells that several are called so: who they are, for whom they act, and their ids.
ExitCode ExplainNamesakes(const Context& context, const std::vector<Found>& found,
                          const std::string& operand);

}  // namespace samenspel::cli
