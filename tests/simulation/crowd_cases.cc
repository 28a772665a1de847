// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_cases.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using common::v1::STATUS_CONFLICT;
using common::v1::STATUS_NOT_FOUND;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;
using intake::v1::ReportChanged;

constexpr int64_t kVagueTimes = 100;  // So many times the patience a copy may be under way.

// When others change the same report: whatever a change of it may come to.
const Rights& AnyEnd() {
  static const Rights rights = {{STATUS_OK, {}},
                                {STATUS_CONFLICT, "changed_since"},
                                {STATUS_CONFLICT, "claimed_already"},
                                {STATUS_REFUSED, "settled"},
                                {STATUS_REFUSED, "not_owner"},
                                {STATUS_REFUSED, "not_your_desk"},
                                {STATUS_REFUSED, "owns_it_already"},
                                {STATUS_REFUSED, "red_needs_a_table"},
                                {STATUS_REFUSED, "no_first_step"},
                                {STATUS_REFUSED, "not_in_circle"}};
  return rights;
}

std::string DigestOf(const ReportChanged& shown) {
  ReportChanged digest = shown;
  digest.clear_asked_ownership();
  digest.clear_asked_first_step();
  digest.clear_asked_outcome();
  return digest.SerializeAsString();
}

}  // namespace

bool Cases::IsQuiet(const Story& story) const {
  return story.under_way == 0 && stage_.world.timeline().now() >= story.vague_until;
}

Knows Cases::KnowsOf(const Person& who, const Story& story) const {
  const auto& now = story.standing.ownership();
  const bool at_desk = who.Is("desk_worker");
  if (KnowsForGood(who, story)) return Knows::kYes;
  const bool part = (at_desk && who.organisation() == now.desk()) || who.id() == now.owner() ||
                    who.id() == now.offered_to();
  if (part && IsQuiet(story)) return Knows::kYes;
  const bool ever = part || story.people.contains(who.id()) ||
                    (at_desk && story.desks.contains(who.organisation()));
  // Alarms ring duty managers.
  return ever || who.Is("duty_manager") ? Knows::kPerhaps : Knows::kNo;
}

Knows Cases::KnowsNow(const Person& who, const Story& story, Knows before, uint64_t mine) const {
  if (KnowsForGood(who, story)) return Knows::kYes;
  if (before == Knows::kYes && story.changes == mine) return Knows::kYes;
  return before == Knows::kNo && KnowsOf(who, story) == Knows::kNo ? Knows::kNo : Knows::kPerhaps;
}

void Cases::GiveWay(Story& story, const std::string& person) {
  story.people.insert(person);
  const auto deputy = stage_.deputies.find(person);
  if (deputy != stage_.deputies.end()) story.people.insert(deputy->second);
}

void Cases::Learn(Person& who, Story& story, const ReportChanged& shown, uint64_t least) {
  if (shown.report() != story.answer.report() ||
      shown.case_number() != story.answer.case_number()) {
    return who.Complain("another report is shown than the one that was asked for");
  }
  if (shown.version() < least) who.Complain("a report is shown as it was before");
  const auto [known, fresh] = story.versions.emplace(shown.version(), DigestOf(shown));
  if (!fresh && known->second != DigestOf(shown)) {
    who.Complain("one version of " + shown.report() + " shows two things");
  }
  if (shown.version() < story.standing.version()) return;
  story.standing = shown;
  story.desks.insert(shown.ownership().desk());
}

Rights Cases::RefusalsOf(const Person& who, const Story& story, uint64_t seen) const {
  Rights refusals;
  if (seen != 0 && IsStale(story, seen)) refusals.push_back({STATUS_CONFLICT, "changed_since"});
  if (IsSettled(story)) refusals.push_back({STATUS_REFUSED, "settled"});
  if (story.standing.ownership().owner() != who.id()) {
    refusals.push_back({STATUS_REFUSED, "not_owner"});
  }
  return refusals;
}

// What changed in between is seen by everybody; a version may also count what is not shown here.
bool Cases::IsStale(const Story& story, uint64_t seen) const {
  const auto then = story.versions.find(seen);
  if (then == story.versions.end()) return false;
  ReportChanged before;
  before.ParseFromString(then->second);
  before.set_version(story.standing.version());
  return DigestOf(before) != DigestOf(story.standing);
}

std::string Cases::Change(Person& who, Story& story, const intake::v1::Request& request,
                          const std::string& what, const Rights& wishes, uint64_t seen, Then then) {
  const Knows before = KnowsOf(who, story);
  const bool quiet = IsQuiet(story);
  const uint64_t mine = ++story.changes;
  const uint64_t least = story.standing.version();
  ++story.under_way;
  Ask ask = AskOf(kIntake, request);
  ask.expected_version = seen;
  return who.Begin(ask, [=, this, &who, &story, then = std::move(then)](const Reply& reply) {
    --story.under_way;
    const Knows knows = KnowsNow(who, story, before, mine);
    Rights rights = knows == Knows::kNo ? Rights{} : wishes;
    if (knows != Knows::kNo && (!quiet || story.changes != mine)) {
      rights.insert(rights.end(), AnyEnd().begin(), AnyEnd().end());
    }
    // Also when its version counts more than what was seen of it.
    if (seen != 0) rights.push_back({STATUS_CONFLICT, "changed_since"});
    // Who knows by break-glass alone, as long as it lasts, decides little.
    if (knows == Knows::kPerhaps) rights.push_back({STATUS_REFUSED, "only_by_break_glass"});
    if (knows != Knows::kYes) rights.push_back({STATUS_NOT_FOUND, kNotFound});
    if (!stage_.Expect(who, what, reply, rights)) return true;
    if (!IsKept(reply)) {
      story.vague_until = stage_.world.timeline().now() + stage_.size.patience * kVagueTimes;
    }
    Answered(who, story, request, reply, least);
    if (then && reply.status() == STATUS_OK) then(reply);
    return true;
  });
}

void Cases::Answered(Person& who, Story& story, const intake::v1::Request& request,
                     const Reply& reply, uint64_t least) {
  if (reply.status() != STATUS_OK && reply.status() != STATUS_CONFLICT) return;
  const auto response = ResponseIn<intake::v1::Response>(reply);
  if (!response.has_report_changed()) return who.Complain("a change that shows nothing");
  Learn(who, story, response.report_changed(), least);
  if (reply.status() == STATUS_OK) {
    CheckDone(who, request, response.report_changed());
  } else {
    CheckConflict(who, request, response.report_changed());
  }
}

// What was asked is what is shown.
void Cases::CheckDone(Person& who, const intake::v1::Request& request,
                      const ReportChanged& changed) {
  const auto& now = changed.ownership();
  bool done = true;
  if (request.has_claim_report()) done = now.owner() == who.id() && !now.open();
  if (request.has_hand_back()) done = now.open();
  if (request.has_hand_over()) {
    const std::string& to = request.hand_over().to();
    done = now.offered_to() == to || (now.desk() == to && now.open());
  }
  if (request.has_settle_report()) done = changed.outcome() == request.settle_report().outcome();
  if (request.has_hold_report()) {
    done = changed.first_step().step() == request.hold_report().step() &&
           changed.first_step().professional() == request.hold_report().professional();
  }
  if (!done) who.Complain("a change was accepted and is not shown as asked");
}

// Conflict shows both: how it stands and what was asked.
void Cases::CheckConflict(Person& who, const intake::v1::Request& request,
                          const ReportChanged& both) {
  bool shown = both.has_ownership();
  if (request.has_claim_report()) shown &= both.asked_ownership().owner() == who.id();
  if (request.has_hand_over() || request.has_hand_back()) shown &= both.has_asked_ownership();
  if (request.has_settle_report()) {
    shown &= both.asked_outcome() == request.settle_report().outcome();
  }
  if (request.has_hold_report()) {
    shown &= both.asked_first_step().step() == request.hold_report().step();
  }
  if (!shown) who.Complain("a conflict does not show both values");
}

}  // namespace samenspel::simulation
