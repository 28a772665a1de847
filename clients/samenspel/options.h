// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clients/samenspel/exit_code.h"
#include "clients/samenspel/texts.h"

namespace samenspel::cli {

struct Context;
/// Does what a command line asks.
using Action = ExitCode (*)(Context& context);

inline constexpr std::string_view kVersion = "samenspel 0.1.0";

struct KeysOptions {
  std::string registry;  ///< Folder of the registry.
  std::string secrets;   ///< Folder that holds one folder per principal.
  std::string employer;
  std::string organisation;
  std::string function;
  std::vector<std::string> roles;
  int days = 365;           ///< How long the key is valid.
  bool service = false;     ///< A daemon's: also its master key.
  bool if_missing = false;  ///< Existing keys are fine: for scripts that run twice.
  std::string origin;       ///< Name of the log.
  bool change = false;      ///< Of `rotate`, at most one of these three; none: begin.
  bool finish = false;
  bool cancel = false;
};

struct RegionOptions {
  uint64_t seed = 1;
  int professionals = 30;
  int days = 30;
  bool print = false;  ///< Print it instead of loading it.
};

/// Which lines of a list, how many, and in what order.
struct ListOptions {
  uint32_t limit = 50;
  std::string page;  ///< Where the page before ended, as its output gave it.
  std::string sort;
  std::string colour;
  std::string from;   ///< YYYY-MM-DD, local.
  std::string until;  ///< The same; that day counts.
  std::string kind;   ///< Of alarms.
  bool all = false;   ///< Also what has ended.
  bool mine = false;
  bool unclaimed = false;
  bool to_accept = false;
  bool watch = false;
  int interval_s = 2;
};

/// What goes with a change of a report. Words about a family never stand on a command line, which
/// everybody on the machine can read: they come from a file, standard input or the terminal.
struct ChangeOptions {
  uint64_t version = 0;  ///< That the sender saw; 0: not said.
  std::string words;     ///< File with the words; "-": standard input.
  std::string step;      ///< First step, as a code.
  std::string who;       ///< "me", an id, a professional's name in function, or "-".
  std::string to;        ///< Person or organisation.
  std::string outcome;   ///< As a code.
  std::string for_desk;  ///< Organisation.
  std::string result;    ///< File for what became of each line.
  bool again = false;    ///< All lines are new reports, whatever was imported before.
  bool go_on = false;    ///< They are those of the import before, with others beside them.
  std::vector<std::string> persons;
  bool yes = false;  ///< Do not ask whether it is meant.
  bool justified = false;
  bool not_justified = false;
};

/// For operators, managers and auditors.
struct OperateOptions {
  std::string function;
  std::string organisation;
  std::string from;   ///< Local date or time, or a time with its offset.
  std::string until;  ///< The same.
  bool on_duty = false;
  bool ids = false;  ///< Show the ids of people too.
  int weeks = 2;
  bool origin = false;             ///< Say where each setting comes from.
  std::string what;                ///< Kind of request.
  std::string in_case;             ///< Report, or case number.
  std::vector<std::string> words;  ///< Of a command that help is asked for.
  int interval_s = 2;
  bool once = false;
  std::string service;  ///< The only one that is asked; empty: all.
};

/// The command line, read.
struct Options {
  Action run = nullptr;  ///< The command that was typed.
  bool needs_config =
      true;  ///< False: it works on local files only, and a broken config does not stop it.
  bool needs_purpose = true;  ///< False: it asks nothing that a purpose is checked for.
  bool json = false;
  bool quiet = false;
  bool no_color = false;
  std::optional<std::string> language;
  std::optional<std::string> config;
  std::optional<std::string> purpose;
  std::optional<int> timeout_s;
  std::string target;  ///< FILE, ID or REF.
  bool retry = false;
  int wait_s = 0;
  ListOptions list;
  ChangeOptions change;
  KeysOptions keys;
  RegionOptions region;
  OperateOptions operate;
};

/// The command line asked for help or the version, or cannot be read: what to print, and how to
/// end.
struct Early {
  ExitCode exit = kExitOk;
  std::string text;
};

/// Reads what follows the program's name.
///   columns  how wide help may be
std::variant<Options, Early> ReadOptions(const std::vector<std::string>& arguments,
                                         const Texts& texts, size_t columns = 100);

/// The value of `option`, "--lang" or "--config", read ahead: help and usage errors already come in
/// the language that they lead to.
std::optional<std::string> ValueAhead(const std::vector<std::string>& arguments,
                                      const std::string& option);

}  // namespace samenspel::cli
