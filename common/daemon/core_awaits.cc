// SPDX-License-Identifier: EUPL-1.2
// Who waits for an entry to be durable here.
#include <algorithm>

#include "common/base/mutant.h"
#include "common/daemon/core_turn.h"

namespace samenspel::daemon {
namespace {

using bus::Peer;
using common::v1::Envelope;
using common::v1::Reason;
using common::v1::Reply;

}  // namespace

std::optional<common::v1::Awaited> Core::AwaitedNow(View& view, const common::v1::Ref& cause,
                                                    const std::string& by) const {
  common::v1::Awaited awaited;
  const auto follower =
      std::find_if(followers_.begin(), followers_.end(),
                   [&](const Follower& one) { return one.service() == cause.service(); });
  const bool own = cause.service() == service_->name();
  const bool passed = own ? cause.sequence() <= store_.head().sequence
                          : follower != followers_.end() &&
                                cause.epoch() <= follower->applied().epoch &&
                                cause.sequence() <= follower->applied().sequence;
  if (by == cause.service()) {
    if (!passed && !base::Mutated(base::Mutant::kAwaitTooEarly)) return std::nullopt;
    *awaited.mutable_entry() = cause;
    return awaited;
  }
  if (const auto entry = view.batch().Caused(cause, by)) {
    *awaited.mutable_entry() = *entry;
    return awaited;
  }
  if (by != service_->name() || !passed) return std::nullopt;
  awaited.set_none(true);
  return awaited;
}

void Core::TakeAwait(TurnState& turn, const Peer& peer, const bus::Principal& sender,
                     const Envelope& envelope) {
  const auto refuse = [&](common::v1::Status status, Reason reason) {
    turn.replies.push_back({peer, ReplyWith(envelope.request_id(), status, std::move(reason))});
  };
  const common::v1::Await& await = envelope.await();
  Caller caller = CallerOf(sender, envelope);
  caller.on_behalf_of
      .clear();  // Nobody looked whether it may be; what is unproven is not recorded.
  if (!service_->MaySee(turn.view, caller, await.cause())) {
    return TurnAway(
        turn, peer, caller, "await",
        ReplyWith(envelope.request_id(), common::v1::STATUS_DENIED, Why("not_permitted")));
  }
  if (awaits_.CountOf(peer) >= kAwaitsPerPeerMax) {
    return refuse(common::v1::STATUS_BUSY, Why("too_many_awaits"));
  }
  base::milliseconds left = config_.terms.await_max;
  if (envelope.time_left_ms() > 0) {
    left = std::min(left, base::milliseconds(envelope.time_left_ms()));
  }
  awaits_.Add(
      {peer, sender.curve_key, envelope.request_id(), await.cause(), await.by(), turn.now + left});
}

// Runs after the commit: what is answered here is durable.
void Core::SettleAwaits(TurnState& turn) {
  if (awaits_.empty()) return;
  store::Batch durable = store_.Begin();
  View view(store_, durable, keys_, entropy_);
  const auto answer = [&](const Awaits::Waiting& waiting) {
    return AwaitedNow(view, waiting.cause, waiting.by);
  };
  std::vector<Awaits::Settled> settled;
  const auto keep = [&](std::vector<Awaits::Settled> more) {
    std::move(more.begin(), more.end(), std::back_inserter(settled));
  };
  keep(awaits_.TakeUpTo(std::string(service_->name()), store_.head().sequence, answer));
  for (const Follower& follower : followers_) {
    keep(awaits_.TakeUpTo(follower.service(), UINT64_MAX - 1, answer));
  }
  keep(awaits_.TakeOverdue(turn.now));
  for (Awaits::Settled& one : settled) {
    if (!MayHear(one.waiting.key, turn.now)) continue;
    Reply reply = ReplyWith(one.waiting.request_id,
                            one.answer ? common::v1::STATUS_OK : common::v1::STATUS_UNAVAILABLE);
    if (one.answer) {
      *reply.mutable_awaited() = std::move(*one.answer);
    } else {
      *reply.add_reasons() = Why("not_yet");
    }
    turn.replies.push_back({one.waiting.peer, std::move(reply)});
  }
}

}  // namespace samenspel::daemon
