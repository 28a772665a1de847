// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>

namespace samenspel::kill {

/// A disk of a few MiB in memory, mounted on a folder that only this test and its programs see.
class SmallDisk {
 public:
  /// Gives the calling thread mounts of its own; false: it may not have any here (neither root nor
  /// user namespaces). To be called before other threads run.
  static bool IsPossible();

  ///   folder  made when it is missing
  SmallDisk(std::string folder, uint64_t bytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  /// Takes all room but so many bytes.
  void FillBut(uint64_t bytes) const;
  void MakeRoom() const;

 private:
  std::string filler() const { return folder_ + "/filler"; }
  const std::string folder_;
};

}  // namespace samenspel::kill
