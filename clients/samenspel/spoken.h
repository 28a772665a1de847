// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "clients/samenspel/commands/commands.h"

namespace samenspel::cli {

/// Words about a family, from where no other user of the machine can read along: a file, standard
/// input, or an answer at the terminal. Never from the command line.

/// What words are for: the option that names their source, and how many there may be. More than
/// 16 KiB none may have.
struct WordsKind {
  std::string_view option;
  size_t characters_max;
  std::string_view too_long;  ///< Key of the text that says so.
};
inline constexpr size_t kWordsBytesMax = 16 * 1024;
inline constexpr WordsKind kNote{"--note-file", kWordsBytesMax, "form.note_too_long"};
inline constexpr WordsKind kReason{"--reason-file", 4000, "form.reason_too_long"};

/// All of a file, or of standard input for "-"; blanks around it go. Nothing: it cannot be read, is
/// longer than `kind` allows or is no UTF-8; the user has been told, and nothing was sent.
std::optional<std::string> WordsFrom(Context& context, const std::string& source,
                                     const WordsKind& kind);

/// The words of `source` when it is given; otherwise asks `question` at the terminal. Nothing:
/// there is no source and no terminal, or nothing was answered; the user has been told, with
/// `missing`.
std::optional<std::string> NeededWords(Context& context, const std::string& source,
                                       const WordsKind& kind, std::string_view question,
                                       std::string_view missing);

/// How many characters; nothing: it is no UTF-8.
std::optional<size_t> CharactersOf(std::string_view text);

/// One line of standard input; on a terminal after a question. Blanks around it go.
std::string AnswerTo(Context& context, std::string_view question);

}  // namespace samenspel::cli
