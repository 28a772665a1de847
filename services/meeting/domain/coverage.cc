// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/coverage.h"

#include <algorithm>
#include <set>

#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {
namespace {

using decide::Invalid;

constexpr int kHolesMax = 2000;
constexpr std::chrono::days kSpanMax{92};
constexpr std::chrono::days kSpan{30};  // When nobody says until when.
constexpr Instant kLatest = std::chrono::sys_days(std::chrono::year(9999) / 1 / 1);

// Somebody comes on duty or becomes free, or the contrary.
struct Change {
  Instant at;
  const Person* person;
  bool free;  // About being free; else about being on duty.
  bool begins;
};

void AddChanges(const Person& person, const std::vector<Interval>& intervals, bool free,
                Interval when, std::vector<Change>& changes) {
  for (const Interval& one : intervals) {
    const Instant from = std::max(one.from, when.from);
    const Instant until = std::min(one.until, when.until);
    if (from >= until) continue;
    changes.push_back({from, &person, free, true});
    changes.push_back({until, &person, free, false});
  }
}

// Who is there at one moment.
class Present {
 public:
  void Apply(const Change& change) {
    if (change.free) {
      change.begins ? (void)free_.insert(change.person) : (void)free_.erase(change.person);
    } else {
      on_duty_ += change.begins ? 1 : -1;
    }
  }
  bool IsHole() const { return free_.size() < 2; }
  Hole HoleIn(Interval when, bool somebody_holds) const {
    if (free_.size() == 1) return {when, v1::MISSING_CAUSE_UNSPECIFIED, (*free_.begin())->id};
    if (!somebody_holds) return {when, v1::MISSING_CAUSE_NOBODY_HOLDS, ""};
    const bool booked = on_duty_ > 0;
    return {when, booked ? v1::MISSING_CAUSE_ALL_BOOKED : v1::MISSING_CAUSE_NOBODY_ON_DUTY, ""};
  }

 private:
  std::set<const Person*> free_;
  int on_duty_ = 0;
};

// A hole that only goes on is one with that before it.
void Add(Hole hole, std::vector<Hole>& holes) {
  if (hole.when.from >= hole.when.until) return;
  if (!holes.empty() && holes.back().when.until == hole.when.from &&
      holes.back().cause == hole.cause && holes.back().only == hole.only) {
    holes.back().when.until = hole.when.until;
    return;
  }
  holes.push_back(std::move(hole));
}

// Nothing when it ends before it begins, or is too long.
std::optional<Interval> SpanOf(const Stamp& stamp, const v1::ShowCoverage& request) {
  const Instant from = request.from_ms() == 0 ? stamp.received_at : base::FromMs(request.from_ms());
  if (from < Instant{} || from > kLatest) return std::nullopt;
  const Instant until = request.until_ms() == 0 ? from + kSpan : base::FromMs(request.until_ms());
  if (until <= from || until > from + kSpanMax) return std::nullopt;
  return Interval{from, until};
}

// Where everybody has a meeting at once there is a crisis: only those who manage duty see it.
Presence PresenceFor(const Stamp& stamp) {
  const bool manages = std::any_of(
      stamp.roles.begin(), stamp.roles.end(),
      [](const std::string& role) { return role == "duty_manager" || role == "region_manager"; });
  return manages ? Presence::kFree : Presence::kOnDuty;
}

void Write(const std::string& function, const Hole& hole, v1::Hole& to) {
  to.set_function(function);
  to.set_from_ms(base::ToMs(hole.when.from));
  to.set_until_ms(base::ToMs(hole.when.until));
  to.set_cause(hole.cause);
  to.set_only(hole.only);
}

}  // namespace

std::vector<Hole> HolesOf(const Roster& roster, const std::string& function, Interval when,
                          Presence presence) {
  const auto& holding = roster.Holding(function);
  std::vector<Change> changes;
  for (const Person* person : holding) {
    AddChanges(*person, person->duty, false, when, changes);
    AddChanges(*person, presence == Presence::kFree ? person->free : person->duty, true, when,
               changes);
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change& left, const Change& right) { return left.at < right.at; });
  std::vector<Hole> holes;
  Present present;
  Instant since = when.from;
  for (size_t i = 0; i <= changes.size(); ++i) {
    const Instant at = i < changes.size() ? changes[i].at : when.until;
    if (at > since) {
      if (present.IsHole()) Add(present.HoleIn({since, at}, !holding.empty()), holes);
      since = at;
    }
    if (i < changes.size()) present.Apply(changes[i]);
  }
  return holes;
}

Decision DecideShowCoverage(const Facts& facts, const Stamp& stamp,
                            const v1::ShowCoverage& request) {
  if (facts.table == nullptr) return decide::Refuse(common::v1::STATUS_REFUSED, "no_rules");
  const auto when = SpanOf(stamp, request);
  if (!when) return Invalid("bad_period", "until_ms");
  const Presence presence = PresenceFor(stamp);
  Accepted accepted;
  v1::CoverageShown& shown = *accepted.response.mutable_coverage_shown();
  for (const SeatRule& seat : facts.table->seats) {
    shown.add_functions(seat.function);
    for (const Hole& hole : HolesOf(*facts.roster, seat.function, *when, presence)) {
      if (shown.holes_size() == kHolesMax) {
        shown.set_more(true);
        return accepted;
      }
      Write(seat.function, hole, *shown.add_holes());
    }
  }
  return accepted;
}

}  // namespace samenspel::meeting
