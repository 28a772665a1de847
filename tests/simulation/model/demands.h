// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>

#include "proto/escalation/v1/events.pb.h"

namespace samenspel::simulation::model {

/// What must be done about a report, and when it rings if it is not (P.01, P.13, P.17, invariants 3
/// and 11; docs/formats/terms.md, services/escalation).
struct Demand {
  int64_t due_ms = 0;     ///< 0: it rings at once.
  int64_t over_ms = 0;    ///< From then on time itself ends it; 0: it does not.
  bool may_wait = false;  ///< Asked for or not: the page leaves it open.
};

/// By kind of alarm, with the seat behind a space where one is named.
std::map<std::string, Demand> DemandsOf(const escalation::v1::ReportCopied& report);

}  // namespace samenspel::simulation::model
