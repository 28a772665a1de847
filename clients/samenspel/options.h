// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clients/samenspel/exit_code.h"
#include "clients/samenspel/texts.h"

namespace samenspel::cli {

enum class Command {
  kReportSubmit,
  kReportShow,
  kMeetingShow,
  kAuditShow,
  kKeysNew,
  kKeysList,
  kKeysRevoke,
  kKeysAuditKey,
  kStatus,
  kRegionDemo,
};

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
};

struct RegionOptions {
  uint64_t seed = 1;
  int professionals = 30;
  int days = 30;
  bool print = false;  ///< Print it instead of loading it.
};

/// The command line, read.
struct Options {
  Command command = Command::kStatus;
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
  KeysOptions keys;
  RegionOptions region;
};

/// The command line asked for help or the version, or cannot be read: what to print, and how to
/// end.
struct Early {
  ExitCode exit = kExitOk;
  std::string text;
};

/// Reads what follows the program's name.
std::variant<Options, Early> ReadOptions(const std::vector<std::string>& arguments,
                                         const Texts& texts);

/// The value of --lang, read ahead so that help and usage errors already come in that language;
/// empty: not given.
std::string LanguageAhead(const std::vector<std::string>& arguments);

}  // namespace samenspel::cli
