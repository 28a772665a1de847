// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/access_mark.h"

#include <algorithm>
#include <string_view>

namespace samenspel::intake {
namespace {

constexpr base::milliseconds kMarkLasts{10 * 60 * 1000};

bool Covers(const state::AccessMark& mark, const Stamp& stamp, bool secret) {
  const base::Instant marked = base::FromMs(mark.at_ms());
  return mark.reader() == stamp.actor && mark.by() == stamp.by && mark.purpose() == stamp.purpose &&
         (mark.with_secret() || !secret) && stamp.received_at >= marked &&
         stamp.received_at < marked + kMarkLasts;
}

}  // namespace

std::optional<Happened> MarkOf(const Look& look, const state::Case& kase, const Stamp& stamp) {
  const bool secret = std::any_of(look.shown.begin(), look.shown.end(),
                                  [](std::string_view part) { return part == "secret"; });
  const bool marked = std::any_of(kase.marks().begin(), kase.marks().end(),
                                  [&](const auto& mark) { return Covers(mark, stamp, secret); });
  if (marked) return std::nullopt;
  Happened happened;
  happened.stream = look.household;
  happened.version = kase.list().version() + 1;
  happened.keeper = look.keeper;
  v1::ReportAccessed& accessed = *happened.event.mutable_report_accessed();
  accessed.set_report(look.report);
  accessed.set_household(look.household);
  accessed.set_reader(stamp.actor);
  accessed.set_by(stamp.by);
  accessed.set_purpose(stamp.purpose);
  for (const char* part : look.shown) accessed.add_shown(part);
  accessed.set_at_ms(base::ToMs(stamp.received_at));
  return happened;
}

}  // namespace samenspel::intake
