// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/walk.h"

#include <algorithm>

namespace samenspel::cli {
namespace {

void Collect(const CLI::App& app, const std::string& words, std::vector<Node>& nodes) {
  nodes.push_back({words, &app});
  for (const CLI::App* under : app.get_subcommands({})) {
    Collect(*under, words.empty() ? under->get_name() : words + " " + under->get_name(), nodes);
  }
}

// What the tree says behind the colon of a type name: "{red,amber}", "~{me}" when others will do
// too, or a range.
void AddAllowed(const CLI::Option& option, Described& one) {
  const std::string type = option.get_type_name();
  const size_t colon = type.find(':');
  if (colon == std::string::npos) return;
  std::string allowed = type.substr(colon + 1);
  const size_t open = allowed.find('{');
  if (open == std::string::npos) {
    one.range = allowed;
    return;
  }
  one.only_choices = open == 0;
  allowed = allowed.substr(open + 1, allowed.find('}') - open - 1);
  while (!allowed.empty()) {
    const size_t comma = std::min(allowed.find(','), allowed.size());
    one.choices.push_back(allowed.substr(0, comma));
    allowed.erase(0, comma + 1);
  }
}

}  // namespace

Node TypedNode(const CLI::App& app) {
  Node node{"", &app};
  while (!node.app->get_subcommands().empty()) {
    node.app = node.app->get_subcommands().back();
    node.words += (node.words.empty() ? "" : " ") + node.app->get_name();
  }
  return node;
}

std::optional<Node> NodeOf(const CLI::App& app, const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
  for (const Node& node : NodesOf(app)) {
    if (node.words == joined) return node;
  }
  return std::nullopt;
}

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
    const std::string value = option->get_type_name();
    if (option->get_items_expected_max() > 0) one.value = value.substr(0, value.find(':'));
    one.help = option->get_description();
    one.required = option->get_required();
    AddAllowed(*option, one);
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Described> OperandsOf(const CLI::App& app) {
  std::vector<Described> all;
  for (const CLI::Option* option : app.get_options({})) {
    if (option->nonpositional()) continue;
    const std::string name = option->get_name(true);
    Described one{{name}, name, option->get_description()};
    one.required = option->get_required();
    one.many = option->get_items_expected_max() > 1;
    AddAllowed(*option, one);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace samenspel::cli
