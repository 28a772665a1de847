// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <amqp.h>

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>

#include "tests/bench/loop/closed_loop.h"

// The same flow on quorum queues of RabbitMQ: a persistent, confirmed report; a consumer that
// grades and plans, publishes the meeting, persistent and confirmed, acknowledges the report, and
// tells the submitter over a queue of its own that is not kept.
namespace samenspel::bench::peers {

inline constexpr const char* kReports = "reports";
inline constexpr const char* kMeetings = "meetings";

/// A message that came.
struct Delivery {
  uint64_t tag = 0;
  std::string id;        ///< The correlation id.
  std::string reply_to;  ///< Queue of whoever submitted.
  std::string body;
};

/// One connection with one channel in confirm mode. What fails ends the process with a sentence.
class Amqp {
 public:
  explicit Amqp(int port);
  ~Amqp();
  Amqp(const Amqp&) = delete;
  Amqp& operator=(const Amqp&) = delete;

  /// A quorum queue that is kept, emptied now.
  void DeclareQuorum(const char* queue);
  /// A queue that ends with this connection; its name.
  std::string DeclareOwn();
  /// Deliveries begin.
  ///   prefetch  unacknowledged at most; 0: none wants an acknowledgement
  void Consume(const std::string& queue, int prefetch);

  /// Sent, not confirmed yet.
  void Publish(const std::string& queue, std::string_view id, std::string_view reply_to,
               std::string_view body, bool persistent);
  /// All that was published is confirmed, or the time is over: false.
  bool Confirmed(int wait_ms);
  /// The next delivery, or false: none came within the time.
  bool Take(Delivery& delivery, int wait_ms);
  /// Acknowledges all up to this tag.
  void Acknowledge(uint64_t tag);

 private:
  bool Pump(int wait_ms);
  void TakeDelivery(const amqp_basic_deliver_t& deliver);
  void TakeConfirm(const amqp_basic_ack_t& ack);
  void MustBeNormal(const char* what);

  amqp_connection_state_t connection_;
  uint64_t published_ = 0;
  std::set<uint64_t> unconfirmed_;
  std::deque<Delivery> deliveries_;
};

/// Makes the queues, empty.
void SetUpQueues(int port);
/// Grades and plans until SIGTERM.
int RunRabbitConsumer(int port, int professionals);
/// Clients that submit a report and wait until they are told of its meeting.
int RunRabbitDesks(const LoopOptions& options, int port, uint64_t seed);

}  // namespace samenspel::bench::peers
