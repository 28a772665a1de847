// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <iterator>

#include "common/base/mutant.h"

namespace samenspel::mutants {

struct Named {
  base::Mutant mutant;
  const char* name;
  /// Tests that see what the simulation does not: nobody erases there yet, an old copy is put back
  /// without its watermark, and a lost tail soon has a frame behind it. Empty: the simulation.
  const char* tests;
};

using base::Mutant;

/// Every mutant there is.
inline constexpr Named kAll[] = {
    {Mutant::kSyncDropped, "sync dropped", ""},
    {Mutant::kWatermarkDropped, "watermark dropped", ""},
    {Mutant::kProofSkipped, "proof skipped", ""},
    {Mutant::kStateApart, "state apart", ""},
    {Mutant::kChainBroken, "chain broken", ""},
    {Mutant::kDedupForgotten, "dedup forgotten", ""},
    {Mutant::kCauseForgotten, "cause forgotten", ""},
    {Mutant::kLockIgnored, "lock ignored", ""},
    {Mutant::kFaultIgnored, "fault ignored", ""},
    {Mutant::kMarkAfterAnswer, "mark after answer", ""},
    {Mutant::kReplyBeforeSync, "reply before sync", ""},
    {Mutant::kCursorApart, "cursor apart", ""},
    {Mutant::kEffectTwice, "effect twice", ""},
    {Mutant::kDigestIgnored, "digest ignored", ""},
    {Mutant::kVersionIgnored, "version ignored", ""},
    {Mutant::kGapAccepted, "gap accepted", ""},
    {Mutant::kBeatIgnored, "beat ignored", "Follow.*"},
    {Mutant::kHistoryIgnored, "history ignored", "FollowRefusal.*"},
    {Mutant::kAwaitTooEarly, "await too early", ""},
    {Mutant::kForgottenKeyHeard, "forgotten key heard", ""},
    {Mutant::kPlainOnDisk, "plain on disk", ""},
    {Mutant::kKeyUsedTwice, "key used twice", ""},
    {Mutant::kKeyKept, "key kept", "KeyStoreTest.*"},
    {Mutant::kClockBelieved, "clock believed", ""},
    {Mutant::kTurnedAwayUnnoted, "turned away unnoted", ""},
    {Mutant::kMarkForgotten, "mark forgotten", ""},
    {Mutant::kNotFoundAdmits, "not found admits", ""},
    {Mutant::kClaimTwice, "claim twice", ""},
    {Mutant::kSettledUnheld, "settled unheld", ""},
    {Mutant::kGlassUnending, "glass unending", ""},
    {Mutant::kCaseNumberAgain, "case number again", ""},
    {Mutant::kGradeChanged, "grade changed", ""},
    {Mutant::kSecretShown, "secret shown", ""},
    {Mutant::kTwoMeetings, "two meetings", ""},
    {Mutant::kBookedTwice, "booked twice", ""},
    {Mutant::kOffDuty, "off duty", ""},
    {Mutant::kAmberConvenes, "amber convenes", ""},
    {Mutant::kDeadlineLost, "deadline lost", ""},
    {Mutant::kAlarmTwice, "alarm twice", ""},
    {Mutant::kAlarmFallsSilent, "alarm falls silent", ""},
    {Mutant::kAlarmNotPassedOn, "alarm not passed on", ""},
    {Mutant::kLeafSkipped, "leaf skipped", ""},
    {Mutant::kLeafTwice, "leaf twice", ""},
    {Mutant::kCopyAltered, "copy altered", ""},
    {Mutant::kRootStale, "root stale", ""},
};
static_assert(std::size(kAll) + 1 == static_cast<size_t>(Mutant::kCount), "each has a name");

}  // namespace samenspel::mutants
