// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "proto/common/v1/ids.pb.h"
#include "tests/support/region.h"

namespace samenspel::faults {

/// A report that intake said it has.
struct Acknowledged {
  std::string report;
  common::v1::Ref entry;
};

// Each looks into the stores of a region whose daemons have stopped, and fails the test where
// something was lost, doubled or changed.

/// Intake has these reports, each once, and no others.
void ExpectEachReportOnce(const support::Region& region, const std::vector<Acknowledged>& reports);
/// Each has one meeting with every seat taken, and nobody sits in two meetings at a time.
void ExpectOneMeetingEachAndNobodyTwice(const support::Region& region,
                                        const std::vector<Acknowledged>& reports);
/// Intake has heard of each meeting, once.
void ExpectEachMeetingNotedOnce(const support::Region& region,
                                const std::vector<Acknowledged>& reports);
/// The log has each entry of each service as a leaf, once, and every root that was ever signed is
/// the one that the services' own entries give.
void ExpectTheLogHoldsEachEntryOnce(const support::Region& region);
/// Audit's copies of the others' entries are theirs, byte for byte.
void ExpectAuditKeepsEachEntryAsItWas(const support::Region& region);
/// All chains hold, and `--verify` says so.
void ExpectAllWhole(const support::Region& region);

}  // namespace samenspel::faults
