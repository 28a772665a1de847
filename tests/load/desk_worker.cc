// SPDX-License-Identifier: EUPL-1.2
#include "tests/load/desk_worker.h"

#include "clients/demo/families.h"
#include "tests/support/ask.h"
#include "tests/support/region.h"

namespace samenspel::load {
namespace {

constexpr intake::v1::Colour kColours[] = {intake::v1::COLOUR_GREEN, intake::v1::COLOUR_AMBER,
                                           intake::v1::COLOUR_RED};

}  // namespace

DeskWorker::DeskWorker(std::string name, int number, std::unique_ptr<bus::Client> intake,
                       Ledger& ledger, const std::vector<std::string>& colleagues)
    : name_(std::move(name)),
      number_(number),
      intake_(std::move(intake)),
      ledger_(ledger),
      colleagues_(colleagues),
      dice_(static_cast<uint64_t>(number)) {}

DeskWorker::Heard DeskWorker::Ask(const intake::v1::Request& request, uint64_t expected_version) {
  common::v1::Envelope envelope = support::EnvelopeOf(request);
  envelope.set_expected_version(expected_version);
  const auto reply = intake_->Call(envelope, support::kPatience);
  Heard heard;
  if (!reply.ok()) {
    ledger_.WriteTrouble(name_ + ": " + reply.status().message());
    return heard;
  }
  heard.status = reply->status();
  (void)heard.response.ParseFromString(reply->response());
  // Between the list and the change a report may go to another desk, whose affair it then is, or
  // be settled: that is told to whom did not say what version they had seen.
  const bool changes = request.has_claim_report() || request.has_hand_over() ||
                       request.has_hand_back() || request.has_settle_report();
  const bool gone = changes && heard.status == common::v1::STATUS_NOT_FOUND;
  const bool settled = request.has_claim_report() && expected_version == 0 &&
                       heard.status == common::v1::STATUS_REFUSED &&
                       support::Reasons(*reply) == "settled ";
  const bool fine = gone || settled || heard.status == common::v1::STATUS_OK ||
                    heard.status == common::v1::STATUS_CONFLICT;
  if (heard.status == common::v1::STATUS_CONFLICT) ++conflicts_;
  if (!fine) {
    ledger_.WriteTrouble(name_ + ": " + request.GetDescriptor()->full_name() + " " +
                         std::to_string(request.kind_case()) + " was answered " +
                         common::v1::Status_Name(heard.status) + " " + support::Reasons(*reply));
  }
  return heard;
}

void DeskWorker::Note(Ledger::Act act, const Heard& heard) {
  if (heard.status != common::v1::STATUS_OK) return;
  ledger_.Write({act, name_, heard.response.report_changed()});
}

void DeskWorker::Send() {
  const intake::v1::Colour colour = kColours[sent_ % std::size(kColours)];
  intake::v1::Request request;
  auto& form = *request.mutable_submit_report();
  form = demo::Invent(static_cast<uint64_t>(number_) + 1, sent_++, colour);
  const Heard heard = Ask(request);
  if (heard.status != common::v1::STATUS_OK) return;
  const auto& received = heard.response.report_received();
  if (received.grade().colour() != colour) {
    ledger_.WriteTrouble(name_ + ": a report was graded otherwise than it was invented");
  }
  intake::v1::Request show;
  show.mutable_show_report()->set_report(received.report());
  const Heard shown = Ask(show);
  if (shown.response.report_shown().ownership().owner().empty()) {
    ledger_.WriteTrouble(name_ + ": a report has no owner");
  }
}

void DeskWorker::Claim() {
  intake::v1::Request list;
  list.mutable_list_queue()->mutable_page()->set_limit(20);
  list.mutable_list_queue()->set_unclaimed(true);
  const Heard queue = Ask(list);
  const auto& lines = queue.response.reports_listed().lines();
  if (lines.empty()) return;
  // The first ones are what everybody goes for.
  const auto& line = lines[static_cast<int>(dice_() % std::min<size_t>(3, lines.size()))];
  intake::v1::Request claim;
  claim.mutable_claim_report()->set_report(line.report());
  Note(Ledger::Act::kClaimed, Ask(claim, Chance(50) ? line.version() : 0));
}

void DeskWorker::Act() {
  intake::v1::Request mine;
  mine.mutable_list_reports()->set_mine(true);
  mine.mutable_list_reports()->mutable_page()->set_limit(20);
  const Heard heard = Ask(mine);
  for (const auto& line : heard.response.reports_listed().lines()) {
    const bool own = line.ownership().owner() == name_ && !line.ownership().open();
    if (!own && line.ownership().offered_to() != name_) continue;
    intake::v1::Request request;
    if (!own) {
      request.mutable_claim_report()->set_report(line.report());
      Note(Ledger::Act::kClaimed, Ask(request, line.version()));
    } else if (Chance(30)) {
      request.mutable_hand_back()->set_report(line.report());
      Note(Ledger::Act::kHandedBack, Ask(request, line.version()));
    } else if (Chance(40)) {
      request.mutable_hand_over()->set_report(line.report());
      request.mutable_hand_over()->set_to(colleagues_[dice_() % colleagues_.size()]);
      if (request.hand_over().to() == name_) continue;
      Note(Ledger::Act::kHandedOver, Ask(request, line.version()));
    } else if (line.colour() != intake::v1::COLOUR_RED) {
      request.mutable_settle_report()->set_report(line.report());
      request.mutable_settle_report()->set_outcome(intake::v1::OUTCOME_LOCAL_TEAM);
      Note(Ledger::Act::kSettled, Ask(request, line.version()));
    }
    return;
  }
}

void DeskWorker::Round() {
  if (Chance(40)) Send();
  Claim();
  Act();
}

}  // namespace samenspel::load
