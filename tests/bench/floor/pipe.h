// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <rocksdb/db.h>

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
#include <zmq.hpp>

#include "tests/bench/floor/wire.h"

namespace samenspel::bench::floor_pipe {

/// The key pairs of a run, in Z85: one for all daemons, one for all clients.
struct Keys {
  std::string server_public, server_secret, client_public, client_secret;
};

struct PipeConfig {
  Service self = kIntake;
  std::string directory;
  int port_base = 0;  ///< Daemon i listens on 127.0.0.1, port_base + 1 + i.
  Keys keys;
};

std::string EndpointOf(const PipeConfig& config, uint64_t service);

/// One of the four: takes all that waits, writes what follows from it with one synced write, then
/// speaks. Follows those whom the real daemons follow, with the same laziness on both sides: a
/// frame leaves at once when it holds what is urgent for its follower, and is decided at once when
/// it is urgent or somebody awaits what it holds, else within 20 ms or with the next write.
/// No policy, seals, chain, log, order, credit or restart: only what sockets and disk cost.
class Pipe {
 public:
  explicit Pipe(const PipeConfig& config);
  /// Until SIGTERM. Prints "ready" when all who should follow do.
  void Run();

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kLazy{20};
  struct Follower {
    std::string route;
    uint64_t sent = 0;  // Of `tail_`, counted from the start.
    size_t waiting = 0;
    bool urgent = false;
    Clock::time_point since;
  };
  struct Answer {
    std::string route;
    std::string message;
  };
  static uint64_t KeyOf(uint64_t by, uint64_t report, uint64_t note) {
    return report << 3 | by << 1 | note;
  }

  void Listen();
  void FollowOthers();
  void Wait();
  void TakeRequests();
  void TakeFrames();
  void SayWhenReady();
  void OnAwait(const std::string& route, Reader& reader);
  bool MustDecide() const;
  void DecideFollowed();
  void Write(Entry entry);
  void Commit();
  void Pump();
  bool Wants(uint64_t who, const Entry& entry) const;
  bool IsUrgent(uint64_t who, const Entry& entry) const;
  void SendFrame(Follower& follower, uint64_t who);
  void Send(const std::string& route, const std::string& message);

  PipeConfig config_;
  zmq::context_t context_;
  zmq::socket_t router_;
  std::vector<zmq::socket_t> leaders_;
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::WriteBatch batch_;
  uint64_t sequence_ = 0;
  uint64_t committed_ = 0;
  std::deque<Entry> tail_;  // Entries that somebody has not been sent yet, and those of this turn.
  uint64_t tail_from_ = 0;
  std::map<uint64_t, Follower> followers_;
  std::vector<Entry> pending_;
  std::unordered_set<uint64_t> pending_keys_;
  bool pending_urgent_ = false;
  Clock::time_point pending_since_;
  std::unordered_set<uint64_t> durable_;  // Keys of what was written or taken here.
  std::vector<uint64_t> fresh_;           // The same of this turn.
  std::unordered_multimap<uint64_t, Answer> awaited_;
  std::vector<Answer> answers_;  // After the commit.
};

}  // namespace samenspel::bench::floor_pipe
