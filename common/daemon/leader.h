// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/base/instant.h"
#include "common/bus/peer.h"
#include "common/daemon/terms.h"
#include "common/seal/key_store.h"
#include "common/store/store.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/common/v1/follow.pb.h"

namespace samenspel::daemon {

/// What one principal may follow of this service.
struct Grant {
  std::string principal;
  std::set<uint32_t> kinds;
  bool every_entry = false;
  common::v1::View view = common::v1::VIEW_CLEAR;
};

/// The serving end of following: sends each follower the entries its grant shows, in order, within
/// its credit. One session a principal: a new Follow replaces the old.
class Leader {
 public:
  Leader(const store::Store& store, seal::KeyStore& keys, const std::vector<Grant>& grants,
         Terms terms);

  /// The code of a refusal, which has been put into `out`; nothing: the session runs.
  ///   key  the CURVE key that the principal has proven
  std::optional<std::string> OnFollow(base::Instant now, const bus::Peer& peer,
                                      const std::string& principal, const std::string& key,
                                      const common::v1::Follow& follow,
                                      std::vector<bus::Output>& out);
  /// Where the history here and what this follower holds part: it holds entries that were given up
  /// when a later epoch began behind this one. Nothing: it holds none, or all
  /// (docs/formats/follow.md).
  std::optional<store::Head> GivenUpAfter(const std::string& principal,
                                          const common::v1::Follow& follow) const;
  void OnCredit(base::Instant now, const bus::Peer& peer, const common::v1::Credit& credit);
  void Forget(const bus::Peer& peer);
  /// Forgets the sessions that began under a key of which this is false.
  void KeepOnly(const std::function<bool(const std::string& key)>& may_hear);
  /// After the commit: frames for what is urgent, due or enough, and beats. Bounded a turn.
  void Pump(base::Instant now, std::vector<bus::Output>& out);
  /// Granted followers that fell behind, or caught up, since the last call: not level for
  /// `Terms::lag`, or level again.
  struct Change {
    std::string principal;
    bool lagging = false;
    base::Instant since;  ///< Lagging: when it was level last.
  };
  std::vector<Change> TakeChanges(base::Instant now);
  /// What was recorded before this start, so that a follower that caught up meanwhile is reported.
  void WasLagging(const std::string& principal) { followers_[principal].lagging = true; }
  std::vector<common::v1::FollowerStatus> Followers() const;
  /// Time itself went this much further, or back: what runs here keeps its remaining time.
  void Move(base::milliseconds by);
  /// When Pump has something next.
  std::optional<base::Instant> WakeAt() const;

 private:
  struct Session {
    bus::Peer peer;
    std::string key;
    common::v1::Follow follow;
    std::set<uint32_t> kinds;
    std::set<uint32_t> urgent_kinds;
    store::Head sent;                 // Position after the last frame.
    std::optional<store::Head> held;  // Given up here: the first frame begins there.
    uint64_t looked = 0;              // Entries up to here were weighed for urgency and number.
    uint64_t number = 0;              // Of the last frame.
    uint64_t until_frame = 0;
    size_t waiting = 0;  // Matching entries not sent.
    bool urgent = false;
    std::optional<base::Instant> lazy_since;
    base::Instant heard_at{};
    base::Instant beat_at{};
  };
  struct FollowerState {
    std::optional<base::Instant> level_at;  // Last level; at first: since this started.
    std::optional<base::Instant> heard_at;
    uint64_t sent = 0;
    bool lagging = false;
  };
  uint64_t EndOf(uint64_t epoch) const;
  bool Matches(const Session& session, const store::Stored& entry) const;
  std::optional<std::string> WhyNot(const Grant* grant, const common::v1::Follow& follow) const;
  void Weigh(base::Instant now, Session& session);
  bool SendNow(base::Instant now, const Session& session) const;
  void SendFrame(Session& session, std::vector<bus::Output>& out);
  void SendBeat(base::Instant now, Session& session, std::vector<bus::Output>& out);

  const store::Store& store_;
  seal::KeyStore& keys_;
  std::map<std::string, Grant> grants_;
  Terms terms_;
  std::map<std::string, Session> sessions_;         // By principal.
  std::map<std::string, FollowerState> followers_;  // By principal; one for each grant.
};

}  // namespace samenspel::daemon
