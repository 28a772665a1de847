// SPDX-License-Identifier: EUPL-1.2
// How the daemons of the bare pipe hear of each other.
#include <algorithm>
#include <cstdio>

#include "tests/bench/floor/pipe.h"

namespace samenspel::bench::floor_pipe {
namespace {

constexpr size_t kFrameEntriesMax = 256;

// Whom the real daemons follow.
std::vector<uint64_t> LeadersOf(Service self) {
  switch (self) {
    case kIntake:
      return {kMeeting, kEscalation};
    case kMeeting:
      return {kIntake};
    case kEscalation:
      return {kIntake, kMeeting};
    case kAudit:
      return {kIntake, kMeeting, kEscalation};
    case kServices:
      break;
  }
  return {};
}

}  // namespace

void Pipe::FollowOthers() {
  for (const uint64_t leader : LeadersOf(config_.self)) {
    zmq::socket_t& dealer = leaders_.emplace_back(context_, ZMQ_DEALER);
    dealer.set(zmq::sockopt::linger, 0);
    dealer.set(zmq::sockopt::rcvhwm, 0);
    dealer.set(zmq::sockopt::curve_serverkey, config_.keys.server_public);
    dealer.set(zmq::sockopt::curve_publickey, config_.keys.client_public);
    dealer.set(zmq::sockopt::curve_secretkey, config_.keys.client_secret);
    dealer.connect(EndpointOf(config_, leader));
    dealer.send(zmq::buffer(MessageOf({kFollow, config_.self})));
  }
}

void Pipe::TakeFrames() {
  for (zmq::socket_t& leader : leaders_) {
    zmq::message_t message;
    while (leader.recv(message, zmq::recv_flags::dontwait)) {
      Reader reader(message.to_string_view());
      if (reader.Number() != kFrame) continue;
      (void)reader.Number();
      const uint64_t entries = reader.Number();
      if (pending_.empty()) pending_since_ = Clock::now();
      for (uint64_t i = 0; i < entries; ++i) {
        Entry entry = reader.TakeEntry();
        const uint64_t key = KeyOf(entry.by, entry.report, entry.note);
        // What convenes must not wait; audit hurries for whoever awaits it.
        if (config_.self == kMeeting || awaited_.contains(key)) pending_urgent_ = true;
        pending_keys_.insert(key);
        pending_.push_back(std::move(entry));
      }
    }
  }
}

// Whoever follows later would miss what was written before.
void Pipe::SayWhenReady() {
  size_t wanted = 0;
  for (uint64_t service = 0; service < kServices; ++service) {
    const auto leaders = LeadersOf(static_cast<Service>(service));
    wanted += static_cast<size_t>(std::count(leaders.begin(), leaders.end(), config_.self));
  }
  if (followers_.size() != wanted) return;
  std::puts("ready");
  std::fflush(stdout);
}

bool Pipe::Wants(uint64_t who, const Entry& entry) const {
  if (who == kAudit) return true;
  return entry.note == 0 && config_.self != kEscalation;
}

bool Pipe::IsUrgent(uint64_t who, const Entry& entry) const {
  return entry.note == 0 && config_.self != kEscalation && (who == kMeeting || who == kAudit);
}

void Pipe::Pump() {
  const uint64_t end = tail_from_ + tail_.size();
  for (; committed_ < end; ++committed_) {
    const Entry& entry = tail_[committed_ - tail_from_];
    for (auto& [who, follower] : followers_) {
      if (committed_ < follower.sent || !Wants(who, entry)) continue;
      if (follower.waiting++ == 0) follower.since = Clock::now();
      follower.urgent |= IsUrgent(who, entry);
    }
  }
  uint64_t all_have = end;
  for (auto& [who, follower] : followers_) {
    while (follower.waiting > 0 && (follower.urgent || follower.waiting >= kFrameEntriesMax ||
                                    Clock::now() >= follower.since + kLazy)) {
      SendFrame(follower, who);
    }
    if (follower.waiting == 0) follower.sent = end;
    all_have = std::min(all_have, follower.sent);
  }
  for (; tail_from_ < all_have; ++tail_from_) tail_.pop_front();
}

void Pipe::SendFrame(Follower& follower, uint64_t who) {
  std::string entries;
  size_t count = 0;
  for (; count < std::min(follower.waiting, kFrameEntriesMax); ++follower.sent) {
    const Entry& entry = tail_[follower.sent - tail_from_];
    if (!Wants(who, entry)) continue;
    PutEntry(entries, entry);
    ++count;
  }
  follower.waiting -= count;
  follower.urgent &= follower.waiting > 0;
  Send(follower.route, MessageOf({kFrame, config_.self, count}) + entries);
}

}  // namespace samenspel::bench::floor_pipe
