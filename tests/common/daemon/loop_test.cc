// SPDX-License-Identifier: EUPL-1.2
// The loop around a core, on a clock and a link of the test's own.
#include "common/daemon/loop.h"

#include <signal.h>

#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds kTenYears = 24h * 3653;

class TwoClocks : public base::Clock {
 public:
  base::Instant Wall() override { return wall; }
  milliseconds SinceBoot() override { return boot; }
  void Pass(milliseconds time) {
    wall += time;
    boot += time;
  }
  base::Instant wall = support::kMorning + 1h;
  milliseconds boot{5'000};
};

/// Each turn of the loop does the next thing of a list; after the last the process is asked to
/// stop.
class ScriptedLink : public bus::Link {
 public:
  using Step = std::function<std::vector<bus::Input>()>;
  explicit ScriptedLink(std::vector<Step> steps) : steps_(std::move(steps)) {}

  std::vector<bus::Input> Receive(milliseconds) override {
    if (next_ == steps_.size()) raise(SIGTERM);
    return next_ < steps_.size() ? steps_[next_++]() : std::vector<bus::Input>();
  }
  void Send(std::vector<bus::Output> outputs) override {
    Turn turn;
    turn.out = std::move(outputs);
    for (auto& reply : RepliesOf(turn)) replies.push_back(std::move(reply));
  }
  void UseRegistry(std::shared_ptr<const bus::Registry>) override {}
  base::Status UseKeys(const bus::CurveKeys&) override { return base::Ok(); }
  bool listens() const override { return true; }
  void UseTime(base::Instant now) override { told = now; }
  std::string endpoint() const override { return "nowhere"; }
  bus::LinkCounters counters() const override { return {}; }
  bool AdmissionAlive() override { return true; }

  std::vector<common::v1::Reply> replies;
  base::Instant told;

 private:
  std::vector<Step> steps_;
  size_t next_ = 0;
};

common::v1::Envelope StatusOf(uint64_t id) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(IdOf(id));
  envelope.mutable_status();
  return envelope;
}

using LoopTest = CoreTest;

// One test: a process that was asked to stop stays so.
TEST_F(LoopTest, DisbelievesAClockUntilAnOperatorAcceptsIt) {
  intake_.core().UseRegistry([&] {
    people_.push_back(Person("pro_kees", "org_region", {"operator"}));
    people_.back().valid_from -= kTenYears * 2;
    return RegistryOf(people_);
  }());
  TwoClocks clock;
  const base::Instant start = clock.wall;
  const auto status = [&](uint64_t id) {
    return [id] { return std::vector<bus::Input>{From("pro_kees", StatusOf(id))}; };
  };
  ScriptedLink* link = nullptr;
  ScriptedLink scripted({[&] {
                           clock.Pass(1s);
                           return std::vector<bus::Input>();
                         },
                         [&] {
                           clock.Pass(1s);
                           clock.wall -= kTenYears;
                           return status(1)();
                         },
                         [&] {
                           EXPECT_EQ(link->told, start + 2s) << "whose key is valid, own time says";
                           common::v1::Envelope accept = StatusOf(2);
                           accept.mutable_accept_clock()->set_off_ms((-kTenYears).count());
                           return std::vector<bus::Input>{From("pro_kees", accept)};
                         },
                         [&] {
                           clock.Pass(1s);
                           return status(3)();
                         }});
  link = &scripted;
  std::vector<std::string> lines;
  const Log log = [&](LogLevel, const std::string& line) { lines.push_back(line); };
  RegistryWatch watch(intake_.watched().disk().files(), "registry", log);
  DiskWatch disk(RealDiskRoom("/"), {}, log);
  CatchSignals();
  KeyWatch keys(intake_.watched().disk().files(), "secrets", "svc_intake", {},
                std::make_shared<bus::Registry>(), log);
  EXPECT_EQ(RunLoop(intake_.core(), scripted, clock, {watch, keys, disk}, nullptr, log), 0);

  ASSERT_EQ(scripted.replies.size(), 3U);
  const auto& before = scripted.replies[0].service_status();
  EXPECT_EQ(before.now_ms(), base::ToMs(start + 2s));
  EXPECT_EQ(before.clock_off_ms(), (-kTenYears).count());
  EXPECT_THAT(scripted.replies[1], HasStatus(common::v1::STATUS_OK));
  const auto& after = scripted.replies[2].service_status();
  EXPECT_EQ(after.now_ms(), base::ToMs(start + 3s - kTenYears));
  EXPECT_EQ(after.clock_off_ms(), 0);
  EXPECT_EQ(scripted.told, base::FromMs(after.now_ms()));
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("event=clock_disbelieved off_ms=-")));
  EXPECT_THAT(lines, testing::Contains(testing::StartsWith("event=clock_believed")));
}

}  // namespace
}  // namespace samenspel::daemon
