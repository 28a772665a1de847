// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/spoken.h"

#include <google/protobuf/stubs/common.h>

#include <algorithm>
#include <istream>

#include "clients/samenspel/secrets.h"

namespace samenspel::cli {
namespace {

std::string AllOf(std::istream& in) {
  std::string text;
  char piece[4096];
  // One byte more than words may have is enough to refuse them.
  while (text.size() <= kWordsBytesMax && in.read(piece, sizeof piece).gcount() > 0) {
    text.append(piece, static_cast<size_t>(in.gcount()));
  }
  return text;
}

// Refused here, because a text that no service takes would only be waited for.
std::optional<std::string> Fitting(Context& context, std::string words, const WordsKind& kind) {
  const auto refuse = [&](std::string_view code, std::string_view key) {
    context.printer.Fail(kExitInvalid, code,
                         context.Say(key, {{"option", std::string(kind.option)}}));
    return std::nullopt;
  };
  if (words.size() > kWordsBytesMax) return refuse("text_too_long", kind.too_long);
  const auto characters = CharactersOf(words);
  if (!characters) return refuse("invalid_utf8", "form.not_utf8");
  if (*characters > kind.characters_max) return refuse("text_too_long", kind.too_long);
  return words;
}

}  // namespace

std::optional<size_t> CharactersOf(std::string_view text) {
  if (!google::protobuf::internal::IsStructurallyValidUTF8(text.data(),
                                                           static_cast<int>(text.size()))) {
    return std::nullopt;
  }
  const auto starts = [](char byte) { return (static_cast<uint8_t>(byte) & 0xC0) != 0x80; };
  return static_cast<size_t>(std::ranges::count_if(text, starts));
}

std::optional<std::string> WordsFrom(Context& context, const std::string& source,
                                     const WordsKind& kind) {
  if (source == "-") return Fitting(context, Trimmed(AllOf(context.world.in)), kind);
  const auto text = context.world.files.Read(source);
  if (text.ok()) return Fitting(context, Trimmed(*text), kind);
  context.printer.Fail(kExitInvalid, "unreadable_file",
                       context.Say("form.unreadable", {{"file", source}}));
  return std::nullopt;
}

std::optional<std::string> NeededWords(Context& context, const std::string& source,
                                       const WordsKind& kind, std::string_view question,
                                       std::string_view missing) {
  std::optional<std::string> words;
  if (!source.empty()) {
    words = WordsFrom(context, source, kind);
  } else {
    words = Fitting(context, context.world.in_is_terminal ? AnswerTo(context, question) : "", kind);
  }
  if (!words || !words->empty()) return words;
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
