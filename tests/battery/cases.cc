// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/cases.h"

#include <stdexcept>

#include "clients/demo/families.h"
#include "common/base/ids.h"
#include "proto/escalation/v1/requests.pb.h"
#include "tests/battery/cast.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::battery {
namespace {

using intake::v1::Colour;
using std::chrono::minutes;

// Each answer that could ask for a seat nobody holds is no, so that nothing rings by chance.
void Plain(intake::v1::SubmitReport& form, Colour colour) {
  for (auto& answer : *form.mutable_answers()) {
    const bool direct =
        answer.indicator() == "fresh_injury" || answer.indicator() == "suspect_has_access";
    const bool yes =
        (colour == intake::v1::COLOUR_RED && direct) ||
        (colour == intake::v1::COLOUR_AMBER && answer.indicator() == "physical_abuse_suspected");
    answer.set_value(yes ? intake::v1::ANSWER_VALUE_YES : intake::v1::ANSWER_VALUE_NO);
  }
}

class Maker {
 public:
  Maker(Stage& stage, uint64_t seed) : stage_(stage), entropy_(seed), seed_(seed) {}
  Scene scene;

  void LoadRoster() {
    for (const auto& request : Roster(stage_.Now(), stage_.Now() + std::chrono::hours(48))) {
      scene.roster_entry = Do(IdOf("m_manager"), kMeeting, request, "region_setup").entry();
    }
  }

  Case& Send(const std::string& label, Colour colour, const std::string& sender, bool secret,
             const std::string& for_desk = "", bool bulk = false) {
    Case& made = scene.cases.emplace_back();
    made.label = label;
    made.canary = "kanarie-" + std::to_string(seed_) + "-" + std::to_string(scene.cases.size());
    made.sender = IdOf(sender);
    made.keeper = OrganisationOf(sender.substr(0, 1));
    made.red = colour == intake::v1::COLOUR_RED;
    made.provisional = bulk && made.red;
    made.secret = secret;
    intake::v1::Request request;
    auto& form = *request.mutable_submit_report();
    form = demo::Invent(seed_, scene.cases.size(), colour);
    Plain(form, colour);
    form.mutable_private_()->clear_happening();
    form.mutable_private_()->mutable_happening()->set_text(made.canary + "-private");
    form.clear_secret();
    if (secret) {
      form.mutable_secret()->set_secret_location(made.canary + "-place");
      form.mutable_secret()->mutable_hidden_reporter()->set_name(made.canary + "-reporter");
      form.mutable_private_()->clear_reporter();
      form.mutable_private_()->mutable_reporter()->set_unknown(true);
    }
    form.set_for_desk(for_desk.empty() ? "" : OrganisationOf(for_desk));
    form.set_bulk(bulk);
    const auto reply = Do(made.sender, kIntake, request);
    intake::v1::Response response;
    response.ParseFromString(reply.response());
    const auto& received = response.report_received();
    if (received.grade().colour() != colour) throw std::runtime_error("another colour");
    made.report = received.report();
    made.number = received.case_number();
    made.submitted = reply.entry();
    made.ownership = ShownTo(made).ownership();
    made.household = ShownTo(made).household();
    return made;
  }

  void FirstStep(Case& made, const std::string& professional = "") {
    intake::v1::Request request;
    auto& hold = *request.mutable_hold_report();
    hold.set_report(made.report);
    hold.set_step(intake::v1::FIRST_STEP_SAFE_PLACE);
    if (professional.empty()) hold.mutable_private_()->set_who("Wijkagent");
    if (!professional.empty()) hold.set_professional(IdOf(professional));
    Do(made.sender, kIntake, request);
    made.first_step = true;
    if (!professional.empty()) made.first = IdOf(professional);
  }

  // Who has a seat as meeting shows it to the sender.
  void TakeSeats(Case& made, size_t accepted) {
    stage_.Settle();
    meeting::v1::Request request;
    request.mutable_show_mdo()->set_mdo(made.report);
    meeting::v1::Response response;
    response.ParseFromString(Do(made.sender, kMeeting, request).response());
    const auto& mdo = response.mdo_shown().mdo();
    if (mdo.starts_at_ms() == 0) throw std::runtime_error(made.label + " has no start");
    made.mdo = mdo.mdo();
    for (const auto& seat : mdo.seats()) {
      made.seats.push_back({.person = seat.professional(), .organisation = seat.organisation()});
      if (made.seats.size() > accepted) continue;
      meeting::v1::Request accept;
      accept.mutable_accept_seat()->set_mdo(made.mdo);
      Do(seat.professional(), kMeeting, accept);
      made.seats.back().accepted = true;
    }
    stage_.Settle();
  }

  void Own(Case& made, const std::string& who, const intake::v1::Request& request) {
    intake::v1::Response response;
    response.ParseFromString(Do(IdOf(who), kIntake, request).response());
    made.ownership = response.report_changed().ownership();
  }
  void Claim(Case& made, const std::string& who) {
    intake::v1::Request request;
    request.mutable_claim_report()->set_report(made.report);
    Own(made, who, request);
  }
  void HandOver(Case& made, const std::string& who, const std::string& to) {
    intake::v1::Request request;
    request.mutable_hand_over()->set_report(made.report);
    request.mutable_hand_over()->set_to(IdOf(to));
    Own(made, who, request);
  }
  void HandBack(Case& made, const std::string& who) {
    intake::v1::Request request;
    request.mutable_hand_back()->set_report(made.report);
    Own(made, who, request);
  }
  void SettleCase(Case& made) {
    intake::v1::Request request;
    request.mutable_settle_report()->set_report(made.report);
    request.mutable_settle_report()->set_outcome(made.red ? intake::v1::OUTCOME_MEETING
                                                          : intake::v1::OUTCOME_LOCAL_TEAM);
    Do(made.sender, kIntake, request);
    made.settled = true;
  }
  void Name(Case& made, const std::vector<std::string>& names) {
    intake::v1::Request request;
    request.mutable_set_secret_circle()->set_report(made.report);
    for (const std::string& id : names) {
      request.mutable_set_secret_circle()->add_persons(id);
      made.named.insert(id);
    }
    Do(made.sender, kIntake, request);
  }
  OpeningFact& Open(Case& made, const std::string& who) {
    intake::v1::Request request;
    request.mutable_break_glass()->set_report(made.number);
    request.mutable_break_glass()->mutable_private_()->set_reason(made.canary + "-reason");
    intake::v1::Response response;
    response.ParseFromString(Do(IdOf(who), kIntake, request).response());
    const auto& opened = response.glass_opened();
    return made.openings.emplace_back(OpeningFact{opened.opening(), IdOf(who),
                                                  OrganisationOf(who.substr(0, 1)),
                                                  base::FromMs(opened.until_ms())});
  }
  // It was not right: ends at once.
  void Condemn(OpeningFact& opening, const std::string& officer) {
    intake::v1::Request request;
    request.mutable_review_opening()->set_opening(opening.id);
    request.mutable_review_opening()->mutable_private_()->set_note("Geen reden.");
    Do(IdOf(officer), kIntake, request, "privacy_review");
    opening.until = stage_.Now();
    opening.reviewed = true;
  }

  // What rings, as it is shown to those who may know of all.
  void LookAtAlarms() {
    stage_.Settle();
    for (const char* who : {"a_sender", "b_desk", "m_operator"}) {
      escalation::v1::Request request;
      request.mutable_list_alarms()->set_with_ended(true);
      escalation::v1::Response response;
      response.ParseFromString(
          Do(IdOf(who), kEscalation, request, who[0] == 'm' ? "region_setup" : "child_safety")
              .response());
      for (const auto& alarm : response.alarms_listed().alarms()) Note(alarm);
    }
  }

 private:
  void Note(const escalation::v1::Alarm& alarm) {
    AlarmFact fact{.id = alarm.alarm(), .asked = {}, .ended = alarm.ended_at_ms() > 0};
    for (const auto& asked : alarm.asked()) fact.asked[asked.person()] = asked.as();
    std::vector<AlarmFact>* list = &scene.caseless;
    for (Case& one : scene.cases) {
      if (!alarm.report().empty() && one.report == alarm.report()) list = &one.alarms;
    }
    const bool known =
        std::ranges::any_of(*list, [&](const auto& one) { return one.id == fact.id; });
    if (!known) list->push_back(std::move(fact));
  }

  intake::v1::ReportShown ShownTo(const Case& made) {
    intake::v1::Request request;
    request.mutable_show_report()->set_report(made.report);
    intake::v1::Response response;
    response.ParseFromString(Do(made.sender, kIntake, request).response());
    return response.report_shown();
  }

  common::v1::Reply Do(const std::string& who, size_t service,
                       const google::protobuf::Message& request,
                       const std::string& purpose = "child_safety") {
    common::v1::Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(base::NewRequestId(stage_.Now(), entropy_));
    envelope.set_purpose(purpose);
    envelope.set_request(request.SerializeAsString());
    const auto answer = stage_.Ask(who, service, envelope);
    if (!answer || answer->reply().status() != common::v1::STATUS_OK) {
      throw std::runtime_error(NameOf(who) + " at " + kServices[service] + ": " +
                               request.ShortDebugString() + " -> " +
                               (answer ? answer->ShortDebugString() : "no answer"));
    }
    return answer->reply();
  }

  Stage& stage_;
  support::SeededEntropy entropy_;
  uint64_t seed_;
};

// What is over when the attempts begin.
void MakePast(Maker& maker, const std::function<void(base::milliseconds)>& passes,
              const std::function<void(size_t, base::milliseconds)>& pauses) {
  Case& past = maker.Send("past", intake::v1::COLOUR_RED, "a_sender", true);
  maker.FirstStep(past);
  maker.TakeSeats(past, 2);
  maker.SettleCase(past);
  maker.Open(maker.Send("expired", intake::v1::COLOUR_AMBER, "a_sender", true), "c_expired");
  pauses(kAudit, minutes(25));
  passes(minutes(130));
  for (SeatFact& seat : maker.scene.cases.front().seats) seat.over = true;
}

void MakeOwned(Maker& maker) {
  const auto amber = intake::v1::COLOUR_AMBER;
  maker.Send("fresh", amber, "a_sender", true);
  maker.Send("asked", amber, "a_sender", false, "b");
  Case& claimed = maker.Send("claimed", amber, "a_sender", true);
  maker.Claim(claimed, "a_owner");
  maker.Name(claimed, {IdOf("a_owner"), IdOf("c_named")});
  maker.HandOver(maker.Send("offered", amber, "a_sender", false), "a_sender", "b_offered");
  maker.Claim(maker.Send("taken", amber, "a_sender", true, "b"), "b_desk");
  Case& back = maker.Send("back", amber, "a_sender", false);
  maker.Claim(back, "a_owner");
  maker.HandBack(back, "a_owner");
  maker.SettleCase(maker.Send("settled", amber, "a_sender", false));
  maker.Send("beside", intake::v1::COLOUR_GREEN, "b_desk", true);
}

void MakeOpened(Maker& maker) {
  Case& glass = maker.Send("glass", intake::v1::COLOUR_AMBER, "a_sender", true);
  maker.Open(glass, "c_glass");
  maker.Condemn(maker.Open(glass, "c_ended"), "a_priv");
  maker.Name(glass, {IdOf("c_glass")});
  Case& beside = maker.Send("glass_b", intake::v1::COLOUR_GREEN, "b_desk", true);
  maker.Open(beside, "c_glass");
}

void MakeRed(Maker& maker) {
  Case& red = maker.Send("red", intake::v1::COLOUR_RED, "a_sender", true);
  maker.FirstStep(red);
  maker.TakeSeats(red, 2);
  maker.Name(red, {red.seats[0].person, IdOf("c_named")});
  Case& first = maker.Send("first", intake::v1::COLOUR_RED, "a_sender", false);
  maker.FirstStep(first, "d_first");
  maker.TakeSeats(first, 1);
  for (const char* desk : {"", "b"}) {
    Case& bulk = maker.Send("bulk", intake::v1::COLOUR_RED, "a_sender", false, desk, true);
    maker.FirstStep(bulk);
  }
}

}  // namespace

Scene MakeScene(Stage& stage, uint64_t seed, const std::function<void(base::milliseconds)>& passes,
                const std::function<void(size_t service, base::milliseconds)>& pauses) {
  Maker maker(stage, seed);
  maker.scene.cases.reserve(64);  // References to cases stay.
  maker.LoadRoster();
  if (passes) MakePast(maker, passes, pauses);
  for (int twice = 0; twice < 2; ++twice) {
    MakeOwned(maker);
    MakeOpened(maker);
  }
  MakeRed(maker);
  // By then the provisional red has asked everybody whom it asks, and no mark covers a new look.
  if (passes) passes(minutes(11));
  maker.LookAtAlarms();
  return std::move(maker.scene);
}

}  // namespace samenspel::battery
