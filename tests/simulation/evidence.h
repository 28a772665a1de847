// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "clients/demo/region.h"
#include "common/store/store.h"
#include "proto/common/v1/ids.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/simulation/crowd.h"

namespace samenspel::simulation {

using Entries = std::vector<std::shared_ptr<const store::Stored>>;

/// What a run left behind, for the checks: what lies on the disks, and what the persons saw.
struct Evidence {
  std::array<Entries, kMachines> journals;
  std::array<Entries, kMachines> copies;  ///< At audit; its own stay empty.
  std::vector<Acknowledged> acknowledged;
  std::vector<Story> stories;
  demo::Region region;
  base::Instant ended_at;          ///< When it was looked at.
  base::milliseconds patience{0};  ///< A daemon may be down, or a frame late, for this long.
};

Evidence Collect(World& world, const Crowd& crowd, const demo::Region& region);

/// Findings: one sentence each; none when the design's promise was kept. Each check is written from
/// docs of the design, not from the code: what it needs it works out anew from journal bytes.
using Findings = std::vector<std::string>;

/// Sequences without gaps, each entry holding the hash of the one before and of its sealed parts.
Findings CheckChains(const Evidence& evidence);
/// Invariant 1: what was acknowledged stands in the journal, once, with that answer; and no report
/// that nobody was thanked for.
Findings CheckAcknowledged(const Evidence& evidence);
/// Each entry of another service took effect at most once.
Findings CheckEffects(const Evidence& evidence);
/// Invariant 2: a red report has exactly one meeting, others none; intake noted its start.
Findings CheckMeetings(const Evidence& evidence);
/// Invariant 3: nobody in two meetings at once; each seat filled by somebody of that function who
/// is on duty.
Findings CheckBookings(const Evidence& evidence);
/// Invariant 11: from the tenth minute on a red report has a first step, or an alarm rings; none
/// rings before, and none after a first step was named.
Findings CheckFirstSteps(const Evidence& evidence);
/// Invariant 7: the log holds each entry of each service, LeavesAppended apart, once and in order,
/// bytes equal; every signed root is that of the leaves so far.
Findings CheckLog(const Evidence& evidence);

/// All of these.
Findings CheckAll(const Evidence& evidence);

/// Invariant 8: replaying each journal gives the stored state.
Findings CheckReplay(World& world);
/// Invariant 9: no family data on the disks or in log lines.
Findings CheckPrivacy(World& world, const Evidence& evidence);

}  // namespace samenspel::simulation
