// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "common/base/entropy.h"
#include "common/base/instant.h"
#include "common/bus/peer.h"
#include "common/daemon/service.h"
#include "common/daemon/terms.h"
#include "common/store/store.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::daemon {

/// A frame that was received and not yet decided.
struct PendingFrame {
  uint64_t arrival = 0;  ///< Order among all follows of this daemon.
  store::Head last;
  std::vector<FollowedEntry> entries;
  bool urgent = false;
  base::Instant since;
};

/// The asking end of one follow: keeps the order, notices every gap, and asks again from what it
/// holds.
class Follower {
 public:
  ///   socket  of the DEALER to this leader
  ///   applied what has taken effect here, from the cursor column
  Follower(FollowWish wish, uint32_t socket, store::Head applied, Terms terms);

  const std::string& service() const { return wish_.service; }
  uint32_t socket() const { return socket_; }

  /// Asks (again): at a new connection, after a gap, a wrong beat or silence.
  void Ask(base::Instant now, base::Entropy& entropy, std::vector<bus::Output>& out);
  void OnFrame(base::Instant now, uint64_t arrival, common::v1::Frame frame, base::Entropy& entropy,
               std::vector<bus::Output>& out);
  void OnBeat(base::Instant now, const common::v1::Beat& beat, base::Entropy& entropy,
              std::vector<bus::Output>& out);
  void OnRefused(base::Instant now, const common::v1::FollowRefused& refused);
  /// Credit that shows life, and asking again when the leader is silent.
  void Tick(base::Instant now, base::Entropy& entropy, std::vector<bus::Output>& out);

  /// Time itself went this much further, or back: what waits here keeps its remaining time.
  void Move(base::milliseconds by);

  bool HasPending() const { return !pending_.empty(); }
  /// Must be decided in this turn: urgent, many, or waited long enough.
  bool MustDecide(base::Instant now) const;
  const PendingFrame& Next() const { return pending_.front(); }
  /// The front frame was decided: its position is applied, its place is free for another.
  void Decided();
  /// What was received cannot be understood: nothing more is taken until a restart. The cursor
  /// stays before it.
  void Stop(std::string why);

  const store::Head& applied() const { return applied_; }
  const std::string& trouble() const { return trouble_; }  ///< Empty: all well.
  common::v1::FollowStatus Status() const;
  std::optional<base::Instant> WakeAt() const;

 private:
  bool Accept(base::Instant now, uint64_t arrival, common::v1::Frame& frame);
  bool TakeItem(common::v1::Item& item, store::Head& position, PendingFrame& pending);
  uint64_t Window() const;
  void GiveCredit(base::Instant now, std::vector<bus::Output>& out);

  FollowWish wish_;
  uint32_t socket_;
  Terms terms_;
  store::Head applied_;
  store::Head received_;
  uint64_t session_ = 0;
  uint64_t number_ = 0;       // Of the last frame received in this session.
  uint64_t until_frame_ = 0;  // Credit given.
  uint64_t leader_head_ = 0;
  std::deque<PendingFrame> pending_;
  std::optional<base::Instant> heard_at_;
  base::Instant ask_again_at_{};
  base::Instant beat_at_{};
  bool stopped_ = false;
  std::string trouble_;
};

}  // namespace samenspel::daemon
