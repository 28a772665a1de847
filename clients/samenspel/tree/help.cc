// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/help.h"

#include <algorithm>

#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;  // A term, and what it means.

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string SectionText(const std::string& title, const Lines& lines, size_t columns) {
  constexpr size_t kTermMax = 24;
  if (lines.empty()) return {};
  size_t widest = 0;
  for (const auto& [term, words] : lines) {
    if (Width(term) <= kTermMax) widest = std::max(widest, Width(term));
  }
  const std::string indent(widest + 4, ' ');
  std::string text = "\n" + title + ":\n";
  for (const auto& [term, words] : lines) {
    text += "  " + term;
    text += Width(term) > widest ? "\n" + indent : std::string(widest - Width(term) + 2, ' ');
    text += Wrapped(words, columns - indent.size(), indent) + "\n";
  }
  return text;
}

std::string UsageLine(const Texts& texts, const Node& node, size_t columns) {
  std::string text = texts.Say("usage.label") + ": samenspel";
  if (!node.words.empty()) text += " " + node.words;
  const auto under = node.app->get_subcommands({});
  const bool alone = node.app->get_require_subcommand_min() == 0;
  if (!under.empty()) {
    text += (alone ? " [" : " ") + texts.Say("usage.command") + (alone ? "]" : "");
  }
  for (const Described& one : OperandsOf(*node.app)) {
    text += one.required ? " " + one.names.front() : " [" + one.names.front() + "]";
    if (one.many) text += "...";
  }
  return Folded(text + " [" + texts.Say("usage.options") + "]\n", columns);
}

}  // namespace

std::string WordsOf(const Texts& texts, const Described& one) {
  std::string text = one.help;
  if (one.only_choices) text += ": " + Joined(one.choices);
  if (!one.range.empty()) text += " (" + one.range + ")";
  if (one.required && one.names.front().starts_with("-")) {
    text += " (" + texts.Say("usage.required") + ")";
  }
  return text;
}

std::string HelpText(const Texts& texts, const Node& node, size_t columns) {
  Lines operands;
  for (const Described& one : OperandsOf(*node.app)) {
    operands.emplace_back(one.names.front(), WordsOf(texts, one));
  }
  Lines options;
  for (const Described& one : OptionsOf(*node.app)) {
    const std::string value = one.value.empty() ? "" : " " + one.value;
    options.emplace_back(Joined(one.names) + value, WordsOf(texts, one));
  }
  Lines commands;
  for (const CLI::App* under : node.app->get_subcommands({})) {
    commands.emplace_back(under->get_name(), under->get_description());
  }
  std::string text = Folded(node.app->get_description() + "\n\n", columns);
  text += UsageLine(texts, node, columns);
  text += SectionText(texts.Say("usage.operands_title"), operands, columns);
  text += SectionText(texts.Say("usage.commands_title"), commands, columns);
  text += SectionText(texts.Say("usage.options_title"), options, columns);
  if (!node.words.empty()) text += "\n" + Folded(texts.Say("usage.more") + "\n", columns);
  return text;
}

}  // namespace samenspel::cli
