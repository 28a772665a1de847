// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/settings.h"

#include <charconv>
#include <optional>

#include "clients/samenspel/purpose.h"

namespace samenspel::cli {
namespace {

using Source = Origin::Source;

struct ConfigPath {
  std::string path;
  Origin origin;
};

ConfigPath PathOf(const Options& options, const World& world) {
  if (options.config) return {*options.config, {Source::kFlag, "--config"}};
  if (const std::string path = world.Variable("SAMENSPEL_CONFIG"); !path.empty()) {
    return {path, {Source::kEnvironment, "SAMENSPEL_CONFIG"}};
  }
  return {world.Variable("HOME") + "/.config/samenspel/config.toml", {}};
}

base::Result<ConfigFile> FileOf(const Options& options, World& world, const Texts& texts) {
  const ConfigPath from = PathOf(options, world);
  const bool named = from.origin.source != Source::kDefault;
  if (!named && !world.files.Exists(from.path)) return ConfigFile{};
  auto toml = world.files.Read(from.path);
  if (!toml.ok()) return toml.status();
  return ReadConfig(*toml, from.path, texts);
}

// What one source says of a setting.
struct Said {
  std::string value;
  Origin origin;
};

Said InFlag(const std::optional<std::string>& value, const char* flag) {
  return {value.value_or(""), {Source::kFlag, flag}};
}
Said InEnvironment(const World& world, const std::string& name) {
  return {world.Variable(name), {Source::kEnvironment, name}};
}

// Chooses between sources, and notes which one it was.
class Chooser {
 public:
  Chooser(Settings& settings, const ConfigFile& file, std::string path)
      : settings_(settings), file_(file), path_(std::move(path)) {}

  Said InFile(const std::string& name, const std::string& value) const {
    const auto line = file_.lines.find(name);
    if (line == file_.lines.end()) return {value, {Source::kFile, path_}};
    return {value, {Source::kFile, path_ + ":" + std::to_string(line->second)}};
  }

  // The first that says something; empty when none does.
  std::string First(const std::string& name, const std::vector<Said>& all) {
    for (const Said& said : all) {
      if (said.value.empty()) continue;
      settings_.origins[name] = said.origin;
      return said.value;
    }
    settings_.origins[name] = {};
    return {};
  }

 private:
  Settings& settings_;
  const ConfigFile& file_;
  std::string path_;
};

std::optional<Language> LanguageOf(const std::string& text) {
  if (text.starts_with("nl")) return Language::kDutch;
  if (text.starts_with("en")) return Language::kEnglish;
  return std::nullopt;
}

// Only those who say a language that we have; LC_ALL hides LC_MESSAGES hides LANG.
std::vector<Said> LanguagesSaid(const Said& flag, const World& world, const Said& configured) {
  Said locale;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (locale.value.empty()) locale = InEnvironment(world, name);
  }
  std::vector<Said> known;
  for (const Said& said : {flag, InEnvironment(world, "SAMENSPEL_LANGUAGE"), locale, configured}) {
    if (LanguageOf(said.value)) known.push_back(said);
  }
  return known;
}

base::Status ReadTimeout(const Options& options, const World& world, const Texts& texts,
                         Settings& settings) {
  constexpr int kMax = 600;
  Origin& origin = settings.origins["timeout"];
  origin = {};
  const std::string text = world.Variable("SAMENSPEL_TIMEOUT");
  int seconds = 0;
  if (options.timeout_s) {
    seconds = *options.timeout_s;
    origin = {Source::kFlag, "--timeout"};
  } else if (!text.empty()) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || seconds < 1 || seconds > kMax) {
      return {base::Code::kInvalid, texts.Say("config.bad_timeout")};
    }
    origin = {Source::kEnvironment, "SAMENSPEL_TIMEOUT"};
  }
  if (seconds > 0) settings.timeout = std::chrono::seconds(seconds);
  return base::Ok();
}

void ReadColor(const Options& options, const World& world, Settings& settings) {
  settings.color = !options.no_color && world.out_is_terminal && world.Variable("NO_COLOR").empty();
  Origin& origin = settings.origins["color"];
  origin = {};
  if (!world.Variable("NO_COLOR").empty()) origin = {Source::kEnvironment, "NO_COLOR"};
  if (options.no_color) origin = {Source::kFlag, "--no-color"};
}

void TakeServers(ConfigFile& file, const Chooser& choose, Settings& settings) {
  settings.servers = std::move(file.servers);
  for (const auto& [service, address] : settings.servers) {
    for (const char* part : {".endpoint", ".key", ".next_key"}) {
      const std::string name = "server." + service + part;
      settings.origins[name] = choose.InFile(name, "").origin;
    }
  }
}

}  // namespace

base::Result<Settings> Resolve(const Options& options, World& world, const Texts& texts) {
  auto file = FileOf(options, world, texts);
  if (!file.ok()) return file.status();
  const ConfigPath from = PathOf(options, world);
  Settings settings;
  SAMENSPEL_RETURN_IF_ERROR(ReadTimeout(options, world, texts, settings));
  ReadColor(options, world, settings);
  settings.origins["config"] = from.origin;
  Chooser choose(settings, *file, from.path);
  const auto usual = [&](const char* name, const char* variable, const std::string& in_file) {
    return choose.First(name, {InEnvironment(world, variable), choose.InFile(name, in_file)});
  };
  settings.principal = usual("principal", "SAMENSPEL_PRINCIPAL", file->principal);
  settings.secret = usual("secret", "SAMENSPEL_SECRET", file->secret);
  settings.spool = usual("spool", "SAMENSPEL_SPOOL", file->spool);
  settings.audit_key = usual("audit_key", "SAMENSPEL_AUDIT_KEY", file->audit_key);
  const std::string kept = KeptPurposePath(settings.principal, world);
  settings.purpose =
      choose.First("purpose", {InFlag(options.purpose, "--purpose"),
                               InEnvironment(world, "SAMENSPEL_PURPOSE"),
                               {KeptPurpose(settings.principal, world), {Source::kSession, kept}},
                               choose.InFile("purpose", file->purpose)});
  const std::string language =
      choose.First("language", LanguagesSaid(InFlag(options.language, "--lang"), world,
                                             choose.InFile("language", file->language)));
  settings.language = LanguageOf(language) == Language::kEnglish ? "en" : "nl";
  TakeServers(*file, choose, settings);
  return settings;
}

std::string ConfigPathOf(const Options& options, const World& world) {
  return PathOf(options, world).path;
}

Language ChooseLanguage(const std::string& lang, const World& world,
                        const std::string& configured) {
  const auto said = LanguagesSaid({lang, {}}, world, {configured, {}});
  return said.empty() ? Language::kDutch : *LanguageOf(said.front().value);
}

std::string ConfiguredLanguage(const Options& options, World& world) {
  const auto file = FileOf(options, world, Texts(Language::kEnglish));
  return file.ok() ? file->language : std::string();
}

}  // namespace samenspel::cli
