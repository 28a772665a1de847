// SPDX-License-Identifier: EUPL-1.2
#include "tests/upgrade/reporters.h"

#include <gtest/gtest.h>

#include "tests/support/ask.h"

namespace samenspel::upgrade {
namespace {

constexpr int kDesks = 2;

}  // namespace

Reporters::Reporters(const support::Region& region) {
  threads_.reserve(kDesks);
  for (int i = 0; i < kDesks; ++i) {
    threads_.emplace_back([this, &region] { SendAll(region); });
  }
}

Reporters::~Reporters() { (void)Stop(); }

void Reporters::SendAll(const support::Region& region) {
  const auto desk = region.Connect("desk-vt", "intake");
  while (!stopped_) {
    const auto reply = support::Ask(*desk, support::EnvelopeOf(support::RedReport(next_++)));
    const std::lock_guard lock(mutex_);
    acknowledged_.push_back({support::ReceivedIn(reply).report(), reply.entry()});
    changed_.notify_all();
  }
}

void Reporters::AwaitMore(size_t more) {
  std::unique_lock lock(mutex_);
  const size_t enough = acknowledged_.size() + more;
  const bool came =
      changed_.wait_for(lock, support::kPatience, [&] { return acknowledged_.size() >= enough; });
  EXPECT_TRUE(came) << "reports are no longer acknowledged";
}

std::vector<faults::Acknowledged> Reporters::Stop() {
  stopped_ = true;
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  const std::lock_guard lock(mutex_);
  return acknowledged_;
}

void AwaitThrough(const support::Region& region, const std::vector<faults::Acknowledged>& reports) {
  const auto meeting = region.Connect("desk-vt", "meeting");
  const auto audit = region.Connect("desk-vt", "audit");
  for (const faults::Acknowledged& report : reports) {
    const common::v1::Ref planned = support::Await(*meeting, report.entry, "meeting");
    (void)support::Await(*audit, report.entry, "intake");
    (void)support::Await(*audit, planned, "meeting");
  }
}

}  // namespace samenspel::upgrade
