// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace samenspel::simulation {

/// All that is on a disk at one moment: what readers see, what is synced, and what is under way
/// between the two. A copy shares nothing with what it was made from.
struct Image {
  /// A write to a file.
  struct Edit {
    uint64_t offset;
    std::string bytes;
    bool cuts = false;  ///< The file ends at `offset`.
  };
  struct Node {
    bool is_directory = false;
    std::string content;  ///< What a reader sees.
    std::string durable;
    std::vector<Edit> unsynced;
    bool strayed = false;  ///< A failed sync has forgotten what was written.
  };
  /// A change of names in one directory: `gone` is taken away, `path` then leads to `node`.
  struct Renaming {
    std::string directory;
    std::string gone;
    std::string path;
    std::shared_ptr<Node> node;
  };
  using Names = std::map<std::string, std::shared_ptr<Node>>;

  Image() = default;
  Image(const Image& other);
  Image& operator=(const Image& other) = delete;
  Image(Image&&) = default;
  Image& operator=(Image&&) = default;

  Names names;
  Names durable_names;
  std::vector<Renaming> unsynced_names;
};

}  // namespace samenspel::simulation
