// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/report_change.h"
#include "clients/samenspel/people.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/spoken.h"

namespace samenspel::cli {
namespace {

// The note that goes with a change, where one was given.
bool FillNote(Context& context, intake::v1::NotePrivate& note) {
  if (context.options.change.words.empty()) return true;
  const auto words = WordsFrom(context, context.options.change.words, kNote);
  if (words) note.set_note(*words);
  return words.has_value();
}

}  // namespace

ExitCode QueueClaim(Context& context) {
  intake::v1::Request request;
  request.mutable_claim_report()->set_report(context.options.target);
  return ChangeReport(context, request, "queue.claimed");
}

ExitCode QueueHandOver(Context& context) {
  if (!NamesReport(context)) return kExitInvalid;
  intake::v1::Request request;
  intake::v1::HandOver& hand_over = *request.mutable_hand_over();
  hand_over.set_report(context.options.target);
  if (!FillNote(context, *hand_over.mutable_private_())) return kExitInvalid;
  Exchange exchange(context);
  const Meant meant = WhoIsMeant(context, exchange, context.options.change.to, "TO",
                                 Among::kPersonsAndOrganisations);
  if (meant.exit != kExitOk) return meant.exit;
  hand_over.set_to(meant.id);
  return ChangeReport(context, exchange, request, [&](const intake::v1::ReportChanged&) {
    return context.Say("queue.handed_over");
  });
}

ExitCode QueueHandBack(Context& context) {
  if (!NamesReport(context)) return kExitInvalid;
  intake::v1::Request request;
  intake::v1::HandBack& hand_back = *request.mutable_hand_back();
  hand_back.set_report(context.options.target);
  if (!FillNote(context, *hand_back.mutable_private_())) return kExitInvalid;
  return ChangeReport(context, request, "queue.handed_back");
}

ExitCode QueueSettle(Context& context) {
  if (!NamesReport(context)) return kExitInvalid;
  intake::v1::Request request;
  intake::v1::SettleReport& settle = *request.mutable_settle_report();
  settle.set_report(context.options.target);
  const auto outcome = OutcomeOf(context.options.change.outcome);
  if (!outcome) return kExitInvalid;
  settle.set_outcome(*outcome);
  if (*outcome == intake::v1::OUTCOME_STOPPED) {
    const auto why = NeededWords(context, context.options.change.words, kNote, "ask.why_stopped",
                                 "queue.note_missing");
    if (!why) return kExitInvalid;
    settle.mutable_private_()->set_note(*why);
  } else if (!FillNote(context, *settle.mutable_private_())) {
    return kExitInvalid;
  }
  return ChangeReport(context, request, "queue.settled");
}

}  // namespace samenspel::cli
