// SPDX-License-Identifier: EUPL-1.2
// A follow frame from the leader's memory to what it comes to at the follower.
#include <benchmark/benchmark.h>

#include "clients/demo/region.h"
#include "common/daemon/follower.h"
#include "common/daemon/leader.h"
#include "services/meeting/daemon/service.h"
#include "tests/bench/inner/sample.h"

namespace samenspel::bench {
namespace {

const base::Instant kNow = base::FromMs(1'795'253'400'000);
constexpr const char* kMeeting = "svc_meeting";

// A leader that holds so many entries of red reports, and a follower that wants them all.
class Pair {
 public:
  explicit Pair(int64_t entries) : intake_(Intake()) {
    first_ = intake_->store().head();
    for (int64_t i = 1; i <= entries; ++i) {
      intake_->Ask(support::By("pro_00000000000000000000000s00", "org_000000000000000000000000v1"),
                   RedReport(static_cast<uint64_t>(i)));
    }
    keys_ = *seal::KeyStore::Open(*files_, "/keys", std::string(32, 'm'), entropy_);
  }

  // The frames that a new session behind the rules is sent.
  std::vector<bus::Output> Frames() {
    daemon::Leader leader(intake_->store(), *keys_, {Grant()}, {});
    common::v1::Follow follow;
    follow.mutable_after()->set_epoch(first_.epoch);
    follow.mutable_after()->set_sequence(first_.sequence);
    follow.mutable_after()->set_hash(first_.hash);
    follow.set_every_entry(true);
    follow.set_view(common::v1::VIEW_SEALED);
    follow.add_urgent_kinds(intake::v1::Event::kReportGraded);
    follow.set_session(1);
    follow.set_until_frame(64);
    std::vector<bus::Output> out;
    leader.OnFollow(kNow, {0, "route"}, kMeeting, "key", follow, out);
    leader.Pump(kNow, out);
    return out;
  }

  // Parses the frames and checks chain and parts, as a follower does on arrival.
  size_t Receive(const std::vector<bus::Output>& frames) {
    support::SeededEntropy entropy(1);
    daemon::Follower follower(Wish(), 1, first_, {});
    std::vector<bus::Output> out;
    follower.Ask(kNow, entropy, out);
    common::v1::Envelope asked;
    asked.ParseFromString(out.front().bytes);
    size_t entries = 0;
    for (const bus::Output& one : frames) {
      common::v1::Answer answer;
      answer.ParseFromString(one.bytes);
      if (!answer.has_frame()) continue;
      answer.mutable_frame()->set_session(asked.follow().session());
      follower.OnFrame(kNow, 1, std::move(*answer.mutable_frame()), entropy, out);
    }
    for (; follower.HasPending(); follower.Decided()) entries += follower.Next().entries.size();
    return entries;
  }

 private:
  static daemon::Grant Grant() {
    return {
        .principal = kMeeting, .kinds = {}, .every_entry = true, .view = common::v1::VIEW_SEALED};
  }
  static daemon::FollowWish Wish() {
    return {.service = "intake",
            .kinds = {},
            .urgent_kinds = {intake::v1::Event::kReportGraded},
            .every_entry = true,
            .view = common::v1::VIEW_SEALED};
  }

  support::SeededEntropy entropy_{1};
  std::unique_ptr<base::FileSystem> files_ = base::MemoryFileSystem();
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<support::Bench> intake_;
  store::Head first_;
};

void BuildFrame(benchmark::State& state) {
  Pair pair(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(pair.Frames());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BuildFrame)->ArgName("entries")->Arg(1)->Arg(64)->Unit(benchmark::kMicrosecond);

void ReceiveFrame(benchmark::State& state) {
  Pair pair(state.range(0));
  const auto frames = pair.Frames();
  for (auto _ : state) {
    if (pair.Receive(frames) != static_cast<size_t>(state.range(0))) {
      state.SkipWithError("entries are missing");
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ReceiveFrame)->ArgName("entries")->Arg(1)->Arg(64)->Unit(benchmark::kMicrosecond);

// Meeting with the delivered table and everybody of a region.
std::unique_ptr<support::Bench> Meeting(int professionals) {
  auto meeting =
      std::make_unique<support::Bench>("meeting", meeting::Service::Make, Delivered("table.toml"));
  meeting->SendDue();
  const auto manager =
      support::By("pro_00000000000000000000000m00", "org_region", {"region_manager"});
  const demo::Region region = demo::Generate(1, professionals, 30, meeting->now);
  meeting::v1::Request request;
  const auto ask = [&] { meeting->Ask(manager, request); };
  for (const auto& one : region.organisations) {
    *request.mutable_register_organisation()->mutable_organisation() = one;
    ask();
  }
  for (const auto& one : region.professionals) {
    *request.mutable_register_professional()->mutable_professional() = one;
    ask();
  }
  for (const auto& one : region.shifts) {
    *request.mutable_set_shifts() = one;
    ask();
  }
  return meeting;
}

// What a red report comes to at meeting: its events parsed, a table planned; nothing recorded.
void DecideFollowed(benchmark::State& state) {
  const auto meeting = Meeting(200);
  const auto entry = EntriesOfReports(1).front();
  if (!meeting->Overhear("intake", entry)) state.SkipWithError("no meeting");
  for (auto _ : state) benchmark::DoNotOptimize(meeting->Overhear("intake", entry));
}
BENCHMARK(DecideFollowed)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace samenspel::bench
