// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/follower.h"

#include <algorithm>
#include <utility>

#include "common/base/mutant.h"
#include "common/tlog/sha256.h"

namespace samenspel::daemon {
namespace {

using base::Instant;
using bus::Output;

store::Head HeadOf(const common::v1::Head& head) {
  return {head.epoch(), head.sequence(), head.hash()};
}

// In the order of a journal. An epoch may begin behind an earlier entry than the last of the epoch
// before: the others were given up.
bool IsBehind(const store::Head& left, const store::Head& right) {
  return std::pair(left.epoch, left.sequence) < std::pair(right.epoch, right.sequence);
}

}  // namespace

Follower::Follower(FollowWish wish, uint32_t socket, store::Head applied, Terms terms)
    : wish_(std::move(wish)),
      socket_(socket),
      terms_(terms),
      applied_(applied),
      received_(std::move(applied)) {}

void Follower::Ask(Instant now, base::Entropy& entropy, std::vector<Output>& out) {
  if (stopped_) return;
  session_ = entropy.Number();
  number_ = 0;
  until_frame_ = Window();
  ask_again_at_ = now + terms_.silence;
  beat_at_ = now + terms_.beat;
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(entropy.Bytes(16));
  common::v1::Follow& follow = *envelope.mutable_follow();
  follow.mutable_after()->set_epoch(received_.epoch);
  follow.mutable_after()->set_sequence(received_.sequence);
  follow.mutable_after()->set_hash(received_.hash);
  for (const uint32_t kind : wish_.kinds) follow.add_kinds(kind);
  for (const uint32_t kind : wish_.optional_kinds) follow.add_kinds(kind);
  for (const uint32_t kind : wish_.urgent_kinds) follow.add_urgent_kinds(kind);
  for (const uint32_t kind : wish_.prompt_kinds) follow.add_urgent_kinds(kind);
  follow.set_every_entry(wish_.every_entry);
  follow.set_view(wish_.view);
  follow.set_session(session_);
  follow.set_until_frame(until_frame_);
  out.push_back({{socket_, ""}, envelope.SerializeAsString()});
}

bool Follower::TakeItem(common::v1::Item& item, store::Head& position, PendingFrame& pending) {
  auto entry = std::make_shared<store::Stored>();
  entry->bytes = std::move(*item.mutable_header());
  if (!entry->header.ParseFromString(entry->bytes)) return false;
  entry->hash = tlog::Sha256(entry->bytes);
  const auto& header = entry->header;
  const bool in_order = header.service() == wish_.service &&
                        IsBehind(position, {header.epoch(), header.sequence(), {}});
  // Whoever is sent every entry checks the chain itself: audit copies nothing that does not
  // continue.
  const bool continues =
      header.sequence() == position.sequence + 1 && header.previous_hash() == position.hash;
  if (!in_order || (wish_.every_entry && !continues)) return false;
  for (std::string& part : *item.mutable_parts()) entry->sealed.push_back(std::move(part));
  if (wish_.view == common::v1::VIEW_SEALED) {
    if (static_cast<int>(entry->sealed.size()) != header.part_hashes_size()) return false;
    for (size_t i = 0; i < entry->sealed.size(); ++i) {
      if (tlog::Sha256(entry->sealed[i]) != header.part_hashes(static_cast<int>(i))) return false;
    }
  }
  for (const auto& event : header.events()) {
    const auto& urgent = wish_.urgent_kinds;
    pending.urgent |=
        event.urgent() && std::find(urgent.begin(), urgent.end(), event.kind()) != urgent.end();
  }
  position = {header.epoch(), header.sequence(), entry->hash};
  pending.entries.push_back({wish_.service, std::move(entry)});
  return true;
}

bool Follower::Accept(Instant now, uint64_t arrival, common::v1::Frame& frame) {
  PendingFrame pending;
  pending.arrival = arrival;
  pending.since = now;
  pending.last = HeadOf(frame.last());
  store::Head position = received_;
  for (common::v1::Item& item : *frame.mutable_items()) {
    if (!TakeItem(item, position, pending)) return false;
  }
  if (IsBehind(pending.last, position)) return false;
  if (wish_.every_entry && position != pending.last) return false;
  received_ = pending.last;
  pending_.push_back(std::move(pending));
  return true;
}

void Follower::OnFrame(Instant now, uint64_t arrival, common::v1::Frame frame,
                       base::Entropy& entropy, std::vector<Output>& out) {
  if (stopped_ || frame.session() != session_) return;
  heard_at_ = now;
  leader_head_ = frame.head();
  if (frame.number() <= number_) return;  // Doubled on the way.
  const bool follows = frame.number() == number_ + 1 && HeadOf(frame.first()) == received_;
  if (!follows && !base::Mutated(base::Mutant::kGapAccepted)) {
    Ask(now, entropy, out);
    return;
  }
  ask_again_at_ = now + terms_.silence;
  if (!Accept(now, arrival, frame)) {
    Stop("a frame after entry " + std::to_string(received_.sequence) +
         " does not continue the chain");
    return;
  }
  number_ = frame.number();
  trouble_.clear();
}

void Follower::OnBeat(Instant now, const common::v1::Beat& beat, base::Entropy& entropy,
                      std::vector<Output>& out) {
  if (stopped_ || beat.session() != session_) return;
  heard_at_ = now;
  leader_head_ = beat.head();
  ask_again_at_ = now + terms_.silence;
  // More: a frame was lost. Less: the leader had forgotten this session and began it anew.
  if (beat.number() != number_ && !base::Mutated(base::Mutant::kBeatIgnored)) {
    Ask(now, entropy, out);
    return;
  }
  trouble_.clear();
}

void Follower::OnRefused(Instant now, const common::v1::FollowRefused& refused) {
  if (refused.session() != session_) return;
  heard_at_ = now;
  // A leader whose config is older does not know of them; the rest goes on without.
  if (refused.code() == "not_granted" && !wish_.optional_kinds.empty()) {
    wish_.optional_kinds.clear();
    ask_again_at_ = now;
    return;
  }
  trouble_ = refused.code();
  ask_again_at_ = now + terms_.refused;
}

// The last frame that still finds a place here; what waits undecided, of former sessions too, takes
// one each.
uint64_t Follower::Window() const {
  return number_ + kFrameWindow - std::min(kFrameWindow, pending_.size());
}

void Follower::GiveCredit(Instant now, std::vector<Output>& out) {
  until_frame_ = std::max(until_frame_, Window());
  beat_at_ = now + terms_.beat;
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(std::string(16, '\0'));
  envelope.mutable_credit()->set_session(session_);
  envelope.mutable_credit()->set_until_frame(until_frame_);
  out.push_back({{socket_, ""}, envelope.SerializeAsString()});
}

void Follower::Tick(Instant now, base::Entropy& entropy, std::vector<Output>& out) {
  if (stopped_) return;
  if (now >= ask_again_at_) {
    Ask(now, entropy, out);
    return;
  }
  const bool half_used = Window() >= until_frame_ + kFrameWindow / 2;
  if (half_used || now >= beat_at_) GiveCredit(now, out);
}

void Follower::Move(base::milliseconds by) {
  for (PendingFrame& frame : pending_) frame.since += by;
  if (heard_at_) *heard_at_ += by;
  ask_again_at_ += by;
  beat_at_ += by;
}

bool Follower::MustDecide(Instant now) const {
  size_t entries = 0;
  for (const PendingFrame& frame : pending_) {
    entries += frame.entries.size();
    if (frame.urgent || entries >= kPendingCommit || now >= frame.since + terms_.lazy) return true;
  }
  return false;
}

void Follower::Decided() {
  applied_ = pending_.front().last;
  pending_.pop_front();
}

void Follower::Stop(std::string why) {
  stopped_ = true;
  trouble_ = std::move(why);
  pending_.clear();
}

common::v1::FollowStatus Follower::Status() const {
  common::v1::FollowStatus status;
  status.set_service(wish_.service);
  status.set_applied(applied_.sequence);
  status.set_head(std::max(leader_head_, received_.sequence));
  status.set_heard_at_ms(heard_at_ ? base::ToMs(*heard_at_) : 0);
  status.set_stopped(stopped_ || !trouble_.empty());
  return status;
}

std::optional<Instant> Follower::WakeAt() const {
  if (stopped_) return std::nullopt;
  Instant at = std::min(ask_again_at_, beat_at_);
  if (!pending_.empty()) at = std::min(at, pending_.front().since + terms_.lazy);
  return at;
}

}  // namespace samenspel::daemon
