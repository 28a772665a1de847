// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/new_id.h"
#include "services/intake/domain/report_change.h"

namespace samenspel::intake {
namespace {

using decide::Invalid;

constexpr const char* kReviewerRole = "privacy_officer";

v1::GlassBroken Broken(const Facts& facts, const Stamp& stamp, const v1::BreakGlass& request) {
  const auto& rules = facts.terms->break_glass;
  v1::GlassBroken broken;
  broken.set_household(facts.report->household());
  broken.set_case_number(facts.report->case_number());
  broken.set_opening(IdFrom("brk", stamp));
  broken.set_reader(stamp.actor);
  broken.set_organisation(stamp.organisation);
  broken.set_keeper(facts.report->organisation());
  broken.set_at_ms(base::ToMs(stamp.received_at));
  broken.set_until_ms(base::ToMs(stamp.received_at + rules.open));
  broken.set_review_due_ms(base::ToMs(stamp.received_at + rules.review));
  *broken.mutable_private_() = request.private_();
  return broken;
}

bool IsOfficer(const state::Opening& opening, const Stamp& stamp) {
  return opening.keeper() == stamp.organisation &&
         std::find(stamp.roles.begin(), stamp.roles.end(), kReviewerRole) != stamp.roles.end();
}

v1::GlassReviewed Reviewed(const Facts& facts, const state::Opening& opening, const Stamp& stamp,
                           const v1::ReviewOpening& request) {
  v1::GlassReviewed reviewed;
  reviewed.set_household(facts.kase.list().household());
  reviewed.set_case_number(facts.kase.list().case_number());
  reviewed.set_opening(opening.opening());
  reviewed.set_reviewer(stamp.actor);
  reviewed.set_justified(request.justified());
  reviewed.set_at_ms(base::ToMs(stamp.received_at));
  if (request.has_private_()) *reviewed.mutable_private_() = request.private_();
  return reviewed;
}

}  // namespace

Decision DecideBreakGlass(const Facts& facts, const Stamp& stamp, const v1::BreakGlass& request) {
  if (request.private_().reason().empty()) return Invalid("missing", "private.reason");
  if (!facts.report) return NotKnown(facts);
  if (facts.terms == nullptr) return decide::Refuse(common::v1::STATUS_UNAVAILABLE, "no_rules");
  const auto right = RightTo(facts, stamp);
  if (right && IsByRule(*right)) return RefusedBy("already_involved");
  const v1::GlassBroken broken = Broken(facts, stamp, request);
  Accepted accepted;
  v1::GlassOpened& opened = *accepted.response.mutable_glass_opened();
  opened.set_report(facts.report->report());
  opened.set_case_number(broken.case_number());
  opened.set_opening(broken.opening());
  opened.set_until_ms(broken.until_ms());
  opened.set_review_due_ms(broken.review_due_ms());
  Changes changes(*facts.report, facts.kase, stamp.received_at);
  *changes.OnCase().mutable_glass_broken() = broken;
  changes.Open(common::v1::INVOLVEMENT_KIND_BREAK_GLASS, stamp.actor, stamp.organisation, "",
               broken.until_ms());
  accepted.events = changes.Take();
  return accepted;
}

bool MayReview(const state::Opening& opening, const Stamp& stamp) {
  return IsOfficer(opening, stamp) && opening.reader() != stamp.actor;
}

Decision DecideReviewOpening(const Facts& facts, const Stamp& stamp,
                             const v1::ReviewOpening& request) {
  const auto& all = facts.kase.openings();
  const auto opening = std::find_if(all.begin(), all.end(), [&](const state::Opening& one) {
    return one.opening() == request.opening();
  });
  if (opening == all.end()) return decide::NotFound("opening");
  if (!IsOfficer(*opening, stamp)) {
    return decide::NotFound("opening", facts.kase.list().household());
  }
  if (!MayReview(*opening, stamp)) return RefusedBy("own_opening");
  if (opening->reviewed()) return RefusedBy("already_reviewed");
  Happened happened;
  happened.stream = facts.kase.list().household();
  happened.version = facts.kase.list().version() + 1;
  happened.keeper = opening->keeper();
  *happened.event.mutable_glass_reviewed() = Reviewed(facts, *opening, stamp, request);
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  v1::GlassOpened& opened = *accepted.response.mutable_glass_opened();
  opened.set_case_number(facts.kase.list().case_number());
  opened.set_opening(opening->opening());
  opened.set_until_ms(opening->until_ms());
  opened.set_review_due_ms(opening->review_due_ms());
  return accepted;
}

}  // namespace samenspel::intake
