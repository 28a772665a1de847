// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "common/store/store.h"
#include "tests/simulation/crowd.h"

namespace samenspel::simulation {

using Entries = std::vector<std::shared_ptr<const store::Stored>>;

/// What a run left behind, for the checks: what lies on the disks, and what the persons saw.
struct Evidence {
  std::array<Entries, kMachines> journals;
  std::array<Entries, kMachines> copies;  ///< At audit; its own stay empty.
  std::vector<Acknowledged> acknowledged;
  std::vector<Acknowledged> turned_away;
  std::vector<Story> stories;
};

Evidence Collect(World& world, const Crowd& crowd);

/// Findings: one sentence each; none when the design's promise was kept. What was right while the
/// run went on is the matter of the model (model/watch.h); these look once, at the end, at what the
/// disks hold: whatever was told to the model, or to a person, must still be there.
using Findings = std::vector<std::string>;

/// Sequences without gaps, each entry holding the hash of the one before and of its sealed parts.
Findings CheckChains(const Evidence& evidence);
/// Invariant 1: what was acknowledged stands in the journal, once, with that answer.
Findings CheckAcknowledged(const Evidence& evidence);
/// Who was turned away stands there as well, as such.
Findings CheckTurnedAway(const Evidence& evidence);
/// Each stream has a data key of its own with each keeper: so one can be erased alone.
Findings CheckKeys(const Evidence& evidence);
/// Each report that somebody sent was answered and stands there once, and no other does.
Findings CheckStories(const Evidence& evidence);
/// Invariant 7: audit's copies are the journals, byte by byte.
Findings CheckCopies(const Evidence& evidence);

/// All of these.
Findings CheckAll(const Evidence& evidence);

/// Invariant 8: replaying each journal gives the stored state.
Findings CheckReplay(World& world);
/// Invariant 9: no family data on the disks or in log lines.
Findings CheckPrivacy(World& world, const Evidence& evidence);

}  // namespace samenspel::simulation
