// SPDX-License-Identifier: EUPL-1.2
// Which report somebody at a desk takes up, and with whom they run into each other.
#include "tests/simulation/crowd_desks.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;

bool IsRed(const Story& story) { return story.colour == intake::v1::COLOUR_RED; }

}  // namespace

void Desks::HoldSome() {
  Story* story = stage_.PickStory([&](const Story& one) {
    return one.temper != Temper::kSilent && (IsRed(one) || stage_.chance.OneIn(20));
  });
  if (story == nullptr) return;
  Hold(stage_.chance.OneIn(3) ? AtDeskOf(*story) : stage_.SenderOf(*story), *story);
}

void Desks::ClaimSome() {
  Story* story = OpenOne();
  if (story == nullptr) return;
  Person* offered = stage_.Find(story->standing.ownership().offered_to());
  if (offered != nullptr && !stage_.chance.OneIn(3)) return Claim(*offered, *story);
  // Mostly somebody of that desk; now and then somebody of another.
  Claim(stage_.chance.OneIn(6) ? *stage_.Pick(stage_.desks) : AtDeskOf(*story), *story);
}

void Desks::HandOverSome() {
  Story* story = OpenOne();
  if (story == nullptr) return;
  Person* owner = stage_.Find(story->standing.ownership().owner());
  Person& who = owner == nullptr || stage_.chance.OneIn(5) ? AtDeskOf(*story) : *owner;
  const Person& to = *stage_.Pick(stage_.desks);
  HandOver(who, *story, stage_.chance.OneIn(3) ? to.organisation() : to.id());
}

void Desks::HandBackSome() {
  Story* story = OpenOne();
  if (story == nullptr) return;
  Person* owner = stage_.Find(story->standing.ownership().owner());
  HandBack(owner == nullptr || stage_.chance.OneIn(5) ? AtDeskOf(*story) : *owner, *story);
}

void Desks::SettleSome() {
  Story* story = stage_.PickStory([&](const Story& one) {
    if (cases_.IsSettled(one)) return stage_.chance.OneIn(30);
    return !IsRed(one) || (one.standing.has_first_step() && one.mdo.starts_at_ms() != 0) ||
           stage_.chance.OneIn(10);
  });
  if (story == nullptr) return;
  Person* owner = stage_.Find(story->standing.ownership().owner());
  Settle(owner == nullptr || stage_.chance.OneIn(6) ? AtDeskOf(*story) : *owner, *story);
}

void Desks::ConfirmSome() {
  Story* story =
      stage_.PickStory([&](const Story& one) { return one.form.bulk() && !one.confirmed; });
  if (story == nullptr) return;
  Confirm(stage_.chance.OneIn(2) ? AtDeskOf(*story) : stage_.SenderOf(*story), *story);
}

// Only whoever is in the circle says who else is; sender and those they named.
void Desks::CircleSome() {
  Story* story = stage_.PickStory([](const Story& one) { return one.form.has_secret(); });
  if (story == nullptr) return;
  intake::v1::Request request;
  auto& circle = *request.mutable_set_secret_circle();
  circle.set_report(story->answer.report());
  std::vector<std::string> persons;
  for (uint64_t i = stage_.chance.Below(3); i > 0; --i) {
    const std::string& person = stage_.Pick(stage_.desks)->id();
    if (Stage::IsGuest(person) || person == story->sender) continue;
    if (persons.empty() || persons.front() != person) persons.push_back(person);
  }
  for (const std::string& person : persons) circle.add_persons(person);
  const bool alone = cases_.IsQuiet(*story);
  const uint64_t mine = story->changes + 1;
  story->circle_known = false;
  cases_.Change(stage_.SenderOf(*story), *story, request, "set circle", Fine(), 0,
                [story, persons, alone, mine](const Reply&) {
                  story->circle = persons;
                  story->circle_known = alone && story->changes == mine;
                });
}

void Desks::CheckForm() {
  Person& desk = *stage_.Pick(stage_.desks);
  intake::v1::Request request;
  if (stage_.chance.OneIn(3)) {
    request.mutable_show_crisismeter();
    return stage_.Look(desk, kIntake, request, kSafety, "show crisismeter", Fine(),
                       [&desk](const Reply& reply) {
                         const auto shown = ResponseIn<intake::v1::Response>(reply);
                         if (shown.crisismeter_shown().indicators().empty()) {
                           desk.Complain("the crisismeter asks nothing");
                         }
                       });
  }
  const intake::v1::Colour colour = NextColour();
  *request.mutable_check_report()->mutable_answers() = Form(colour).answers();
  stage_.Look(desk, kIntake, request, kSafety, "check form", Fine(),
              [&desk, colour](const Reply& reply) {
                const auto checked = ResponseIn<intake::v1::Response>(reply).report_checked();
                if (checked.grade().colour() != colour) desk.Complain("a form checks otherwise");
              });
}

void Desks::Collide() {
  Story* story = OpenOne();
  if (story == nullptr) return;
  Person* owner = stage_.Find(story->standing.ownership().owner());
  Person& one = AtDeskOf(*story);
  Person& other = AtDeskOf(*story);
  const uint64_t seen = story->standing.version();
  stage_.Count("two at once");
  switch (stage_.chance.Below(6)) {
    case 0:
      Claim(one, *story);
      return Claim(other, *story);
    case 1:
      Claim(one, *story, seen);
      return HandOver(owner == nullptr ? other : *owner, *story, stage_.Pick(stage_.desks)->id(),
                      seen);
    case 2:
      Claim(one, *story, seen);
      return HandBack(owner == nullptr ? other : *owner, *story, seen);
    case 3:
      if (story->temper == Temper::kSilent) return;
      Hold(one, *story, seen);
      return Hold(other, *story, seen);
    case 4:
      if (owner == nullptr || IsRed(*story)) return;
      Settle(*owner, *story, seen);
      return Claim(other, *story, seen);
    default:
      HandOver(one, *story, stage_.Pick(stage_.desks)->organisation(), seen);
      return Claim(other, *story);
  }
}

void Desks::DecideOnOldNews() {
  Story* story = stage_.PickStory([&](const Story& one) {
    return !cases_.IsSettled(one) && one.temper != Temper::kSilent && one.versions.size() > 1;
  });
  if (story == nullptr) return;
  const uint64_t seen = story->versions.begin()->first;
  stage_.Count("decides on old news");
  Person& who = AtDeskOf(*story);
  if (stage_.chance.OneIn(2)) return Hold(who, *story, seen);
  Claim(who, *story, seen);
}

}  // namespace samenspel::simulation
