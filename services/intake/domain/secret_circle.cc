// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "services/intake/domain/decider.h"
#include "services/intake/domain/report_change.h"

namespace samenspel::intake {

Decision DecideSetSecretCircle(const Facts& facts, const Stamp& stamp,
                               const v1::SetSecretCircle& request) {
  const auto right = RightTo(facts, stamp);
  if (!right) return NotKnown(facts);
  const state::Report& report = *facts.report;
  if (!CircleOf(report, stamp, *right).secret_location) return RefusedBy("not_in_circle");
  if (request.persons_size() > kCircleMax) return decide::Invalid("too_many_ids", "persons");
  v1::SecretCircleSet set;
  for (int i = 0; i < request.persons_size(); ++i) {
    const std::string& person = request.persons(i);
    if (!facts.persons.contains(person)) {
      return decide::Invalid("unknown_professional", "persons[" + std::to_string(i) + "]");
    }
    const auto& named = set.persons();
    if (std::find(named.begin(), named.end(), person) == named.end()) set.add_persons(person);
  }
  const auto& now = report.secret_circle();
  if (std::equal(now.begin(), now.end(), set.persons().begin(), set.persons().end())) {
    return Unchanged(report);
  }
  if (IsStale(report, stamp)) return Conflict("changed_since", Standing(report));
  set.set_report(report.report());
  set.set_by(stamp.actor);
  Changes changes(report, facts.kase, stamp.received_at);
  *changes.OnReport().mutable_secret_circle_set() = std::move(set);
  return Changed(std::move(changes), Standing(report));
}

}  // namespace samenspel::intake
