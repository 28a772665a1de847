// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_desks.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using common::v1::STATUS_CONFLICT;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;

constexpr intake::v1::Outcome kOutcomes[] = {
    intake::v1::OUTCOME_LOCAL_TEAM, intake::v1::OUTCOME_INVOLVED_PROFESSIONAL,
    intake::v1::OUTCOME_VEILIG_THUIS, intake::v1::OUTCOME_ADVICE, intake::v1::OUTCOME_STOPPED};

bool IsRed(const Story& story) { return story.colour == intake::v1::COLOUR_RED; }

// Of several reasons against it any one may be named; none: it is done.
Rights OrFine(Rights refusals) { return refusals.empty() ? Fine() : refusals; }

bool IsAsked(const Rights& rights, const char* code) {
  return std::any_of(rights.begin(), rights.end(),
                     [&](const Right& right) { return right.code == code; });
}

}  // namespace

Person& Desks::AtDeskOf(const Story& story) {
  std::vector<Person*> there;
  for (Person* desk : stage_.desks) {
    if (cases_.IsOfDesk(*desk, story)) there.push_back(desk);
  }
  return there.empty() ? stage_.SenderOf(story) : *stage_.Pick(there);
}

Story* Desks::OpenOne() {
  return stage_.PickStory([&](const Story& story) { return !cases_.IsSettled(story); });
}

intake::v1::HoldReport Desks::Step(const Story& story) {
  intake::v1::HoldReport hold;
  hold.set_report(stage_.chance.OneIn(4) ? story.answer.case_number() : story.answer.report());
  hold.set_step(static_cast<intake::v1::FirstStep>(1 + stage_.chance.Below(6)));
  hold.mutable_private_()->set_note("Afgesproken " + std::to_string(stage_.chance.Below(1000)));
  if (stage_.chance.OneIn(3)) {
    hold.set_professional(stage_.Pick(stage_.table)->id());
  } else {
    hold.mutable_private_()->set_who("Crisisdienst " + std::to_string(stage_.chance.Below(1000)));
  }
  return hold;
}

// Who is named gets a part in the case; the words are shown to whoever knows of it.
void Desks::Hold(Person& who, Story& story, uint64_t seen) {
  intake::v1::Request request;
  intake::v1::HoldReport& hold = *request.mutable_hold_report() = Step(story);
  // By break-glass alone nobody is named.
  if (cases_.KnowsOf(who, story) != Knows::kYes) {
    hold.clear_professional();
    hold.mutable_private_()->set_who("Crisisdienst");
  }
  if (!hold.professional().empty()) cases_.GiveWay(story, hold.professional());
  Rights wishes = Fine();
  if (seen != 0 && cases_.IsStale(story, seen)) wishes = {{STATUS_CONFLICT, "changed_since"}};
  // Somebody whose key is gone for the moment cannot be named.
  if (!hold.professional().empty()) {
    wishes.push_back({common::v1::STATUS_INVALID, "unknown_professional"});
  }
  const bool alone = cases_.IsQuiet(story);
  const uint64_t mine = story.changes + 1;
  cases_.Change(who, story, request, "hold", wishes, seen,
                [this, &story, hold, alone, mine](const Reply&) {
                  story.step_words = hold.private_();
                  story.step_words_known = alone && story.changes == mine;
                  stage_.Count("first step named");
                });
}

void Desks::Claim(Person& who, Story& story, uint64_t seen) {
  const auto& now = story.standing.ownership();
  const bool offered = now.offered_to() == who.id();
  Rights refusals;
  if (!(now.owner() == who.id() && !now.open())) {
    for (const Right& right : cases_.RefusalsOf(who, story, seen)) {
      if (right.code != "not_owner") refusals.push_back(right);
    }
    if (!now.open() && !offered) refusals.push_back({STATUS_CONFLICT, "claimed_already"});
    if (!offered && now.desk() != who.organisation()) {
      refusals.push_back({STATUS_REFUSED, "not_your_desk"});
    }
  }
  cases_.GiveWay(story, who.id());
  intake::v1::Request request;
  request.mutable_claim_report()->set_report(story.answer.report());
  cases_.Change(who, story, request, "claim", OrFine(std::move(refusals)), seen);
}

void Desks::HandOver(Person& who, Story& story, const std::string& to, uint64_t seen) {
  const auto& now = story.standing.ownership();
  Rights refusals = cases_.RefusalsOf(who, story, seen);
  const bool of_desk = now.open() && now.desk() == who.organisation();
  if (of_desk) {
    std::erase_if(refusals, [](const Right& right) { return right.code == "not_owner"; });
  }
  if (to == now.owner()) refusals.push_back({STATUS_REFUSED, "owns_it_already"});
  Rights wishes = OrFine(std::move(refusals));
  // Asked already: nothing changes, whoever says so.
  const bool asked = to == now.offered_to() || (to == now.desk() && now.open());
  if (asked) wishes.push_back({STATUS_OK, {}});
  // Somebody whose key is gone for the moment cannot be asked.
  if (to == stage_.guest->id()) {
    wishes.push_back({common::v1::STATUS_INVALID, "unknown_professional"});
  }
  cases_.GiveWay(story, to);
  if (to.starts_with("org_")) story.desks.insert(to);
  intake::v1::Request request;
  request.mutable_hand_over()->set_report(story.answer.report());
  request.mutable_hand_over()->set_to(to);
  if (stage_.chance.OneIn(2)) request.mutable_hand_over()->mutable_private_()->set_note("Graag");
  cases_.Change(who, story, request, "hand over", wishes, seen);
}

void Desks::HandBack(Person& who, Story& story, uint64_t seen) {
  intake::v1::Request request;
  request.mutable_hand_back()->set_report(story.answer.report());
  request.mutable_hand_back()->mutable_private_()->set_note("Terug naar de balie");
  cases_.Change(who, story, request, "hand back", OrFine(cases_.RefusalsOf(who, story, seen)),
                seen);
}

void Desks::Settle(Person& who, Story& story, uint64_t seen) {
  intake::v1::Request request;
  auto& settle = *request.mutable_settle_report();
  settle.set_report(story.answer.report());
  settle.set_outcome(IsRed(story) ? intake::v1::OUTCOME_MEETING
                                  : kOutcomes[stage_.chance.Below(std::size(kOutcomes))]);
  if (settle.outcome() == intake::v1::OUTCOME_STOPPED) {
    settle.mutable_private_()->set_note("Geen zorgen meer");
  }
  Rights refusals = cases_.RefusalsOf(who, story, seen);
  if (IsRed(story) && !story.standing.has_first_step()) {
    refusals.push_back({STATUS_REFUSED, "no_first_step"});
  }
  // Whether intake has heard of a start is not to be seen from here.
  Rights wishes = OrFine(refusals);
  if (IsRed(story)) wishes.push_back({STATUS_REFUSED, "red_needs_a_table"});
  const bool same = story.standing.outcome() == settle.outcome();
  if (same && !IsAsked(refusals, "not_owner")) wishes.push_back({STATUS_OK, {}});
  cases_.Change(who, story, request, "settle", wishes, seen);
}

void Desks::Confirm(Person& who, Story& story) {
  Rights wishes = Fine();
  if (cases_.IsSettled(story)) wishes.push_back({STATUS_REFUSED, "settled"});
  if (!cases_.IsOfDesk(who, story) && who.organisation() != story.organisation &&
      who.id() != story.standing.ownership().owner()) {
    wishes.push_back({STATUS_REFUSED, "not_your_desk"});
  }
  intake::v1::Request request;
  request.mutable_confirm_grade()->set_report(story.answer.report());
  cases_.Change(who, story, request, "confirm", wishes, 0,
                [&story](const Reply&) { story.confirmed = true; });
}

}  // namespace samenspel::simulation
