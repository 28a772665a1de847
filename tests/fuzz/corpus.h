// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"

namespace samenspel::fuzz {

struct Input {
  std::string name;  ///< Of its file; of a seed, its number.
  std::string bytes;
};

/// What is kept in tests/fuzz/`kind`/TARGET ("corpus", "regressions"); none is fine.
std::vector<Input> Kept(const std::string& kind, const Target& target);
/// The seeds of a target, numbered.
std::vector<Input> SeedsOf(const Target& target);

}  // namespace samenspel::fuzz
