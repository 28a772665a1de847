// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/commands/read_form.h"
#include "clients/samenspel/commands/trip.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_entries.h"

namespace samenspel::cli {
namespace {

// Intake cannot be reached, or did not answer: says what became of the report and what to type.
ExitCode ExplainKept(Context& context, const Session& session, const Heard& heard) {
  const bool sent = heard.how == Heard::How::kNoAnswer;
  return context.printer.Fail(sent ? kExitNoAnswer : kExitUnavailable,
                              sent ? "no_answer" : "unavailable",
                              context.Say(sent ? "submit.no_answer" : "submit.away",
                                          {{"endpoint", session.EndpointOf("intake")}}),
                              {{"service", "intake"}, {"kept", true}, {"detail", heard.detail}});
}

bool TryLater(const common::v1::Reply& reply) {
  return reply.status() == common::v1::STATUS_BUSY ||
         reply.status() == common::v1::STATUS_UNAVAILABLE;
}

ExitCode Received(Context& context, Session& session, const common::v1::Envelope& envelope,
                  const common::v1::Reply& reply, base::milliseconds sent) {
  intake::v1::Response response;
  if (!response.ParseFromString(reply.response()) || !response.has_report_received()) {
    return Explain(context.printer, session, "intake",
                   {.how = Heard::How::kReply, .reply = reply, .detail = {}});
  }
  Trip trip;
  trip.received = response.report_received();
  trip.entry = reply.entry();
  intake::v1::Request asked;
  if (asked.ParseFromString(envelope.request())) trip.for_desk = asked.submit_report().for_desk();
  trip.received_after = context.world.clock.SinceBoot() - sent;
  Follow(context, session, sent, trip);
  context.printer.Result(TripText(context, trip), TripJson(trip));
  if (!AnyFailed(trip.entries)) return kExitOk;
  // With --json the object already says which proof failed.
  if (context.printer.json()) return kExitRefused;
  return context.printer.Fail(kExitRefused, "proof_failed", context.Say("proof.alarm"));
}

// Sends an envelope that lies in the spool. It leaves the spool once intake has said yes or no.
ExitCode Deliver(Context& context, Session& session, const common::v1::Envelope& envelope) {
  context.printer.Progress(context.Say("waiting.intake"));
  session.OnWait([&context](base::milliseconds waited) {
    context.printer.Progress(context.Say("waiting.intake") + " " +
                             std::to_string(waited.count() / 1000) + " s");
  });
  const base::milliseconds sent = context.world.clock.SinceBoot();
  const Heard heard = session.Call("intake", envelope);
  context.printer.Done();
  if (!heard.replied()) return ExplainKept(context, session, heard);
  if (TryLater(heard.reply)) {
    context.printer.Remark(context.Say("submit.kept"));
    return ExplainReply(context.printer, "intake", heard.reply);
  }
  const base::Status removed = session.spool().Remove(envelope.request_id());
  if (!removed.ok()) context.printer.Remark(removed.message());
  if (!heard.ok()) return ExplainReply(context.printer, "intake", heard.reply);
  return Received(context, session, envelope, heard.reply, sent);
}

ExitCode Retry(Context& context, Session& session) {
  if (!context.options.target.empty()) context.printer.Remark(context.Say("retry.no_file"));
  const auto waiting = session.spool().All();
  if (!waiting.ok()) return context.printer.Fail(waiting.status());
  if (waiting->empty()) {
    context.printer.Result(context.Say("retry.nothing") + "\n", {{"results", Json::array()}});
    return kExitOk;
  }
  context.printer.Remark(context.Say("retry.some", {{"count", std::to_string(waiting->size())}}));
  context.printer.Collect();
  ExitCode worst = kExitOk;
  for (const bus::Spool::Waiting& one : *waiting) {
    if (one.service != "intake") continue;
    const ExitCode exit = Deliver(context, session, one.envelope);
    if (exit != kExitOk) worst = exit;
    // What holds for one holds for the next: do not wait for each in turn.
    if (exit == kExitUnavailable || exit == kExitNoAnswer) break;
  }
  context.printer.Collected();
  return worst;
}

void RemarkOnWaiting(Context& context, Session& session) {
  const auto waiting = session.spool().All();
  if (!waiting.ok() || waiting->empty()) return;
  context.printer.Remark(
      context.Say("submit.others_wait", {{"count", std::to_string(waiting->size())}}));
}

}  // namespace

ExitCode ReportSubmit(Context& context) {
  intake::v1::Request request;
  if (!context.options
           .retry) {  // The form first: what is wrong with it needs no key and no daemon.
    intake::v1::SubmitReport& form = *request.mutable_submit_report();
    if (!ReadFormOf(context, form)) return kExitInvalid;
    if (!context.options.change.for_desk.empty())
      form.set_for_desk(context.options.change.for_desk);
  }
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  if (context.options.retry) return Retry(context, **session);

  RemarkOnWaiting(context, **session);
  const common::v1::Envelope envelope = (*session)->EnvelopeOf(request);
  const base::Status kept = (*session)->spool().Put("intake", envelope);
  if (!kept.ok()) {
    return context.printer.Fail(kExitUnavailable, "not_kept",
                                context.Say("submit.not_kept", {{"detail", kept.message()}}));
  }
  return Deliver(context, **session, envelope);
}

}  // namespace samenspel::cli
