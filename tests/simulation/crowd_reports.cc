// SPDX-License-Identifier: EUPL-1.2
// Reports as they are sent, and what their senders wait for.
#include <google/protobuf/util/message_differencer.h>

#include "clients/demo/families.h"
#include "common/store/bytes.h"
#include "proto/common/v1/entry.pb.h"
#include "tests/simulation/crowd_desks.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using google::protobuf::util::MessageDifferencer;
using std::chrono::minutes;

// The first reports show each colour soon, however short the run is.
constexpr int kFirst = 12;

// A clock that is set back by ten years finds nobody born after its day.
void MakeOlder(std::string& birth_date) {
  if (birth_date < "2016") return;
  birth_date.replace(0, 4, std::to_string(std::stoi(birth_date.substr(0, 4)) - 11));
}

}  // namespace

intake::v1::Colour Desks::NextColour() {
  auto& chance = stage_.chance;
  if (sent_ < kFirst && chance.OneIn(2)) return intake::v1::COLOUR_RED;
  const uint64_t drawn = chance.Below(120);
  if (drawn < 15) return intake::v1::COLOUR_RED;
  return drawn < 57 ? intake::v1::COLOUR_AMBER : intake::v1::COLOUR_GREEN;
}

intake::v1::SubmitReport Desks::Form(intake::v1::Colour colour) {
  intake::v1::SubmitReport form = demo::Invent(stage_.size.seed, forms_++, colour);
  for (auto& child : *form.mutable_private_()->mutable_children()) {
    MakeOlder(*child.mutable_birth_date());
  }
  // Answers that ask for more seats.
  if (colour != intake::v1::COLOUR_RED || !stage_.IsLong()) return form;
  for (auto& answer : *form.mutable_answers()) {
    if (answer.value() == intake::v1::ANSWER_VALUE_NO && stage_.chance.OneIn(20)) {
      answer.set_value(intake::v1::ANSWER_VALUE_YES);
    }
  }
  return form;
}

void Desks::Report() {
  const intake::v1::Colour colour = NextColour();
  intake::v1::SubmitReport form = Form(colour);
  Person& desk = *stage_.Pick(stage_.desks);
  if (stage_.chance.OneIn(6)) form.set_for_desk(stage_.Pick(stage_.desks)->organisation());
  Send(desk, std::move(form), colour);
}

void Desks::Import() {
  Person& desk = *stage_.Pick(stage_.desks);
  const uint64_t lines = 2 + stage_.chance.Below(3);
  for (uint64_t i = 0; i < lines; ++i) {
    const intake::v1::Colour colour = NextColour();
    intake::v1::SubmitReport form = Form(colour);
    form.set_bulk(true);
    stage_.Count("report in bulk");
    Send(desk, std::move(form), colour);
  }
}

void Desks::ReportTwice() {
  const Story* story = stage_.PickStory([](const Story&) { return true; });
  if (story == nullptr) return;
  stage_.Count("the same form under another id");
  Send(stage_.SenderOf(*story), story->form, story->colour);
}

void Desks::Send(Person& desk, intake::v1::SubmitReport form, intake::v1::Colour colour) {
  Story& story = stage_.stories.emplace_back();
  story.colour = colour;
  story.form = std::move(form);
  story.sender = desk.id();
  story.organisation = desk.organisation();
  story.temper = static_cast<Temper>(stage_.chance.Below(3));
  ++sent_;
  intake::v1::Request request;
  *request.mutable_submit_report() = story.form;
  story.request_id = stage_.Begin(desk, AskOf(kIntake, request), "report", Fine(),
                                  [this, &story](const Reply& reply) { Received(story, reply); });
}

void Desks::Received(Story& story, const Reply& reply) {
  Person& desk = stage_.SenderOf(story);
  story.answer = ResponseIn<intake::v1::Response>(reply).report_received();
  story.received = true;
  story.received_at = stage_.world.timeline().now();
  story.entry = reply.entry();
  if (story.answer.report().empty() || story.answer.case_number().empty()) {
    desk.Complain("a report without id or case number");
  }
  if (story.answer.grade().colour() != story.colour) desk.Complain("another colour than expected");
  if (story.answer.provisional() != story.form.bulk()) desk.Complain("wrongly provisional");
  story.standing.set_report(story.answer.report());
  story.standing.set_case_number(story.answer.case_number());
  auto& first = *story.standing.mutable_ownership();
  first.set_owner(story.sender);
  first.set_desk(story.form.for_desk().empty() ? story.organisation : story.form.for_desk());
  first.set_open(true);
  story.desks = {story.organisation, first.desk()};
  cases_.GiveWay(story, story.sender);
  AwaitAll(story);
  FollowUp(story);
}

// In time, late, or never: then somebody must be rung.
void Desks::FollowUp(Story& story) {
  if (story.colour != intake::v1::COLOUR_RED || story.temper == Temper::kSilent) return;
  const uint64_t spread = story.temper == Temper::kPrompt ? 8 : 40;
  const Micros wait =
      stage_.IsLong() ? Micros(minutes(1 + stage_.chance.Below(spread))) : Micros(0);
  stage_.world.timeline().In(wait, [this, &story] {
    if (!story.standing.has_first_step()) Hold(stage_.SenderOf(story), story);
  });
}

void Desks::AwaitAll(Story& story) {
  const auto await = [&](size_t server, const char* by) {
    ++story.awaits_open;
    stage_.SenderOf(story).Await(
        server, story.entry, by,
        [this, &story, server, by = std::string(by)](const common::v1::Awaited& awaited) {
          Awaited(story, server, by, awaited);
        });
  };
  await(kMeeting, "meeting");
  await(kAudit, "intake");
  if (story.colour == intake::v1::COLOUR_RED) await(kAudit, "meeting");
}

// What an await says must be durable at that service in the moment it says so.
void Desks::Awaited(Story& story, size_t server, const std::string& by,
                    const common::v1::Awaited& awaited) {
  Person& desk = stage_.SenderOf(story);
  // Of every report meeting takes over who may know of it.
  if (awaited.none()) desk.Complain("an await forgot the entry");
  Machine& machine = stage_.world.machine(server);
  if (!awaited.none() && machine.running()) {
    const uint64_t sequence = awaited.entry().sequence();
    const auto row =
        server == kMeeting
            ? machine.store().Get(store::Column::kJournal, store::BigEndian(sequence))
            : machine.store().Get(store::Column::kCopy, by + "/" + store::BigEndian(sequence));
    const auto entry = row ? store::ParseStored(*row) : nullptr;
    const bool right =
        entry && (by == "intake" ? MessageDifferencer::Equals(awaited.entry(), story.entry)
                                 : MessageDifferencer::Equals(entry->header.cause(), story.entry));
    // Our own look may be the one that meets a rotten block: then nothing is known, and the daemon
    // ends by it.
    if (!right && machine.store().fault().ok())
      desk.Complain("an await was answered with what is not durable there");
  }
  story.awaited = --story.awaits_open == 0;
}

}  // namespace samenspel::simulation
