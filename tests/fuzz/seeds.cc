// SPDX-License-Identifier: EUPL-1.2
// samenspel-fuzz-seeds FOLDER: the seeds of each target, in FOLDER/TARGET. Prints each target and
// the most bytes that an input of it should have.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/fuzz/corpus.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: samenspel-fuzz-seeds FOLDER\n");
    return 2;
  }
  for (const samenspel::fuzz::Target* target : samenspel::fuzz::AllTargets()) {
    const auto folder = std::filesystem::path(argv[1]) / target->name;
    std::filesystem::create_directories(folder);
    for (const auto& seed : samenspel::fuzz::SeedsOf(*target)) {
      std::ofstream(folder / seed.name, std::ios::binary) << seed.bytes;
    }
    std::printf("%s %zu\n", target->name, target->bytes_max);
  }
  return 0;
}
