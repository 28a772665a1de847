// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/spoken.h"

#include <istream>

#include "clients/samenspel/json_form.h"
#include "clients/samenspel/secrets.h"

namespace samenspel::cli {
namespace {

std::string AllOf(std::istream& in) {
  std::string text;
  char piece[4096];
  // One byte more than a text may have is enough for the service to refuse it.
  while (text.size() <= kTextMax && in.read(piece, sizeof piece).gcount() > 0) {
    text.append(piece, static_cast<size_t>(in.gcount()));
  }
  return text;
}

}  // namespace

std::optional<std::string> WordsFrom(Context& context, const std::string& source) {
  if (source == "-") return Trimmed(AllOf(context.world.in));
  const auto text = context.world.files.Read(source);
  if (text.ok()) return Trimmed(*text);
  context.printer.Fail(kExitInvalid, "unreadable_file",
                       context.Say("form.unreadable", {{"file", source}}));
  return std::nullopt;
}

std::optional<std::string> NeededWords(Context& context, const std::string& source,
                                       std::string_view question, std::string_view missing) {
  std::string words;
  if (!source.empty()) {
    const auto read = WordsFrom(context, source);
    if (!read) return std::nullopt;
    words = *read;
  } else if (context.world.in_is_terminal) {
    words = AnswerTo(context, question);
  }
  if (!words.empty()) return words;
  context.printer.Fail(kExitInvalid, "missing", context.Say(missing));
  return std::nullopt;
}

std::string AnswerTo(Context& context, std::string_view question) {
  if (context.world.in_is_terminal) {
    context.world.err << context.Say(question) << " " << std::flush;
  }
  std::string answer;
  std::getline(context.world.in, answer);
  return Trimmed(answer);
}

}  // namespace samenspel::cli
