// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace samenspel::arrows {

/// A line of a source file that runs against the picture of folders and arrows in the README.
struct Breach {
  std::string path;  ///< From the root of the repository.
  int line;          ///< From 1.
  std::string what;  ///< One sentence.

  std::string Print() const { return path + ":" + std::to_string(line) + ": " + what; }
};

/// Checks one source file by its own lines; what an included file includes is that file's affair.
/// Checked are: which of our folders it may include, that the domains and the foundations include
/// nothing that can wait or differ between runs, and that only common/bus names ZeroMQ and only
/// common/store names RocksDB (each with its tests, and tests/support).
///   path  from the root of the repository, such as "services/intake/domain/decider.cc"
std::vector<Breach> Check(std::string_view path, std::string_view text);

}  // namespace samenspel::arrows
