// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/bus/peer.h"
#include "tests/simulation/disk/faults.h"
#include "tests/simulation/timeline.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::simulation {

/// How bad things are. Chances in ten thousand frames.
struct Weather {
  uint64_t dropped = 0;
  uint64_t doubled = 0;
  uint64_t late = 0;
  Micros late_at_most{0};
  uint64_t cut_short = 0;
  uint64_t flipped = 0;
};

/// Where frames and news of connections go.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual void Arrive(bus::Input input) = 0;
};

/// The wires between callers (clients, DEALERs) and servers (ROUTERs). A connection keeps its
/// order in good weather; it dies with either end, and what was under way dies with it.
class Network {
 public:
  using ConnectionId = size_t;

  Network(Timeline& timeline, support::SeededEntropy& chance)
      : timeline_(timeline), chance_(chance) {}

  void SetWeather(Weather weather) { weather_ = weather; }
  /// Told when a damaged frame made an end give a connection up.
  void OnBroken(std::function<void(size_t id)> told) { broken_ = std::move(told); }
  const FaultCounts& counts() const { return counts_; }
  void Count(const std::string& fault) { ++counts_[fault]; }

  /// One end of a connection. `key` is what it has proven to the other end.
  struct End {
    Receiver* receiver;
    uint32_t socket;  ///< Of the caller's end: 0 for clients, who need none.
    std::string key;
  };
  /// A connection that is not up yet.
  ConnectionId Join(End caller, End server);
  /// Both ends live: it comes up, with a new route; a DEALER hears of it.
  void Raise(ConnectionId id);
  void Cut(ConnectionId id);
  bool IsUp(ConnectionId id) const { return connections_[id].up; }
  /// From now on nothing comes through in one direction, and neither end notices.
  void Deafen(ConnectionId id, bool to_server);
  size_t size() const { return connections_.size(); }

  void SendFromCaller(ConnectionId id, const std::string& bytes);
  /// To whoever has this route at the server; nobody: the server hears that the peer is gone.
  void SendFromServer(Receiver& server, const bus::Peer& peer, const std::string& bytes);

 private:
  struct Connection {
    End caller;
    End server;
    bool up = false;
    bool deaf_to_server = false;
    bool deaf_to_caller = false;
    uint64_t number = 0;  // New each time it comes up.
    Micros last_to_server{0};
    Micros last_to_caller{0};
  };
  void Carry(ConnectionId id, bool to_server, const std::string& bytes);
  void Deliver(ConnectionId id, bool to_server, uint64_t number, const std::string& bytes);
  bool LosesOrBreaks(ConnectionId id, bool to_server);
  void Break(ConnectionId id, const char* why);
  bool Chance(uint64_t in_ten_thousand) {
    return in_ten_thousand > 0 && chance_.Below(10'000) < in_ten_thousand;
  }

  Timeline& timeline_;
  support::SeededEntropy& chance_;
  Weather weather_;
  FaultCounts counts_;
  std::function<void(size_t id)> broken_;
  std::vector<Connection> connections_;
  std::map<std::string, ConnectionId> by_route_;
  uint64_t raised_ = 0;
};

}  // namespace samenspel::simulation
