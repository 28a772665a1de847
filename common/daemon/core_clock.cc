// SPDX-License-Identifier: EUPL-1.2
// What follows from a wall clock that is not believed, and from an operator who accepts it
// (docs/decisions/0008-clock.md).
#include <algorithm>
#include <cassert>

#include "common/daemon/common_events.h"
#include "common/daemon/core_turn.h"
#include "common/daemon/journal.h"

namespace samenspel::daemon {
namespace {

using base::Instant;
using base::milliseconds;

constexpr const char* kAcceptKind = "accept_clock";
constexpr milliseconds kMovedAbove{60'000};  // Since the operator looked.
constexpr milliseconds kWellFor{60'000};     // Before it is recorded that the clock is right again.

common::v1::ClockSeen Seen(Instant now, milliseconds off, bool accepted) {
  common::v1::ClockSeen seen;
  seen.set_off_ms(off.count());
  seen.set_accepted(accepted);
  seen.set_at_ms(base::ToMs(now));
  return seen;
}

}  // namespace

// A clock that sways about the limit makes one entry a minute, not one a turn.
void Core::RecordClock(TurnState& turn) {
  const bool wrong = clock_off_ != milliseconds(0);
  if (wrong) clock_well_since_.reset();
  if (wrong == clock_disbelieved_) return;
  if (!wrong) {
    if (!clock_well_since_) clock_well_since_ = turn.now;
    if (turn.now < *clock_well_since_ + kWellFor) return;
  }
  clock_disbelieved_ = wrong;
  auto event = ClockSeenEvent(*service_, Seen(turn.now, clock_off_, false));
  if (!event) return;
  Decided decided;
  decided.events.push_back(std::move(*event));
  RecordOwn(turn, std::move(decided), "clock", "");
}

std::optional<Core::WhyNot> Core::WhyNotAcceptClock(const Caller& caller,
                                                    const common::v1::AcceptClock& request) const {
  const auto& roles = caller.roles;
  if (std::find(roles.begin(), roles.end(), "operator") == roles.end()) {
    return WhyNot{common::v1::STATUS_DENIED, "not_permitted"};
  }
  if (clock_off_ == milliseconds(0)) return WhyNot{common::v1::STATUS_REFUSED, "clock_believed"};
  const milliseconds seen(request.off_ms());
  if (seen < clock_off_ - kMovedAbove || seen > clock_off_ + kMovedAbove) {
    return WhyNot{common::v1::STATUS_REFUSED, "clock_moved"};
  }
  return std::nullopt;
}

void Core::AcceptClock(TurnState& turn, const bus::Peer& peer, const Caller& caller,
                       const std::string& digest) {
  Decided decided;
  if (auto event = ClockSeenEvent(*service_, Seen(turn.now, clock_off_, true))) {
    decided.events.push_back(std::move(*event));
  }
  EntryContext context;
  context.caller = caller;
  context.received_at = turn.now;
  context.kind = kAcceptKind;
  context.digest = digest;
  context.keep_answer = true;
  const auto recorded = Record(turn.view, *service_, context, std::move(decided));
  assert(recorded.ok());  // It holds three numbers.
  turn.replies.push_back({peer, ReplyOf(**recorded, caller.request_id)});
  turn.clock_moves = std::exchange(clock_off_, milliseconds(0));
  clock_disbelieved_ = false;
  log_(LogLevel::kWarning, "event=clock_accepted principal=" + caller.principal +
                               " own_ms=" + std::to_string(base::ToMs(turn.now)) +
                               " moves_ms=" + std::to_string(turn.clock_moves.count()));
}

// After the commit. Whoever waits here keeps the time they had left.
void Core::MoveClock(TurnState& turn) {
  const milliseconds by = turn.clock_moves;
  if (by == milliseconds(0)) return;
  leader_.Move(by);
  for (Follower& follower : followers_) follower.Move(by);
  awaits_.Move(by);
  turnstile_.Move(by);
  service_->ClockMoved(by);
  started_at_ += by;
  clock_well_since_.reset();
  turn.now += by;
}

Instant Core::NotBefore() const {
  uint64_t sequence = store_.head().sequence;
  auto last = store_.Read(sequence);
  if (!last) return {};
  const int64_t stamp_ms = last->header.received_at_ms();
  // What follows an acceptance in its turn is stamped in the time before: who came too late to
  // accept, and what closed the turn.
  const auto may_follow = [&](const common::v1::EntryHeader& header) {
    return header.received_at_ms() == stamp_ms &&
           (header.kind() == "close" || header.outcome() != common::v1::STATUS_OK);
  };
  while (last && may_follow(last->header)) last = store_.Read(--sequence);
  const Instant stamp = base::FromMs(stamp_ms);
  const bool accepted =
      last && last->header.received_at_ms() == stamp_ms && last->header.kind() == kAcceptKind;
  if (!accepted) return stamp;
  store::Batch batch = store_.Begin();
  return AcceptedTime(View(store_, batch, keys_, entropy_)).value_or(stamp);
}

}  // namespace samenspel::daemon
