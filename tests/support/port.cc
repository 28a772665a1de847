// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace samenspel::support {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in Loopback(uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int NewSocket() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) Fail("make a socket");
  return fd;
}

}  // namespace

Port::Port() : fd_(NewSocket()) {
  const int yes = 1;  // As libzmq's own socket has it: both or neither may share the port.
  setsockopt(fd_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  if (bind(fd_, reinterpret_cast<sockaddr*>(&address), size) != 0) Fail("bind a port");
  getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
  number_ = ntohs(address.sin_port);
}

Port::~Port() { close(fd_); }

void Port::Listen() {
  if (listen(fd_, 1) != 0) Fail("listen");
}

BareConnection::BareConnection(uint16_t port) : fd_(NewSocket()) {
  const sockaddr_in address = Loopback(port);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    Fail("connect to port " + std::to_string(port));
  }
}

BareConnection::~BareConnection() { close(fd_); }

void BareConnection::Say(const std::string& bytes) {
  // The other side may hang up while we speak; that is its right.
  (void)send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::string BareConnection::Hear() {
  const timeval patience{10, 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string all;
  char part[4096];
  for (ssize_t size = 0; (size = recv(fd_, part, sizeof part, 0)) > 0;) {
    all.append(part, static_cast<size_t>(size));
  }
  return all;
}

}  // namespace samenspel::support
