// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/doorkeeper.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <vector>

namespace samenspel::bus {
namespace {

// What CURVE and ZMTP put around a message: at most this.
constexpr int64_t kAround = 42;
// Heartbeats come in as well, a hundred bytes a second; so many are forgiven each time we look.
constexpr int64_t kForgiven = 8;
// What a client says until it is let in, more or less.
constexpr int64_t kHandshakeBytes = 600;
// Less than this is no message in the making that is worth a thought.
constexpr int64_t kLittle = 64 << 10;

struct Counted {
  int64_t received = 0;  // And read by libzmq.
  int64_t sent = 0;
  int64_t acknowledged = 0;
};

Counted CountOf(int descriptor) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return {};
  int waiting = 0;  // In the kernel: not in our memory.
  if (ioctl(descriptor, FIONREAD, &waiting) != 0) waiting = 0;
  return {static_cast<int64_t>(info.tcpi_bytes_received) - waiting,
          static_cast<int64_t>(info.tcpi_bytes_sent), static_cast<int64_t>(info.tcpi_bytes_acked)};
}

}  // namespace

void Doorkeeper::Note(const Monitor::Event& event) {
  Forget(event.value);
  if (event.kind != ZMQ_EVENT_ACCEPTED) return;
  Line& line = lines_[event.value];
  line.number = ++last_number_;
  handshakes_[line.number] = event.value;
  CutTheOldestHandshakes();
}

void Doorkeeper::Forget(int descriptor) {
  const auto found = lines_.find(descriptor);
  if (found == lines_.end()) return;
  if (!found->second.admitted) ++handshakes_failed_;
  handshakes_.erase(found->second.number);
  by_route_.erase(found->second.route);
  lines_.erase(found);
}

void Doorkeeper::Took(int descriptor, const std::string& route, size_t bytes) {
  const auto found = lines_.find(descriptor);
  if (found == lines_.end()) return;
  Line& line = found->second;
  line.taken += static_cast<int64_t>(bytes) + kAround;
  line.half_since = Time::max();
  if (line.route == route) return;
  by_route_.erase(line.route);
  line.route = route;
  by_route_[route] = descriptor;
}

void Doorkeeper::Gave(const std::string& route, size_t bytes) {
  const auto found = by_route_.find(route);
  if (found != by_route_.end()) lines_[found->second].given += static_cast<int64_t>(bytes);
}

void Doorkeeper::Look(Time now) {
  if (now < next_look_) return;
  next_look_ = now + kEvery;
  std::vector<int> bad;
  for (auto& [descriptor, line] : lines_) {
    Measure(descriptor, line, now);
    const bool slow =
        line.half_since != Time::max() && now - line.half_since > limits_.half_message;
    const bool talks = !line.admitted && line.unread > limits_.handshake_bytes;
    const bool hidden = line.route.empty() && line.unread > limits_.first_bytes;
    if (slow || talks || hidden) bad.push_back(descriptor);
  }
  for (const int descriptor : bad) Cut(descriptor);
  CutTheGreediest(&Line::unread, limits_.unread_bytes);
  CutTheGreediest(&Line::unsent, limits_.unsent_bytes);
}

void Doorkeeper::Measure(int descriptor, Line& line, Time now) {
  const Counted counted = CountOf(descriptor);
  // libzmq tells that a handshake succeeded, but not whose.
  if (!line.admitted && counted.sent >= kReadyBytes) {
    handshakes_.erase(line.number);
    line.admitted = true;
    line.taken += kHandshakeBytes;
  }
  if (line.admitted) line.taken = std::min(line.taken + kForgiven, counted.received);
  line.given = std::max(line.given, counted.acknowledged);
  line.unread = counted.received - line.taken;
  line.unsent = line.given - counted.acknowledged;
  if (line.unread < kLittle)
    line.half_since = Time::max();
  else if (line.half_since == Time::max())
    line.half_since = now;
}

void Doorkeeper::CutTheOldestHandshakes() {
  while (handshakes_.size() > limits_.handshakes) {
    const int oldest = handshakes_.begin()->second;
    Line& line = lines_[oldest];
    Measure(oldest, line, std::chrono::steady_clock::now());
    if (!line.admitted) Cut(oldest);
  }
}

void Doorkeeper::CutTheGreediest(int64_t Line::*held, int64_t limit) {
  int64_t all = 0;
  for (const auto& [descriptor, line] : lines_) all += line.*held;
  while (all > limit) {
    const auto most = std::ranges::max_element(
        lines_, [&](const auto& a, const auto& b) { return a.second.*held < b.second.*held; });
    all -= most->second.*held;
    Cut(most->first);
  }
}

// libzmq closes it when it sees the end. Should it have done so just now, and the number be another
// connection's already, then that one comes again.
void Doorkeeper::Cut(int descriptor) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};  // Or the peer may go on for a minute.
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  shutdown(descriptor, SHUT_RDWR);
  Forget(descriptor);
  ++cut_;
}

}  // namespace samenspel::bus
