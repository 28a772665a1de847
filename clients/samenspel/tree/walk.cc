// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/walk.h"

namespace samenspel::cli {
namespace {

void Collect(const CLI::App& app, const std::string& words, std::vector<Node>& nodes) {
  nodes.push_back({words, &app});
  for (const CLI::App* under : app.get_subcommands({})) {
    Collect(*under, words.empty() ? under->get_name() : words + " " + under->get_name(), nodes);
  }
}

}  // namespace

std::vector<Node> NodesOf(const CLI::App& app) {
  std::vector<Node> nodes;
  Collect(app, "", nodes);
  return nodes;
}

bool IsCommand(const Node& node) {
  return !node.words.empty() && node.app->get_require_subcommand_min() == 0;
}

std::vector<Described> OptionsOf(const CLI::App& app) {
  std::vector<Described> all;
  for (const CLI::Option* option : app.get_options({})) {
    if (!option->nonpositional()) continue;
    Described one;
    for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
    // Behind a colon the library says what it checks.
    const std::string value = option->get_type_name();
    if (option->get_items_expected_max() > 0) one.value = value.substr(0, value.find(':'));
    one.help = option->get_description();
    one.required = option->get_required();
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Described> OperandsOf(const CLI::App& app) {
  std::vector<Described> all;
  for (const CLI::Option* option : app.get_options({})) {
    if (option->nonpositional()) continue;
    const std::string name = option->get_name(true);
    all.push_back({{name}, name, option->get_description(), option->get_required()});
  }
  return all;
}

}  // namespace samenspel::cli
