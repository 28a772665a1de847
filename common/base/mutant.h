// SPDX-License-Identifier: EUPL-1.2
#pragma once

/// Deliberate faults, to prove that the tests would notice them: tests/mutants lets them loose one
/// by one. Only its own program is compiled with SAMENSPEL_MUTANTS; everywhere else `Mutated` is
/// false and the compiler drops the branch. Each stands where a real fault would:
/// `if (base::Mutated(base::Mutant::kX)) ...`.
namespace samenspel::base {

enum class Mutant {
  kNone,
  // The store.
  kSyncDropped,       ///< A commit is not synced.
  kWatermarkDropped,  ///< Acknowledged entries are not noted outside the database.
  kProofSkipped,      ///< A start does not compare with the watermark.
  kStateApart,        ///< State is written before its entry, in a write of its own.
  kChainBroken,       ///< An entry holds the hash of the one before the last.
  kDedupForgotten,    ///< First answers are not kept.
  kCauseForgotten,    ///< Which entry led to which is not kept.
  kLockIgnored,       ///< A second process may open the same data.
  kFaultIgnored,      ///< A failed write is taken for a good one.
  kMarkAfterAnswer,   ///< What was only shown is not synced before its answer leaves.
  // The core.
  kReplyBeforeSync,    ///< Answers leave although the commit failed.
  kCursorApart,        ///< The cursor is written before the effects, in a write of its own.
  kEffectTwice,        ///< What was followed before takes effect again.
  kDigestIgnored,      ///< Another request under a used id gets the first answer.
  kVersionIgnored,     ///< A change on an old version overwrites.
  kGapAccepted,        ///< A follower does not notice a lost frame.
  kBeatIgnored,        ///< A follower does not ask again after a wrong beat.
  kHistoryIgnored,     ///< A leader goes on with whoever holds another history.
  kAwaitTooEarly,      ///< An await is answered before the entry is durable.
  kForgottenKeyHeard,  ///< A key that left the registry is still served.
  kPlainOnDisk,        ///< Family data is stored unsealed.
  kKeyUsedTwice,       ///< Two streams get the same data key.
  kKeyKept,            ///< A destroyed key stays.
  kClockBelieved,      ///< Any wall clock is believed.
  kTurnedAwayUnnoted,  ///< Refused requests leave no entry.
  // Intake.
  kMarkForgotten,    ///< A report is shown without its mark in the log.
  kNotFoundAdmits,   ///< Who may not know of a case is told that there is one.
  kClaimTwice,       ///< Two people may own a case.
  kSettledUnheld,    ///< Red is settled with nobody for the child.
  kGlassUnending,    ///< Break-glass has no end.
  kCaseNumberAgain,  ///< A case number is given twice.
  kGradeChanged,     ///< A stored grading follows new rules.
  kSecretShown,      ///< Who is outside the circle sees the secret location.
  // Meeting.
  kTwoMeetings,    ///< A second meeting for the same report.
  kBookedTwice,    ///< The planner does not see who is booked.
  kOffDuty,        ///< The planner takes people whose shift is over.
  kAmberConvenes,  ///< A meeting for a report that is not red.
  // Escalation.
  kDeadlineLost,      ///< What was to ring is forgotten at a restart.
  kAlarmTwice,        ///< The same alarm rings twice for one person.
  kAlarmFallsSilent,  ///< An alarm ends by itself.
  kAlarmNotPassedOn,  ///< Nobody else is rung when it is not answered.
  // Audit.
  kLeafSkipped,  ///< An entry does not become a leaf.
  kLeafTwice,    ///< An entry becomes two.
  kCopyAltered,  ///< The second copy differs from the journal.
  kRootStale,    ///< The root of before is signed for the new size.
  kCount,
};

#ifdef SAMENSPEL_MUTANTS
inline Mutant active_mutant = Mutant::kNone;
inline bool Mutated(Mutant mutant) { return active_mutant == mutant; }
#else
constexpr bool Mutated(Mutant) { return false; }
#endif

}  // namespace samenspel::base
