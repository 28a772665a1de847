// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/monitor.h"

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>

#include "common/bus/socket.h"

namespace samenspel::bus {
namespace {

// Addresses within a process must differ, also between contexts that nobody else can see.
std::string NewAddress() {
  static std::atomic<uint64_t> made = 0;
  return "inproc://samenspel.monitor." + std::to_string(++made);
}

}  // namespace

Monitor::Monitor(zmq::context_t& context, zmq::socket_t& watched, int events)
    : watched_(watched), socket_(context, ZMQ_PAIR) {
  const std::string address = NewAddress();
  if (zmq_socket_monitor(watched.handle(), address.c_str(), events) != 0) throw zmq::error_t();
  // libzmq's I/O thread would wait for room in a full queue, and every connection with it: so no
  // bound here. The reader empties the queue each turn.
  socket_.set(zmq::sockopt::rcvhwm, 0);
  socket_.set(zmq::sockopt::linger, 0);
  socket_.connect(address);
}

Monitor::~Monitor() {
  // The sender first: without a reader it would wait for ever.
  zmq_socket_monitor(watched_.handle(), nullptr, 0);
}

std::optional<Monitor::Event> Monitor::Next() {
  zmq::message_t told;
  if (!ReceiveNow(socket_, told)) return std::nullopt;
  zmq::message_t address;
  if (told.more()) (void)ReceiveNow(socket_, address);
  uint16_t kind = 0;
  uint32_t value = 0;
  if (told.size() < sizeof kind + sizeof value) return Event{};
  std::memcpy(&kind, told.data(), sizeof kind);
  std::memcpy(&value, static_cast<const char*>(told.data()) + sizeof kind, sizeof value);
  return Event{kind, static_cast<int>(value)};
}

}  // namespace samenspel::bus
