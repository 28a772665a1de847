// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/honest.h"

#include <algorithm>
#include <chrono>

#include "tests/attack/vitals.h"
#include "tests/support/ask.h"

namespace samenspel::attack {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr base::milliseconds kRest{50};

// Enough to see that reports are taken; thousands would fill the store's buffers, and be mistaken
// for what the attack took.
constexpr uint64_t kReportsMax = 200;

common::v1::Envelope Question(const std::string& service, uint64_t number) {
  if (service == "intake" && number < kReportsMax)
    return support::EnvelopeOf(support::RedReport(number));
  auto envelope = support::NewEnvelope();
  envelope.mutable_status();
  return envelope;
}

}  // namespace

Honest::Honest(support::Region& region, std::string service, std::string member)
    : region_(region),
      service_(std::move(service)),
      member_(std::move(member)),
      daemon_(region.Daemon(service_).id()),
      standing_(region.Connect(member_, service_)) {
  (void)support::StatusOf(*standing_);  // It stands before the attack begins.
  thread_ = std::thread(&Honest::Work, this);
}

Honest::~Honest() { (void)Stop(); }

Experience Honest::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
  standing_.reset();
  return experience_;
}

void Honest::Work() {
  uint64_t number = 0;
  do {
    Round(++number);
  } while (RestsUntilNextRound());
}

void Honest::Round(uint64_t number) {
  AskOver(*standing_, 2 * number);
  const auto newcomer = region_.Connect(member_, service_);
  AskOver(*newcomer, 2 * number + 1);
  experience_.most_memory_kb = std::max(experience_.most_memory_kb, VitalsOf(daemon_).memory_kb);
}

void Honest::AskOver(bus::Client& client, uint64_t number) {
  const auto envelope = Question(service_, number);
  const auto asked = SteadyClock::now();
  const auto reply = client.Call(envelope, support::kPatience);
  const auto took = std::chrono::ceil<base::milliseconds>(SteadyClock::now() - asked);
  const bool well = reply.ok() && reply->status() == common::v1::STATUS_OK;
  ++(well ? experience_.answered : experience_.failed);
  experience_.slowest = std::max(experience_.slowest, took);
}

bool Honest::RestsUntilNextRound() {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, kRest, [this] { return stop_; });
}

}  // namespace samenspel::attack
