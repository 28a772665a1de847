// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/options.h"

#include <CLI/CLI.hpp>

#include "clients/samenspel/table.h"
#include "clients/samenspel/tree/help.h"
#include "clients/samenspel/tree/tree.h"
#include "clients/samenspel/tree/usage.h"

namespace samenspel::cli {

std::variant<Options, Early> ReadOptions(const std::vector<std::string>& arguments,
                                         const Texts& texts, size_t columns) {
  Options options;
  Tree tree(texts, options);
  try {
    tree.app().parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForVersion&) {
    return Early{kExitOk, std::string(kVersion) + "\n"};
  } catch (const CLI::CallForHelp&) {
    return Early{kExitOk, HelpText(texts, TypedNode(tree.app()), columns)};
  } catch (const CLI::ParseError& error) {
    return Early{kExitInvalid, Folded(UsageText(error, tree.app(), texts), columns)};
  }
  return options;
}

std::optional<std::string> ValueAhead(const std::vector<std::string>& arguments,
                                      const std::string& option) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == option && i + 1 < arguments.size()) return arguments[i + 1];
    if (arguments[i].starts_with(option + "=")) return arguments[i].substr(option.size() + 1);
  }
  return std::nullopt;
}

}  // namespace samenspel::cli
