// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <set>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/tree/tree.h"
#include "clients/samenspel/tree/walk.h"

namespace samenspel::cli {
namespace {

// What bash completes a value with: "-f" files, "-d" folders, "-W '...'" words; empty: nothing.
std::string SourceOf(const Described& one) {
  std::string words;
  for (const std::string& choice : one.choices) words += choice + " ";
  if (one.value == "FILE") return "-f";
  if (one.value == "DIR") return "-d";
  if (words.empty()) return {};
  words.pop_back();
  return "-W '" + words + "'";
}

std::string Joined(const std::set<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

// Names that are not in `words` yet: help goes with everything, but is offered once.
void AddNames(const std::vector<Described>& options, std::string& words) {
  for (const Described& option : options) {
    for (const std::string& name : option.names) {
      if ((" " + words + " ").find(" " + name + " ") != std::string::npos) continue;
      words += (words.empty() ? "" : " ") + name;
    }
  }
}

std::string PathOf(std::string words) {
  std::ranges::replace(words, ' ', '/');
  return words;
}

// "    'report/submit') words='...'; options='...'; operands=('-f') ;;" for each node.
std::string Cases(const std::vector<Node>& nodes) {
  std::string text;
  for (const Node& node : nodes) {
    std::string words;
    for (const CLI::App* under : node.app->get_subcommands({})) {
      words += (words.empty() ? "" : " ") + under->get_name();
    }
    std::string options;
    AddNames(OptionsOf(*node.app), options);
    AddNames(OptionsOf(*nodes.front().app), options);
    std::string operands;
    for (const Described& one : OperandsOf(*node.app)) operands += " \"" + SourceOf(one) + "\"";
    text += "    '" + PathOf(node.words) + "') words='" + words + "'; options='" + options +
            "'; operands=(" + operands + " ) ;;\n";
  }
  return text;
}

struct Values {
  std::set<std::string> options;  // All that a value follows.
  // Source of completion -> patterns of the command and the option: the same name may take other
  // values elsewhere. The program's own options go with every command.
  std::map<std::string, std::set<std::string>> cases;
};

Values ValuesOf(const std::vector<Node>& nodes) {
  Values values;
  for (const Node& node : nodes) {
    for (const Described& option : OptionsOf(*node.app)) {
      if (option.value.empty()) continue;
      for (const std::string& name : option.names) {
        values.options.insert(name);
        const std::string source = SourceOf(option);
        const std::string pattern = "'" + PathOf(node.words) + " " + name + "'";
        if (!source.empty())
          values.cases[source].insert(node.words.empty() ? "*" + pattern : pattern);
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
      "  local path= value= words= options= word i given=0 source=\n"
      "  local -a operands=()\n"
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
      ") path=${path:+$path/}$word given=0 ;;\n"
      "      *) ((++given)) ;;\n"
      "    esac\n"
      "  done\n"
      "  if [[ -n $value ]]; then\n"
      "    case \"$path $prev\" in\n";
  for (const auto& [source, options] : values.cases) {
    text += "      " + Joined(options, " | ") + ") source=\"" + source + "\" ;;\n";
  }
  text +=
      "    esac\n"
      "  else\n"
      "    case $path in\n" +
      Cases(nodes) +
      "    esac\n"
      "    source=${operands[given]}\n"
      // Options only where somebody begins one, or nothing else belongs here.
      "    [[ $cur != -* && ( -n $words || given -lt ${#operands[@]} ) ]] || words=$options "
      "source=\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
      "  fi\n"
      "  [[ -n $source ]] || return 0\n"
      "  mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < "
      "<(eval \"compgen $source -- \\\"\\$cur\\\"\")\n"
      "  [[ $source != -[fd] ]] || compopt -o filenames 2> /dev/null\n"
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
  context.printer.Verbatim(script, {{"script", script}});
  return kExitOk;
}

}  // namespace samenspel::cli
