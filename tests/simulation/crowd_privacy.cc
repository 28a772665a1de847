// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_privacy.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using common::v1::STATUS_DENIED;
using common::v1::STATUS_NOT_FOUND;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;

constexpr const char* kNoOpening = "brk_00000000000000000000000000";

}  // namespace

Person& Privacy::OfficerOf(const Story& story) {
  const auto found = std::find_if(
      stage_.officers.begin(), stage_.officers.end(),
      [&](const Person* officer) { return officer->organisation() == story.organisation; });
  return **found;
}

Story* Privacy::Opened() {
  return stage_.PickStory([](const Story& story) { return !story.openings.empty(); });
}

void Privacy::BreakSome() {
  Story* story = stage_.PickStory([](const Story&) { return true; });
  if (story == nullptr) return;
  Person* who = stage_.Pick(stage_.desks);
  if (stage_.chance.OneIn(3)) who = stage_.Pick(stage_.table);
  if (stage_.chance.OneIn(4)) who = stage_.Pick(stage_.duty_managers);
  const Knows before = cases_.KnowsOf(*who, *story);
  cases_.GiveWay(*story, who->id());
  story->glass_tried = true;
  const std::string reason = "Spoed " + std::to_string(stage_.chance.Below(1000));
  intake::v1::Request request;
  request.mutable_break_glass()->set_report(story->answer.report());
  request.mutable_break_glass()->mutable_private_()->set_reason(reason);
  // Whoever has a part by right opens nothing; who that is may change meanwhile.
  Rights rights = {{STATUS_REFUSED, "already_involved"}};
  const bool for_good = Cases::KnowsForGood(*who, *story);
  if (!for_good) rights.push_back({STATUS_OK, {}});
  if (before == Knows::kNo && story->under_way == 0) stage_.Count("glass broken by a stranger");
  stage_.Begin(*who, AskOf(kIntake, request, kSafety), "break glass", rights,
               [this, who, story, reason](const Reply& reply) {
                 if (reply.status() != STATUS_OK) return;
                 const auto opened = ResponseIn<intake::v1::Response>(reply).glass_opened();
                 if (opened.report() != story->answer.report() || opened.opening().empty() ||
                     opened.until_ms() == 0 || opened.review_due_ms() <= opened.until_ms()) {
                   who->Complain("a broken glass shows no opening");
                 }
                 // Once more while it lasts is the same opening, with its first reason.
                 if (!story->openings.insert(opened.opening()).second) return;
                 if (!reviewed_.contains(opened.opening())) {
                   story->to_review.insert(opened.opening());
                 }
                 reasons_[opened.opening()] = reason;
               });
}

void Privacy::ReviewSome() {
  Story* story = Opened();
  Read(story == nullptr ? *stage_.Pick(stage_.officers) : OfficerOf(*story), false);
}

void Privacy::ReviewAll() {
  for (Person* officer : stage_.officers) Read(*officer, true);
}

bool Privacy::AllReviewed() const {
  return std::all_of(stage_.stories.begin(), stage_.stories.end(),
                     [](const Story& story) { return story.to_review.empty(); });
}

void Privacy::Read(Person& officer, bool all) {
  intake::v1::Request request;
  request.mutable_show_mine();
  stage_.Look(
      officer, kIntake, request, kReview, "show reviews", Fine(),
      [this, &officer, all](const Reply& reply) {
        const auto mine = ResponseIn<intake::v1::Response>(reply).mine_shown();
        for (const auto& line : mine.reviews()) {
          const auto reason = reasons_.find(line.opening());
          if (reason != reasons_.end() && line.private_().reason() != reason->second) {
            officer.Complain("another reason for break-glass than was given");
          }
          if (line.reader() == officer.id()) officer.Complain("judges an own opening");
          if (!all && stage_.chance.OneIn(2)) continue;
          if (!under_review_.insert(line.opening()).second) continue;
          Review(officer, line.opening(), {{STATUS_OK, {}}, {STATUS_REFUSED, "already_reviewed"}});
        }
      });
}

void Privacy::Review(Person& officer, const std::string& opening, const Rights& rights) {
  intake::v1::Request request;
  auto& review = *request.mutable_review_opening();
  review.set_opening(opening);
  review.set_justified(!stage_.chance.OneIn(3));
  if (stage_.chance.OneIn(2)) review.mutable_private_()->set_note("Besproken met de lezer");
  stage_.Begin(officer, AskOf(kIntake, request, kReview), "review opening", rights,
               [this, opening](const Reply& reply) {
                 if (reply.status() != STATUS_OK) return;
                 reviewed_.insert(opening);
                 for (Story& story : stage_.stories) story.to_review.erase(opening);
               });
}

void Privacy::ReviewWrongly() {
  Story* story = Opened();
  if (story == nullptr || stage_.chance.OneIn(4)) {
    return Review(*stage_.Pick(stage_.officers), kNoOpening, Unknown());
  }
  const std::string opening = *story->openings.begin();
  Person& officer = *stage_.Pick(stage_.officers);
  if (officer.organisation() != story->organisation) return Review(officer, opening, Unknown());
  if (reviewed_.contains(opening)) {
    return Review(officer, opening, {{STATUS_REFUSED, "already_reviewed"}});
  }
  Review(*stage_.Pick(stage_.desks), opening, {{STATUS_DENIED, "not_permitted"}});
}

// The auditor asks about anyone; everybody else about themselves.
void Privacy::ExplainSome() {
  Story* story = stage_.PickStory([](const Story&) { return true; });
  if (story == nullptr) return;
  auto* about = stage_.chance.OneIn(2) ? stage_.Pick(stage_.desks) : stage_.Pick(stage_.table);
  if (Stage::IsGuest(about->id())) return;
  Person& who = stage_.chance.OneIn(3) ? *about : *stage_.auditor;
  intake::v1::Request request;
  auto& explain = *request.mutable_explain_access();
  explain.set_report(story->answer.report());
  explain.set_what("show_report");
  if (&who == stage_.auditor) explain.set_who(about->id());
  const Knows before = cases_.KnowsOf(*about, *story);
  const uint64_t mine = story->changes;
  const auto now = [this, about, story, before, mine] {
    return cases_.KnowsNow(*about, *story, before, mine);
  };
  const auto rights = [this, &who, now] {
    if (&who == stage_.auditor || now() == Knows::kYes) return Fine();
    if (now() == Knows::kNo) return Unknown();
    return Rights{{STATUS_OK, {}}, {STATUS_NOT_FOUND, kNotFound}};
  };
  stage_.Look(who, kIntake, request, &who == stage_.auditor ? kAuditing : kSafety, "explain access",
              rights, [&who, now](const Reply& reply) {
                if (reply.status() != STATUS_OK) return;
                const auto explained = ResponseIn<intake::v1::Response>(reply).access_explained();
                // Somebody whose key is gone for the moment.
                if (!explained.registered()) return;
                if (!explained.role_fits()) who.Complain("somebody is explained to lack a role");
                const Knows knows = now();
                if (knows == Knows::kPerhaps) return;
                if (explained.allowed() != (knows == Knows::kYes)) {
                  who.Complain("access is explained as it is not");
                }
              });
}

// P.75: a case of which the own organisation keeps an opening; other cases are unknown to officers.
void Privacy::ReadLog() {
  Story* story = stage_.PickStory([](const Story& one) { return one.awaited; });
  if (story == nullptr) return;
  Person& officer = stage_.chance.OneIn(2) ? OfficerOf(*story) : *stage_.Pick(stage_.officers);
  const auto rights = [story, &officer] {
    if (!story->glass_tried || officer.organisation() != story->organisation) return Unknown();
    return Rights{{STATUS_OK, {}}, {STATUS_NOT_FOUND, kNotFound}};
  };
  audit::v1::Request request;
  request.mutable_show_entries()->set_stream(story->answer.report());
  stage_.Look(officer, kAudit, request, kReview, "read the log of a case", rights);
}

}  // namespace samenspel::simulation
