// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/bus/peer.h"
#include "common/bus/registry.h"
#include "common/daemon/awaits.h"
#include "common/daemon/follower.h"
#include "common/daemon/leader.h"
#include "common/daemon/service.h"
#include "common/daemon/terms.h"
#include "common/daemon/turnstile.h"
#include "common/daemon/view.h"
#include "common/store/store.h"

namespace samenspel::daemon {

constexpr size_t kRequestBytesMax = 256 * 1024;
constexpr size_t kInFlightPerPeerMax = 64;

enum class LogLevel { kDebug, kInfo, kWarning, kError };
/// One line of key=value pairs; never family data, never quoted input.
using Log = std::function<void(LogLevel, const std::string& line)>;

struct CoreConfig {
  std::vector<Grant> grants;
  Terms terms;
  std::string version;  ///< Of the program, for status.
};

/// What one turn yields. When `fault` is not ok a write or read failed: nothing may leave, the
/// process must end.
struct Turn {
  std::vector<bus::Output> out;
  base::Instant wake_at;
  base::Status fault;
  /// An operator accepted the wall clock: time itself goes this much forward, or back, before the
  /// next turn. `wake_at` is in the time after it.
  base::milliseconds clock_moves{0};
};

/// One daemon without its clock, sockets and threads: takes all that waits, decides it in order,
/// commits once, and only then speaks. Several fit in one process.
class Core {
 public:
  Core(CoreConfig config, std::unique_ptr<Service> service, store::Store& store,
       seal::KeyStore& keys, base::Entropy& entropy, std::shared_ptr<const bus::Registry> registry,
       Log log);

  /// Loads the service's resident state; before the first Step.
  base::Status Start(base::Instant now);
  /// The only entrance. `now` never goes back, save by what the turn before gave as `clock_moves`:
  /// what waits in memory has moved along, and what is stored is the matter of each service's
  /// ClockSeen (docs/decisions/0008-clock.md).
  Turn Step(base::Instant now, std::span<const bus::Input> inputs);
  /// How far the wall clock is off while it is not believed; zero: it is. From the next turn on.
  void UseClock(base::milliseconds off) { clock_off_ = off; }
  /// The last instant that was recorded, in the time that goes on: no wall clock before it is
  /// right.
  base::Instant NotBefore() const;
  /// From the next turn on; what changed is recorded.
  void UseRegistry(std::shared_ptr<const bus::Registry> registry);
  /// While the disk is nearly full changes are not taken: their senders are asked to come back.
  /// What runs (following, deadlines, reading) goes on.
  void SetDiskLow(bool low) { disk_low_ = low; }
  /// Whether the registry folder as it is now cannot be taken: an older reading is in force, and
  /// perhaps a key that was revoked since. For status and metrics.
  void SetRegistryRefused(bool refused) { registry_refused_ = refused; }
  /// How the connections fare, for status and metrics.
  void SetLink(const bus::LinkCounters& link) { link_ = link; }

  Service& service() { return *service_; }
  ///   with_work  also what the service counts of cases: how many wait, how many alarms ring
  common::v1::ServiceStatus Status(base::Instant now, bool with_work = true) const;

 private:
  struct TurnState;
  void TakeInput(TurnState& turn, const bus::Input& input);
  void TakeEnvelope(TurnState& turn, const bus::Input& input);
  void TakeFromLeader(TurnState& turn, const bus::Input& input);
  void DecideFollowed(TurnState& turn);
  void DecideEntry(TurnState& turn, const FollowedEntry& entry);
  bool ActFor(Caller& caller, const bus::Principal& sender, base::Instant now) const;
  std::unique_ptr<google::protobuf::Message> ParseRequest(const common::v1::Envelope& envelope,
                                                          common::v1::Reason& why) const;
  void AnswerRequest(TurnState& turn, const bus::Peer& peer, const Caller& caller,
                     const std::string& digest, const google::protobuf::Message& request);
  void DecideRequest(TurnState& turn, const bus::Peer& peer, const bus::Principal& sender,
                     const common::v1::Envelope& envelope);
  void DecideInternal(TurnState& turn);
  void DecideDue(TurnState& turn);
  void DecideAllDue(TurnState& turn);
  bool RecordOwn(TurnState& turn, Decided decided, const std::string& kind,
                 const std::string& request_id);
  void RecordEpoch(TurnState& turn);
  void RecordRegistry(TurnState& turn);
  void RecordFollowers(TurnState& turn);
  void RecordClock(TurnState& turn);
  struct WhyNot {
    common::v1::Status status;
    std::string code;
  };
  std::optional<WhyNot> WhyNotAcceptClock(const Caller& caller,
                                          const common::v1::AcceptClock& request) const;
  void AcceptClock(TurnState& turn, const bus::Peer& peer, const Caller& caller,
                   const std::string& digest);
  void MoveClock(TurnState& turn);
  void TakeAwait(TurnState& turn, const bus::Peer& peer, const bus::Principal& sender,
                 const common::v1::Envelope& envelope);
  std::optional<common::v1::Awaited> AwaitedNow(View& view, const common::v1::Ref& cause,
                                                const std::string& by) const;
  void SettleAwaits(TurnState& turn);
  bool RecordTurnedAway(TurnState& turn, const Caller& caller, const std::string& kind,
                        common::v1::Reply& reply, const Decided* hidden);
  void LogGivenUp(const bus::Principal& sender, const common::v1::Follow& follow) const;
  void FollowRefused(TurnState& turn, const bus::Principal& sender, const std::string& code);
  base::Status MissingHere(const bus::Principal& sender, const common::v1::Follow& follow,
                           const std::string& code) const;
  void TurnAway(TurnState& turn, const bus::Peer& peer, const Caller& caller,
                const std::string& kind, common::v1::Reply reply, const Decided* hidden = nullptr);
  bool CommitTurn(TurnState& turn);
  void Speak(TurnState& turn);
  void RefillKeys(TurnState& turn);
  void CopyKeys(base::Instant now);
  base::Instant WakeAt(base::Instant now) const;
  bool MayHear(const std::string& key, base::Instant now) const;
  Caller CallerOf(const bus::Principal& sender, const common::v1::Envelope& envelope) const;
  Caller Self(const std::string& request_id) const;
  void LogDecision(const store::Stored& entry) const;
  void LogTroubles();

  CoreConfig config_;
  std::unique_ptr<Service> service_;
  store::Store& store_;
  seal::KeyStore& keys_;
  base::Entropy& entropy_;
  std::shared_ptr<const bus::Registry> registry_;
  bool registry_recorded_ = false;
  Log log_;
  std::string digest_key_;
  std::set<std::string> purposes_;  // That some request kind asks for.
  Leader leader_;
  std::vector<Follower> followers_;
  std::vector<std::string> troubles_logged_;
  Awaits awaits_;
  Turnstile turnstile_;
  uint64_t arrivals_ = 0;
  bool disk_low_ = false;
  bool registry_refused_ = false;
  bus::LinkCounters link_;
  base::Instant started_at_{};
  std::optional<base::Instant> copy_keys_at_;      // The copy of the keys failed: try again then.
  base::milliseconds clock_off_{0};                // Zero: the wall clock is believed.
  bool clock_disbelieved_ = false;                 // As it was recorded last.
  std::optional<base::Instant> clock_well_since_;  // Believed again, and not recorded yet.
  std::map<std::string, uint64_t> counters_;
};

/// "f/intake": the cursor row of a followed service.
std::string CursorRow(std::string_view service);

}  // namespace samenspel::daemon
