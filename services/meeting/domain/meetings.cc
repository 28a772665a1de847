// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/meetings.h"

#include <algorithm>

namespace samenspel::meeting {
namespace {

using common::v1::CaseList;
using common::v1::Involvement;

// A seat that intake has opened the case for is ended there as well.
bool HasEnded(const CaseList& cases, const decide::Stamp& stamp) {
  return std::any_of(
      cases.involvements().begin(), cases.involvements().end(), [&](const Involvement& one) {
        return one.kind() == common::v1::INVOLVEMENT_KIND_SEAT && one.person() == stamp.actor &&
               one.until_ms() != 0 && base::ToMs(stamp.received_at) >= one.until_ms();
      });
}

// Who never accepted has no more to do with it once the meeting is over (P.25); until it has a
// start it cannot be.
bool Lasts(const MdoLine& line, const MdoLine::Place& place, const decide::Stamp& stamp) {
  return place.accepted || line.ends_at_ms == 0 || base::ToMs(stamp.received_at) < line.ends_at_ms;
}

}  // namespace

MdoLine LineOf(const state::Mdo& state) {
  const v1::Mdo& mdo = state.mdo();
  MdoLine line;
  line.mdo = mdo.mdo();
  line.household = mdo.household();
  line.case_number = mdo.case_number();
  line.sender = state.sender();
  line.organisation = state.organisation();
  line.starts_at_ms = mdo.starts_at_ms();
  line.ends_at_ms = mdo.ends_at_ms();
  line.convened_at_ms = mdo.convened_at_ms();
  line.lacks_seats = !mdo.missing().empty();
  for (const v1::Seat& seat : mdo.seats()) {
    line.places.push_back({seat.professional(), seat.organisation(), seat.accepted_at_ms() != 0});
  }
  return line;
}

bool IsOf(const MdoLine::Place& place, const decide::Stamp& stamp) {
  return place.professional == stamp.actor &&
         (place.organisation.empty() || place.organisation == stamp.organisation);
}

Sight SightOf(const MdoLine& line, const CaseList* cases, const decide::Stamp& stamp) {
  Sight sight;
  const bool seated = std::any_of(
      line.places.begin(), line.places.end(),
      [&](const MdoLine::Place& place) { return IsOf(place, stamp) && Lasts(line, place, stamp); });
  sight.by_seat = seated && (cases == nullptr || !HasEnded(*cases, stamp));
  if (cases == nullptr) {
    sight.by_sending = stamp.actor == line.sender || stamp.organisation == line.organisation;
  } else {
    sight.right = decide::MayKnow(*cases, stamp);
  }
  return sight;
}

void Meetings::Set(MdoLine line) {
  cases_.try_emplace(line.household);
  MdoLine& known = lines_[line.mdo];
  known = std::move(line);
}

void Meetings::SetCases(CaseList cases) {
  const auto found = cases_.find(cases.household());
  if (found != cases_.end()) found->second = std::move(cases);
}

const CaseList* Meetings::CasesOf(std::string_view household) const {
  const auto found = cases_.find(household);
  return found == cases_.end() || found->second.version() == 0 ? nullptr : &found->second;
}

Meetings::Counts Meetings::CountsAt(base::Instant now) const {
  Counts counts;
  for (const auto& [id, line] : lines_) {
    if (line.starts_at_ms == 0) {
      ++counts.without_start;
      continue;
    }
    ++counts.planned;
    if (base::ToMs(now) >= line.ends_at_ms) continue;
    if (line.lacks_seats) ++counts.with_missing_seats;
    counts.seats_to_accept += static_cast<uint64_t>(
        std::count_if(line.places.begin(), line.places.end(),
                      [](const MdoLine::Place& place) { return !place.accepted; }));
  }
  return counts;
}

}  // namespace samenspel::meeting
