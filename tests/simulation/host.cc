// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/host.h"

#include <algorithm>

#include "common/store/bytes.h"
#include "common/tlog/sha256.h"

namespace samenspel::simulation {
namespace {

constexpr uint64_t kTurnUs = 60;
constexpr uint64_t kTurnSpreadUs = 600;
constexpr base::milliseconds kBelieved{60'000};  // A clock that is off by less is followed.
// A clock that was set back by less than it is believed stands still so long, and with it a term of
// a millisecond or more that the daemon looks at again and again. Not for an hour.
constexpr uint64_t kIdleAnHour = 150'000;

}  // namespace

void World::Host::Arrive(bus::Input input) {
  if (!machine().running()) return;
  mailbox_.push_back(std::move(input));
  Plan(free_at_);
}

void World::Host::Plan(Micros moment) {
  moment = std::max({moment, free_at_, paused_until_, world_.timeline_.now()});
  if (planned_ && *planned_ <= moment && *planned_ >= paused_until_) return;
  planned_ = moment;
  world_.timeline_.At(moment, [this, plan = ++plan_] {
    if (plan == plan_) Turn();
  });
}

void World::Host::Turn() {
  planned_.reset();
  if (world_.timeline_.now() < paused_until_) return Plan(paused_until_);
  const std::vector<bus::Input> inputs = std::exchange(mailbox_, {});
  const uint64_t head = machine().store().head().sequence;
  const base::Instant now = machine().Now();
  const daemon::Turn turn = machine().Step(now, inputs);
  const base::Instant after = machine().After(turn);
  Trace(now, inputs, turn);
  const bool idle = inputs.empty() && turn.out.empty() && machine().store().head().sequence == head;
  if (idle) CheckRest();
  if (world_.turned_) world_.turned_(index_, now, inputs, turn);
  CheckSenders(head);
  Show();
  if (!turn.fault.ok()) return Ended(turn.fault);
  CountClock(turn);
  free_at_ = world_.timeline_.now() + Micros(kTurnUs + world_.chance_.Below(kTurnSpreadUs));
  if (crash_after_commit_ && machine().store().head().sequence > head) {
    world_.network_.Count("crash between commit and answer");
    return Crash(*crash_after_commit_);
  }
  Send(turn.out);
  // Its clock may go otherwise than the world's: what counts is how long it wants to sleep.
  Plan(world_.timeline_.now() + Micros(turn.wake_at - after));
  if (world_.onlooker_.stepped) world_.onlooker_.stepped();
}

void World::Host::CountClock(const daemon::Turn& turn) {
  if (turn.clock_moves != base::milliseconds(0)) world_.network_.Count("clock accepted");
  const bool before = std::exchange(believes_clock_, machine().believes_clock());
  if (before && !believes_clock_) world_.network_.Count("clock disbelieved");
}

void World::Host::SetClockForStart() {
  if (wrong_start_) {
    const auto [by, length] = *std::exchange(wrong_start_, std::nullopt);
    world_.SetWallWrongBy(index_, by);
    world_.timeline_.In(length, [this] { world_.SetWallWrongBy(index_, base::milliseconds(0)); });
  }
  const base::milliseconds by = machine().clock().wrong_by();
  if (std::chrono::abs(by) > kBelieved) world_.network_.Count("started with a wrong clock");
}

// With nothing to do it sleeps, instead of looking whether there is something now.
void World::Host::CheckRest() {
  const Micros hour = std::chrono::floor<std::chrono::hours>(world_.timeline_.now());
  if (std::exchange(hour_, hour) != hour) idle_turns_ = 0;
  if (++idle_turns_ != kIdleAnHour) return;
  world_.Trouble(machine().service() + " finds no rest: it takes turns in which nothing happens");
}

// Whose key left the registry is not heard any more, on a connection that was there before either.
void World::Host::CheckSenders(uint64_t after) {
  const store::Store& store = machine().store();
  while (after < store.head().sequence) {
    const std::string& sender = store.Read(++after)->header.principal();
    if (sender.empty() || world_.current_->ById(sender) != nullptr) continue;
    world_.Trouble(machine().service() + ":" + std::to_string(after) + " serves " + sender +
                   ", whose key left the registry");
  }
}

uint64_t World::Host::RotCount() const {
  const FaultCounts counts = machine().simulated_disk().counts();
  const auto found = counts.find("bit rot on read");
  return found == counts.end() ? 0 : found->second;
}

void World::Host::Rots() {
  rots = true;
  rot_count_ = RotCount();
}

bool World::Host::DiskHasFailed() {
  uint64_t faults = 0;
  for (const auto& [kind, count] : machine().simulated_disk().counts()) faults += count;
  return std::exchange(disk_faults_, faults) != faults;
}

// A daemon whose disk fails ends; the system starts it again. Without a fault it must not.
void World::Host::Ended(const base::Status& fault) {
  if (!DiskHasFailed()) {
    world_.Trouble(machine().service() + " ended without a cause: " + fault.message());
    return;
  }
  world_.network_.Count("ended by a fault of its disk");
  Crash(away_);
}

void World::Host::Show() {
  const store::Store& store = machine().store();
  for (; shown_ < store.head().sequence; ++shown_) {
    if (world_.onlooker_.committed) world_.onlooker_.committed(index_, *store.Read(shown_ + 1));
  }
}

void World::Host::Send(const std::vector<bus::Output>& out) {
  for (const bus::Output& output : out) {
    if (output.peer.socket == 0) {
      world_.network_.SendFromServer(*this, output.peer, output.bytes);
    } else {
      world_.network_.SendFromCaller(dealers_.at(output.peer.socket - 1), output.bytes);
    }
  }
}

void World::Host::Trace(base::Instant now, const std::vector<bus::Input>& inputs,
                        const daemon::Turn& turn) {
  std::string record = world_.trace_;
  const auto add = [&](std::string_view bytes) {
    record += store::BigEndian(bytes.size());
    record += bytes;
  };
  add(machine().service());
  record += store::BigEndian(static_cast<uint64_t>(world_.timeline_.now().count()));
  record += store::BigEndian(static_cast<uint64_t>(base::ToMs(now)));
  for (const bus::Input& input : inputs) {
    record += static_cast<char>(input.kind);
    add(std::to_string(input.peer.socket) + input.peer.route);
    add(input.bytes);
  }
  for (const bus::Output& output : turn.out) {
    add(std::to_string(output.peer.socket) + output.peer.route);
    add(output.bytes);
  }
  add(machine().store().head().hash);
  world_.trace_ = tlog::Sha256(record);
}

void World::Host::CalmDown() {
  crash_after_commit_.reset();
  wrong_start_.reset();
  paused_until_ = Micros(0);
  machine().clock().Thaw();
  if (machine().running()) Plan(world_.timeline_.now());
}

void World::Host::Crash(Micros down) {
  crash_after_commit_.reset();
  mailbox_.clear();
  planned_.reset();
  paused_until_ = Micros(0);
  believes_clock_ = true;
  machine().clock().Thaw();
  ++plan_;
  machine().Stop();
  world_.network_.Count("restart of " + machine().service());
  if (world_.onlooker_.restarted) world_.onlooker_.restarted(index_);
  for (const World::Wire& wire : world_.wires_) {
    const bool ours = wire.server == index_ || wire.caller == static_cast<int>(index_);
    if (ours) world_.network_.Cut(wire.id);
  }
  world_.timeline_.In(down, [this] { world_.Start(index_); });
}

}  // namespace samenspel::simulation
