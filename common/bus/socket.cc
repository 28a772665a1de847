// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/socket.h"

#include <cerrno>

#include "common/bus/keys.h"

namespace samenspel::bus {
namespace {

// ZMQ_ZAP_ENFORCE_DOMAIN: a draft constant that the stable library honours. Without it a dead ZAP
// handler lets everybody in.
constexpr int kZapEnforceDomain = 93;

// ZMQ_ZERO_COPY_RECV, of the same kind. A message that lies in the buffer it came in keeps all of
// it, 18 KB, until we take it: whoever sends small ones one by one makes us hold a hundred times
// what they send.
constexpr int kZeroCopyReceive = 10;

constexpr int kSendMark = 1024;
// Of one client: it has at most 64 requests in flight, a follower credit for 64 frames, and beats.
constexpr int kRouterSendMark = 96;
// Nobody has a mark for what comes in. When a queue is full libzmq stops to read; when the peer
// hangs up then, the next heartbeat aborts the process (4.3.4, issues 3937 and 4364), and without
// heartbeats the descriptor is lost. So a ROUTER has a Doorkeeper, and the leader of a DEALER keeps
// to the credit.
constexpr int kNoMark = 0;
// A ROUTER sends no heartbeats: clients do, and say how long they may be silent; TCP looks after
// who does not.
constexpr int kKeepaliveIdleS = 10;
constexpr int kKeepaliveEveryS = 5;
constexpr int kKeepaliveTimes = 3;

constexpr int kHandshakeMs = 2000;
constexpr int kHeartbeatEveryMs = 1000;
constexpr int kHeartbeatTimeoutMs = 4000;
constexpr int kHeartbeatTtlMs = 6000;
// As many as Linux allows: who finds the queue full comes again after a second.
constexpr int kBacklog = 4096;
// What CURVE adds to a frame (nonce, authenticator, flags), with some room.
constexpr size_t kCurveBytes = 64;

template <class Call>
int Uninterrupted(const Call& call) {
  int result = call();
  while (result < 0 && zmq_errno() == EINTR) result = call();
  return result;
}

}  // namespace

void SetCommonOptions(zmq::socket_t& socket, size_t frame_bytes_max) {
  socket.set(zmq::sockopt::linger, 0);
  socket.set(zmq::sockopt::sndhwm, kSendMark);
  socket.set(zmq::sockopt::rcvhwm, kNoMark);
  socket.set(zmq::sockopt::maxmsgsize, static_cast<int64_t>(frame_bytes_max + kCurveBytes));
  socket.set(zmq::sockopt::handshake_ivl, kHandshakeMs);
  socket.set(zmq::sockopt::heartbeat_ivl, kHeartbeatEveryMs);
  socket.set(zmq::sockopt::heartbeat_timeout, kHeartbeatTimeoutMs);
  socket.set(zmq::sockopt::heartbeat_ttl, kHeartbeatTtlMs);
}

zmq::socket_t NewRouter(zmq::context_t& context, const CurveKeys& keys, size_t frame_bytes_max) {
  if (zmq_ctx_set(context.handle(), kZeroCopyReceive, 0) != 0) throw zmq::error_t();
  zmq::socket_t router(context, ZMQ_ROUTER);
  SetCommonOptions(router, frame_bytes_max);
  router.set(zmq::sockopt::sndhwm, kRouterSendMark);
  router.set(zmq::sockopt::heartbeat_ivl, 0);
  router.set(zmq::sockopt::tcp_keepalive, 1);
  router.set(zmq::sockopt::tcp_keepalive_idle, kKeepaliveIdleS);
  router.set(zmq::sockopt::tcp_keepalive_intvl, kKeepaliveEveryS);
  router.set(zmq::sockopt::tcp_keepalive_cnt, kKeepaliveTimes);
  router.set(zmq::sockopt::router_mandatory, true);
  router.set(zmq::sockopt::router_handover, false);
  router.set(zmq::sockopt::backlog, kBacklog);
  router.set(zmq::sockopt::curve_server, true);
  router.set(zmq::sockopt::curve_secretkey, keys.secret_key);
  router.set(zmq::sockopt::zap_domain, kZapDomain);
  const int enforce = 1;
  if (zmq_setsockopt(router.handle(), kZapEnforceDomain, &enforce, sizeof enforce) != 0) {
    throw zmq::error_t();
  }
  return router;
}

base::Status CheckEndpoint(const std::string& endpoint) {
  if (endpoint.starts_with("tcp://")) return base::Ok();
  return {base::Code::kInvalid, "use " + endpoint + ": only tcp:// is allowed"};
}

base::Status CheckKeys(const CurveKeys& keys) {
  const auto own = CurveKeysOf(keys.secret_key);
  if (!own.ok()) return own.status();
  if (own->public_key == keys.public_key) return base::Ok();
  return {base::Code::kInvalid, "read a key pair: its halves do not belong together"};
}

bool SendNow(zmq::socket_t& socket, std::string_view bytes, int flags) {
  return Uninterrupted([&] {
           return zmq_send(socket.handle(), bytes.data(), bytes.size(), flags | ZMQ_DONTWAIT);
         }) >= 0;
}

bool ReceiveNow(zmq::socket_t& socket, zmq::message_t& part) {
  return Uninterrupted(
             [&] { return zmq_msg_recv(part.handle(), socket.handle(), ZMQ_DONTWAIT); }) >= 0;
}

void Refresh(zmq::socket_t& socket) {
  int events = 0;
  size_t size = sizeof events;
  Uninterrupted([&] { return zmq_getsockopt(socket.handle(), ZMQ_EVENTS, &events, &size); });
}

void Bind(zmq::socket_t& socket, const std::string& endpoint) {
  if (Uninterrupted([&] { return zmq_bind(socket.handle(), endpoint.c_str()); }) != 0) {
    throw zmq::error_t();
  }
}

void ConnectTo(zmq::socket_t& socket, const std::string& endpoint) {
  if (Uninterrupted([&] { return zmq_connect(socket.handle(), endpoint.c_str()); }) != 0) {
    throw zmq::error_t();
  }
}

void DropRest(zmq::socket_t& socket, zmq::message_t& part) {
  while (part.more() && ReceiveNow(socket, part)) {
  }
}

}  // namespace samenspel::bus
