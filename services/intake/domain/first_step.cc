// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/decider.h"
#include "services/intake/domain/report_change.h"

namespace samenspel::intake {
namespace {

using common::v1::INVOLVEMENT_KIND_FIRST_STEP;
using decide::Invalid;

// What is missing or wrong in what was said; nothing: it can be taken.
std::optional<Refusal> FaultOf(const Facts& facts, const v1::HoldReport& request) {
  if (request.step() == v1::FIRST_STEP_UNSPECIFIED) return Invalid("missing", "step");
  const bool none = request.step() == v1::FIRST_STEP_NONE;
  if (none && request.private_().note().empty()) return Invalid("missing", "private.note");
  if (!request.professional().empty() && !facts.persons.contains(request.professional())) {
    return Invalid("unknown_professional", "professional");
  }
  if (!none && request.professional().empty() && request.private_().who().empty()) {
    return Invalid("missing", "private.who");
  }
  return std::nullopt;
}

v1::FirstStepNote NoteOf(const Stamp& stamp, const v1::HoldReport& request) {
  v1::FirstStepNote note;
  note.set_step(request.step());
  note.set_professional(request.professional());
  note.set_named_by(stamp.actor);
  note.set_named_at_ms(base::ToMs(stamp.received_at));
  return note;
}

bool IsNamedSo(const Facts& facts, const v1::HoldReport& request) {
  if (!facts.report->has_first_step() || !facts.sealed) return false;
  const v1::FirstStepNote& known = facts.report->first_step();
  return known.step() == request.step() && known.professional() == request.professional() &&
         facts.sealed->private_().afterwards().first_step().SerializeAsString() ==
             request.private_().SerializeAsString();
}

// Opens the case to whoever secures the child now; whoever did before has no part in it any more.
void HandOn(const Facts& facts, const v1::HoldReport& request, Changes& changes) {
  const auto who = facts.persons.find(request.professional());
  if (who != facts.persons.end()) {
    changes.Open(INVOLVEMENT_KIND_FIRST_STEP, who->first, who->second.organisation(), "", 0,
                 /*urgent=*/true);
  }
  if (!facts.report->has_first_step()) return;
  changes.End(INVOLVEMENT_KIND_FIRST_STEP, [&](const common::v1::Involvement& one) {
    return one.person() == request.professional();
  });
}

}  // namespace

Decision DecideHoldReport(const Facts& facts, const Stamp& stamp, const v1::HoldReport& request) {
  const auto right = RightTo(facts, stamp);
  if (!right) return NotKnown(facts);
  const state::Report& report = *facts.report;
  // A child may need a first step from whoever broke the glass, in words: a name would open the
  // case.
  const bool by_rule = IsByRule(*right);
  if (!by_rule && !request.professional().empty()) {
    return decide::Refuse(common::v1::STATUS_REFUSED, kOnlyByBreakGlass, "professional");
  }
  if (auto fault = FaultOf(facts, request)) return *fault;
  if (IsNamedSo(facts, request)) return Unchanged(report);
  const v1::FirstStepNote note = NoteOf(stamp, request);
  if (IsStale(report, stamp)) {
    v1::ReportChanged both = Standing(report);
    *both.mutable_asked_first_step() = note;
    return Conflict("changed_since", std::move(both));
  }
  Changes changes(report, facts.kase, stamp.received_at);
  v1::FirstStepNamed& named = *changes.OnReport(/*urgent=*/true).mutable_first_step_named();
  named.set_report(report.report());
  named.set_household(report.household());
  named.set_case_number(report.case_number());
  *named.mutable_first_step() = note;
  *named.mutable_private_() = request.private_();
  if (by_rule) HandOn(facts, request, changes);
  v1::ReportChanged changed = Standing(report);
  *changed.mutable_first_step() = note;
  return Changed(std::move(changes), std::move(changed));
}

}  // namespace samenspel::intake
