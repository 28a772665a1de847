// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/terms.h"

#include "common/time/local_date.h"
#include "common/time/working_days.h"

namespace samenspel::intake {
namespace {

using base::Instant;
using base::ToMs;

void SetMeeting(const TermRules::Red& red, Instant from, v1::Terms& terms) {
  terms.set_meeting_due_ms(ToMs(from + red.meeting_planned));
  terms.set_settle_due_ms(ToMs(from + red.table));
}

v1::Terms OfRed(const TermRules::Red& red, bool provisional, Instant received) {
  v1::Terms terms;
  terms.set_first_step_due_ms(ToMs(received + red.first_step));
  if (provisional) {
    terms.set_confirm_due_ms(ToMs(received + red.confirm));
  } else {
    SetMeeting(red, received, terms);
  }
  return terms;
}

v1::Terms Until(Instant due, std::chrono::hours warn_before) {
  v1::Terms terms;
  terms.set_settle_due_ms(ToMs(due));
  terms.set_warn_at_ms(ToMs(due - warn_before));
  return terms;
}

}  // namespace

v1::Terms TermsOf(const TermRules& rules, v1::Colour colour, bool provisional, Instant received) {
  switch (colour) {
    case v1::COLOUR_RED:
      return OfRed(rules.red, provisional, received);
    case v1::COLOUR_AMBER:
      return Until(received + rules.amber.settle, rules.amber.warn_before);
    case v1::COLOUR_GREEN: {
      const auto last =
          time::AddWorkingDays(time::LocalDate(received), rules.green.settle_working_days);
      return Until(time::EndOfDay(last), rules.green.warn_before);
    }
    default:
      return {};
  }
}

v1::Terms ConfirmedTerms(const TermRules& rules, v1::Terms terms, v1::Colour colour, Instant now) {
  terms.clear_confirm_due_ms();
  if (colour == v1::COLOUR_RED) SetMeeting(rules.red, now, terms);
  return terms;
}

}  // namespace samenspel::intake
