// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_wrong.h"

#include "clients/demo/families.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using common::v1::STATUS_DENIED;
using common::v1::STATUS_INVALID;
using common::v1::STATUS_NOT_FOUND;
using common::v1::STATUS_OK;

constexpr size_t kTextBytes = 65 * 1024;  // One text holds 64 KiB, a request 256 KiB.

std::string FormOf(uint64_t seed, uint64_t number) {
  intake::v1::Request request;
  *request.mutable_submit_report() = demo::Invent(seed, number, intake::v1::COLOUR_RED);
  return request.SerializeAsString();
}

}  // namespace

void Wrong::Refused(Person& who, size_t server, const std::string& request,
                    const std::string& purpose, const std::string& what, Rights rights) {
  Ask ask;
  ask.server = server;
  ask.request = request;
  ask.purpose = purpose;
  ask.changes = false;
  stage_.Begin(who, ask, what, std::move(rights));
}

void Wrong::Something() {
  using Kind = void (Wrong::*)();
  constexpr Kind kKinds[] = {&Wrong::BrokenBytes,  &Wrong::BrokenEnvelope, &Wrong::TooLarge,
                             &Wrong::UnknownField, &Wrong::WithoutPurpose, &Wrong::WithoutRight,
                             &Wrong::OnBehalf,     &Wrong::UnknownThing,   &Wrong::AnothersCase,
                             &Wrong::AnothersCase, &Wrong::BadForm,        &Wrong::BadChange};
  (this->*kKinds[stage_.chance.Below(std::size(kKinds))])();
}

void Wrong::BrokenBytes() {
  std::string bytes = FormOf(stage_.size.seed, stage_.chance.Number());
  bytes.resize(bytes.size() / 2 + 1);
  Refused(*stage_.Pick(stage_.desks), stage_.chance.Below(kMachines), bytes, kSafety,
          "half a request", {{STATUS_INVALID, {}}});
}

// What cannot be read as a message of ours has no id to be answered under.
void Wrong::BrokenEnvelope() {
  Person& desk = *stage_.Pick(stage_.desks);
  common::v1::Envelope envelope = desk.NewEnvelope(kSafety);
  envelope.set_request(FormOf(stage_.size.seed, stage_.chance.Number()));
  switch (stage_.chance.Below(4)) {
    case 0:
      envelope.set_protocol(2);
      break;
    case 1:
      envelope.set_request_id("short");
      break;
    case 2:
      envelope.set_signature("signed");
      break;
    default:
      envelope.clear_request();
  }
  std::string bytes = envelope.SerializeAsString();
  if (stage_.chance.OneIn(3)) bytes = bytes.substr(0, bytes.size() / 2);
  stage_.Count("broken envelope");
  desk.Throw(stage_.chance.Below(kMachines), bytes);
}

void Wrong::TooLarge() {
  intake::v1::Request request;
  auto& form = *request.mutable_submit_report();
  form = demo::Invent(stage_.size.seed, stage_.chance.Number(), intake::v1::COLOUR_GREEN);
  if (stage_.chance.OneIn(3)) {
    for (int i = 0; i < 5; ++i) {
      form.mutable_private_()->add_adults()->set_name(std::string(kTextBytes - 2048, 'a'));
    }
  } else {
    form.mutable_private_()->set_address(std::string(kTextBytes, 'a'));
  }
  Refused(*stage_.Pick(stage_.desks), kIntake, request.SerializeAsString(), kSafety, "too large",
          {{STATUS_INVALID, "text_too_long"}, {STATUS_INVALID, "request_too_large"}});
}

void Wrong::UnknownField() {
  std::string bytes = FormOf(stage_.size.seed, stage_.chance.Number());
  bytes += "\xFA\x7D\x01x";  // Field 2015, a text.
  Refused(*stage_.Pick(stage_.desks), kIntake, bytes, kSafety, "unknown field",
          {{STATUS_INVALID, "unknown_field"}});
}

void Wrong::WithoutPurpose() {
  constexpr const char* kPurposes[] = {"", kSetup, "curiosity"};
  Refused(*stage_.Pick(stage_.desks), kIntake, FormOf(stage_.size.seed, stage_.chance.Number()),
          kPurposes[stage_.chance.Below(std::size(kPurposes))], "without a purpose",
          {{STATUS_DENIED, "purpose_missing"}});
}

void Wrong::WithoutRight() {
  const Rights denied = {{STATUS_DENIED, "not_permitted"}};
  intake::v1::Request intake;
  meeting::v1::Request meeting;
  audit::v1::Request audit;
  escalation::v1::Request escalation;
  switch (stage_.chance.Below(6)) {
    case 0:
      intake.mutable_claim_report()->set_report("rpt_00000000000000000000000000");
      return Refused(*stage_.stranger, kIntake, intake.SerializeAsString(), kSafety,
                     "no right to claim", denied);
    case 1:
      intake.mutable_show_report()->set_report("rpt_00000000000000000000000000");
      return Refused(*stage_.auditor, kIntake, intake.SerializeAsString(), kAuditing,
                     "no right to read", denied);
    case 2:
      *meeting.mutable_set_shifts() = stage_.region.shifts.front();
      return Refused(*stage_.Pick(stage_.desks), kMeeting, meeting.SerializeAsString(), kSetup,
                     "no right to rosters", denied);
    case 3:
      audit.mutable_read_leaves();
      return Refused(*stage_.Pick(stage_.desks), kAudit, audit.SerializeAsString(), kSafety,
                     "no right to all leaves", denied);
    case 4:
      intake.mutable_deadline_passed()->set_report("rpt_00000000000000000000000000");
      return Refused(*stage_.Pick(stage_.desks), kIntake, intake.SerializeAsString(), kSafety,
                     "an internal request", denied);
    default:
      escalation.mutable_list_alarms();
      return Refused(*stage_.auditor, kEscalation, escalation.SerializeAsString(), kAuditing,
                     "no right to alarms", denied);
  }
}

// One desk worker may act for people of the desk beside; nobody else for anybody.
void Wrong::OnBehalf() {
  intake::v1::Request request;
  request.mutable_show_mine();
  const bool may = stage_.chance.OneIn(2);
  Ask ask = AskOf(kIntake, request);
  ask.changes = false;
  ask.on_behalf_of = (may ? stage_.desks[2] : stage_.desks[0])->id();
  stage_.Begin(*stage_.desks[may ? 0 : 2], ask, may ? "on behalf" : "wrongly on behalf",
               may ? Fine() : Rights{{STATUS_DENIED, "may_not_act_for"}});
}

void Wrong::UnknownThing() {
  Person& desk = *stage_.Pick(stage_.desks);
  intake::v1::Request intake;
  meeting::v1::Request meeting;
  escalation::v1::Request escalation;
  switch (stage_.chance.Below(5)) {
    case 0:
      intake.mutable_claim_report()->set_report("rpt_00000000000000000000000000");
      return Refused(desk, kIntake, intake.SerializeAsString(), kSafety, "unknown report",
                     Unknown());
    case 1:
      intake.mutable_show_report()->set_report("2026-999999-X");
      return Refused(desk, kIntake, intake.SerializeAsString(), kSafety, "unknown case number",
                     Unknown());
    case 2:
      meeting.mutable_show_mdo()->set_mdo("mdo_00000000000000000000000000");
      return Refused(desk, kMeeting, meeting.SerializeAsString(), kSafety, "unknown meeting",
                     Unknown());
    case 3:
      meeting.mutable_accept_seat()->set_mdo("");
      return Refused(desk, kMeeting, meeting.SerializeAsString(), kSafety, "unknown meeting",
                     Unknown());
    default:
      escalation.mutable_acknowledge_alarm()->set_alarm("alm_00000000000000000000000000");
      return Refused(desk, kEscalation, escalation.SerializeAsString(), kSafety, "unknown alarm",
                     Unknown());
  }
}

// P.75: whoever has no part hears the same as if it were not there.
void Wrong::AnothersCase() {
  Story* story = stage_.PickStory([](const Story&) { return true; });
  if (story == nullptr) return;
  std::vector<Person*> strangers = {stage_.stranger};
  for (Person* desk : stage_.desks) {
    if (cases_.KnowsOf(*desk, *story) == Knows::kNo) strangers.push_back(desk);
  }
  Person& who = *stage_.Pick(strangers);
  if (cases_.KnowsOf(who, *story) != Knows::kNo) return;
  // Somebody may get a part while this is under way.
  const auto rights = [this, &who, story] {
    Rights all = Unknown();
    if (cases_.KnowsOf(who, *story) != Knows::kNo) all.push_back({STATUS_OK, {}});
    return all;
  };
  intake::v1::Request intake;
  meeting::v1::Request meeting;
  audit::v1::Request audit;
  switch (stage_.chance.Below(5)) {
    case 0:
      intake.mutable_show_report()->set_report(story->answer.case_number());
      return stage_.Look(who, kIntake, intake, kSafety, "another's report", rights);
    case 1:
      meeting.mutable_show_mdo()->set_mdo(story->answer.case_number());
      return stage_.Look(who, kMeeting, meeting, kSafety, "another's meeting", rights);
    case 2:
      audit.mutable_show_entries()->set_stream(story->answer.report());
      return stage_.Look(who, kAudit, audit, kSafety, "another's log", rights);
    case 3:
      *audit.mutable_show_entries()->mutable_entry() = story->entry;
      return stage_.Look(who, kAudit, audit, kSafety, "another's entry", rights);
    default:
      auto& hold = *intake.mutable_hold_report();
      hold.set_report(story->answer.report());
      hold.set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
      hold.mutable_private_()->set_who("Crisisdienst");
      cases_.Change(who, *story, intake, "another's first step", Fine(), 0,
                    [story](const Reply&) { story->step_words_known = false; });
  }
}

void Wrong::BadForm() {
  intake::v1::Request request;
  auto& form = *request.mutable_submit_report();
  form = demo::Invent(stage_.size.seed, stage_.chance.Number(), intake::v1::COLOUR_AMBER);
  std::string code = "missing";
  switch (stage_.chance.Below(5)) {
    case 0:
      form.mutable_private_()->clear_happening();
      break;
    case 1:
      form.mutable_private_()->mutable_child_now()->set_unknown(true);
      form.mutable_private_()->mutable_child_now()->set_text("Thuis");
      code = "text_and_unknown";
      break;
    case 2:
      form.mutable_private_()->mutable_children(0)->set_bsn("123456789");
      code = "bad_bsn";
      break;
    case 3:
      *form.add_answers() = form.answers(0);
      code = "answered_twice";
      break;
    default:
      form.set_for_desk(stage_.region.organisations.back().id());
      code = "unknown_organisation";
  }
  for (auto& child : *form.mutable_private_()->mutable_children()) child.clear_birth_date();
  for (auto& adult : *form.mutable_private_()->mutable_adults()) adult.clear_birth_date();
  stage_.Begin(*stage_.Pick(stage_.desks), AskOf(kIntake, request), "bad form",
               {{STATUS_INVALID, code}});
}

void Wrong::BadChange() {
  Story* story = stage_.PickStory([](const Story&) { return true; });
  if (story == nullptr) return;
  Person& sender = stage_.SenderOf(*story);
  intake::v1::Request request;
  std::string code = "missing";
  const std::string& report = story->answer.report();
  switch (stage_.chance.Below(5)) {
    case 0:
      request.mutable_hold_report()->set_report(report);
      break;
    case 1:
      request.mutable_settle_report()->set_report(report);
      break;
    case 2:
      request.mutable_hand_over()->set_report(report);
      request.mutable_hand_over()->set_to("org_00000000000000000000000000");
      code = "unknown_organisation";
      break;
    case 3:
      request.mutable_hand_over()->set_report(report);
      request.mutable_hand_over()->set_to(stage_.stranger->id());
      code = "unknown_professional";
      break;
    default:
      request.mutable_break_glass()->set_report(report);
  }
  cases_.Change(sender, *story, request, "bad change", {{STATUS_INVALID, code}});
}

void Wrong::ReuseId() {
  Story* story = stage_.PickStory([](const Story&) { return true; });
  if (story == nullptr) return;
  Ask ask;
  ask.server = kIntake;
  ask.request = FormOf(stage_.size.seed + 1, stage_.chance.Number());
  ask.changes = false;
  ask.id = story->request_id;
  Person& desk = stage_.SenderOf(*story);
  // The answer to a late copy of the first one bears the same id.
  desk.Begin(ask, [this, &desk](const Reply& reply) {
    if (reply.status() == STATUS_OK) return false;
    stage_.Expect(desk, "another form under the same id", reply,
                  {{STATUS_INVALID, "request_id_reused"}});
    return true;
  });
}

void Wrong::Intrude() {
  ++intrusions_;
  Refused(*stage_.stranger, kIntake, FormOf(stage_.size.seed + 2, stage_.chance.Number()), kSafety,
          "report of a stranger", {{STATUS_DENIED, "not_permitted"}});
}

void Wrong::Again() {
  if (stage_.notes.acknowledged.empty()) return;
  const Acknowledged& one = stage_.Pick(stage_.notes.acknowledged);
  Person* who = stage_.Find(one.principal);
  // That it is the first answer is seen by whoever asked.
  who->BeginAgain(one.reply.request_id(),
                  [this, who, status = one.reply.status()](const Reply& reply) {
                    if (reply.status() == STATUS_INVALID && status != STATUS_INVALID) return false;
                    stage_.Count("same bytes again");
                    if (reply.status() != status)
                      who->Complain("the same bytes had another answer");
                    return true;
                  });
}

}  // namespace samenspel::simulation
