// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/terms.h"

#include <gtest/gtest.h>

#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using base::ToMs;
using std::chrono::hours;
using std::chrono::minutes;

const base::Instant kNow = At("2026-11-21T09:30:00");

TEST(Terms, OfRedAreMinutesFromReceipt) {  // P.01
  const v1::Terms terms = TermsOf(Terms(), v1::COLOUR_RED, false, kNow);
  EXPECT_EQ(terms.first_step_due_ms(), ToMs(kNow + minutes(10)));
  EXPECT_EQ(terms.meeting_due_ms(), ToMs(kNow + minutes(5)));
  EXPECT_EQ(terms.settle_due_ms(), ToMs(kNow + minutes(120)));
  EXPECT_EQ(terms.warn_at_ms(), 0);
  EXPECT_EQ(terms.confirm_due_ms(), 0);
}

TEST(Terms, OfProvisionalRedLetTheFirstStepRunAndTheMeetingWait) {  // P.17
  const v1::Terms terms = TermsOf(Terms(), v1::COLOUR_RED, true, kNow);
  EXPECT_EQ(terms.first_step_due_ms(), ToMs(kNow + minutes(10)));
  EXPECT_EQ(terms.meeting_due_ms(), 0);
  EXPECT_EQ(terms.settle_due_ms(), 0);
  EXPECT_EQ(terms.confirm_due_ms(), ToMs(kNow + minutes(30)));
  const base::Instant later = kNow + minutes(12);
  const v1::Terms confirmed = ConfirmedTerms(Terms(), terms, v1::COLOUR_RED, later);
  EXPECT_EQ(confirmed.first_step_due_ms(), terms.first_step_due_ms());
  EXPECT_EQ(confirmed.meeting_due_ms(), ToMs(later + minutes(5)));
  EXPECT_EQ(confirmed.settle_due_ms(), ToMs(later + minutes(120)));
  EXPECT_EQ(confirmed.confirm_due_ms(), 0);
}

TEST(Terms, OfAmberAreHoursAlsoOverTheWeekend) {
  for (const bool provisional : {false, true}) {
    const v1::Terms terms = TermsOf(Terms(), v1::COLOUR_AMBER, provisional, kNow);
    EXPECT_EQ(terms.settle_due_ms(), ToMs(kNow + hours(24)));
    EXPECT_EQ(terms.warn_at_ms(), ToMs(kNow + hours(20)));
    EXPECT_EQ(terms.first_step_due_ms(), 0);
    EXPECT_EQ(terms.confirm_due_ms(), 0);
    EXPECT_EQ(ConfirmedTerms(Terms(), terms, v1::COLOUR_AMBER, kNow).SerializeAsString(),
              terms.SerializeAsString());
  }
}

int64_t GreenDue(const std::string& received) {
  return TermsOf(Terms(), v1::COLOUR_GREEN, false, At(received)).settle_due_ms();
}

TEST(Terms, OfGreenEndWithTheLastWorkingDay) {
  EXPECT_EQ(GreenDue("2026-11-21T09:30:00"), ToMs(At("2026-11-27T23:00:00")));  // A Saturday.
  EXPECT_EQ(GreenDue("2026-11-23T09:30:00"), ToMs(At("2026-11-30T23:00:00")));  // A Monday.
  EXPECT_EQ(GreenDue("2026-12-24T08:30:00"), ToMs(At("2027-01-04T23:00:00")));  // Holidays.
  const v1::Terms terms = TermsOf(Terms(), v1::COLOUR_GREEN, false, kNow);
  EXPECT_EQ(terms.warn_at_ms(), terms.settle_due_ms() - ToMs(base::Instant(hours(24))));
}

TEST(Terms, OfGreenCountTheDutchDayOfReceipt) {
  // 23:00 UTC is midnight in winter: the next day has begun.
  EXPECT_EQ(GreenDue("2026-11-23T22:59:59"), ToMs(At("2026-11-30T23:00:00")));
  EXPECT_EQ(GreenDue("2026-11-23T23:00:00"), ToMs(At("2026-12-01T23:00:00")));
}

TEST(Terms, OfGreenKeepLocalMidnightOverBothChangesOfTheClock) {
  // Received in winter, due in summer time; and the other way round.
  EXPECT_EQ(GreenDue("2026-03-27T09:00:00"), ToMs(At("2026-04-07T22:00:00")));
  EXPECT_EQ(GreenDue("2026-10-23T09:00:00"), ToMs(At("2026-10-30T23:00:00")));
}

}  // namespace
}  // namespace samenspel::intake
