// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/lists.h"

#include <algorithm>
#include <set>

#include "services/intake/domain/access_mark.h"
#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {
namespace {

constexpr uint32_t kPageMax = 200;
constexpr v1::ReportOrder kUrgentFirst = v1::REPORT_ORDER_COLOUR;

using Lines = std::vector<const Listed*>;

// Those that the actor may know of now, and that `wanted` picks.
template <class Wanted>
Lines Known(const Facts& facts, const Stamp& stamp, const Wanted& wanted) {
  Lines lines;
  for (const Listed* one : facts.listed) {
    if (wanted(*one) && decide::MayKnow(*one->knowers, stamp) != nullptr) lines.push_back(one);
  }
  return lines;
}

struct Placed {
  Place place;
  const Listed* listed;
  bool operator<(const Placed& other) const { return place < other.place; }
};

// The first `count` of those behind `after` (of all, when there is none), in order.
std::vector<Placed> FirstOf(const Lines& lines, v1::ReportOrder order,
                            const std::optional<Place>& after, size_t count) {
  std::vector<Placed> placed;
  placed.reserve(lines.size());
  for (const Listed* one : lines) {
    Placed here{PlaceOf(one->line, order), one};
    if (!after || *after < here.place) placed.push_back(here);
  }
  const auto until = placed.begin() + static_cast<std::ptrdiff_t>(std::min(count, placed.size()));
  std::partial_sort(placed.begin(), until, placed.end());
  placed.erase(until, placed.end());
  return placed;
}

size_t LimitOf(const common::v1::Page& page) {
  return page.limit() == 0 ? kPageMax : std::min(page.limit(), kPageMax);
}

Decision BadPage() { return decide::Invalid("bad_page", "page.after"); }

Decision PageOf(const Lines& lines, v1::ReportOrder order, const common::v1::Page& page) {
  std::optional<Place> after;
  if (!page.after().empty()) {
    after = PlaceFrom(page.after(), order);
    if (!after) return BadPage();
  }
  const size_t limit = LimitOf(page);
  const std::vector<Placed> placed =
      FirstOf(lines, order, after, limit + 1);  // One more: is there?
  Accepted accepted;
  v1::ReportsListed& listed = *accepted.response.mutable_reports_listed();
  for (size_t i = 0; i < std::min(limit, placed.size()); ++i) {
    *listed.add_lines() = placed[i].listed->line;
  }
  if (placed.size() > limit) listed.set_next(TokenOf(placed[limit - 1].place, order));
  listed.set_total(static_cast<uint32_t>(lines.size()));
  return accepted;
}

// What waits comes first, where the list is not in the order of the reading; then what was read.
Decision PageWithSettled(const Lines& waiting, const Facts& facts, const Stamp& stamp,
                         const v1::ListReports& wish) {
  const auto reading = ReadingOf(wish);
  if (!reading) return BadPage();
  const size_t limit = LimitOf(wish.page());
  Accepted accepted;
  v1::ReportsListed& listed = *accepted.response.mutable_reports_listed();
  if (reading->first_waiting) {
    const auto after = PlaceFrom(wish.page().after(), wish.order());
    const auto placed = FirstOf(waiting, wish.order(), after, limit + 1);
    for (size_t i = 0; i < std::min(limit, placed.size()); ++i) {
      *listed.add_lines() = placed[i].listed->line;
    }
    if (placed.size() > limit) {
      listed.set_next(TokenOf(placed[limit - 1].place, wish.order()));
      return accepted;
    }
  }
  std::string last = reading->after;
  for (const PastReport& one : facts.past.reports) {
    if (decide::MayKnow(one.knowers, stamp) == nullptr) continue;
    if (static_cast<size_t>(listed.lines_size()) == limit) {
      listed.set_next(ReadingToken(last, wish.order()));
      return accepted;
    }
    last = one.line.case_number();
    *listed.add_lines() = one.line;
  }
  if (facts.past.more) listed.set_next(ReadingToken(facts.past.last, wish.order()));
  return accepted;
}

bool IsInQueue(const v1::ReportLine& line, const Stamp& stamp) {
  return IsWaiting(line) && line.ownership().desk() == stamp.organisation;
}

using Found = google::protobuf::RepeatedPtrField<v1::ReportLine>;

template <class Wanted>
void AddFirst(const Lines& waiting, const Wanted& wanted, Found& found) {
  Lines picked;
  std::copy_if(waiting.begin(), waiting.end(), std::back_inserter(picked), wanted);
  for (const Placed& one : FirstOf(picked, kUrgentFirst, std::nullopt, kPageMax)) {
    *found.Add() = one.listed->line;
  }
}

bool Has(const Stamp& stamp, const char* role) {
  return std::find(stamp.roles.begin(), stamp.roles.end(), role) != stamp.roles.end();
}

v1::OpeningLine LineOf(const Unreviewed& one) {
  v1::OpeningLine line;
  line.set_opening(one.opening.opening());
  line.set_case_number(one.case_number);
  line.set_reader(one.opening.reader());
  line.set_organisation(one.opening.organisation());
  line.set_at_ms(one.opening.at_ms());
  line.set_until_ms(one.opening.until_ms());
  line.set_review_due_ms(one.opening.review_due_ms());
  if (!one.reason.empty()) line.mutable_private_()->set_reason(one.reason);
  return line;
}

// As many as one answer holds, in the order of the facts. A reason that is shown is read: it leaves
// a mark on its case.
void AddReviews(const Facts& facts, const Stamp& stamp, Accepted& accepted) {
  v1::MineShown& mine = *accepted.response.mutable_mine_shown();
  std::set<std::string> looked;
  size_t bytes = 0;
  for (const Unreviewed& one : facts.unreviewed) {
    if (!MayReview(one.opening, stamp)) continue;
    if (mine.reviews_size() == static_cast<int>(kReviewsMax)) return;
    v1::OpeningLine line = LineOf(one);
    bytes += line.ByteSizeLong();
    if (bytes > kReviewBytesMax) return;
    *mine.add_reviews() = std::move(line);
    if (one.reason.empty() || !looked.insert(one.household).second) continue;
    const Look look{one.report, one.household, one.opening.keeper(), {"private"}};
    if (auto mark = MarkOf(look, facts.cases.at(one.household), stamp)) {
      accepted.events.push_back(std::move(*mark));
    }
  }
}

}  // namespace

Decision DecideListReports(const Facts& facts, const Stamp& stamp, const v1::ListReports& request) {
  const Lines lines =
      Known(facts, stamp, [&](const Listed& one) { return IsIn(request, one.line, stamp); });
  return request.with_settled() ? PageWithSettled(lines, facts, stamp, request)
                                : PageOf(lines, request.order(), request.page());
}

Decision DecideListQueue(const Facts& facts, const Stamp& stamp, const v1::ListQueue& request) {
  const Lines lines = Known(facts, stamp, [&](const Listed& one) {
    return IsInQueue(one.line, stamp) && (!request.unclaimed() || one.line.ownership().open()) &&
           (request.colour() == v1::COLOUR_UNSPECIFIED || request.colour() == one.line.colour());
  });
  const bool unsaid = request.order() == v1::REPORT_ORDER_UNSPECIFIED;
  return PageOf(lines, unsaid ? kUrgentFirst : request.order(), request.page());
}

Decision DecideShowMine(const Facts& facts, const Stamp& stamp) {
  Accepted accepted;
  v1::MineShown& mine = *accepted.response.mutable_mine_shown();
  const Lines waiting = Known(facts, stamp, [](const Listed& one) { return IsWaiting(one.line); });
  const auto of_desk = [&](const Listed& one) {
    return Has(stamp, "desk_worker") && one.line.ownership().desk() == stamp.organisation;
  };
  AddFirst(
      waiting, [&](const auto* one) { return one->line.ownership().owner() == stamp.actor; },
      *mine.mutable_owned());
  AddFirst(
      waiting, [&](const auto* one) { return one->line.ownership().offered_to() == stamp.actor; },
      *mine.mutable_offered());
  AddFirst(
      waiting, [&](const auto* one) { return of_desk(*one) && one->line.ownership().open(); },
      *mine.mutable_unclaimed());
  AddFirst(
      waiting,
      [&](const auto* one) {
        return one->line.provisional() &&
               (of_desk(*one) ||
                (Has(stamp, "desk_worker") && one->organisation == stamp.organisation));
      },
      *mine.mutable_unconfirmed());
  AddReviews(facts, stamp, accepted);
  return accepted;
}

}  // namespace samenspel::intake
