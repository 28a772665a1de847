// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/peers/amqp.h"

#include <amqp_framing.h>
#include <amqp_tcp_socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace samenspel::bench::peers {
namespace {

constexpr amqp_channel_t kChannel = 1;
constexpr int kFrameMax = 131072;
constexpr uint8_t kPersistent = 2;

[[noreturn]] void GiveUp(const char* what) {
  std::fprintf(stderr, "rabbitmq: %s failed\n", what);
  std::exit(2);
}

amqp_bytes_t Bytes(std::string_view text) {
  return {text.size(), const_cast<char*>(text.data())};  // The library does not write there.
}

std::string Text(amqp_bytes_t bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

}  // namespace

Amqp::Amqp(int port) : connection_(amqp_new_connection()) {
  amqp_socket_t* socket = amqp_tcp_socket_new(connection_);
  if (socket == nullptr || amqp_socket_open(socket, "127.0.0.1", port) != 0) GiveUp("connecting");
  const int on = 1;
  (void)setsockopt(amqp_get_sockfd(connection_), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const auto login =
      amqp_login(connection_, "/", 0, kFrameMax, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest");
  if (login.reply_type != AMQP_RESPONSE_NORMAL) GiveUp("login");
  amqp_channel_open(connection_, kChannel);
  MustBeNormal("opening a channel");
  amqp_confirm_select(connection_, kChannel);
  MustBeNormal("confirm mode");
}

Amqp::~Amqp() {
  (void)amqp_connection_close(connection_, AMQP_REPLY_SUCCESS);
  (void)amqp_destroy_connection(connection_);
}

void Amqp::MustBeNormal(const char* what) {
  if (amqp_get_rpc_reply(connection_).reply_type != AMQP_RESPONSE_NORMAL) GiveUp(what);
}

void Amqp::DeclareQuorum(const char* queue) {
  amqp_table_entry_t entry{};
  entry.key = amqp_cstring_bytes("x-queue-type");
  entry.value.kind = AMQP_FIELD_KIND_UTF8;
  entry.value.value.bytes = amqp_cstring_bytes("quorum");
  const amqp_table_t arguments{1, &entry};
  amqp_queue_declare(connection_, kChannel, amqp_cstring_bytes(queue), 0, 1, 0, 0, arguments);
  MustBeNormal("declaring a quorum queue");
  amqp_queue_purge(connection_, kChannel, amqp_cstring_bytes(queue));
  MustBeNormal("emptying a queue");
}

std::string Amqp::DeclareOwn() {
  const amqp_queue_declare_ok_t* declared =
      amqp_queue_declare(connection_, kChannel, amqp_empty_bytes, 0, 0, 1, 1, amqp_empty_table);
  MustBeNormal("declaring a queue");
  return Text(declared->queue);
}

void Amqp::Consume(const std::string& queue, int prefetch) {
  if (prefetch > 0) {
    amqp_basic_qos(connection_, kChannel, 0, static_cast<uint16_t>(prefetch), 0);
    MustBeNormal("prefetch");
  }
  amqp_basic_consume(connection_, kChannel, Bytes(queue), amqp_empty_bytes, 0, prefetch == 0, 0,
                     amqp_empty_table);
  MustBeNormal("consuming");
}

void Amqp::Publish(const std::string& queue, std::string_view id, std::string_view reply_to,
                   std::string_view body, bool persistent) {
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_CORRELATION_ID_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG;
  properties.correlation_id = Bytes(id);
  properties.delivery_mode = persistent ? kPersistent : 1;
  if (!reply_to.empty()) {
    properties._flags |= AMQP_BASIC_REPLY_TO_FLAG;
    properties.reply_to = Bytes(reply_to);
  }
  if (amqp_basic_publish(connection_, kChannel, amqp_empty_bytes, Bytes(queue), 0, 0, &properties,
                         Bytes(body)) != AMQP_STATUS_OK) {
    GiveUp("publishing");
  }
  unconfirmed_.insert(++published_);
}

bool Amqp::Pump(int wait_ms) {
  // What has been handled is given back; what the library still holds stays.
  amqp_maybe_release_buffers(connection_);
  amqp_frame_t frame;
  timeval wait{wait_ms / 1000, wait_ms % 1000 * 1000};
  const int status = amqp_simple_wait_frame_noblock(connection_, &frame, &wait);
  if (status == AMQP_STATUS_TIMEOUT) return false;
  if (status != AMQP_STATUS_OK) GiveUp("reading");
  if (frame.frame_type != AMQP_FRAME_METHOD) return true;
  switch (frame.payload.method.id) {
    case AMQP_BASIC_DELIVER_METHOD:
      TakeDelivery(*static_cast<amqp_basic_deliver_t*>(frame.payload.method.decoded));
      break;
    case AMQP_BASIC_ACK_METHOD:
      TakeConfirm(*static_cast<amqp_basic_ack_t*>(frame.payload.method.decoded));
      break;
    default:
      GiveUp("what the broker did");
  }
  return true;
}

void Amqp::TakeDelivery(const amqp_basic_deliver_t& deliver) {
  Delivery& delivery = deliveries_.emplace_back();
  delivery.tag = deliver.delivery_tag;
  amqp_message_t message;
  if (amqp_read_message(connection_, kChannel, &message, 0).reply_type != AMQP_RESPONSE_NORMAL) {
    GiveUp("reading a message");
  }
  delivery.id = Text(message.properties.correlation_id);
  if ((message.properties._flags & AMQP_BASIC_REPLY_TO_FLAG) != 0) {
    delivery.reply_to = Text(message.properties.reply_to);
  }
  delivery.body = Text(message.body);
  amqp_destroy_message(&message);
}

// Confirms of several queues may come out of order, and then one by one.
void Amqp::TakeConfirm(const amqp_basic_ack_t& ack) {
  if (ack.multiple) {
    unconfirmed_.erase(unconfirmed_.begin(), unconfirmed_.upper_bound(ack.delivery_tag));
  } else {
    unconfirmed_.erase(ack.delivery_tag);
  }
}

bool Amqp::Confirmed(int wait_ms) {
  while (!unconfirmed_.empty()) {
    if (!Pump(wait_ms)) return false;
  }
  return true;
}

bool Amqp::Take(Delivery& delivery, int wait_ms) {
  while (deliveries_.empty()) {
    if (!Pump(wait_ms)) return false;
  }
  delivery = std::move(deliveries_.front());
  deliveries_.pop_front();
  return true;
}

void Amqp::Acknowledge(uint64_t tag) {
  if (amqp_basic_ack(connection_, kChannel, tag, 1) != AMQP_STATUS_OK) GiveUp("acknowledging");
}

void SetUpQueues(int port) {
  Amqp amqp(port);
  amqp.DeclareQuorum(kReports);
  amqp.DeclareQuorum(kMeetings);
}

}  // namespace samenspel::bench::peers
