// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/peers/amqp.h"
#include "tests/bench/peers/work.h"

namespace samenspel::bench::peers {
namespace {

constexpr int kPatienceMs = 10'000;

class Desk : public LoopClient {
 public:
  Desk(int port, uint64_t seed) : amqp_(port), seed_(seed), answers_(amqp_.DeclareOwn()) {
    amqp_.Consume(answers_, 0);
  }

  void Prepare(uint64_t number) override { report_ = ReportBytes(seed_, number); }
  bool Trip(uint64_t number) override {
    const std::string id = std::to_string(number);
    amqp_.Publish(kReports, id, answers_, report_, true);
    Delivery told;
    return amqp_.Confirmed(kPatienceMs) && amqp_.Take(told, kPatienceMs) && told.id == id;
  }

 private:
  Amqp amqp_;
  uint64_t seed_;
  std::string answers_;
  std::string report_;
};

}  // namespace

int RunRabbitDesks(const LoopOptions& options, int port, uint64_t seed) {
  return RunClosedLoop(options, [&](int) { return std::make_unique<Desk>(port, seed); });
}

}  // namespace samenspel::bench::peers
