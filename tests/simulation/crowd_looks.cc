// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_looks.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using google::protobuf::util::MessageDifferencer;

template <class Shown>
intake::v1::ReportChanged StandingOf(const Shown& shown) {
  intake::v1::ReportChanged standing;
  standing.set_report(shown.report());
  standing.set_case_number(shown.case_number());
  *standing.mutable_ownership() = shown.ownership();
  if (shown.has_first_step()) *standing.mutable_first_step() = shown.first_step();
  standing.set_outcome(shown.outcome());
  standing.set_version(shown.version());
  return standing;
}

Rights RightsOf(Knows knows) {
  if (knows == Knows::kYes) return Fine();
  if (knows == Knows::kNo) return Unknown();
  return {{common::v1::STATUS_OK, {}}, {common::v1::STATUS_NOT_FOUND, kNotFound}};
}

bool IsByGlass(const intake::v1::ReportShown& shown) {
  return shown.by_right_of().kind() == common::v1::INVOLVEMENT_KIND_BREAK_GLASS;
}

}  // namespace

void Looks::LookSome() {
  // What must stay secret is looked at most.
  const bool secret = stage_.chance.OneIn(2);
  Story* story =
      stage_.PickStory([&](const Story& one) { return !secret || one.form.has_secret(); });
  if (story == nullptr) return;
  Person* who = &stage_.SenderOf(*story);
  const uint64_t drawn = stage_.chance.Below(8);
  if (drawn < 3) who = stage_.Pick(stage_.desks);
  if (drawn == 3) who = stage_.Pick(stage_.duty_managers);
  if (drawn == 4) who = stage_.Pick(stage_.table);
  Report(*who, *story);
  if (story->colour == intake::v1::COLOUR_RED) Meeting(*who, *story);
}

void Looks::Report(Person& who, Story& story) {
  intake::v1::Request request;
  request.mutable_show_report()->set_report(stage_.chance.OneIn(3) ? story.answer.case_number()
                                                                   : story.answer.report());
  const uint64_t least = story.standing.version();
  const bool alone = cases_.IsQuiet(story);
  const auto rights = [this, &who, &story, before = cases_.KnowsOf(who, story),
                       mine = story.changes] {
    return RightsOf(cases_.KnowsNow(who, story, before, mine));
  };
  stage_.Look(who, kIntake, request, kSafety, "show report", rights,
              [this, &who, &story, least, alone, mine = story.changes](const Reply& reply) {
                if (reply.status() != common::v1::STATUS_OK) return;
                const auto response = ResponseIn<intake::v1::Response>(reply);
                CheckShown(who, story, response.report_shown(), least, alone, mine);
              });
}

void Looks::CheckShown(Person& who, Story& story, const intake::v1::ReportShown& shown,
                       uint64_t least, bool alone, uint64_t mine) {
  if (who.notes().shown) {
    who.notes().shown({who.id(), shown.report(), kSafety, shown.has_secret()});
  }
  cases_.Learn(who, story, StandingOf(shown), least);
  auto family = shown.private_();
  const auto words = family.afterwards().first_step();
  family.clear_afterwards();
  if (!MessageDifferencer::Equals(family, story.form.private_())) {
    who.Complain("a report is not shown as it was sent");
  }
  if (shown.answers_size() != story.form.answers_size() || shown.sender() != story.sender ||
      shown.organisation() != story.organisation || shown.grade().colour() != story.colour) {
    who.Complain("a report shows other answers, sender or colour");
  }
  alone = alone && story.changes == mine && story.step_words_known;
  if (alone && !MessageDifferencer::Equals(words, story.step_words)) {
    who.Complain("another first step is told than was said");
  }
  if (!shown.has_by_right_of()) who.Complain("a report is shown by no right");
  CheckSecret(who, story, shown);
}

// P.06: the place for sender and circle, a hidden reporter for the organisation that took it.
void Looks::CheckSecret(Person& who, const Story& story, const intake::v1::ReportShown& shown) {
  const auto& secret = story.form.secret();
  const bool in_circle = !IsByGlass(shown) && (who.id() == story.sender ||
                                               std::find(story.circle.begin(), story.circle.end(),
                                                         who.id()) != story.circle.end());
  const bool of_taker = !IsByGlass(shown) && who.organisation() == story.organisation;
  if (story.circle_known || who.id() == story.sender || IsByGlass(shown)) {
    const std::string place = in_circle ? secret.secret_location() : "";
    if (shown.secret().secret_location() != place) {
      who.Complain("a secret place is shown to others, or not to its circle");
    }
  }
  if (shown.secret().has_hidden_reporter() != (of_taker && secret.has_hidden_reporter())) {
    who.Complain("a hidden reporter is shown to others, or not to those who took the report");
  }
  if (shown.secret_withheld() && shown.secret_ask() != story.sender) {
    who.Complain("what is withheld names nobody to call");
  }
}

void Looks::Meeting(Person& who, Story& story) {
  meeting::v1::Request request;
  request.mutable_show_mdo()->set_mdo(story.answer.report());
  // Meeting hears later; whoever has a seat knows of the meeting, and of no more.
  const bool told = story.awaited && !story.form.bulk() && who.id() == story.sender;
  const auto rights = [this, &who, &story, told, before = cases_.KnowsOf(who, story)] {
    if (told) return Fine();
    const Knows now = cases_.KnowsNow(who, story, before, 0);
    return RightsOf(now == Knows::kNo && !who.Is("table_member") ? now : Knows::kPerhaps);
  };
  stage_.Look(who, kMeeting, request, kSafety, "show meeting", rights,
              [&who, &story](const Reply& reply) {
                if (reply.status() != common::v1::STATUS_OK) return;
                const auto shown = ResponseIn<meeting::v1::Response>(reply).mdo_shown();
                const auto& mdo = shown.mdo();
                if (mdo.report() != story.answer.report() ||
                    mdo.case_number() != story.answer.case_number()) {
                  who.Complain("the meeting of a red report is not shown to its sender");
                }
                if (mdo.starts_at_ms() == 0 && mdo.binding_function().empty()) {
                  who.Complain("a meeting without start names no seat to mend");
                }
                story.mdo = mdo;
              });
}

Story* Looks::StoryOf(const std::string& report) {
  for (Story& story : stage_.stories) {
    if (story.received && story.answer.report() == report) return &story;
  }
  return nullptr;
}

void Looks::CheckLine(Person& who, const intake::v1::ReportLine& line, uint64_t least) {
  Story* story = StoryOf(line.report());
  if (story == nullptr) return;  // Its sender does not know yet that it was received.
  cases_.Learn(who, *story, StandingOf(line), least);
  if (line.colour() != story->colour) who.Complain("a list shows another colour");
  if (cases_.KnowsOf(who, *story) == Knows::kNo) who.Complain("a list shows a stranger's case");
}

void Looks::Status() {
  std::vector<Person*> anybody = stage_.operators;
  anybody.push_back(stage_.Pick(stage_.desks));
  Person& who = *stage_.Pick(anybody);
  const size_t server = stage_.chance.Below(kMachines);
  who.AskStatus(server, [this, &who, server](const Reply& reply) {
    if (!stage_.Expect(who, "status", reply, Fine())) return true;
    if (reply.service_status().service() != kServices[server] ||
        reply.service_status().head().sequence() == 0) {
      who.Complain("a status of another service, or of nothing");
    }
    return true;
  });
}

}  // namespace samenspel::simulation
