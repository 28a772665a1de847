// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "common/base/instant.h"
#include "common/bus/peer.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::daemon {

constexpr size_t kAwaitsPerPeerMax = 64;

/// Who waits for which entry to be durable here. In memory: after a crash the
/// client asks again.
class Awaits {
 public:
  struct Waiting {
    bus::Peer peer;
    std::string key;  ///< CURVE key that the peer has proven.
    std::string request_id;
    common::v1::Ref cause;
    std::string by;
    base::Instant until;
  };

  bool empty() const { return waiting_.empty(); }
  size_t CountOf(const bus::Peer& peer) const;
  void Add(Waiting waiting);
  void Forget(const bus::Peer& peer);

  /// Takes out those for whom `answer` gives something, and those whose time is over.
  using Answer = std::function<std::optional<common::v1::Awaited>(const Waiting&)>;
  struct Settled {
    Waiting waiting;
    std::optional<common::v1::Awaited> answer;  ///< Nothing: time over.
  };
  /// Those whose cause lies in `service` up to `sequence`.
  std::vector<Settled> TakeUpTo(const std::string& service, uint64_t sequence,
                                const Answer& answer);
  std::vector<Settled> TakeOverdue(base::Instant now);
  /// Time itself went this much further, or back: all keep their remaining time.
  void Move(base::milliseconds by);
  std::optional<base::Instant> WakeAt() const;

 private:
  using Key = std::tuple<std::string, uint64_t, std::string>;  // cause's service, sequence; by
  std::multimap<Key, Waiting> waiting_;
};

}  // namespace samenspel::daemon
