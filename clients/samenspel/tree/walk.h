// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace samenspel::cli {

/// What the tree of commands looks like, for those who describe it: completion, manual.

/// "report submit": a node of the tree, the program itself without words.
struct Node {
  std::string words;
  const CLI::App* app = nullptr;
};
/// The program, then each thing and its verbs, in the order in which they were added.
std::vector<Node> NodesOf(const CLI::App& app);
/// Whether it can be typed as it is: a verb, or a thing that does something by itself.
bool IsCommand(const Node& node);

/// The node that the command line got to.
Node TypedNode(const CLI::App& app);
/// The node of these words, "report" and "submit"; nothing when there is none.
std::optional<Node> NodeOf(const CLI::App& app, const std::vector<std::string>& words);

struct Described {
  std::vector<std::string> names;  ///< "-q", "--quiet"; of an operand its name alone: "FILE".
  std::string value;               ///< What belongs behind it, "FILE"; empty: nothing does.
  std::string help;
  std::vector<std::string> choices = {};  ///< Values that it takes.
  bool only_choices = false;              ///< And no others.
  std::string range = {};                 ///< Of a number: "1 - 200".
  bool required = false;
  bool many = false;  ///< May be given more than once.
};
/// The options of this node itself; help and version too.
std::vector<Described> OptionsOf(const CLI::App& app);
std::vector<Described> OperandsOf(const CLI::App& app);

}  // namespace samenspel::cli
