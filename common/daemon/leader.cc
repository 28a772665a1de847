// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/leader.h"

#include <algorithm>
#include <utility>

#include "common/base/mutant.h"
#include "common/daemon/journal.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::daemon {
namespace {

using base::Instant;
using bus::Output;
using bus::Peer;

constexpr int kFramesATurn = 8;
constexpr uint64_t kLookedMax = 8192;  // Entries that are read for one frame.
constexpr int kBeatsUntilForgotten = 10;

Output Frame(const Peer& peer, const common::v1::Answer& answer) {
  return {peer, answer.SerializeAsString()};
}

void SetHead(common::v1::Head* to, const store::Head& from) {
  to->set_epoch(from.epoch);
  to->set_sequence(from.sequence);
  to->set_hash(from.hash);
}

}  // namespace

Leader::Leader(const store::Store& store, seal::KeyStore& keys, const std::vector<Grant>& grants,
               Terms terms)
    : store_(store), keys_(keys), terms_(terms) {
  for (const Grant& grant : grants) {
    grants_[grant.principal] = grant;
    followers_[grant.principal];
  }
}

std::optional<std::string> Leader::WhyNot(const Grant* grant,
                                          const common::v1::Follow& follow) const {
  if (grant == nullptr) return "not_granted";
  const auto granted = [&](uint32_t kind) {
    return grant->every_entry || grant->kinds.contains(kind);
  };
  if (follow.every_entry() && !grant->every_entry) return "not_granted";
  if (!std::all_of(follow.kinds().begin(), follow.kinds().end(), granted)) return "not_granted";
  if (follow.view() != common::v1::VIEW_CLEAR && follow.view() != grant->view) return "not_granted";
  if (base::Mutated(base::Mutant::kHistoryIgnored)) return std::nullopt;
  const common::v1::Head& after = follow.after();
  if (GivenUpAfter(grant->principal, follow)) return std::nullopt;
  if (after.sequence() > store_.head().sequence || after.epoch() > store_.head().epoch) {
    return "ahead_of_leader";
  }
  if (after.sequence() > 0) {
    const auto held = store_.Read(after.sequence());
    if (!held || held->hash != after.hash()) return "other_history";
  }
  return std::nullopt;
}

// The last entry here of this epoch or an earlier one; 0: there is none.
uint64_t Leader::EndOf(uint64_t epoch) const {
  uint64_t low = 0;
  for (uint64_t high = store_.head().sequence; low < high;) {
    const uint64_t middle = low + (high - low + 1) / 2;
    const auto entry = store_.Read(middle);
    const bool is_later = !entry || entry->header.epoch() > epoch;
    is_later ? high = middle - 1 : low = middle;
  }
  return low;
}

// Whoever keeps every entry keeps those as well: it must not go on as if they had never been.
std::optional<store::Head> Leader::GivenUpAfter(const std::string& principal,
                                                const common::v1::Follow& follow) const {
  const common::v1::Head& after = follow.after();
  const auto grant = grants_.find(principal);
  const bool keeps_all = grant == grants_.end() || grant->second.every_entry;
  if (keeps_all || after.epoch() >= store_.head().epoch) return std::nullopt;
  const auto end = store_.Read(EndOf(after.epoch()));
  if (!end || end->header.epoch() != after.epoch()) return std::nullopt;
  if (end->header.sequence() >= after.sequence()) return std::nullopt;
  return store::Head{end->header.epoch(), end->header.sequence(), end->hash};
}

std::optional<std::string> Leader::OnFollow(Instant now, const Peer& peer,
                                            const std::string& principal, const std::string& key,
                                            const common::v1::Follow& follow,
                                            std::vector<Output>& out) {
  const auto grant = grants_.find(principal);
  if (auto why = WhyNot(grant == grants_.end() ? nullptr : &grant->second, follow)) {
    common::v1::Answer answer;
    answer.mutable_follow_refused()->set_session(follow.session());
    answer.mutable_follow_refused()->set_code(*why);
    out.push_back(Frame(peer, answer));
    return why;
  }
  const auto running = sessions_.find(principal);
  if (running != sessions_.end() && running->second.peer == peer &&
      running->second.follow.session() == follow.session()) {
    return std::nullopt;  // Came twice: numbers of frames that were sent already must not return.
  }
  Session session;
  session.peer = peer;
  session.key = key;
  session.follow = follow;
  session.kinds = {follow.kinds().begin(), follow.kinds().end()};
  session.urgent_kinds = {follow.urgent_kinds().begin(), follow.urgent_kinds().end()};
  session.sent = {follow.after().epoch(), follow.after().sequence(), follow.after().hash()};
  if (auto end = GivenUpAfter(principal, follow)) {
    session.held = std::exchange(session.sent, *std::move(end));
  }
  session.looked = session.sent.sequence;
  session.until_frame = follow.until_frame();
  session.heard_at = now;
  session.beat_at = now;  // The first beat tells the follower that it was heard.
  sessions_[principal] = std::move(session);
  return std::nullopt;
}

void Leader::OnCredit(Instant now, const Peer& peer, const common::v1::Credit& credit) {
  for (auto& [principal, session] : sessions_) {
    if (session.peer != peer || session.follow.session() != credit.session()) continue;
    session.until_frame = std::max(session.until_frame, credit.until_frame());
    session.heard_at = now;
  }
}

void Leader::Forget(const Peer& peer) {
  std::erase_if(sessions_, [&](const auto& item) { return item.second.peer == peer; });
}

void Leader::KeepOnly(const std::function<bool(const std::string& key)>& may_hear) {
  std::erase_if(sessions_, [&](const auto& item) { return !may_hear(item.second.key); });
}

bool Leader::Matches(const Session& session, const store::Stored& entry) const {
  if (session.follow.every_entry()) return true;
  const auto& events = entry.header.events();
  return std::any_of(events.begin(), events.end(),
                     [&](const auto& event) { return session.kinds.contains(event.kind()); });
}

void Leader::Weigh(Instant now, Session& session) {
  while (session.looked < store_.head().sequence && session.waiting < kFrameEntriesMax &&
         session.looked < session.sent.sequence + kLookedMax) {
    const auto entry = store_.Read(session.looked + 1);
    if (!entry) return;
    ++session.looked;
    if (!session.lazy_since) session.lazy_since = now;
    if (!Matches(session, *entry)) continue;
    ++session.waiting;
    for (const auto& event : entry->header.events()) {
      session.urgent |= event.urgent() && session.urgent_kinds.contains(event.kind());
    }
  }
}

bool Leader::SendNow(Instant now, const Session& session) const {
  if (session.looked == session.sent.sequence || session.number >= session.until_frame)
    return false;
  return session.urgent || session.waiting >= kFrameEntriesMax ||
         session.looked == session.sent.sequence + kLookedMax ||
         now >= *session.lazy_since + terms_.lazy;
}

void Leader::SendFrame(Session& session, std::vector<Output>& out) {
  common::v1::Answer answer;
  common::v1::Frame& frame = *answer.mutable_frame();
  frame.set_session(session.follow.session());
  frame.set_number(++session.number);
  SetHead(frame.mutable_first(), session.held.value_or(session.sent));
  session.held.reset();
  size_t bytes = 0;
  while (session.sent.sequence < session.looked) {
    const auto entry = store_.Read(session.sent.sequence + 1);
    if (!entry) break;
    if (Matches(session, *entry)) {
      const bool clear = session.follow.view() == common::v1::VIEW_CLEAR;
      std::vector<std::string> parts;
      if (session.follow.view() == common::v1::VIEW_SEALED) parts = entry->sealed;
      if (session.follow.view() == common::v1::VIEW_OPENED) parts = OpenParts(keys_, *entry);
      size_t size = entry->bytes.size() + 64;
      for (const std::string& part : parts) size += part.size() + 8;
      if (frame.items_size() > 0 && bytes + size > kFrameBytesMax) break;
      bytes += size;
      common::v1::Item& item = *frame.add_items();
      item.set_header(entry->bytes);
      if (!clear) {
        for (std::string& part : parts) item.add_parts(std::move(part));
      }
      --session.waiting;
    }
    session.sent = {entry->header.epoch(), entry->header.sequence(), entry->hash};
  }
  SetHead(frame.mutable_last(), session.sent);
  frame.set_head(store_.head().sequence);
  if (session.sent.sequence == session.looked) {
    session.urgent = false;
    session.lazy_since.reset();
  }
  out.push_back(Frame(session.peer, answer));
}

void Leader::SendBeat(Instant now, Session& session, std::vector<Output>& out) {
  common::v1::Answer answer;
  answer.mutable_beat()->set_session(session.follow.session());
  answer.mutable_beat()->set_number(session.number);
  answer.mutable_beat()->set_head(store_.head().sequence);
  out.push_back(Frame(session.peer, answer));
  session.beat_at = now + terms_.beat;
}

void Leader::Pump(Instant now, std::vector<Output>& out) {
  std::erase_if(sessions_, [&](const auto& item) {
    return now > item.second.heard_at + terms_.beat * kBeatsUntilForgotten;
  });
  for (auto& [principal, session] : sessions_) {
    for (int sent = 0; sent < kFramesATurn; ++sent) {
      Weigh(now, session);
      if (!SendNow(now, session)) break;
      SendFrame(session, out);
    }
    if (now >= session.beat_at) SendBeat(now, session, out);
  }
}

std::vector<Leader::Change> Leader::TakeChanges(Instant now) {
  std::vector<Change> changes;
  for (auto& [principal, follower] : followers_) {
    if (!follower.level_at) follower.level_at = now;
    const auto session = sessions_.find(principal);
    const bool level = session != sessions_.end() &&
                       session->second.sent.sequence == store_.head().sequence &&
                       now < session->second.heard_at + terms_.silence;
    if (session != sessions_.end()) {
      follower.heard_at = session->second.heard_at;
      follower.sent = session->second.sent.sequence;
    }
    const Instant since = *follower.level_at;
    if (level) follower.level_at = now;
    const bool lagging = follower.lagging ? !level : now >= since + terms_.lag && !level;
    if (lagging == follower.lagging) continue;
    follower.lagging = lagging;
    changes.push_back({principal, lagging, since});
  }
  return changes;
}

void Leader::Move(base::milliseconds by) {
  for (auto& [principal, session] : sessions_) {
    if (session.lazy_since) *session.lazy_since += by;
    session.heard_at += by;
    session.beat_at += by;
  }
  for (auto& [principal, follower] : followers_) {
    if (follower.level_at) *follower.level_at += by;
    if (follower.heard_at) *follower.heard_at += by;
  }
}

std::vector<common::v1::FollowerStatus> Leader::Followers() const {
  std::vector<common::v1::FollowerStatus> all;
  for (const auto& [principal, follower] : followers_) {
    common::v1::FollowerStatus& status = all.emplace_back();
    status.set_principal(principal);
    status.set_sent(follower.sent);
    status.set_heard_at_ms(follower.heard_at ? base::ToMs(*follower.heard_at) : 0);
    status.set_lagging(follower.lagging);
  }
  return all;
}

std::optional<Instant> Leader::WakeAt() const {
  std::optional<Instant> at;
  const auto earliest = [&](Instant candidate) { at = at ? std::min(*at, candidate) : candidate; };
  for (const auto& [principal, session] : sessions_) {
    earliest(session.beat_at);
    if (session.number >= session.until_frame) continue;
    if (session.lazy_since) {
      const bool full = session.urgent || session.waiting >= kFrameEntriesMax;
      earliest(full ? Instant{} : *session.lazy_since + terms_.lazy);
    }
    if (session.looked < store_.head().sequence)
      earliest(Instant{});  // More than a turn could send.
  }
  return at;
}

}  // namespace samenspel::daemon
