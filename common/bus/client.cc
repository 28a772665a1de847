// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/client.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <zmq.hpp>

#include "common/bus/dealer.h"

namespace samenspel::bus {
namespace {

using SteadyClock = std::chrono::steady_clock;
using base::Code;
using base::Status;

constexpr base::milliseconds kSendAgain{1000};
constexpr base::milliseconds kConnectWait{5000};
constexpr base::milliseconds kWatchEvery{1000};

// One for all clients, since several contexts with CURVE in one process can crash in libzmq 4.3.4.
// It lives as long as a client does: at exit nothing static waits for connections to end.
std::shared_ptr<zmq::context_t> SharedContext() {
  static std::mutex mutex;
  static std::weak_ptr<zmq::context_t> shared;
  const std::lock_guard lock(mutex);
  auto context = shared.lock();
  if (!context) {
    context = std::make_shared<zmq::context_t>();
    shared = context;
  }
  return context;
}

class SocketClient : public Client {
 public:
  SocketClient(std::string endpoint, std::shared_ptr<zmq::context_t> context,
               std::unique_ptr<Dealer> dealer)
      : endpoint_(std::move(endpoint)), context_(std::move(context)), dealer_(std::move(dealer)) {}

  base::Result<common::v1::Reply> Call(const common::v1::Envelope& envelope,
                                       base::milliseconds wait) override;
  Status SendRaw(std::string_view bytes) override;
  base::Result<std::string> ReceiveRaw(base::milliseconds wait) override;

 private:
  std::optional<common::v1::Reply> TakeReply(const std::string& request_id);
  std::optional<std::string> TakeFrame();
  void WaitUntil(SteadyClock::time_point end);
  Status NoConnection() const;

  const std::string endpoint_;
  std::shared_ptr<zmq::context_t> context_;  // Outlives the socket.
  std::unique_ptr<Dealer> dealer_;
};

base::Result<common::v1::Reply> SocketClient::Call(const common::v1::Envelope& envelope,
                                                   base::milliseconds wait) {
  const std::string bytes = envelope.SerializeAsString();
  const auto end = SteadyClock::now() + wait;
  auto send_at = SteadyClock::now();
  bool sent = false;
  for (auto now = send_at; now < end; now = SteadyClock::now()) {
    if (dealer_->Watch().came_up > 0) send_at = now;
    if (now >= send_at && dealer_->Send(bytes)) {
      sent = true;
      send_at = now + kSendAgain;
    }
    if (auto reply = TakeReply(envelope.request_id())) return *std::move(reply);
    // Before the first send there is nothing to repeat: the monitor wakes us.
    WaitUntil(now < send_at ? std::min(send_at, end) : end);
  }
  if (!sent) return NoConnection();
  return Status(Code::kTimeout, "call " + endpoint_ + ": sent, no answer in time");
}

Status SocketClient::SendRaw(std::string_view bytes) {
  const auto end = SteadyClock::now() + kConnectWait;
  do {
    (void)dealer_->Watch();
    if (dealer_->Send(bytes)) return base::Ok();
    WaitUntil(end);
  } while (SteadyClock::now() < end);
  return NoConnection();
}

base::Result<std::string> SocketClient::ReceiveRaw(base::milliseconds wait) {
  const auto end = SteadyClock::now() + wait;
  do {
    (void)dealer_->Watch();
    if (auto bytes = TakeFrame()) return *std::move(bytes);
    WaitUntil(end);
  } while (SteadyClock::now() < end);
  if (auto bytes = TakeFrame()) return *std::move(bytes);
  return Status(Code::kTimeout, "wait for " + endpoint_ + ": nothing came in time");
}

std::optional<common::v1::Reply> SocketClient::TakeReply(const std::string& request_id) {
  while (const auto bytes = TakeFrame()) {
    common::v1::Answer answer;
    if (!answer.ParseFromString(*bytes) || !answer.has_reply()) continue;
    if (answer.reply().request_id() == request_id) return std::move(*answer.mutable_reply());
  }
  return std::nullopt;
}

// The next message of one frame.
std::optional<std::string> SocketClient::TakeFrame() {
  while (auto received = dealer_->Receive()) {
    if (received->bytes) return std::move(received->bytes);
  }
  return std::nullopt;
}

// Returns at `end`, or earlier when something happened.
void SocketClient::WaitUntil(SteadyClock::time_point end) {
  const auto left = std::chrono::ceil<base::milliseconds>(end - SteadyClock::now());
  if (left.count() <= 0) return;
  zmq_pollitem_t items[] = {{dealer_->socket_handle(), 0, ZMQ_POLLIN, 0},
                            {dealer_->monitor_handle(), 0, ZMQ_POLLIN, 0}};
  (void)zmq_poll(items, 2, std::min(left, kWatchEvery).count());
}

Status SocketClient::NoConnection() const {
  return {
      Code::kUnavailable,
      "reach " + endpoint_ +
          (dealer_->refused()  ? ": it does not admit this key"
           : dealer_->broken() ? ": a connection came up and broke; its key may be another by now"
                               : ": no connection came up")};
}

}  // namespace

base::Result<std::unique_ptr<Client>> Client::Connect(const ServerAddress& server,
                                                      const CurveKeys& keys) {
  auto context = SharedContext();
  auto dealer = Dealer::Connect(*context, {.endpoint = server.endpoint,
                                           .server_key = server.server_key,
                                           .other_key = server.other_key,
                                           .keys = keys});
  if (!dealer.ok()) return dealer.status();
  return std::unique_ptr<Client>(
      std::make_unique<SocketClient>(server.endpoint, std::move(context), *std::move(dealer)));
}

}  // namespace samenspel::bus
