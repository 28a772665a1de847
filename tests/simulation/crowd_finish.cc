// SPDX-License-Identifier: EUPL-1.2
// When all was asked: what is open is brought to an end, where a person must act.
#include "tests/simulation/crowd.h"

namespace samenspel::simulation {
namespace {

using std::chrono::minutes;

constexpr int kRoundsMax = 100;
constexpr int kTriesMax = 4;
constexpr int kLeftIn = 4;  // One report in so many is left with its owner.
constexpr minutes kBetweenRounds{2};
constexpr minutes kUntilRung{15};  // A first step is named within ten minutes, or somebody rung.

}  // namespace

void Crowd::Finish() {
  auto& timeline = stage_.world.timeline();
  if (!stage_.notes.open.empty()) {
    timeline.In(stage_.size.patience, [this] { Finish(); });
    return;
  }
  if (++rounds_ == 1) rosters_.Restore();
  std::string waits;
  if (!clocks_.AllRight()) waits += " clocks";
  if (alarms_.waiting() > 0) waits += " alarms";
  if (!privacy_.AllReviewed()) waits += " reviews";
  int number = 0;
  for (Story& story : stage_.stories) {
    if (Forward(story, number++)) waits += " " + story.answer.report();
  }
  if (rounds_ > 2 && (waits.empty() || rounds_ > kRoundsMax)) {
    if (!waits.empty()) stage_.notes.complaints.push_back("people: waits without an end:" + waits);
    finished_ = true;
    return;
  }
  clocks_.SettleAll();
  alarms_.AnswerAll();
  privacy_.ReviewAll();
  timeline.In(kBetweenRounds, [this] { Finish(); });
}

Person& Crowd::ClaimerOf(const Story& story) {
  Person* offered = stage_.Find(story.standing.ownership().offered_to());
  if (offered != nullptr) return *offered;
  for (Person* desk : stage_.desks) {
    if (cases_.IsOfDesk(*desk, story) && desk != stage_.guest) return *desk;
  }
  return stage_.SenderOf(story);
}

// One step on; false: nothing is left to do.
bool Crowd::Forward(Story& story, int number) {
  const auto& now = story.standing.ownership();
  Person& sender = stage_.SenderOf(story);
  if (cases_.IsSettled(story)) return false;
  if (story.form.bulk() && !story.confirmed) {
    desks_.Confirm(sender, story);
    return true;
  }
  const bool red = story.colour == intake::v1::COLOUR_RED;
  if (red && !story.standing.has_first_step()) {
    const bool rung =
        stage_.world.timeline().now() >= story.received_at + Micros(kUntilRung) && rounds_ > 3;
    if (story.temper != Temper::kSilent || rung) desks_.Hold(sender, story);
    return true;
  }
  if (now.open() || !now.offered_to().empty()) {
    desks_.Claim(ClaimerOf(story), story);
    return true;
  }
  Person* owner = stage_.Find(now.owner());
  if (number % kLeftIn == 0 || owner == nullptr) return false;
  if (red) return ForwardMeeting(story, *owner);
  desks_.Settle(*owner, story);
  return true;
}

bool Crowd::ForwardMeeting(Story& story, Person& owner) {
  if (++tries_[story.answer.report()] > kTriesMax) return false;
  if (story.mdo.starts_at_ms() == 0) {
    looks_.Meeting(stage_.SenderOf(story), story);
  } else {
    desks_.Settle(owner, story);
  }
  return true;
}

}  // namespace samenspel::simulation
