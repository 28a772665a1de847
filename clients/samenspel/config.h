// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "clients/samenspel/texts.h"
#include "common/base/result.h"
#include "common/bus/client.h"

namespace samenspel::cli {

/// The services that a client talks to, in the order in which a red report passes them.
inline constexpr std::string_view kServices[] = {"intake", "meeting", "escalation", "audit"};

/// A config file of the command, read. Empty: not in the file.
struct ConfigFile {
  std::string principal;  ///< Id under which this command asks.
  std::string secret;     ///< File with the secret CURVE key of that principal.
  std::string spool;      ///< Folder for requests without an answer yet.
  std::string purpose;
  std::string language;   ///< "nl" or "en".
  std::string audit_key;  ///< Verifier key of the log; without it no proof can be checked.
  std::map<std::string, bus::ServerAddress, std::less<>> servers;
  std::map<std::string, int> lines;  ///< Where each stands: "purpose", "server.intake.endpoint".
};

/// Reads TOML. Refuses a key it does not know and a value of another type than text, with
/// "PATH:LINE: ...": a typing error must not silently leave a setting at its default.
///   texts  in which language that is said
base::Result<ConfigFile> ReadConfig(std::string_view toml, const std::string& path,
                                    const Texts& texts = Texts(Language::kEnglish));

}  // namespace samenspel::cli
