// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

namespace samenspel::support {

/// A new folder, only ours, that is removed with all it holds. After a failed test it stays, and
/// its name is printed.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Whole contents; throws when it cannot be read.
std::string ReadFile(const std::string& path);
/// Creates or replaces, mode 0600.
void WriteFile(const std::string& path, std::string_view content);

}  // namespace samenspel::support
