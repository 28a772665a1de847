// SPDX-License-Identifier: EUPL-1.2
#include <cstdio>

#include "common/base/utc_text.h"
#include "common/bus/registry.h"

namespace samenspel::bus {
namespace {

// A TOML basic string.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(c));
      quoted += escape;
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string QuotedList(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + Quoted(text);
  return "[" + list + "]";
}

}  // namespace

std::string RegistryFile(const Principal& principal) {
  std::string file;
  const auto line = [&file](std::string_view key, const std::string& value) {
    file += std::string(key) + " = " + value + "\n";
  };
  line("principal", Quoted(principal.id));
  line("employer", Quoted(principal.employer));
  line("organisation", Quoted(principal.organisation));
  line("function", Quoted(principal.function));
  line("roles", QuotedList(principal.roles));
  line("curve_key", Quoted(principal.curve_key));
  if (!principal.other_curve_key.empty()) {
    line("other_curve_key", Quoted(principal.other_curve_key));
  }
  if (!principal.ed25519_key.empty()) line("ed25519_key", Quoted(principal.ed25519_key));
  line("valid_from", base::UtcText(principal.valid_from));
  line("valid_until", base::UtcText(principal.valid_until));
  if (principal.revoked_at) line("revoked_at", base::UtcText(*principal.revoked_at));
  if (!principal.may_act_for.empty()) line("may_act_for", QuotedList(principal.may_act_for));
  return file;
}

}  // namespace samenspel::bus
