// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/tree/help.h"
#include "clients/samenspel/tree/tree.h"
#include "clients/samenspel/tree/walk.h"

namespace samenspel::cli {
namespace {

// Text as it is: what scdoc takes for markup is kept from it.
std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    if (std::string_view("_*\\#~[]|<>").find(c) != std::string_view::npos) plain += '\\';
    plain += c;
  }
  // A line may not begin with a sign that starts a list.
  return plain.starts_with("-") || plain.starts_with(".") ? "\\" + plain : plain;
}

std::string Strong(const std::string& text) { return "*" + Plain(text) + "*"; }
std::string Place(const std::string& text) { return "_" + Plain(text) + "_"; }

// A term with its explanation under it.
std::string Item(const std::string& term, const std::string& words) {
  return term + "\n\t" + Plain(words) + "\n\n";
}

std::string OptionText(const Texts& texts, const Described& option) {
  std::string term;
  for (const std::string& name : option.names) term += (term.empty() ? "" : ", ") + Strong(name);
  if (!option.value.empty()) term += " " + Place(option.value);
  return Item(term, WordsOf(texts, option));
}

std::string CommandText(const Texts& texts, const Node& node) {
  std::string line = Strong("samenspel " + node.words);
  for (const Described& operand : OperandsOf(*node.app)) {
    const std::string name = Place(operand.names.front());
    line += operand.required ? " " + name : " \\[" + name + "\\]";
  }
  std::string text =
      "## " + node.words + "\n\n" + line + "\n\n" + Plain(node.app->get_description()) + "\n\n";
  for (const Described& operand : OperandsOf(*node.app)) {
    text += Item(Place(operand.names.front()), WordsOf(texts, operand));
  }
  for (const Described& option : OptionsOf(*node.app)) {
    if (option.names.back() != "--help") text += OptionText(texts, option);
  }
  return text;
}

std::string ExitCodes(const Texts& texts) {
  std::string text;
  for (const char* code : {"0", "1", "2", "3", "4", "5", "6", "7"}) {
    text += Item(Strong(code), texts.Word("exit_code", code));
  }
  return text;
}

std::string Manual(const Texts& texts, const CLI::App& app) {
  const std::vector<Node> nodes = NodesOf(app);
  std::string text = "samenspel(1)\n\n# " + texts.Say("manual.name") + "\n\nsamenspel - " +
                     Plain(app.get_description()) + "\n\n# " + texts.Say("manual.synopsis") +
                     "\n\n*samenspel* " + texts.Say("manual.shape") + "\n\n# " +
                     texts.Say("manual.options") + "\n\n";
  for (const Described& option : OptionsOf(app)) text += OptionText(texts, option);
  text += "# " + texts.Say("manual.commands") + "\n\n";
  for (const Node& node : nodes) {
    if (IsCommand(node)) text += CommandText(texts, node);
  }
  text += "# " + texts.Say("manual.exit_codes") + "\n\n" + ExitCodes(texts);
  text += "# " + texts.Say("manual.files") + "\n\n" +
          Item(Place("~/.config/samenspel/config.toml"), texts.Say("manual.config")) +
          Item(Place("$XDG_RUNTIME_DIR/samenspel/"), texts.Say("manual.session"));
  return text;
}

}  // namespace

ExitCode ShowManual(Context& context) {
  Options options;
  const Texts& texts = context.printer.texts();
  Tree tree(texts, options);
  const std::string text = Manual(texts, tree.app());
  context.printer.Verbatim(text, {{"scdoc", text}});
  return kExitOk;
}

}  // namespace samenspel::cli
