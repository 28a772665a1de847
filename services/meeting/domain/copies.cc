// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/base/ids.h"
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {
namespace {

bool Same(const google::protobuf::MessageLite& left, const google::protobuf::MessageLite& right) {
  return left.SerializeAsString() == right.SerializeAsString();
}

}  // namespace

std::optional<Happened> CopyInvolvement(const common::v1::CaseList& cases,
                                        const common::v1::InvolvementSet& set) {
  if (!base::IsId("hh", set.household())) return std::nullopt;
  const auto& known = cases.involvements();
  if (std::any_of(known.begin(), known.end(),
                  [&](const auto& one) { return Same(one, set.involvement()); })) {
    return std::nullopt;
  }
  Happened happened;
  happened.stream = set.household();
  happened.version = cases.version() + 1;
  *happened.event.mutable_involvement_set() = set;
  return happened;
}

std::optional<Happened> CopyFirstStep(const state::ReportCopy& copy,
                                      const intake::v1::FirstStepNamed& named) {
  if (!base::IsId("rpt", named.report())) return std::nullopt;
  if (Same(copy.first_step(), named.first_step())) return std::nullopt;
  Happened happened;
  happened.stream = named.report();
  happened.version = copy.version() + 1;
  v1::FirstStepCopied& copied = *happened.event.mutable_first_step_copied();
  copied.set_report(named.report());
  copied.set_household(named.household());
  *copied.mutable_first_step() = named.first_step();
  return happened;
}

}  // namespace samenspel::meeting
