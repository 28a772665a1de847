// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/vitals.h"

#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace samenspel::attack {
namespace {

size_t MemoryKb(const std::string& process) {
  std::ifstream rollup(process + "/smaps_rollup");
  for (std::string word; rollup >> word;) {
    size_t kb = 0;
    if (word == "Pss:" && rollup >> kb) return kb;
  }
  return 0;  // It has ended.
}

}  // namespace

Vitals VitalsOf(pid_t process) {
  const std::string place = "/proc/" + std::to_string(process);
  Vitals vitals{.memory_kb = MemoryKb(place), .descriptors = 0};
  std::error_code gone;  // A descriptor may be closed while we look.
  for (auto it = std::filesystem::directory_iterator(place + "/fd", gone);
       !gone && it != std::filesystem::directory_iterator(); it.increment(gone)) {
    ++vitals.descriptors;
  }
  return vitals;
}

bool RaiseDescriptorLimit(size_t wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur >= wanted;
}

}  // namespace samenspel::attack
