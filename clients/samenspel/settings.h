// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>

#include "clients/samenspel/config.h"
#include "clients/samenspel/options.h"
#include "clients/samenspel/texts.h"
#include "clients/samenspel/world.h"
#include "common/base/instant.h"
#include "common/base/result.h"

namespace samenspel::cli {

/// Where a setting was said.
struct Origin {
  enum class Source { kFlag, kEnvironment, kSession, kFile, kDefault };
  Source source = Source::kDefault;
  std::string place = {};  ///< "--purpose", "SAMENSPEL_PURPOSE", "FILE", "FILE:LINE".
};

/// What holds in the end: flags before environment (SAMENSPEL_*) before what was kept of this login
/// session before file before default.
struct Settings {
  std::string principal;
  std::string secret;
  std::string spool;
  std::string purpose;  ///< Empty: nobody said one, so it must be asked for.
  std::string audit_key;
  std::map<std::string, bus::ServerAddress, std::less<>> servers;
  base::milliseconds timeout{10000};  ///< Longest wait for one answer.
  bool color = false;
  std::string language;                   ///< "nl" or "en".
  std::map<std::string, Origin> origins;  ///< By name: "purpose", "server.intake.endpoint".
};

/// Reads the config file (--config, SAMENSPEL_CONFIG, ~/.config/samenspel/config.toml) and lays
/// what was kept, the environment and the flags over it. The default file may be absent, one that
/// was named may not.
///   texts  in which language faults are told
base::Result<Settings> Resolve(const Options& options, World& world, const Texts& texts);

/// The config file that is read: named, or the default one, which need not be there.
std::string ConfigPathOf(const Options& options, const World& world);

/// --lang, SAMENSPEL_LANGUAGE, LC_ALL, LC_MESSAGES, LANG, the config file, Dutch. `lang` and
/// `configured` may be empty; what is neither Dutch nor English counts as not said.
Language ChooseLanguage(const std::string& lang, const World& world, const std::string& configured);

/// The language in the config file; empty when there is none, or no readable file.
std::string ConfiguredLanguage(const Options& options, World& world);

}  // namespace samenspel::cli
