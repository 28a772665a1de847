// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/settings.h"

#include <charconv>
#include <optional>

namespace samenspel::cli {
namespace {

struct ConfigPath {
  std::string path;
  bool named = false;
};

ConfigPath PathOf(const Options& options, const World& world) {
  if (options.config) return {*options.config, true};
  if (const std::string path = world.Variable("SAMENSPEL_CONFIG"); !path.empty()) {
    return {path, true};
  }
  return {world.Variable("HOME") + "/.config/samenspel/config.toml", false};
}

base::Result<ConfigFile> FileOf(const Options& options, World& world) {
  const ConfigPath from = PathOf(options, world);
  if (!from.named && !world.files.Exists(from.path)) return ConfigFile{};
  auto toml = world.files.Read(from.path);
  if (!toml.ok()) return base::Status(base::Code::kInvalid, toml.status().message());
  return ReadConfig(*toml, from.path);
}

// The first that says something.
std::string First(std::initializer_list<std::string> candidates) {
  for (const std::string& candidate : candidates) {
    if (!candidate.empty()) return candidate;
  }
  return {};
}

std::optional<Language> LanguageOf(const std::string& text) {
  if (text.starts_with("nl")) return Language::kDutch;
  if (text.starts_with("en")) return Language::kEnglish;
  return std::nullopt;
}

base::Result<base::milliseconds> TimeoutOf(const Options& options, const World& world) {
  constexpr int kMax = 600;
  if (options.timeout_s) return base::milliseconds(std::chrono::seconds(*options.timeout_s));
  const std::string text = world.Variable("SAMENSPEL_TIMEOUT");
  if (text.empty()) return Settings{}.timeout;
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 1 || seconds > kMax) {
    return base::Status(base::Code::kInvalid,
                        "SAMENSPEL_TIMEOUT must be whole seconds from 1 to 600");
  }
  return base::milliseconds(std::chrono::seconds(seconds));
}

}  // namespace

base::Result<Settings> Resolve(const Options& options, World& world) {
  auto file = FileOf(options, world);
  if (!file.ok()) return file.status();
  const auto timeout = TimeoutOf(options, world);
  if (!timeout.ok()) return timeout.status();
  const Settings defaults;
  Settings settings;
  settings.principal = First({world.Variable("SAMENSPEL_PRINCIPAL"), file->principal});
  settings.secret = First({world.Variable("SAMENSPEL_SECRET"), file->secret});
  settings.spool = First({world.Variable("SAMENSPEL_SPOOL"), file->spool});
  settings.purpose = First({options.purpose.value_or(""), world.Variable("SAMENSPEL_PURPOSE"),
                            file->purpose, defaults.purpose});
  settings.audit_key = First({world.Variable("SAMENSPEL_AUDIT_KEY"), file->audit_key});
  settings.servers = std::move(file->servers);
  settings.timeout = *timeout;
  settings.color = !options.no_color && world.out_is_terminal && world.Variable("NO_COLOR").empty();
  return settings;
}

Language ChooseLanguage(const std::string& lang, const World& world,
                        const std::string& configured) {
  for (const std::string& said :
       {lang, world.Variable("SAMENSPEL_LANGUAGE"),
        First({world.Variable("LC_ALL"), world.Variable("LC_MESSAGES"), world.Variable("LANG")}),
        configured}) {
    if (const auto language = LanguageOf(said)) return *language;
  }
  return Language::kDutch;
}

std::string ConfiguredLanguage(const Options& options, World& world) {
  const auto file = FileOf(options, world);
  return file.ok() ? file->language : std::string();
}

}  // namespace samenspel::cli
