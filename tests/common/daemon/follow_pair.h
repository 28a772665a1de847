// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "common/daemon/follower.h"
#include "common/daemon/leader.h"
#include "common/daemon/view.h"
#include "common/seal/key_store.h"
#include "common/store/store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::daemon {

constexpr uint32_t kGraded = 2;  ///< What the follower wishes to hear of.
constexpr uint32_t kOther = 3;

inline Grant GrantOf(std::set<uint32_t> kinds, bool every_entry = false,
                     common::v1::View view = common::v1::VIEW_CLEAR) {
  return {.principal = "svc_meeting",
          .kinds = std::move(kinds),
          .every_entry = every_entry,
          .view = view};
}
inline FollowWish WishOf(std::vector<uint32_t> kinds, bool every_entry = false,
                         common::v1::View view = common::v1::VIEW_CLEAR) {
  return {.service = "intake",
          .kinds = std::move(kinds),
          .urgent_kinds = {kGraded},
          .every_entry = every_entry,
          .view = view};
}

/// A leader and a follower with a network in between that a test can hold up, lose and reorder.
class FollowPair : public testing::Test {
 protected:
  void Begin(Grant grant = GrantOf({kGraded}), FollowWish wish = WishOf({kGraded}),
             store::Head applied = {.epoch = 0, .sequence = 0, .hash = ""}) {
    store_ = *store::Store::Open({.path = "/intake", .service = "intake"}, *disk_);
    keys_ = *seal::KeyStore::Open(disk_->files(), "keys", std::string(32, 'k'), entropy_);
    leader_ =
        std::make_unique<Leader>(*store_, *keys_, std::vector<Grant>{std::move(grant)}, terms_);
    follower_ = std::make_unique<Follower>(std::move(wish), 1, std::move(applied), terms_);
  }

  /// Commits `count` entries with one event of `kind` each.
  void Write(uint32_t kind, int count = 1, bool urgent = false) {
    store::Batch batch = store_->Begin();
    for (int i = 0; i < count; ++i) batch.Append(EntryOf(kind, urgent), {});
    ASSERT_EQ(store_->Commit(std::move(batch)), store::CommitResult::kAcked);
  }
  /// Commits one entry with a private part, sealed as a daemon does.
  void WriteSealed(const std::string& plain) {
    store::Batch batch = store_->Begin();
    View view(*store_, batch, *keys_, entropy_);
    auto header = EntryOf(kGraded, false);
    std::vector<std::string> sealed = {view.SealPart("rpt_1", "org_desk", "private", plain)};
    header.mutable_events(0)->set_stream("rpt_1");
    header.mutable_events(0)->set_keeper("org_desk");
    header.mutable_events(0)->set_private_part(1);
    batch.Append(std::move(header), std::move(sealed));
    ASSERT_EQ(store_->Commit(std::move(batch)), store::CommitResult::kAcked);
  }
  static common::v1::EntryHeader EntryOf(uint32_t kind, bool urgent) {
    common::v1::EntryHeader header;
    header.set_principal("pro_anna");
    auto& event = *header.add_events();
    event.set_kind(kind);
    event.set_urgent(urgent);
    event.set_payload("graded");
    return header;
  }

  /// Follower's turn: takes what lies in its mailbox, decides when it must, speaks.
  void FollowerTurn() {
    std::vector<bus::Output> out;
    while (!to_follower_.empty()) {
      Deliver(to_follower_.front(), out);
      to_follower_.pop_front();
    }
    if (follower_->MustDecide(now_)) Decide();
    follower_->Tick(now_, entropy_, out);
    for (bus::Output& one : out) to_leader_.push_back(std::move(one.bytes));
  }
  void Deliver(const common::v1::Answer& answer, std::vector<bus::Output>& out) {
    if (answer.has_frame()) {
      follower_->OnFrame(now_, ++arrivals_, answer.frame(), entropy_, out);
    } else if (answer.has_beat()) {
      follower_->OnBeat(now_, answer.beat(), entropy_, out);
    } else {
      follower_->OnRefused(now_, answer.follow_refused());
    }
  }
  void Decide() {
    while (follower_->HasPending()) {
      for (const FollowedEntry& entry : follower_->Next().entries) got_.push_back(entry.entry);
      follower_->Decided();
    }
  }
  /// Leader's turn: takes its mailbox and sends what is due.
  void LeaderTurn() {
    std::vector<bus::Output> out;
    while (!to_leader_.empty()) {
      common::v1::Envelope envelope;
      ASSERT_TRUE(envelope.ParseFromString(to_leader_.front()));
      to_leader_.pop_front();
      if (envelope.has_follow()) {
        last_follow_ = envelope.follow();
        ++follows_;
        refused_ = leader_->OnFollow(now_, peer_, principal_, "key", envelope.follow(), out);
      } else {
        leader_->OnCredit(now_, peer_, envelope.credit());
      }
    }
    leader_->Pump(now_, out);
    for (const bus::Output& one : out) {
      EXPECT_LT(one.bytes.size(), 1U << 20) << "one wire frame";
      common::v1::Answer answer;
      ASSERT_TRUE(answer.ParseFromString(one.bytes));
      to_follower_.push_back(std::move(answer));
    }
  }
  /// Both take turns until `span` is over.
  void Run(base::milliseconds span, base::milliseconds step = base::milliseconds(5)) {
    const base::Instant end = now_ + span;
    for (;;) {
      FollowerTurn();
      LeaderTurn();
      FollowerTurn();
      if (now_ >= end) return;
      now_ += step;
    }
  }
  /// The follow runs and both have nothing left to say.
  void Settle() { Run(base::milliseconds(100)); }

  size_t FramesWaiting() const {
    return static_cast<size_t>(std::count_if(to_follower_.begin(), to_follower_.end(),
                                             [](const auto& one) { return one.has_frame(); }));
  }
  std::vector<uint64_t> Got() const {
    std::vector<uint64_t> sequences;
    for (const auto& entry : got_) sequences.push_back(entry->header.sequence());
    return sequences;
  }

  Terms terms_;
  base::Instant now_ = support::kMorning;
  support::SeededEntropy entropy_{7};
  std::unique_ptr<store::Disk> disk_ = store::Disk::Memory();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<Leader> leader_;
  std::unique_ptr<Follower> follower_;
  bus::Peer peer_{0, "meeting's route"};
  std::string principal_ = "svc_meeting";
  std::deque<common::v1::Answer> to_follower_;
  std::deque<std::string> to_leader_;
  std::vector<std::shared_ptr<const store::Stored>> got_;  // What took effect, in order.
  common::v1::Follow last_follow_;
  int follows_ = 0;
  std::optional<std::string> refused_;
  uint64_t arrivals_ = 0;
};

}  // namespace samenspel::daemon
