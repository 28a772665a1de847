// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "tests/attack/wire.h"

namespace samenspel::attack {
namespace {

using SteadyClock = std::chrono::steady_clock;

[[noreturn]] void Fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in Loopback(uint8_t last, uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl((127U << 24) | last);
  address.sin_port = htons(port);
  return address;
}

bool AwaitReadable(int fd, SteadyClock::time_point end) {
  const auto left = std::chrono::ceil<base::milliseconds>(end - SteadyClock::now());
  pollfd about{fd, POLLIN, 0};
  return poll(&about, 1, static_cast<int>(std::max<int64_t>(left.count(), 0))) > 0;
}

uint64_t FromBigEndian(std::string_view bytes) {
  uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

}  // namespace

Connection::Connection(uint16_t port, uint8_t from)
    : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (fd_ < 0) Fail("make a socket");
  const int yes = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  // Without it a bound socket takes a port that no other address can use.
  setsockopt(fd_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  const sockaddr_in own = Loopback(from, 0);
  const sockaddr_in server = Loopback(1, port);
  if (bind(fd_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0 ||
      connect(fd_, reinterpret_cast<const sockaddr*>(&server), sizeof server) != 0) {
    const int error = errno;
    close(fd_);
    errno = error;
    Fail("connect to port " + std::to_string(port));
  }
}

Connection::~Connection() {
  if (fd_ >= 0) close(fd_);
}

Connection::Connection(Connection&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

bool Connection::Say(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t said = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (said <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(said));
  }
  return true;
}

bool Connection::SayByteByByte(std::string_view bytes) {
  return std::ranges::all_of(bytes, [&](char byte) { return Say({&byte, 1}); });
}

size_t Connection::SayNow(std::string_view bytes) {
  const ssize_t said = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return said > 0 ? static_cast<size_t>(said) : 0;
}

std::string Connection::Hear(size_t size, base::milliseconds patience) {
  const auto end = SteadyClock::now() + patience;
  std::string bytes(size, '\0');
  size_t have = 0;
  while (have < size && AwaitReadable(fd_, end)) {
    const ssize_t got = recv(fd_, bytes.data() + have, size - have, 0);
    if (got <= 0) break;
    have += static_cast<size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

std::optional<Heard> Connection::HearFrame(base::milliseconds patience) {
  const std::string flags = Hear(1, patience);
  if (flags.empty()) return std::nullopt;
  Heard frame{.flags = static_cast<uint8_t>(flags[0]), .body = {}};
  const size_t length = (frame.flags & kLong) != 0 ? 8 : 1;
  const std::string size = Hear(length);
  if (size.size() != length) return std::nullopt;
  frame.body = Hear(FromBigEndian(size));
  return frame;
}

bool Connection::IsHungUpOn(base::milliseconds patience) {
  const auto end = SteadyClock::now() + patience;
  char rest[4096];
  while (AwaitReadable(fd_, end)) {
    if (recv(fd_, rest, sizeof rest, 0) <= 0) return true;
  }
  return false;
}

}  // namespace samenspel::attack
