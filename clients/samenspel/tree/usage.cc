// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/usage.h"

#include <algorithm>

#include "clients/samenspel/table.h"
#include "clients/samenspel/tree/help.h"

namespace samenspel::cli {
namespace {

using CLI::ExitCodes;

std::string Before(const std::string& text, const std::string& mark) {
  return text.substr(0, text.find(mark));
}
std::string Between(const std::string& text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  return at == std::string::npos ? text : Before(text.substr(at + from.size()), to);
}

std::string CommandsUnder(const CLI::App& app) {
  std::string names;
  for (const CLI::App* under : app.get_subcommands({})) {
    names += (names.empty() ? "" : ", ") + under->get_name();
  }
  return names;
}

// "ID" or "--step" with what it is for; the name alone when it is not of this node.
std::string Explained(const Node& node, const Texts& texts, const std::string& name) {
  for (auto all : {OperandsOf(*node.app), OptionsOf(*node.app)}) {
    for (Described& one : all) {
      if (std::ranges::find(one.names, name) == one.names.end()) continue;
      one.required = false;  // That is what is being said.
      return name + " (" + WordsOf(texts, one) + ")";
    }
  }
  return name;
}

std::string RequiredText(const Node& node, const Texts& texts, const std::string& what) {
  const std::string name = Before(what, " is required");
  if (name == "A subcommand") {
    return texts.Say("usage.no_command", {{"commands", CommandsUnder(*node.app)}});
  }
  return texts.Say("usage.missing", {{"name", Explained(node, texts, name)}});
}

// The sentence without the program's name before and the hint behind it. The library tells which
// option it is only in its words.
std::string FaultText(const CLI::ParseError& error, const CLI::App& app, const Node& node,
                      const Texts& texts) {
  std::string what = error.what();
  const std::vector<std::string> unknown = app.remaining(true);
  if (!unknown.empty()) return texts.Say("usage.unknown", {{"argument", unknown.front()}});
  switch (static_cast<ExitCodes>(error.get_exit_code())) {
    case ExitCodes::RequiredError:
      return RequiredText(node, texts, what);
    case ExitCodes::ValidationError:
      return what;  // Our own: tree.cc.
    case ExitCodes::ConversionError:
      return texts.Say("usage.not_a_value", {{"name", Between(what, ": ", " = ")},
                                             {"value", Between(what, " = ", "\n")}});
    case ExitCodes::ArgumentMismatch: {
      const bool twice = what.find("At Most") != std::string::npos;
      return texts.Say(twice ? "usage.twice" : "usage.no_value", {{"name", Before(what, ": ")}});
    }
    default:
      return texts.Say("usage.wrong", {{"detail", what}});
  }
}

}  // namespace

std::string UsageText(const CLI::ParseError& error, const CLI::App& app, const Texts& texts) {
  const Node node = TypedNode(app);
  const std::string command = node.words.empty() ? "samenspel" : "samenspel " + node.words;
  return "samenspel: " + Printable(FaultText(error, app, node, texts)) + "\n" +
         texts.Say("usage.hint", {{"command", command + " --help"}}) + "\n";
}

}  // namespace samenspel::cli
