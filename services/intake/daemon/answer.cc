// SPDX-License-Identifier: EUPL-1.2
// Which decision answers which request, and what it may look at.
#include "common/daemon/decided.h"
#include "services/intake/daemon/service.h"
#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {
namespace {

using daemon::Decided;
using daemon::DecidedFrom;
using daemon::StampOf;
using daemon::View;

// The version that the next change of the report can name. Of what does not change it: as it was.
Decided OfReport(const Facts& facts, Decision decision) {
  Decided decided = DecidedFrom(std::move(decision));
  if (decided.status == common::v1::STATUS_NOT_FOUND) return decided;
  decided.version = facts.report ? facts.report->version() : 0;
  for (const daemon::NewEvent& event : decided.events) {
    if (event.stream.starts_with("rpt_")) decided.version = event.version;
  }
  return decided;
}

// A kind that its caller does not send here.
Decided NotOurs() {
  Decided decided;
  decided.status = common::v1::STATUS_INVALID;
  return decided;
}

}  // namespace

Decided Service::Answer(View& view, const daemon::Caller& caller, base::Instant now,
                        const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::Request&>(message);
  const Stamp stamp = StampOf(caller, now);
  switch (request.kind_case()) {  // No default: the compiler names a kind we forgot.
    case v1::Request::kSubmitReport: {
      const v1::SubmitReport& form = request.submit_report();
      const Facts facts = ForSubmit(view, stamp, form);
      Decided decided = OfReport(facts, DecideSubmitReport(facts, stamp, form));
      decided.rule_hashes = HashesUsed();
      return decided;
    }
    case v1::Request::kConfirmGrade:
    case v1::Request::kHoldReport:
    case v1::Request::kClaimReport:
    case v1::Request::kHandOver:
    case v1::Request::kHandBack:
    case v1::Request::kSettleReport:
    case v1::Request::kSetSecretCircle:
    case v1::Request::kBreakGlass:
    case v1::Request::kReviewOpening:
      return Change(view, stamp, request);
    case v1::Request::kShowReport:
    case v1::Request::kCheckReport:
    case v1::Request::kShowCrisismeter:
    case v1::Request::kListReports:
    case v1::Request::kListQueue:
    case v1::Request::kShowMine:
    case v1::Request::kExplainAccess:
      return Show(view, stamp, request);
    case v1::Request::kDeadlinePassed:
    case v1::Request::kAdoptCrisismeter:
    case v1::Request::kAdoptTerms:
      return Internal(view, stamp, request);
    case v1::Request::KIND_NOT_SET:
      break;
  }
  return NotOurs();
}

Decided Service::Change(View& view, const Stamp& stamp, const v1::Request& request) const {
  const base::Instant now = stamp.received_at;
  if (request.has_confirm_grade()) {
    const Facts facts = About(view, request.confirm_grade().report());
    return OfReport(facts, DecideConfirmGrade(facts, stamp));
  }
  if (request.has_hold_report()) {
    const v1::HoldReport& hold = request.hold_report();
    Facts facts = AboutWithSealed(view, stamp, hold.report());
    AddPerson(view, hold.professional(), now, facts);
    return OfReport(facts, DecideHoldReport(facts, stamp, hold));
  }
  if (request.has_settle_report()) {
    const Facts facts = About(view, request.settle_report().report());
    return OfReport(facts, DecideSettleReport(facts, stamp, request.settle_report()));
  }
  if (request.has_set_secret_circle()) {
    const v1::SetSecretCircle& circle = request.set_secret_circle();
    Facts facts = About(view, circle.report());
    if (RightTo(facts, stamp)) AddPersons(view, circle, now, facts);
    return OfReport(facts, DecideSetSecretCircle(facts, stamp, circle));
  }
  if (request.has_break_glass()) {
    const Facts facts = About(view, request.break_glass().report());
    return OfReport(facts, DecideBreakGlass(facts, stamp, request.break_glass()));
  }
  if (request.has_review_opening()) {
    const Facts facts = AboutOpening(view, request.review_opening().opening());
    return DecidedFrom(DecideReviewOpening(facts, stamp, request.review_opening()));
  }
  return ChangeOwner(view, stamp, request);
}

Decided Service::ChangeOwner(View& view, const Stamp& stamp, const v1::Request& request) const {
  if (request.has_claim_report()) {
    const Facts facts = About(view, request.claim_report().report());
    return OfReport(facts, DecideClaimReport(facts, stamp));
  }
  if (request.has_hand_over()) {
    const v1::HandOver& hand_over = request.hand_over();
    Facts facts = About(view, hand_over.report());
    AddPerson(view, hand_over.to(), stamp.received_at, facts);
    AddDesk(view, hand_over.to(), stamp.received_at, facts);
    return OfReport(facts, DecideHandOver(facts, stamp, hand_over));
  }
  if (request.has_hand_back()) {
    const Facts facts = About(view, request.hand_back().report());
    return OfReport(facts, DecideHandBack(facts, stamp, request.hand_back()));
  }
  return NotOurs();
}

Decided Service::Show(View& view, const Stamp& stamp, const v1::Request& request) const {
  if (request.has_show_report()) {
    const Facts facts = AboutWithSealed(view, stamp, request.show_report().report());
    return OfReport(facts, DecideShowReport(facts, stamp));
  }
  if (request.has_check_report()) {
    return DecidedFrom(DecideCheckReport(Rules(), request.check_report()));
  }
  if (request.has_show_crisismeter()) return DecidedFrom(DecideShowCrisismeter(Rules()));
  if (request.has_list_reports()) {
    const v1::ListReports& list = request.list_reports();
    return DecidedFrom(DecideListReports(ForReports(view, stamp, list), stamp, list));
  }
  if (request.has_list_queue()) {
    const Facts facts = ForLists(stamp);
    return DecidedFrom(DecideListQueue(facts, stamp, request.list_queue()));
  }
  if (request.has_show_mine()) return DecidedFrom(DecideShowMine(ForMine(view, stamp), stamp));
  if (request.has_explain_access()) {
    const v1::ExplainAccess& explain = request.explain_access();
    Facts facts = About(view, explain.report());
    const std::string& who = explain.who().empty() ? stamp.actor : explain.who();
    AddPerson(view, who, stamp.received_at, facts);
    return OfReport(facts, DecideExplainAccess(facts, stamp, explain));
  }
  return NotOurs();
}

Decided Service::Internal(const View& view, const Stamp& stamp, const v1::Request& request) const {
  if (request.has_deadline_passed()) {
    const Facts facts = About(view, request.deadline_passed().report());
    return OfReport(facts, DecideDeadlinePassed(facts, stamp));
  }
  Facts facts;
  if (request.has_adopt_crisismeter()) {
    facts.rules_version = view.Load<state::Rules>("crisismeter").version();
    return DecidedFrom(DecideAdopt(facts, request.adopt_crisismeter(), meter_.on_disk()));
  }
  facts.rules_version = view.Load<state::TermsFile>("terms").version();
  return DecidedFrom(DecideAdoptTerms(facts, request.adopt_terms(), terms_.on_disk()));
}

}  // namespace samenspel::intake
