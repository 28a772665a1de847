// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/link.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <optional>
#include <set>
#include <zmq.hpp>

#include "common/bus/admission.h"
#include "common/bus/dealer.h"
#include "common/bus/gate.h"
#include "common/bus/socket.h"
#include "common/bus/token.h"

namespace samenspel::bus {
namespace {

using SteadyClock = std::chrono::steady_clock;

// From one socket before the next has its turn, so that a busy leader and busy clients share a
// turn.
constexpr size_t kFramesInARow = 16;
constexpr size_t kBytesATurn = 4 << 20;
// All answers of a turn lie in memory at once: many who ask for the longest report again and again,
// and never read it, would make that tens of megabytes.
constexpr size_t kFromClientsATurn = 64;
constexpr base::milliseconds kProbeWait{1000};
constexpr base::milliseconds kListenAgain{5};
// A Dealer wants to be watched at least this often.
constexpr base::milliseconds kWatchEvery{1000};

class SocketLink : public Link {
 public:
  SocketLink(const LinkConfig& config, std::shared_ptr<const Registry> registry,
             base::Entropy& entropy)
      : config_(config),
        mint_(entropy),
        check_(mint_),
        admission_(context_, mint_, std::move(registry)),
        gate_(std::make_unique<Gate>(context_, config.keys, config.frame_bytes_max)) {
    gate_->Bind(config.listen);
    endpoint_ = gate_->endpoint();
  }
  base::Status Follow(const LeaderAddress& leader);

  std::vector<Input> Receive(std::chrono::milliseconds wait) override;
  void Send(std::vector<Output> outputs) override;
  void UseRegistry(std::shared_ptr<const Registry> registry) override;
  base::Status UseKeys(const CurveKeys& keys) override;
  bool listens() const override { return listens_; }
  std::string endpoint() const override { return endpoint_; }
  LinkCounters counters() const override;
  void UseTime(base::Instant now) override { admission_.UseTime(now); }
  bool AdmissionAlive() override { return admission_.Alive(kProbeWait); }

 private:
  // What one drain may still take.
  struct Budget {
    size_t frames;
    size_t bytes = kBytesATurn;
    size_t from_clients = kFromClientsATurn;
    bool spent() const { return frames == 0 || bytes == 0; }
    void Take(size_t size) {
      --frames;
      bytes -= std::min(bytes, size);
    }
  };

  void TryToListen();
  void ReportGone(std::vector<Input>& inputs);
  void Watch(std::vector<Input>& inputs);
  void Drain(std::vector<Input>& inputs);
  bool TakeSome(size_t socket, Budget& budget, std::vector<Input>& inputs);
  bool TakeOne(size_t socket, Budget& budget, std::vector<Input>& inputs);
  bool TakeFromGate(Budget& budget, std::vector<Input>& inputs);
  bool TakeFromDealer(size_t socket, Budget& budget, std::vector<Input>& inputs);
  bool Deliver(const Output& output);
  bool PollUntil(SteadyClock::time_point end);

  // In this order, so that at the end sockets close first and the ZAP handler ends last.
  LinkConfig config_;
  zmq::context_t context_;
  const TokenMint mint_;
  TokenCheck check_;
  Admission admission_;
  std::unique_ptr<Gate> gate_;
  std::string endpoint_;
  bool listens_ = true;
  char generation_ = 0;  // Of the gate. A route is of one gate: another may give its id again.
  std::vector<std::unique_ptr<Dealer>> dealers_;

  LinkCounters counters_;
  std::set<Peer> gone_;
  size_t first_ = 0;  // The socket that a drain begins with.
};

base::Status SocketLink::Follow(const LeaderAddress& leader) {
  auto dealer = Dealer::Connect(context_, {.endpoint = leader.endpoint,
                                           .server_key = leader.server_key,
                                           .other_key = leader.other_key,
                                           .keys = config_.keys,
                                           .frame_bytes_max = config_.frame_bytes_max});
  if (!dealer.ok()) return dealer.status();
  dealers_.push_back(*std::move(dealer));
  return base::Ok();
}

void SocketLink::UseRegistry(std::shared_ptr<const Registry> registry) {
  for (size_t i = 0; i < dealers_.size(); ++i) {
    const Principal* leader = registry->ById("svc_" + config_.leaders[i].service);
    if (leader != nullptr) dealers_[i]->UseServer(leader->curve_key, leader->other_curve_key);
  }
  admission_.UseRegistry(std::move(registry));
}

base::Status SocketLink::UseKeys(const CurveKeys& keys) {
  SAMENSPEL_RETURN_IF_ERROR(CheckKeys(keys));
  try {
    auto gate = std::make_unique<Gate>(context_, keys, config_.frame_bytes_max);
    counters_ = counters();
    gate_ = std::move(gate);
  } catch (const zmq::error_t& error) {
    return {base::Code::kUnavailable, std::string("listen with another key: ") + error.what()};
  }
  config_.keys = keys;
  ++generation_;
  listens_ = false;
  for (const auto& dealer : dealers_) dealer->UseKeys(keys);
  return base::Ok();
}

LinkCounters SocketLink::counters() const {
  LinkCounters all = counters_;
  all.handshakes_failed += gate_->doorkeeper().handshakes_failed();
  all.connections_cut += gate_->doorkeeper().cut();
  return all;
}

// The former gate closes in a thread of libzmq.
void SocketLink::TryToListen() {
  if (listens_) return;
  try {
    gate_->Bind(endpoint_);
    listens_ = true;
  } catch (const zmq::error_t&) {
    return;  // Not free yet.
  }
}

std::vector<Input> SocketLink::Receive(std::chrono::milliseconds wait) {
  const auto end = SteadyClock::now() + wait;
  std::vector<Input> inputs;
  ReportGone(inputs);
  do {
    TryToListen();
    Watch(inputs);
    Drain(inputs);
    gate_->Look();
  } while (inputs.empty() && PollUntil(end));
  return inputs;
}

void SocketLink::ReportGone(std::vector<Input>& inputs) {
  for (const Peer& peer : gone_) {
    inputs.push_back({.kind = Input::Kind::kPeerGone, .peer = peer, .key = {}, .bytes = {}});
  }
  gone_.clear();
}

void SocketLink::Watch(std::vector<Input>& inputs) {
  gate_->Watch();
  for (size_t i = 0; i < dealers_.size(); ++i) {
    const Dealer::News news = dealers_[i]->Watch();
    counters_.handshakes_failed += news.handshakes_failed;
    if (news.came_up == 0) continue;
    inputs.push_back({.kind = Input::Kind::kUp,
                      .peer = {.socket = static_cast<uint32_t>(i + 1), .route = {}},
                      .key = dealers_[i]->server_key(),
                      .bytes = {}});
  }
}

void SocketLink::Drain(std::vector<Input>& inputs) {
  Budget budget{.frames = config_.receive_at_most};
  const size_t sockets = dealers_.size() + 1;
  first_ = (first_ + 1) % sockets;
  for (bool some = true; some && !budget.spent();) {
    some = false;
    for (size_t i = 0; i < sockets; ++i) {
      if (TakeSome((first_ + i) % sockets, budget, inputs)) some = true;
    }
  }
}

bool SocketLink::TakeSome(size_t socket, Budget& budget, std::vector<Input>& inputs) {
  size_t taken = 0;
  while (taken < kFramesInARow && !budget.spent() && TakeOne(socket, budget, inputs)) ++taken;
  return taken > 0;
}

bool SocketLink::TakeOne(size_t socket, Budget& budget, std::vector<Input>& inputs) {
  return socket == 0 ? TakeFromGate(budget, inputs) : TakeFromDealer(socket, budget, inputs);
}

// True when a message was taken, also when it was dropped.
bool SocketLink::TakeFromGate(Budget& budget, std::vector<Input>& inputs) {
  if (budget.from_clients == 0) return false;
  auto received = gate_->Receive();
  if (!received) return false;
  --budget.from_clients;
  budget.Take(received->size);
  if (!received->whole) {
    ++counters_.malformed_messages;
    return true;
  }
  auto key = check_.KeyOf(received->token);
  if (!key) {
    ++counters_.unproven_frames;
    return true;
  }
  inputs.push_back({.kind = Input::Kind::kFrame,
                    .peer = {.socket = 0, .route = generation_ + received->route},
                    .key = *std::move(key),
                    .bytes = std::move(received->bytes)});
  return true;
}

bool SocketLink::TakeFromDealer(size_t socket, Budget& budget, std::vector<Input>& inputs) {
  auto received = dealers_[socket - 1]->Receive();
  if (!received) return false;
  budget.Take(received->bytes ? received->bytes->size() : 0);
  if (!received->bytes || received->bytes->size() > config_.frame_bytes_max) {
    ++counters_.malformed_messages;
    return true;
  }
  inputs.push_back({.kind = Input::Kind::kFrame,
                    .peer = {.socket = static_cast<uint32_t>(socket), .route = {}},
                    .key = dealers_[socket - 1]->server_key(),
                    .bytes = *std::move(received->bytes)});
  return true;
}

void SocketLink::Send(std::vector<Output> outputs) {
  for (Output& output : outputs) {
    if (Deliver(output)) continue;
    ++counters_.sends_failed;
    gone_.insert(std::move(output.peer));
  }
}

bool SocketLink::Deliver(const Output& output) {
  assert(output.peer.socket <= dealers_.size());
  // The other side would drop the connection, not only the frame.
  if (output.bytes.size() > config_.frame_bytes_max) return false;
  if (output.peer.socket > 0) return dealers_[output.peer.socket - 1]->Send(output.bytes);
  const std::string& route = output.peer.route;
  return !route.empty() && route.front() == generation_ &&
         gate_->Send(route.substr(1), output.bytes);
}

// True when it is worth another look; false at `end` or when a signal arrived.
bool SocketLink::PollUntil(SteadyClock::time_point end) {
  const auto left = std::chrono::ceil<base::milliseconds>(end - SteadyClock::now());
  if (left.count() <= 0) return false;
  std::vector<zmq_pollitem_t> items;
  const auto add = [&items](void* handle) { items.push_back({handle, 0, ZMQ_POLLIN, 0}); };
  add(gate_->socket_handle());
  add(gate_->monitor_handle());
  for (const auto& dealer : dealers_) {
    add(dealer->socket_handle());
    add(dealer->monitor_handle());
  }
  const auto look = gate_->doorkeeper().watches() ? Doorkeeper::kEvery : kWatchEvery;
  const auto wait = std::min({left, look, listens_ ? kWatchEvery : kListenAgain}).count();
  return zmq_poll(items.data(), static_cast<int>(items.size()), wait) >= 0;
}

base::Status Check(const LinkConfig& config) {
  SAMENSPEL_RETURN_IF_ERROR(CheckEndpoint(config.listen));
  SAMENSPEL_RETURN_IF_ERROR(CheckKeys(config.keys));
  if (config.receive_at_most > 0 && config.frame_bytes_max > 0) return base::Ok();
  return {base::Code::kInvalid, "open a link: its limits must be more than zero"};
}

}  // namespace

base::Result<std::unique_ptr<Link>> Link::Open(const LinkConfig& config,
                                               std::shared_ptr<const Registry> registry,
                                               base::Entropy& entropy) {
  SAMENSPEL_RETURN_IF_ERROR(Check(config));
  try {
    auto link = std::make_unique<SocketLink>(config, std::move(registry), entropy);
    for (const LeaderAddress& leader : config.leaders) {
      SAMENSPEL_RETURN_IF_ERROR(link->Follow(leader));
    }
    return std::unique_ptr<Link>(std::move(link));
  } catch (const zmq::error_t& error) {
    const auto code = error.num() == EADDRINUSE ? base::Code::kExists : base::Code::kInvalid;
    return base::Status(code, "listen on " + config.listen + ": " + error.what());
  }
}

}  // namespace samenspel::bus
