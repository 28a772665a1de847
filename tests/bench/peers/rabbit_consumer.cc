// SPDX-License-Identifier: EUPL-1.2
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/bench/peers/amqp.h"
#include "tests/bench/peers/work.h"

namespace samenspel::bench::peers {
namespace {

constexpr int kIdleMs = 100;
constexpr int kPatienceMs = 10'000;

volatile std::sig_atomic_t stopped = 0;

// All that waits, up to a batch; empty: nothing came for a while.
std::vector<Delivery> TakeWaiting(Amqp& amqp) {
  std::vector<Delivery> batch;
  batch.reserve(kBatchMax);
  Delivery delivery;
  while (batch.size() < kBatchMax && amqp.Take(delivery, batch.empty() ? kIdleMs : 0)) {
    batch.push_back(std::move(delivery));
  }
  return batch;
}

}  // namespace

int RunRabbitConsumer(int port, int professionals) {
  std::signal(SIGTERM, [](int) { stopped = 1; });
  Work work(professionals);
  Amqp amqp(port);
  amqp.Consume(kReports, kBatchMax);
  uint64_t number = 0;
  std::puts("ready");
  std::fflush(stdout);
  while (stopped == 0) {
    const auto batch = TakeWaiting(amqp);
    if (batch.empty()) continue;
    for (const Delivery& report : batch) {
      amqp.Publish(kMeetings, report.id, "", work.Decide(++number, report.body), true);
    }
    if (!amqp.Confirmed(kPatienceMs)) {
      std::fprintf(stderr, "rabbitmq: meetings were not confirmed\n");
      return 1;
    }
    amqp.Acknowledge(batch.back().tag);
    for (const Delivery& report : batch) amqp.Publish(report.reply_to, report.id, "", "", false);
  }
  return 0;
}

}  // namespace samenspel::bench::peers
