// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/network.h"

namespace samenspel::simulation {
namespace {

constexpr uint64_t kQuickestUs = 100;
constexpr uint64_t kSpreadUs = 900;

std::string RouteOf(uint64_t number) { return "route-" + std::to_string(number); }

}  // namespace

Network::ConnectionId Network::Join(End caller, End server) {
  connections_.push_back({.caller = std::move(caller), .server = std::move(server)});
  return connections_.size() - 1;
}

void Network::Raise(ConnectionId id) {
  Connection& connection = connections_[id];
  if (connection.up) return;
  connection.up = true;
  connection.deaf_to_server = connection.deaf_to_caller = false;
  connection.number = ++raised_;
  by_route_[RouteOf(connection.number)] = id;
  connection.caller.receiver->Arrive({.kind = bus::Input::Kind::kUp,
                                      .peer = {.socket = connection.caller.socket, .route = {}},
                                      .key = connection.server.key,
                                      .bytes = {}});
}

void Network::Cut(ConnectionId id) {
  by_route_.erase(RouteOf(connections_[id].number));
  connections_[id].up = false;
}

void Network::Deafen(ConnectionId id, bool to_server) {
  Connection& connection = connections_[id];
  (to_server ? connection.deaf_to_server : connection.deaf_to_caller) = true;
}

void Network::SendFromCaller(ConnectionId id, const std::string& bytes) {
  if (!connections_[id].up) return Count("sent without a connection");
  Carry(id, true, bytes);
}

void Network::SendFromServer(Receiver& server, const bus::Peer& peer, const std::string& bytes) {
  const auto found = by_route_.find(peer.route);
  if (found != by_route_.end()) return Carry(found->second, false, bytes);
  Count("peer gone");
  server.Arrive({.kind = bus::Input::Kind::kPeerGone, .peer = peer, .key = {}, .bytes = {}});
}

// What arrives otherwise than it was sent fails CURVE's check: the end that sees it gives the
// connection up, so no byte of it is ever taken for a message.
void Network::Break(ConnectionId id, const char* why) {
  Count(why);
  timeline_.In(Micros(kQuickestUs), [this, id, number = connections_[id].number] {
    if (!connections_[id].up || connections_[id].number != number) return;
    Cut(id);
    if (broken_) broken_(id);
  });
}

bool Network::LosesOrBreaks(ConnectionId id, bool to_server) {
  const Connection& connection = connections_[id];
  if (to_server ? connection.deaf_to_server : connection.deaf_to_caller) {
    Count("frame into a half-open connection");
    return true;
  }
  if (Chance(weather_.dropped)) {
    Count("frame dropped");
    return true;
  }
  if (Chance(weather_.cut_short)) {
    Break(id, "frame cut short");
    return true;
  }
  if (Chance(weather_.flipped)) {
    Break(id, "frame with a flipped bit");
    return true;
  }
  return false;
}

void Network::Carry(ConnectionId id, bool to_server, const std::string& bytes) {
  if (LosesOrBreaks(id, to_server)) return;
  Connection& connection = connections_[id];
  const bool doubled = Chance(weather_.doubled);
  if (doubled) Count("frame doubled");
  for (int copy = 0; copy <= (doubled ? 1 : 0); ++copy) {
    Micros& last = to_server ? connection.last_to_server : connection.last_to_caller;
    Micros at = timeline_.now() + Micros(kQuickestUs + chance_.Below(kSpreadUs));
    if (Chance(weather_.late)) {
      Count("frame late");
      at += Micros(chance_.Below(static_cast<uint64_t>(weather_.late_at_most.count())));
    } else {
      last = at = std::max(last, at);
    }
    timeline_.At(at, [this, id, to_server, number = connection.number, bytes] {
      Deliver(id, to_server, number, bytes);
    });
  }
}

void Network::Deliver(ConnectionId id, bool to_server, uint64_t number, const std::string& bytes) {
  Connection& connection = connections_[id];
  if (!connection.up || connection.number != number) return Count("frame died with its connection");
  const End& from = to_server ? connection.caller : connection.server;
  const End& to = to_server ? connection.server : connection.caller;
  bus::Peer peer{.socket = to.socket, .route = to_server ? RouteOf(number) : ""};
  to.receiver->Arrive(
      {.kind = bus::Input::Kind::kFrame, .peer = std::move(peer), .key = from.key, .bytes = bytes});
}

}  // namespace samenspel::simulation
