// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using Source = Origin::Source;

struct Setting {
  std::string name;
  std::string value;
  Origin origin;
};

// Of what is secret only the path of its file, never the content.
std::vector<Setting> AllSettings(const Settings& settings, const std::string& config) {
  std::vector<Setting> all;
  const auto add = [&](const std::string& name, const std::string& value) {
    const auto origin = settings.origins.find(name);
    all.push_back({name, value, origin == settings.origins.end() ? Origin{} : origin->second});
  };
  add("config", config);
  add("principal", settings.principal);
  add("purpose", settings.purpose);
  add("language", settings.language);
  add("secret", settings.secret);
  add("spool", settings.secret.empty() ? settings.spool : SpoolPath(settings));
  add("audit_key", settings.audit_key);
  add("timeout", std::to_string(settings.timeout.count() / 1000) + " s");
  add("color", settings.color ? "yes" : "no");
  for (const auto& [service, address] : settings.servers) {
    add("server." + service + ".endpoint", address.endpoint);
    add("server." + service + ".key", address.server_key);
    if (!address.other_key.empty()) add("server." + service + ".next_key", address.other_key);
  }
  return all;
}

std::string SourceCode(Source source) {
  switch (source) {  // No default: the compiler names a source we forgot.
    case Source::kFlag:
      return "flag";
    case Source::kEnvironment:
      return "environment";
    case Source::kSession:
      return "session";
    case Source::kFile:
      return "file";
    case Source::kDefault:
      break;
  }
  return "default";
}

// Of the file only the line: its path is the first setting.
std::string OriginText(const Context& context, const Origin& origin) {
  std::string text = context.printer.texts().Word("origin", SourceCode(origin.source));
  const size_t line = origin.place.rfind(':');
  if (origin.source == Source::kFile && line != std::string::npos) {
    return text + ", " + context.Say("config.line", {{"line", origin.place.substr(line + 1)}});
  }
  if (!origin.place.empty()) text += " " + origin.place;
  return Printable(text);
}

}  // namespace

ExitCode ConfigShow(Context& context) {
  const bool with_origin = context.options.operate.origin;
  std::vector<std::vector<std::string>> rows;
  Json settings = Json::array();
  for (const Setting& one :
       AllSettings(context.settings, ConfigPathOf(context.options, context.world))) {
    const std::string value = one.value.empty() ? context.Say("config.not_said") : one.value;
    rows.push_back({one.name, Printable(value)});
    if (with_origin) rows.back().push_back(OriginText(context, one.origin));
    settings.push_back({{"name", one.name},
                        {"value", one.value.empty() ? Json() : Json(one.value)},
                        {"source", SourceCode(one.origin.source)},
                        {"place", one.origin.place}});
  }
  std::vector<std::string> heading{context.Say("table.setting"), context.Say("table.value")};
  if (with_origin) heading.push_back(context.Say("table.origin"));
  rows.insert(rows.begin(), heading);
  context.printer.Result(context.printer.Table(rows), {{"settings", settings}});
  return kExitOk;
}

}  // namespace samenspel::cli
