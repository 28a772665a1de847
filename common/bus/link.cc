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
#include "common/bus/monitor.h"
#include "common/bus/socket.h"
#include "common/bus/token.h"

namespace samenspel::bus {
namespace {

using SteadyClock = std::chrono::steady_clock;

// From one socket before the next has its turn, so that a busy leader and busy clients share a
// turn.
constexpr size_t kFramesInARow = 16;
constexpr size_t kBytesATurn = 32 << 20;
constexpr base::milliseconds kProbeWait{1000};
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
        router_(NewRouter(context_, config.keys, config.frame_bytes_max)),
        router_monitor_(context_, router_, kHandshakeFailed) {
    Bind(router_, config.listen);
  }
  base::Status Follow(const LeaderAddress& leader);

  std::vector<Input> Receive(std::chrono::milliseconds wait) override;
  void Send(std::vector<Output> outputs) override;
  void UseRegistry(std::shared_ptr<const Registry> registry) override {
    admission_.UseRegistry(std::move(registry));
  }
  std::string endpoint() const override { return router_.get(zmq::sockopt::last_endpoint); }
  LinkCounters counters() const override { return counters_; }
  void UseTime(base::Instant now) override { admission_.UseTime(now); }
  bool AdmissionAlive() override { return admission_.Alive(kProbeWait); }

 private:
  // What one drain may still take.
  struct Budget {
    size_t frames;
    size_t bytes = kBytesATurn;
    bool spent() const { return frames == 0 || bytes == 0; }
    void Take(size_t size) {
      --frames;
      bytes -= std::min(bytes, size);
    }
  };

  void ReportGone(std::vector<Input>& inputs);
  void Watch(std::vector<Input>& inputs);
  void Drain(std::vector<Input>& inputs);
  bool TakeSome(size_t socket, Budget& budget, std::vector<Input>& inputs);
  bool TakeOne(size_t socket, Budget& budget, std::vector<Input>& inputs);
  bool TakeFromRouter(Budget& budget, std::vector<Input>& inputs);
  bool TakeFromDealer(size_t socket, Budget& budget, std::vector<Input>& inputs);
  bool Deliver(const Output& output);
  bool PollUntil(SteadyClock::time_point end);

  // In this order, so that at the end sockets close first and the ZAP handler ends last.
  const LinkConfig config_;
  zmq::context_t context_;
  const TokenMint mint_;
  TokenCheck check_;
  Admission admission_;
  zmq::socket_t router_;
  Monitor router_monitor_;
  std::vector<std::unique_ptr<Dealer>> dealers_;

  LinkCounters counters_;
  std::set<Peer> gone_;
  size_t first_ = 0;  // The socket that a drain begins with.
};

base::Status SocketLink::Follow(const LeaderAddress& leader) {
  auto dealer = Dealer::Connect(context_, {.endpoint = leader.endpoint,
                                           .server_key = leader.server_key,
                                           .keys = config_.keys,
                                           .frame_bytes_max = config_.frame_bytes_max});
  if (!dealer.ok()) return dealer.status();
  dealers_.push_back(*std::move(dealer));
  return base::Ok();
}

std::vector<Input> SocketLink::Receive(std::chrono::milliseconds wait) {
  const auto end = SteadyClock::now() + wait;
  std::vector<Input> inputs;
  ReportGone(inputs);
  do {
    Watch(inputs);
    Drain(inputs);
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
  while (router_monitor_.Next()) ++counters_.handshakes_failed;
  for (size_t i = 0; i < dealers_.size(); ++i) {
    const Dealer::News news = dealers_[i]->Watch();
    counters_.handshakes_failed += news.handshakes_failed;
    if (news.came_up == 0) continue;
    inputs.push_back({.kind = Input::Kind::kUp,
                      .peer = {.socket = static_cast<uint32_t>(i + 1), .route = {}},
                      .key = config_.leaders[i].server_key,
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
  return socket == 0 ? TakeFromRouter(budget, inputs) : TakeFromDealer(socket, budget, inputs);
}

// True when a message was taken, also when it was dropped.
bool SocketLink::TakeFromRouter(Budget& budget, std::vector<Input>& inputs) {
  zmq::message_t route;
  zmq::message_t payload;
  if (!ReceiveNow(router_, route)) return false;
  const bool whole = route.more() && ReceiveNow(router_, payload) && !payload.more();
  budget.Take(payload.size());
  if (!whole || payload.size() > config_.frame_bytes_max) {
    DropRest(router_, payload);
    ++counters_.malformed_messages;
    return true;
  }
  // From the payload: libzmq 4.3.4 leaves it out of the first frame.
  const char* token = zmq_msg_gets(payload.handle(), "User-Id");
  auto key = token != nullptr ? check_.KeyOf(token) : std::nullopt;
  if (!key) {
    ++counters_.unproven_frames;
    return true;
  }
  inputs.push_back({.kind = Input::Kind::kFrame,
                    .peer = {.socket = 0, .route = route.to_string()},
                    .key = *std::move(key),
                    .bytes = payload.to_string()});
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
                    .key = config_.leaders[socket - 1].server_key,
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
  return SendNow(router_, output.peer.route, ZMQ_SNDMORE) && SendNow(router_, output.bytes);
}

// True when it is worth another look; false at `end` or when a signal arrived.
bool SocketLink::PollUntil(SteadyClock::time_point end) {
  const auto left = std::chrono::ceil<base::milliseconds>(end - SteadyClock::now());
  if (left.count() <= 0) return false;
  std::vector<zmq_pollitem_t> items;
  const auto add = [&items](void* handle) { items.push_back({handle, 0, ZMQ_POLLIN, 0}); };
  add(router_.handle());
  add(router_monitor_.handle());
  for (const auto& dealer : dealers_) {
    add(dealer->socket_handle());
    add(dealer->monitor_handle());
  }
  const auto wait = std::min(left, kWatchEvery).count();
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
