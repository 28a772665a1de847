// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/dealer.h"

#include "common/bus/keys.h"
#include "common/bus/socket.h"

namespace samenspel::bus {
namespace {

constexpr int kReconnectMs = 50;
constexpr int kReconnectMaxMs = 1000;
constexpr int kConnectTimeoutMs = 2000;
constexpr std::chrono::seconds kAnewAfter{1};

constexpr int kConnecting =
    ZMQ_EVENT_CONNECTED | ZMQ_EVENT_CONNECT_DELAYED | ZMQ_EVENT_CONNECT_RETRIED;

zmq::socket_t NewDealer(zmq::context_t& context, const DealerConfig& config) {
  zmq::socket_t socket(context, ZMQ_DEALER);
  SetCommonOptions(socket, config.frame_bytes_max);
  socket.set(zmq::sockopt::immediate, true);
  socket.set(zmq::sockopt::reconnect_ivl, kReconnectMs);
  socket.set(zmq::sockopt::reconnect_ivl_max, kReconnectMaxMs);
  socket.set(zmq::sockopt::connect_timeout, kConnectTimeoutMs);
  socket.set(zmq::sockopt::curve_serverkey, config.server_key);
  socket.set(zmq::sockopt::curve_publickey, config.keys.public_key);
  socket.set(zmq::sockopt::curve_secretkey, config.keys.secret_key);
  return socket;
}

}  // namespace

Dealer::Line::Line(zmq::context_t& context, const DealerConfig& config)
    : socket(NewDealer(context, config)),
      monitor(
          context, socket,
          kConnecting | kHandshakeFailed | ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED) {
  ConnectTo(socket, config.endpoint);
}

Dealer::Dealer(zmq::context_t& context, DealerConfig config)
    : context_(context),
      config_(std::move(config)),
      line_(std::make_unique<Line>(context_, config_)) {}

base::Result<std::unique_ptr<Dealer>> Dealer::Connect(zmq::context_t& context,
                                                      const DealerConfig& config) {
  SAMENSPEL_RETURN_IF_ERROR(CheckEndpoint(config.endpoint));
  SAMENSPEL_RETURN_IF_ERROR(CheckKeys(config.keys));
  if (!IsCurveKey(config.server_key)) {
    return base::Status(base::Code::kInvalid,
                        "connect to " + config.endpoint + ": its key is not 40 characters of Z85");
  }
  if (!config.other_key.empty() && !IsCurveKey(config.other_key)) {
    return base::Status(base::Code::kInvalid, "connect to " + config.endpoint +
                                                  ": its next key is not 40 characters of Z85");
  }
  try {
    return std::unique_ptr<Dealer>(new Dealer(context, config));
  } catch (const zmq::error_t& error) {
    return base::Status(base::Code::kInvalid,
                        "connect to " + config.endpoint + ": " + error.what());
  }
}

void Dealer::UseServer(const std::string& key, const std::string& other_key) {
  const std::string shown = config_.server_key;
  config_.server_key = shown == other_key ? other_key : key;
  config_.other_key = shown == other_key ? key : other_key;
  if (config_.server_key != shown) BeginAnew();
}

void Dealer::UseKeys(const CurveKeys& keys) {
  config_.keys = keys;
  BeginAnew();
}

// libzmq comes back with the same key only. At once the first time, then each for a second.
void Dealer::TryOtherKey() {
  const auto now = std::chrono::steady_clock::now();
  if (config_.other_key.empty() || now < other_key_at_) return;
  other_key_at_ = now + kAnewAfter;
  std::swap(config_.server_key, config_.other_key);
  BeginAnew();
}

void Dealer::BeginAnew() {
  anew_at_.reset();
  try {
    line_ = std::make_unique<Line>(context_, config_);
  } catch (const zmq::error_t&) {
    anew_at_ = std::chrono::steady_clock::now() + kAnewAfter;  // Out of file descriptors, say.
  }
}

Dealer::News Dealer::Watch() {
  News news;
  while (const auto event = line_->monitor.Next()) Note(event->kind, news);
  // Attaches the new connection, so that the next Send finds it.
  if (news.came_up > 0) Refresh(line_->socket);
  if (news.handshakes_failed > 0 && news.came_up == 0) TryOtherKey();
  if (anew_at_ && std::chrono::steady_clock::now() >= *anew_at_) BeginAnew();
  return news;
}

void Dealer::Note(int event, News& news) {
  if ((event & kHandshakeFailed) != 0) ++news.handshakes_failed;
  if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED) {
    ++news.came_up;
    refused_ = broken_ = false;
    other_key_at_ = {};
  }
  if (event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) refused_ = true;
  if (event == ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL) broken_ = true;
  if ((event & kHandshakeFailed) != 0 || event == ZMQ_EVENT_DISCONNECTED) {
    anew_at_ = std::chrono::steady_clock::now() + kAnewAfter;
  } else if ((event & kConnecting) != 0 || event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED) {
    anew_at_.reset();  // libzmq is still at it.
  }
}

bool Dealer::Send(std::string_view bytes) { return SendNow(line_->socket, bytes); }

std::optional<Dealer::Received> Dealer::Receive() {
  zmq::message_t part;
  if (!ReceiveNow(line_->socket, part)) return std::nullopt;
  if (!part.more()) return Received{part.to_string()};
  DropRest(line_->socket, part);
  return Received{};
}

}  // namespace samenspel::bus
