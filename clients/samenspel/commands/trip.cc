// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/trip.h"

#include <algorithm>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_entries.h"
#include "clients/samenspel/show_meeting.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using base::milliseconds;

milliseconds Since(const Context& context, milliseconds sent) {
  return context.world.clock.SinceBoot() - sent;
}

void ShowWaiting(Context& context, Session& session, std::string_view key) {
  context.printer.Progress(context.Say(key));
  session.OnWait([&context, key](milliseconds waited) {
    const std::string seconds = std::to_string(waited.count() / 1000);
    context.printer.Progress(context.Say(key) + " " + seconds + " s");
  });
}

std::optional<meeting::v1::Mdo> MdoOf(Session& session, const std::string& report) {
  meeting::v1::Request request;
  request.mutable_show_mdo()->set_mdo(report);
  const Heard heard = session.Ask("meeting", request);
  meeting::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response())) return std::nullopt;
  if (!response.has_mdo_shown()) return std::nullopt;
  return response.mdo_shown().mdo();
}

void AwaitMeeting(Context& context, Session& session, milliseconds sent, Trip& trip) {
  ShowWaiting(context, session, "waiting.meeting");
  const Heard heard = session.Await("meeting", trip.entry, "meeting");
  if (!heard.ok() || !heard.reply.has_awaited()) return;
  if (!heard.reply.awaited().has_entry()) {
    trip.no_meeting_made = heard.reply.awaited().none();
    return;
  }
  trip.planned_after = Since(context, sent);
  trip.meeting_entry = heard.reply.awaited().entry();
}

bool AuditHolds(Session& session, const common::v1::Ref& cause, std::string_view by) {
  const Heard heard = session.Await("audit", cause, by);
  return heard.ok() && heard.reply.awaited().has_entry();
}

void AwaitAudit(Context& context, Session& session, milliseconds sent, Trip& trip) {
  ShowWaiting(context, session, "waiting.audit");
  if (trip.meeting_entry && !AuditHolds(session, trip.entry, "meeting")) return;
  if (!AuditHolds(session, trip.entry, trip.entry.service())) return;
  trip.audited = true;
  trip.audited_after = Since(context, sent);
}

// An honest proof of another entry than the one that was asked for is no answer either.
void CheckAsked(const audit::v1::ShowEntries& request, CheckedEntry& entry) {
  if (!request.has_entry()) return;
  if (entry.header.service() != request.entry().service() ||
      entry.header.epoch() != request.entry().epoch() ||
      entry.header.sequence() != request.entry().sequence()) {
    entry.proof = Proof::kFailed;
  }
}

// All of the report, not entry by entry: a sender may see what others did about it only as part of
// it.
void FetchInto(Session& session, Trip& trip) {
  audit::v1::ShowEntries request;
  request.set_stream(trip.received.report());
  std::optional<Heard> failed;
  trip.entries = FetchEntries(session, request, failed);
}

bool Shows(const Trip& trip, const common::v1::Ref& ref) {
  return std::ranges::any_of(trip.entries, [&](const CheckedEntry& entry) {
    return entry.header.service() == ref.service() && entry.header.epoch() == ref.epoch() &&
           entry.header.sequence() == ref.sequence();
  });
}

std::string Milliseconds(milliseconds time) { return std::to_string(time.count()); }

std::string MeetingText(const Context& context, const Trip& trip) {
  if (!trip.convenes()) return {};
  if (trip.mdo) return MdoText(context, *trip.mdo, trip.received.terms().settle_due_ms());
  const Values id{{"id", trip.received.report()}};
  if (trip.no_meeting_made) return context.Say("submit.no_meeting", id) + "\n";
  return context.Say(trip.meeting_entry ? "submit.meeting_unseen" : "submit.meeting_late", id) +
         "\n";
}

// Without a meeting the entries say little: that they are there is enough.
std::string LoggedText(const Context& context, const Trip& trip) {
  Proof worst = Proof::kHolds;
  for (const CheckedEntry& entry : trip.entries) {
    if (entry.proof == Proof::kFailed || worst == Proof::kHolds) worst = entry.proof;
  }
  const std::string proof = worst == Proof::kHolds    ? "ok"
                            : worst == Proof::kFailed ? "failed"
                                                      : "unchecked";
  return context.Say("submit.logged", {{"count", std::to_string(trip.entries.size())},
                                       {"proof", context.printer.texts().Word("proof", proof)}}) +
         "\n";
}

// P.13, P.16: the sender answers for it until somebody of the desk takes it.
std::string WaitingText(const Context& context, const Trip& trip) {
  const bool own = trip.for_desk.empty();
  const Values values{{"desk", PersonText(context, trip.for_desk)},
                      {"id", Printable(trip.received.case_number())}};
  return Lines(context.printer,
               {{"label.owner", context.Say(own ? "submit.owner" : "submit.owner_until", values)},
                {"label.term", DueText(context, trip.received.terms().settle_due_ms())}}) +
         context.Say(own ? "submit.claim" : "submit.look", values) + "\n";
}

std::string AuditText(const Context& context, const Trip& trip) {
  if (!trip.audited) {
    return context.Say("submit.audit_late", {{"id", trip.received.report()}}) + "\n";
  }
  std::string text;
  if (!trip.entries.empty()) {
    text = trip.red() ? "\n" + EntriesText(context, trip.entries) : LoggedText(context, trip);
  }
  const bool whole =
      Shows(trip, trip.entry) && (!trip.meeting_entry || Shows(trip, *trip.meeting_entry));
  if (whole) return text;
  return text + context.Say("submit.audit_unseen", {{"id", trip.received.report()}}) + "\n";
}

std::string TimesText(const Context& context, const Trip& trip) {
  std::string text;
  if (trip.planned_after) {
    text += context.Say("submit.planned_in", {{"ms", Milliseconds(*trip.planned_after)}}) + "\n";
  }
  if (trip.audited_after) {
    text += context.Say("submit.audited_in", {{"ms", Milliseconds(*trip.audited_after)}}) + "\n";
  }
  return text.empty() ? text : "\n" + text;
}

Json MillisecondsJson(const std::optional<milliseconds>& time) {
  return time ? Json(time->count()) : Json();
}

}  // namespace

std::vector<CheckedEntry> FetchEntries(Session& session, audit::v1::ShowEntries request,
                                       std::optional<Heard>& failed) {
  std::vector<CheckedEntry> all;
  for (;;) {
    audit::v1::Request wrapped;
    *wrapped.mutable_show_entries() = request;
    Heard heard = session.Ask("audit", wrapped);
    audit::v1::Response response;
    if (!heard.ok() || !response.ParseFromString(heard.reply.response()) ||
        !response.has_entries_shown()) {
      failed = std::move(heard);
      return all;
    }
    const audit::v1::EntriesShown& shown = response.entries_shown();
    for (CheckedEntry& entry : CheckEntries(shown, session.settings().audit_key)) {
      CheckAsked(request, entry);
      all.push_back(std::move(entry));
    }
    if (!shown.more() || shown.entries().empty()) return all;
    const uint64_t next = shown.entries().rbegin()->leaf() + 1;
    if (next <= request.after_leaf()) return all;  // A page that does not move on would never end.
    request.set_after_leaf(next);
  }
}

void Follow(Context& context, Session& session, milliseconds sent, Trip& trip) {
  if (trip.convenes()) AwaitMeeting(context, session, sent, trip);
  AwaitAudit(context, session, sent, trip);
  session.OnWait({});
  // Only now: what is shown must not stand between sending and measuring.
  if (trip.meeting_entry) trip.mdo = MdoOf(session, trip.received.report());
  if (trip.audited) FetchInto(session, trip);
  LearnNames(context, session, trip.entries);
  if (!trip.for_desk.empty()) LearnNames(context, session, {trip.for_desk});
  context.printer.Done();
}

std::string TripText(const Context& context, const Trip& trip) {
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.report", trip.received.report());
  text += Line(printer, "label.case", printer.Strong(trip.received.case_number()));
  text += GradeText(printer, trip.received.grade());
  // Above the meeting, and also when little is said: whoever sent it must name who holds the child.
  if (trip.red()) {
    text += NoFirstStepText(context, Printable(trip.received.case_number()),
                            trip.received.terms().first_step_due_ms());
  }
  if (printer.quiet()) return text;
  if (!trip.red()) text += WaitingText(context, trip);
  text += MeetingText(context, trip);
  text += AuditText(context, trip);
  return text + TimesText(context, trip);
}

Json TripJson(const Trip& trip) {
  return {{"report", trip.received.report()},
          {"case_number", trip.received.case_number()},
          {"grade", GradeJson(trip.received.grade())},
          {"provisional", trip.received.provisional()},
          {"terms", TermsJson(trip.received.terms())},
          {"entry", RefJson(trip.entry)},
          {"meeting", trip.mdo ? MdoJson(*trip.mdo) : Json()},
          {"audited", trip.audited},
          {"entries", EntriesJson(trip.entries)},
          {"milliseconds",
           {{"received", MillisecondsJson(trip.received_after)},
            {"planned", MillisecondsJson(trip.planned_after)},
            {"audited", MillisecondsJson(trip.audited_after)}}}};
}

}  // namespace samenspel::cli
