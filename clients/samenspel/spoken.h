// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "clients/samenspel/commands/commands.h"

namespace samenspel::cli {

/// Words about a family, from where no other user of the machine can read along: a file, standard
/// input, or an answer at the terminal. Never from the command line.

/// All of a file, or of standard input for "-"; blanks around it go. Nothing: it cannot be read,
/// and the user has been told.
std::optional<std::string> WordsFrom(Context& context, const std::string& source);

/// The words of `source` when it is given; otherwise asks `question` at the terminal. Nothing:
/// there is no source and no terminal, or nothing was answered; the user has been told, with
/// `missing`.
std::optional<std::string> NeededWords(Context& context, const std::string& source,
                                       std::string_view question, std::string_view missing);

/// One line of standard input; on a terminal after a question. Blanks around it go.
std::string AnswerTo(Context& context, std::string_view question);

}  // namespace samenspel::cli
