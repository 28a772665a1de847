// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "common/tlog/merkle.h"

namespace samenspel::tlog {

/// RFC 6962, section 2.1, written down as the text has it: recursive, slow, and sharing nothing
/// with the library but the two hash functions.
using Leaves = std::span<const std::string>;  // leaf hashes

/// MTH(D[n]).
std::string ReferenceRoot(Leaves leaves);
/// PATH(m, D[n]).
std::vector<std::string> ReferenceInclusion(uint64_t index, Leaves leaves);
/// PROOF(m, D[n]).
std::vector<std::string> ReferenceConsistency(uint64_t old_size, Leaves leaves);

/// Hashes of `count` different leaves.
std::vector<std::string> SomeLeafHashes(uint64_t count);
/// Hashes every complete subtree anew from `leaves`, and fails when asked for one beyond them.
HashReader ReferenceReader(Leaves leaves);

/// Random numbers under a seed that is printed, or given in SAMENSPEL_SEED.
std::mt19937_64 SeededRandom();

}  // namespace samenspel::tlog
