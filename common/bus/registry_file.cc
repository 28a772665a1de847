// SPDX-License-Identifier: EUPL-1.2
#include <cstdio>

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

// RFC 3339 in UTC; milliseconds only where there are any.
std::string MomentText(base::Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(instant - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  std::string moment = text;
  if (time.subseconds().count() != 0) {
    std::snprintf(text, sizeof text, ".%03d", static_cast<int>(time.subseconds().count()));
    moment += text;
  }
  return moment + "Z";
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
  if (!principal.ed25519_key.empty()) line("ed25519_key", Quoted(principal.ed25519_key));
  line("valid_from", MomentText(principal.valid_from));
  line("valid_until", MomentText(principal.valid_until));
  if (principal.revoked_at) line("revoked_at", MomentText(*principal.revoked_at));
  if (!principal.may_act_for.empty()) line("may_act_for", QuotedList(principal.may_act_for));
  return file;
}

}  // namespace samenspel::bus
