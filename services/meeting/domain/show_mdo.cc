// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "services/meeting/domain/decider.h"
#include "services/meeting/domain/page.h"

namespace samenspel::meeting {
namespace {

using decide::Invalid;
using decide::NotFound;

// Before the own seat is accepted, what others are asked for is none of one's business (P.25).
v1::Mdo AsSeen(v1::Mdo mdo, const Sight& sight, const Stamp& stamp) {
  if (sight.right != nullptr || sight.by_sending) return mdo;
  for (v1::Seat& seat : *mdo.mutable_seats()) {
    if (seat.professional() == stamp.actor) continue;
    seat.clear_reason_nl();
    seat.clear_reason_en();
    seat.clear_indicators();
  }
  return mdo;
}

// Eight bytes that sort as the number does.
std::string Sortable(int64_t number) {
  std::string bytes(8, '\0');
  auto rest = static_cast<uint64_t>(number);
  for (size_t i = 8; i-- > 0; rest >>= 8) bytes[i] = static_cast<char>(rest & 0xFF);
  return bytes;
}

std::string KeyOf(const MdoLine& line, v1::MdoOrder order) {
  if (order == v1::MDO_ORDER_CASE) return line.case_number + line.mdo;
  if (order == v1::MDO_ORDER_NEWEST) return Sortable(INT64_MAX - line.convened_at_ms) + line.mdo;
  return Sortable(line.starts_at_ms) + line.mdo;  // Without a start: before all.
}

bool IsAsked(const MdoLine& line, const Stamp& stamp, const v1::ListMdos& request) {
  if (line.starts_at_ms != 0) {
    if (request.from_ms() != 0 && line.ends_at_ms <= request.from_ms()) return false;
    if (request.until_ms() != 0 && line.starts_at_ms >= request.until_ms()) return false;
  }
  if (!request.my_seat() && !request.to_accept()) return true;
  const bool over = base::ToMs(stamp.received_at) >= line.ends_at_ms;
  return std::any_of(line.places.begin(), line.places.end(), [&](const MdoLine::Place& place) {
    return IsOf(place, stamp) && !(request.to_accept() && (place.accepted || over));
  });
}

// The seat of the actor; -1: none.
int SeatOf(const state::Mdo& state, const Stamp& stamp) {
  const MdoLine line = LineOf(state);
  const auto own = std::find_if(line.places.begin(), line.places.end(),
                                [&](const MdoLine::Place& place) { return IsOf(place, stamp); });
  return own == line.places.end() ? -1 : static_cast<int>(own - line.places.begin());
}

Sight SightIn(const Facts& facts, const Stamp& stamp) {
  return SightOf(LineOf(*facts.mdo), facts.cases ? &*facts.cases : nullptr, stamp);
}

// Somebody has changed the meeting since the actor saw it.
//   mdo  as the actor may see it: the seat is not accepted yet
Refusal Conflict(v1::Mdo mdo) {
  v1::Response response;
  *response.mutable_seat_accepted()->mutable_mdo() = std::move(mdo);
  Refusal refusal = decide::Refuse(common::v1::STATUS_CONFLICT, "changed_since");
  refusal.response = response.SerializeAsString();
  return refusal;
}

Happened Taken(const state::Mdo& state, const v1::Seat& seat, const Stamp& stamp) {
  const v1::Mdo& mdo = state.mdo();
  Happened happened;
  happened.stream = mdo.mdo();
  happened.version = state.version() + 1;
  happened.keeper = state.organisation();
  v1::SeatTaken& taken = *happened.event.mutable_seat_taken();
  taken.set_mdo(mdo.mdo());
  taken.set_report(mdo.report());
  taken.set_household(mdo.household());
  taken.set_case_number(mdo.case_number());
  taken.set_function(seat.function());
  taken.set_professional(seat.professional());
  taken.set_at_ms(base::ToMs(stamp.received_at));
  return happened;
}

}  // namespace

Decision DecideShowMdo(const Facts& facts, const Stamp& stamp) {
  if (!facts.mdo) return NotFound("mdo");
  const Sight sight = SightIn(facts, stamp);
  if (!sight.any()) return NotFound("mdo", facts.mdo->mdo().mdo());
  Accepted accepted;
  v1::MdoShown& shown = *accepted.response.mutable_mdo_shown();
  *shown.mutable_mdo() = AsSeen(facts.mdo->mdo(), sight, stamp);
  if (facts.report.has_first_step()) *shown.mutable_first_step() = facts.report.first_step();
  if (sight.right != nullptr) *shown.mutable_by_right_of() = *sight.right;
  shown.set_version(facts.mdo->version());
  return accepted;
}

Decision DecideAcceptSeat(const Facts& facts, const Stamp& stamp) {
  if (!facts.mdo) return NotFound("mdo");
  const v1::Mdo& mdo = facts.mdo->mdo();
  const Sight sight = SightIn(facts, stamp);
  if (!sight.any()) return NotFound("mdo", mdo.mdo());
  const int seat = SeatOf(*facts.mdo, stamp);
  if (seat < 0) return decide::Refuse(common::v1::STATUS_REFUSED, "no_seat", "mdo");
  Accepted accepted;
  v1::Mdo& after = *accepted.response.mutable_seat_accepted()->mutable_mdo();
  after = mdo;
  if (mdo.seats(seat).accepted_at_ms() != 0) return accepted;
  if (base::ToMs(stamp.received_at) >= mdo.ends_at_ms()) {
    return decide::Refuse(common::v1::STATUS_REFUSED, "ended", "mdo");
  }
  if (stamp.expected_version != 0 && stamp.expected_version != facts.mdo->version()) {
    return Conflict(AsSeen(mdo, sight, stamp));
  }
  accepted.events.push_back(Taken(*facts.mdo, mdo.seats(seat), stamp));
  after.mutable_seats(seat)->set_accepted_at_ms(base::ToMs(stamp.received_at));
  return accepted;
}

Decision DecideListMdos(const Facts& facts, const Stamp& stamp, const v1::ListMdos& request) {
  const auto order = static_cast<char>('0' + request.order());
  const auto cut = PageCut::Of(request.page(), order, "mdo");
  if (!cut) return Invalid("bad_page", "page.after");
  std::vector<std::pair<std::string, std::pair<const MdoLine*, Sight>>> lines;
  for (const auto& [id, line] : facts.meetings->lines()) {
    if (!IsAsked(line, stamp, request)) continue;
    const Sight sight = SightOf(line, facts.meetings->CasesOf(line.household), stamp);
    if (sight.any()) lines.push_back({KeyOf(line, request.order()), {&line, sight}});
  }
  Accepted accepted;
  v1::MdosListed& listed = *accepted.response.mutable_mdos_listed();
  listed.set_total(static_cast<uint32_t>(lines.size()));
  listed.set_next(cut->Fill(std::move(lines), [&](const auto& line) {
    v1::Mdo& mdo = *listed.add_mdos();
    mdo = AsSeen(facts.find_mdo(line.first->mdo), line.second, stamp);
    return mdo.ByteSizeLong();
  }));
  return accepted;
}

}  // namespace samenspel::meeting
