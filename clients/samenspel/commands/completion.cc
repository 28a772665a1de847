// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <set>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/purpose.h"
#include "clients/samenspel/tree/tree.h"
#include "clients/samenspel/tree/walk.h"

namespace samenspel::cli {
namespace {

// What bash completes a value with: "-f" files, "-d" folders, "-W '...'" words; empty: nothing.
std::string SourceOf(const std::string& option, const std::string& value) {
  if (value == "FILE") return "-f";
  if (value == "DIR") return "-d";
  std::string words;
  if (option == "--purpose") {
    for (const std::string_view purpose : kPurposes) words += std::string(purpose) + " ";
  } else if (value.find('|') != std::string::npos) {
    words = value + "|";
    std::ranges::replace(words, '|', ' ');
  }
  if (words.empty()) return {};
  words.pop_back();
  return "-W '" + words + "'";
}

std::string Joined(const std::set<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

void AddNames(const std::vector<Described>& options, std::string& words) {
  for (const Described& option : options) {
    for (const std::string& name : option.names) words += (words.empty() ? "" : " ") + name;
  }
}

std::string PathOf(std::string words) {
  std::ranges::replace(words, ' ', '/');
  return words;
}

// "    'report/submit') words='...'; operand='-f' ;;" for each node.
std::string Cases(const std::vector<Node>& nodes) {
  std::string global;
  AddNames(OptionsOf(*nodes.front().app), global);
  std::string text;
  for (const Node& node : nodes) {
    std::string words;
    for (const CLI::App* under : node.app->get_subcommands({})) words += under->get_name() + " ";
    std::string own;
    if (!node.words.empty()) AddNames(OptionsOf(*node.app), own);
    words += own.empty() ? global : own + " " + global;
    std::string operand;
    for (const Described& one : OperandsOf(*node.app)) operand = SourceOf("", one.value);
    text +=
        "    '" + PathOf(node.words) + "') words='" + words + "'; operand='" + operand + "' ;;\n";
  }
  return text;
}

struct Values {
  std::set<std::string> options;                       // All that a value follows.
  std::map<std::string, std::set<std::string>> cases;  // Source of completion -> options.
};

Values ValuesOf(const std::vector<Node>& nodes) {
  Values values;
  for (const Node& node : nodes) {
    for (const Described& option : OptionsOf(*node.app)) {
      if (option.value.empty()) continue;
      for (const std::string& name : option.names) {
        values.options.insert(name);
        const std::string source = SourceOf(name, option.value);
        if (!source.empty()) values.cases[source].insert(name);
      }
    }
  }
  return values;
}

std::string Script(const CLI::App& app) {
  const std::vector<Node> nodes = NodesOf(app);
  const Values values = ValuesOf(nodes);
  std::set<std::string> paths;
  for (const Node& node : nodes) {
    if (!node.words.empty()) paths.insert("'" + PathOf(node.words) + "'");
  }
  std::string text =
      "# bash completion for samenspel, made by: samenspel completion bash\n"
      "_samenspel() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local path= value= words= operand= word i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    word=${COMP_WORDS[i]}\n"
      "    if [[ -n $value ]]; then value=; continue; fi\n"
      "    case $word in\n"
      "      " +
      Joined(values.options, " | ") +
      ") value=1; continue ;;\n"
      "      -*) continue ;;\n"
      "    esac\n"
      "    case ${path:+$path/}$word in\n"
      "      " +
      Joined(paths, " | ") +
      ") path=${path:+$path/}$word ;;\n"
      "    esac\n"
      "  done\n"
      "  if [[ -n $value ]]; then\n"
      "    case $prev in\n";
  for (const auto& [source, options] : values.cases) {
    text += "      " + Joined(options, " | ") + ") mapfile -t COMPREPLY < <(compgen " + source +
            " -- \"$cur\") ;;\n";
  }
  text +=
      "    esac\n"
      "    [[ ${#COMPREPLY[@]} == 0 ]] || compopt -o filenames 2> /dev/null\n"
      "    return 0\n"
      "  fi\n"
      "  case $path in\n" +
      Cases(nodes) +
      "  esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
      "  if [[ -n $operand && $cur != -* ]]; then\n"
      "    mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen $operand -- \"$cur\")\n"
      "    compopt -o filenames 2> /dev/null\n"
      "  fi\n"
      "  return 0\n"
      "}\n"
      "complete -F _samenspel samenspel\n";
  return text;
}

}  // namespace

ExitCode CompletionBash(Context& context) {
  Options options;
  Tree tree(context.printer.texts(), options);
  const std::string script = Script(tree.app());
  context.printer.Result(script, {{"script", script}});
  return kExitOk;
}

}  // namespace samenspel::cli
