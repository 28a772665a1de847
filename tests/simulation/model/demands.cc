// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/demands.h"

namespace samenspel::simulation::model {
namespace {

// What has no instant is not asked for.
void Add(std::map<std::string, Demand>& demands, const std::string& kind, int64_t due_ms,
         int64_t over_ms) {
  if (due_ms != 0) demands[kind] = {due_ms, over_ms};
}

}  // namespace

std::map<std::string, Demand> DemandsOf(const escalation::v1::ReportCopied& report) {
  std::map<std::string, Demand> demands;
  const auto& terms = report.terms();
  const int64_t start = report.meeting_starts_at_ms();
  if (report.colour() == intake::v1::COLOUR_RED) {
    if (!report.first_step_named()) Add(demands, "no_first_step", terms.first_step_due_ms(), 0);
    if (report.provisional() && !report.settled()) demands["provisional_red"] = {};
    if (!report.provisional() && start == 0) {
      Add(demands, "meeting_not_planned", terms.meeting_due_ms(), 0);
      // It was settled, so it has a start, of which nothing was heard yet.
      if (report.settled()) demands["meeting_not_planned"].may_wait = true;
    }
    if (!report.provisional() && !report.settled()) {
      const bool in_time = start != 0 && start <= terms.settle_due_ms();
      if (!in_time) Add(demands, "term_passed", terms.settle_due_ms(), start);
    }
  } else if (report.colour() != intake::v1::COLOUR_UNSPECIFIED && !report.settled()) {
    Add(demands, "term_near", terms.warn_at_ms(), terms.settle_due_ms());
    Add(demands, "term_passed", terms.settle_due_ms(), 0);
  }
  const bool may_meet = report.colour() == intake::v1::COLOUR_RED ||
                        report.colour() == intake::v1::COLOUR_UNSPECIFIED;
  for (const std::string& seat : report.empty_seats()) {
    if (may_meet) demands["seat_empty " + seat] = {0, report.meeting_ends_at_ms()};
  }
  return demands;
}

}  // namespace samenspel::simulation::model
