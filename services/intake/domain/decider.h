// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "proto/escalation/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/intake/domain/facts.h"

// What intake decides, one function per kind of request. Whatever names a report answers whoever
// has no part in its case exactly as if it did not exist.
namespace samenspel::intake {

/// Takes a report: checks the form, mints ids and case number, grades, opens the case list and the
/// ownership. Red is marked urgent and so reaches the meeting service at once, with no approver in
/// between (003.14, P.17); a red that nobody has seen waits for the desk, for a while.
Decision DecideSubmitReport(const Facts& facts, const Stamp& stamp, const v1::SubmitReport& form);
/// Copies those that were answered yes, which is all that meeting asks about.
void AddYes(const Answers& answers, v1::ReportGraded& graded);

/// Shows the report, and the access mark that reading leaves: one per reader, household, purpose
/// and ten minutes, naming what was shown.
Decision DecideShowReport(const Facts& facts, const Stamp& stamp);

/// Makes a provisional grade definite: somebody of the desk has seen it (P.17).
Decision DecideConfirmGrade(const Facts& facts, const Stamp& stamp);
/// The same by itself when nobody decided on a provisional red in time (P.17).
Decision DecideDeadlinePassed(const Facts& facts, const Stamp& stamp);

/// Names who secures the child, and how (P.01).
Decision DecideHoldReport(const Facts& facts, const Stamp& stamp, const v1::HoldReport& request);

/// Takes a report from the own desk's queue, or one that was offered to the actor.
Decision DecideClaimReport(const Facts& facts, const Stamp& stamp);
/// Asks a person or a desk to take it over; the owner keeps it until they claim it (P.16).
Decision DecideHandOver(const Facts& facts, const Stamp& stamp, const v1::HandOver& request);
/// Lets others of the desk claim it; until then it stays the actor's.
Decision DecideHandBack(const Facts& facts, const Stamp& stamp, const v1::HandBack& request);
/// Ends what the report asked of the desk.
Decision DecideSettleReport(const Facts& facts, const Stamp& stamp,
                            const v1::SettleReport& request);

/// Opens the case to somebody without a part in it, for a while (P.06, P.73). While that lasts,
/// asking again changes nothing.
Decision DecideBreakGlass(const Facts& facts, const Stamp& stamp, const v1::BreakGlass& request);
/// Whether the actor may review it: a privacy officer of the organisation that took the report, and
/// not the one who opened it.
bool MayReview(const state::Opening& opening, const Stamp& stamp);
/// Says whether that was right.
Decision DecideReviewOpening(const Facts& facts, const Stamp& stamp,
                             const v1::ReviewOpening& request);

/// Says who, besides the sender, may read the secret location (P.06). INVALID too_many_ids: more
/// than kCircleMax.
inline constexpr int kCircleMax = 50;
Decision DecideSetSecretCircle(const Facts& facts, const Stamp& stamp,
                               const v1::SetSecretCircle& request);
/// Says why somebody may, or may not, do something in a case (P.05): to whoever knows of it about
/// themselves; about anybody to auditors, and to privacy officers of the organisation that took the
/// report. Their look leaves a mark as reading does.
Decision DecideExplainAccess(const Facts& facts, const Stamp& stamp,
                             const v1::ExplainAccess& request);

/// The lists: clear fields of what the actor may know of, most urgent or newest first.
Decision DecideListReports(const Facts& facts, const Stamp& stamp, const v1::ListReports& request);
Decision DecideListQueue(const Facts& facts, const Stamp& stamp, const v1::ListQueue& request);
Decision DecideShowMine(const Facts& facts, const Stamp& stamp);

/// Grades answers without keeping anything (003.12).
Decision DecideCheckReport(const Facts& facts, const v1::CheckReport& request);
/// The questions in force, with their texts.
Decision DecideShowCrisismeter(const Facts& facts);

/// Notes the meeting that a report led to. No events when nothing changes.
std::vector<Happened> NoteMeeting(const Facts& facts, const meeting::v1::Mdo& mdo);
/// Opens the case to somebody who took a seat at its table (P.25), once the report is settled no
/// longer than until the meeting is over. No events when it is open, or over.
///   organisation  that they acted for when they took it (P.05)
std::vector<Happened> NoteSeat(const Facts& facts, base::Instant now,
                               const meeting::v1::SeatTaken& taken,
                               const std::string& organisation);

/// Whoever an alarm about a report rings may know of its case from now on (P.01, P.73): a right by
/// rule, so that they can do what they are asked. Only who is registered, and is asked as owner,
/// deputy or duty manager.
std::vector<Happened> NoteAlarm(
    const Facts& facts, base::Instant now, const std::string& alarm,
    const google::protobuf::RepeatedPtrField<escalation::v1::Asked>& asked);
/// That right ends an hour after its alarm.
std::vector<Happened> NoteAlarmEnded(const Facts& facts, base::Instant now,
                                     const std::string& alarm);

/// Adopts a rule file. `rules` is the parsed `toml`.
Decision DecideAdopt(const Facts& facts, const v1::AdoptCrisismeter& request,
                     const Crisismeter& rules);
Decision DecideAdoptTerms(const Facts& facts, const v1::AdoptTerms& request,
                          const TermRules& rules);

}  // namespace samenspel::intake
