// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/floor/pipe.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace samenspel::bench::floor_pipe {
namespace {

constexpr size_t kPendingMax = 512;
constexpr int kTakenMax = 1024;
// About what the real entries hold beside a report of 1 KiB.
constexpr size_t kPlannedBytes = 512;
constexpr size_t kNoteBytes = 128;

volatile std::sig_atomic_t stopped = 0;

void MustBeOk(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

std::string RowKey(char column, uint64_t number) {
  std::string key(1, column);
  for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>(number >> shift);
  return key;
}

}  // namespace

std::string EndpointOf(const PipeConfig& config, uint64_t service) {
  return "tcp://127.0.0.1:" + std::to_string(config.port_base + 1 + static_cast<int>(service));
}

Pipe::Pipe(const PipeConfig& config) : config_(config), context_(1), router_(context_, ZMQ_ROUTER) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.db_write_buffer_size = 32 << 20;
  options.max_background_jobs = 2;
  options.stats_dump_period_sec = 0;
  rocksdb::DB* db = nullptr;
  MustBeOk(rocksdb::DB::Open(options, config.directory, &db));
  db_.reset(db);
  Listen();
  FollowOthers();
}

void Pipe::Listen() {
  router_.set(zmq::sockopt::linger, 0);
  router_.set(zmq::sockopt::sndhwm, 0);
  router_.set(zmq::sockopt::rcvhwm, 0);
  router_.set(zmq::sockopt::curve_server, true);
  router_.set(zmq::sockopt::curve_secretkey, config_.keys.server_secret);
  router_.bind(EndpointOf(config_, config_.self));
}

void Pipe::Run() {
  std::signal(SIGTERM, [](int) { stopped = 1; });
  SayWhenReady();
  while (stopped == 0) {
    Wait();
    TakeFrames();
    TakeRequests();
    if (MustDecide()) DecideFollowed();
    Commit();
    Pump();
  }
}

void Pipe::Wait() {
  auto until = Clock::now() + std::chrono::seconds(1);
  if (!pending_.empty()) until = std::min(until, pending_since_ + kLazy);
  for (const auto& [who, follower] : followers_) {
    if (follower.waiting > 0) until = std::min(until, follower.since + kLazy);
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(
      std::max(until - Clock::now(), Clock::duration(0)));
  std::vector<zmq::pollitem_t> items{{router_.handle(), 0, ZMQ_POLLIN, 0}};
  for (zmq::socket_t& leader : leaders_) items.push_back({leader.handle(), 0, ZMQ_POLLIN, 0});
  try {
    zmq::poll(items, left);
  } catch (const zmq::error_t&) {
    stopped = 1;  // Interrupted by the signal.
  }
}

void Pipe::TakeRequests() {
  zmq::message_t route;
  zmq::message_t message;
  for (int taken = 0; taken < kTakenMax && router_.recv(route, zmq::recv_flags::dontwait);
       ++taken) {
    (void)router_.recv(message);
    Reader reader(message.to_string_view());
    switch (reader.Number()) {
      case kSubmit: {
        const uint64_t id = reader.Number();
        const uint64_t report = sequence_ + 1;
        Write({config_.self, report, 0, std::string(reader.rest())});
        answers_.push_back({route.to_string(), MessageOf({kDone, id, report})});
        break;
      }
      case kAwait:
        OnAwait(route.to_string(), reader);
        break;
      case kFollow: {
        Follower& follower = followers_[reader.Number()];
        follower = {};
        follower.route = route.to_string();
        follower.sent = tail_from_ + tail_.size();
        SayWhenReady();
        break;
      }
      default:
        break;
    }
  }
}

void Pipe::OnAwait(const std::string& route, Reader& reader) {
  const uint64_t id = reader.Number();
  const uint64_t by = reader.Number();
  const uint64_t report = reader.Number();
  const uint64_t key = KeyOf(by, report, 0);
  Answer answer{route, MessageOf({kDone, id, report})};
  if (durable_.contains(key)) {
    answers_.push_back(std::move(answer));
    return;
  }
  if (pending_keys_.contains(key)) pending_urgent_ = true;
  awaited_.emplace(key, std::move(answer));
}

bool Pipe::MustDecide() const {
  if (pending_.empty()) return false;
  return pending_urgent_ || pending_.size() >= kPendingMax || batch_.Count() > 0 ||
         Clock::now() >= pending_since_ + kLazy;
}

void Pipe::DecideFollowed() {
  for (Entry& entry : pending_) {
    const uint64_t key = KeyOf(entry.by, entry.report, entry.note);
    switch (config_.self) {
      case kIntake:
        Write({kIntake, entry.report, 1, std::string(kNoteBytes, 'n')});
        break;
      case kMeeting:
        Write({kMeeting, entry.report, 0, std::string(kPlannedBytes, 'p')});
        break;
      case kEscalation:
        Write({kEscalation, entry.report, entry.by == kMeeting, std::string(kNoteBytes, 'w')});
        break;
      default:
        batch_.Put(RowKey('l', ++sequence_), entry.payload);
        batch_.Put(RowKey('c', key), rocksdb::Slice());
        break;
    }
    fresh_.push_back(key);
  }
  batch_.Put("cursor", RowKey('s', sequence_));
  pending_.clear();
  pending_keys_.clear();
  pending_urgent_ = false;
}

void Pipe::Write(Entry entry) {
  const uint64_t key = KeyOf(entry.by, entry.report, entry.note);
  batch_.Put(RowKey('j', ++sequence_), entry.payload);
  batch_.Put(RowKey('c', key), RowKey('j', sequence_));
  fresh_.push_back(key);
  tail_.push_back(std::move(entry));
}

void Pipe::Commit() {
  if (batch_.Count() > 0) {
    rocksdb::WriteOptions options;
    options.sync = true;
    MustBeOk(db_->Write(options, &batch_));
    batch_.Clear();
  }
  for (const uint64_t key : fresh_) {
    durable_.insert(key);
    const auto [first, last] = awaited_.equal_range(key);
    for (auto at = first; at != last; ++at) answers_.push_back(std::move(at->second));
    awaited_.erase(first, last);
  }
  fresh_.clear();
  for (const Answer& answer : answers_) Send(answer.route, answer.message);
  answers_.clear();
}

void Pipe::Send(const std::string& route, const std::string& message) {
  router_.send(zmq::buffer(route), zmq::send_flags::sndmore);
  router_.send(zmq::buffer(message), zmq::send_flags::none);
}

}  // namespace samenspel::bench::floor_pipe
