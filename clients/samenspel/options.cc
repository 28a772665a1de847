// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/options.h"

#include <CLI/CLI.hpp>

#include "clients/samenspel/tree/tree.h"

namespace samenspel::cli {
namespace {

// The library's own sentence names the argument but exists in English only, so it stands behind
// ours.
Early UsageError(const CLI::ParseError& error, const CLI::App& app, const Texts& texts) {
  const std::vector<std::string> unknown = app.remaining(true);
  if (!unknown.empty()) {
    return {kExitInvalid, texts.Say("usage.unknown", {{"argument", unknown.front()}}) + "\n"};
  }
  return {kExitInvalid, texts.Say("usage.wrong", {{"detail", error.what()}}) + "\n"};
}

}  // namespace

std::variant<Options, Early> ReadOptions(const std::vector<std::string>& arguments,
                                         const Texts& texts) {
  Options options;
  Tree tree(texts, options);
  try {
    tree.app().parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForVersion&) {
    return Early{kExitOk, std::string(kVersion) + "\n"};
  } catch (const CLI::CallForHelp&) {
    return Early{kExitOk, tree.app().help()};
  } catch (const CLI::ParseError& error) {
    return UsageError(error, tree.app(), texts);
  }
  return options;
}

std::string LanguageAhead(const std::vector<std::string>& arguments) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) return arguments[i + 1];
    if (arguments[i].starts_with("--lang=")) return arguments[i].substr(7);
  }
  return {};
}

}  // namespace samenspel::cli
