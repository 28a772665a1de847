// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/attempt.h"

#include <stdexcept>

#include "clients/demo/families.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/escalation/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/battery/cast.h"

namespace samenspel::battery {
namespace {

constexpr uint32_t kAwaitMs = 15;

void Fill(const Attempt& attempt, intake::v1::Request& request) {
  const std::string kind = attempt.row->kind();
  const std::string& word = attempt.word;
  if (kind == "submit_report") {
    *request.mutable_submit_report() = demo::Invent(1, 1, intake::v1::COLOUR_GREEN);
  } else if (kind == "show_report") {
    request.mutable_show_report()->set_report(word);
  } else if (kind == "adopt_crisismeter") {
    request.mutable_adopt_crisismeter()->set_toml("name = 1");
  } else if (kind == "adopt_terms") {
    request.mutable_adopt_terms()->set_toml("name = 1");
  } else if (kind == "deadline_passed") {
    request.mutable_deadline_passed()->set_report(word);
  } else if (kind == "check_report") {
    *request.mutable_check_report()->mutable_answers() =
        demo::Invent(1, 1, intake::v1::COLOUR_GREEN).answers();
  } else if (kind == "show_crisismeter") {
    request.mutable_show_crisismeter();
  } else if (kind == "confirm_grade") {
    request.mutable_confirm_grade()->set_report(word);
  } else if (kind.starts_with("hold_report")) {
    auto& hold = *request.mutable_hold_report();
    hold.set_report(word);
    hold.set_step(intake::v1::FIRST_STEP_SAFE_PLACE);
    const bool by_name = kind == "hold_report_by_name";
    if (by_name) hold.set_professional(IdOf("x_fixed"));
    if (!by_name) hold.mutable_private_()->set_who("Oom in de straat");
  } else if (kind == "list_reports") {
    request.mutable_list_reports()->set_with_settled(true);
  } else if (kind == "list_queue") {
    request.mutable_list_queue();
  } else if (kind == "claim_report") {
    request.mutable_claim_report()->set_report(word);
  } else if (kind == "hand_over") {
    request.mutable_hand_over()->set_report(word);
    request.mutable_hand_over()->set_to(IdOf("x_fixed"));
  } else if (kind == "hand_back") {
    request.mutable_hand_back()->set_report(word);
  } else if (kind == "settle_report") {
    request.mutable_settle_report()->set_report(word);
    const bool red = attempt.about != nullptr && attempt.about->red;
    request.mutable_settle_report()->set_outcome(red ? intake::v1::OUTCOME_MEETING
                                                     : intake::v1::OUTCOME_LOCAL_TEAM);
  } else if (kind == "break_glass") {
    request.mutable_break_glass()->set_report(word);
    request.mutable_break_glass()->mutable_private_()->set_reason("Kind staat aan de deur.");
  } else if (kind == "review_opening") {
    request.mutable_review_opening()->set_opening(word);
    request.mutable_review_opening()->set_justified(true);
  } else if (kind == "set_secret_circle") {
    request.mutable_set_secret_circle()->set_report(word);
    request.mutable_set_secret_circle()->add_persons(IdOf("x_fixed"));
  } else if (kind == "explain_access") {
    request.mutable_explain_access()->set_report(word);
    request.mutable_explain_access()->set_what("show_report");
    request.mutable_explain_access()->set_who(attempt.asked_about);
  } else if (kind == "show_mine") {
    request.mutable_show_mine();
  } else {
    throw std::runtime_error("nothing is known of " + attempt.row->name);
  }
}

void Fill(const Attempt& attempt, meeting::v1::Request& request) {
  const std::string kind = attempt.row->kind();
  if (kind == "register_organisation") {
    auto& one = *request.mutable_register_organisation()->mutable_organisation();
    one.set_id(OrganisationOf("e"));
    one.set_name("Organisatie e");
    one.set_kind("local_team");
  } else if (kind == "register_professional") {
    auto& one = *request.mutable_register_professional()->mutable_professional();
    one.set_id(IdOf("e_new"));
    one.set_name("Medewerker e");
    one.set_employer(OrganisationOf("a"));
    one.set_organisation(OrganisationOf("a"));
    one.add_functions("school_liaison");
  } else if (kind == "set_shifts") {
    request.mutable_set_shifts()->set_professional(IdOf("x_fixed"));
  } else if (kind == "show_mdo") {
    request.mutable_show_mdo()->set_mdo(attempt.word);
  } else if (kind == "plan_again") {
    request.mutable_plan_again()->set_mdo(attempt.word);
  } else if (kind == "adopt_table") {
    request.mutable_adopt_table()->set_toml("name = 1");
  } else if (kind == "accept_seat") {
    request.mutable_accept_seat()->set_mdo(attempt.word);
  } else if (kind == "list_mdos") {
    request.mutable_list_mdos();
  } else if (kind == "show_roster") {
    request.mutable_show_roster();
  } else if (kind == "show_coverage") {
    request.mutable_show_coverage();
  } else if (kind == "show_names") {
    request.mutable_show_names()->add_ids(IdOf("x_fixed"));
  } else {
    throw std::runtime_error("nothing is known of " + attempt.row->name);
  }
}

void Fill(const Attempt& attempt, escalation::v1::Request& request) {
  const std::string kind = attempt.row->kind();
  if (kind == "list_alarms") {
    request.mutable_list_alarms()->set_with_ended(true);
  } else if (kind == "show_alarm") {
    request.mutable_show_alarm()->set_alarm(attempt.word);
  } else if (kind == "acknowledge_alarm") {
    request.mutable_acknowledge_alarm()->set_alarm(attempt.word);
  } else if (kind == "deadline_passed") {
    request.mutable_deadline_passed()->set_stream(attempt.word);
  } else if (kind == "adopt_alarms") {
    request.mutable_adopt_alarms()->set_toml("name = 1");
  } else if (kind == "follow_heard") {
    request.mutable_follow_heard()->set_service("intake");
  } else if (kind == "clock_heard") {
    request.mutable_clock_heard()->set_wrong(true);
  } else {
    throw std::runtime_error("nothing is known of " + attempt.row->name);
  }
}

void Fill(const Attempt& attempt, audit::v1::Request& request) {
  const std::string kind = attempt.row->kind();
  if (kind == "show_entries" || kind == "show_other_entries") {
    if (attempt.entry.sequence() > 0) {
      *request.mutable_show_entries()->mutable_entry() = attempt.entry;
    } else {
      request.mutable_show_entries()->set_stream(attempt.word);
    }
  } else if (kind == "prove_consistency") {
    request.mutable_prove_consistency()->set_old_size(1);
  } else if (kind == "read_leaves") {
    request.mutable_read_leaves();
  } else if (kind == "read_copies") {
    request.mutable_read_copies()->set_service(attempt.word);
    request.mutable_read_copies()->set_limit(2);
  } else {
    throw std::runtime_error("nothing is known of " + attempt.row->name);
  }
}

template <class Request>
std::string BytesOf(const Attempt& attempt) {
  Request request;
  Fill(attempt, request);
  return request.SerializeAsString();
}

void FillEnvelope(const Attempt& attempt, common::v1::Envelope& envelope) {
  const std::string kind = attempt.row->kind();
  if (kind == "status") {
    envelope.mutable_status();
  } else if (kind == "follow") {
    envelope.mutable_follow()->set_every_entry(true);
    envelope.mutable_follow()->set_view(common::v1::VIEW_OPENED);
    envelope.mutable_follow()->set_session(7);
    envelope.mutable_follow()->set_until_frame(64);
  } else if (kind == "accept_clock") {
    envelope.mutable_accept_clock();
  } else {
    *envelope.mutable_await()->mutable_cause() = attempt.entry;
    envelope.mutable_await()->set_by(kServices[attempt.service]);
    envelope.set_time_left_ms(kAwaitMs);
  }
}

}  // namespace

common::v1::Envelope EnvelopeOf(const Attempt& attempt, const std::string& id) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(id);
  envelope.set_purpose(attempt.purpose);
  envelope.set_on_behalf_of(attempt.on_behalf_of);
  const std::string service = attempt.row->service();
  if (service == "envelope") {
    FillEnvelope(attempt, envelope);
  } else if (service == "intake") {
    envelope.set_request(BytesOf<intake::v1::Request>(attempt));
  } else if (service == "meeting") {
    envelope.set_request(BytesOf<meeting::v1::Request>(attempt));
  } else if (service == "escalation") {
    envelope.set_request(BytesOf<escalation::v1::Request>(attempt));
  } else {
    envelope.set_request(BytesOf<audit::v1::Request>(attempt));
  }
  return envelope;
}

}  // namespace samenspel::battery
