// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "clients/samenspel/commands/commands.h"

namespace samenspel::cli {

/// Whether `text` names a case: by its number with the check letter that belongs to it (P.04), or
/// by an id of one of `kinds`, such as "rpt". Otherwise the user has been told what is wrong with
/// it. Looked at before anything is asked: a letter that was misread must not look like a case that
/// one may not know of.
bool NamesCase(const Context& context, const std::string& text,
               std::initializer_list<std::string_view> kinds);

/// The same for what has no case number: only ids of `kind` will do.
bool IsIdOf(const Context& context, const std::string& text, std::string_view kind);

}  // namespace samenspel::cli
