// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <type_traits>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/options.h"
#include "clients/samenspel/texts.h"

namespace samenspel::cli {

/// The tree of things and verbs; the verb that was typed fills in `options.run`. Each group of
/// commands adds its own branches, in a file of its own.
class Tree {
 public:
  Tree(const Texts& texts, Options& options);
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  CLI::App& app() { return app_; }
  Options& options() { return options_; }
  std::string Say(std::string_view key) const { return texts_.Say(key); }

  /// "report": its help is "help.report"; takes a verb.
  CLI::App* Thing(const std::string& name);
  /// A thing that does something without a verb, too.
  void Alone(CLI::App* thing, Action run);
  /// A verb of a thing, or with `under` = &app() a command of one word.
  CLI::App* Verb(CLI::App* under, const std::string& name, const std::string& help, Action run);

  template <class T>
  CLI::Option* Add(CLI::App* verb, const std::string& name, T& value, const std::string& help) {
    if constexpr (std::is_same_v<T, bool>) {
      return verb->add_flag(name, value, Say(help));
    } else {
      return verb->add_option(name, value, Say(help));
    }
  }
  /// It takes one of these codes only; help, errors and completion name them.
  CLI::Option* Choose(CLI::Option* option, const std::vector<std::string>& codes);
  /// Completion offers these; whether they will do, somebody else decides.
  CLI::Option* Suggest(CLI::Option* option, const std::vector<std::string>& codes);
  /// All codes that we have words for: of "function", say.
  static std::vector<std::string> CodesOf(std::string_view kind);
  /// It takes a whole number in [least, most].
  CLI::Option* Within(CLI::Option* option, int least, int most);
  /// A colour by its word in the user's language; the codes and the Dutch words are always taken.
  CLI::Option* ChooseColour(CLI::Option* option);

  /// Something that must be given, without a dash: "ID".
  template <class T>
  CLI::Option* AddOperand(CLI::App* verb, const std::string& name, T& value,
                          const std::string& help) {
    return Add(verb, name, value, help)->required()->type_name("");
  }

 private:
  using Words = std::vector<std::pair<std::string, std::string>>;  // A word, and its code.
  CLI::Option* ChooseWord(CLI::Option* option, const std::vector<std::string>& shown,
                          const Words& words);
  void AddGlobal();
  const Texts& texts_;
  Options& options_;
  CLI::App app_;
};

/// What a desk worker or table member does: reports, queues, meetings, alarms.
void AddDaily(Tree& tree);
/// What operators and auditors do: keys, the log, the region, status.
void AddOperate(Tree& tree);
/// Rosters, policy, settings, and what explains the command itself.
void AddOversee(Tree& tree);

}  // namespace samenspel::cli
