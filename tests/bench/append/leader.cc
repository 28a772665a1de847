// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/append/leader.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "common/tlog/sha256.h"
#include "proto/common/v1/entry.pb.h"
#include "proto/intake/v1/events.pb.h"

namespace samenspel::bench {
namespace {

constexpr uint64_t kFrameEntriesMax = 256;
constexpr size_t kPayloadBytes = 850;  // With the header around it about 1 KiB.

}  // namespace

Leader::Leader(const std::string& endpoint, const bus::CurveKeys& keys)
    : context_(1), router_(context_, ZMQ_ROUTER), wake_(eventfd(0, EFD_NONBLOCK)) {
  router_.set(zmq::sockopt::linger, 0);
  router_.set(zmq::sockopt::curve_server, true);
  router_.set(zmq::sockopt::curve_secretkey, keys.secret_key);
  router_.bind(endpoint);
  thread_ = std::thread([this] { Serve(); });
}

Leader::~Leader() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  (void)eventfd_write(wake_, 1);
  thread_.join();
  close(wake_);
}

std::optional<common::v1::Ref> Leader::Append(std::chrono::seconds wait) {
  std::unique_lock lock(mutex_);
  if (!followed_.wait_for(lock, wait, [&] { return promised_ > 0; })) return std::nullopt;
  common::v1::Ref ref;
  ref.set_service("intake");
  ref.set_epoch(epoch_);
  ref.set_sequence(++promised_);
  lock.unlock();
  (void)eventfd_write(wake_, 1);
  return ref;
}

void Leader::Serve() {
  for (;;) {
    zmq::pollitem_t items[] = {{router_.handle(), 0, ZMQ_POLLIN, 0},
                               {nullptr, wake_, ZMQ_POLLIN, 0}};
    zmq::poll(items, std::size(items));
    eventfd_t count = 0;
    (void)eventfd_read(wake_, &count);
    TakeAll();
    {
      const std::lock_guard lock(mutex_);
      if (stop_) return;
    }
    if (!route_.empty()) SendWaiting();
  }
}

void Leader::TakeAll() {
  zmq::message_t route;
  zmq::message_t message;
  while (router_.recv(route, zmq::recv_flags::dontwait)) {
    (void)router_.recv(message);
    common::v1::Envelope envelope;
    if (!envelope.ParseFromArray(message.data(), static_cast<int>(message.size()))) continue;
    if (envelope.has_follow() && envelope.follow().every_entry()) {
      OnFollow(route.to_string(), envelope.follow());
    } else if (envelope.has_credit() && envelope.credit().session() == session_) {
      until_frame_ = envelope.credit().until_frame();
    }
  }
}

void Leader::OnFollow(const std::string& route, const common::v1::Follow& follow) {
  route_ = route;
  session_ = follow.session();
  until_frame_ = follow.until_frame();
  number_ = 0;
  sent_ = follow.after();
  const std::lock_guard lock(mutex_);
  if (promised_ > 0) return;
  promised_ = sent_.sequence();
  epoch_ = sent_.epoch();
  followed_.notify_all();
}

std::string Leader::NextHeader() {
  common::v1::EntryHeader header;
  header.set_service("intake");
  header.set_epoch(epoch_);
  header.set_sequence(sent_.sequence() + 1);
  header.set_previous_hash(sent_.hash());
  header.set_kind("submit_report");
  header.set_outcome(common::v1::STATUS_OK);
  auto& event = *header.add_events();
  event.set_stream("rpt_00000000000000000000000000");
  event.set_version(1);
  event.set_kind(intake::v1::Event::kReportGraded);
  event.set_urgent(true);
  event.set_payload(std::string(kPayloadBytes, 'e'));
  return header.SerializeAsString();
}

void Leader::SendWaiting() {
  uint64_t until = 0;
  {
    const std::lock_guard lock(mutex_);
    until = promised_;
  }
  while (sent_.sequence() < until && number_ < until_frame_) {
    common::v1::Answer answer;
    common::v1::Frame& frame = *answer.mutable_frame();
    frame.set_session(session_);
    frame.set_number(++number_);
    *frame.mutable_first() = sent_;
    for (uint64_t i = 0; i < kFrameEntriesMax && sent_.sequence() < until; ++i) {
      const std::string& header = *frame.add_items()->mutable_header() = NextHeader();
      sent_.set_sequence(sent_.sequence() + 1);
      sent_.set_hash(tlog::Sha256(header));
    }
    *frame.mutable_last() = sent_;
    frame.set_head(sent_.sequence());
    router_.send(zmq::buffer(route_), zmq::send_flags::sndmore);
    router_.send(zmq::buffer(answer.SerializeAsString()), zmq::send_flags::none);
  }
}

}  // namespace samenspel::bench
