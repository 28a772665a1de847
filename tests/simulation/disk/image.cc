// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/disk/image.h"

namespace samenspel::simulation {

Image::Image(const Image& other)
    : names(other.names), durable_names(other.durable_names), unsynced_names(other.unsynced_names) {
  // A file that has two names, or one old and one new, is still one file.
  std::map<const Node*, std::shared_ptr<Node>> copies;
  const auto copy = [&](std::shared_ptr<Node>& node) {
    if (!node) return;
    auto& made = copies[node.get()];
    if (!made) made = std::make_shared<Node>(*node);
    node = made;
  };
  for (auto& [path, node] : names) copy(node);
  for (auto& [path, node] : durable_names) copy(node);
  for (Renaming& renaming : unsynced_names) copy(renaming.node);
}

}  // namespace samenspel::simulation
