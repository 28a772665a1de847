// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/world.h"

#include <algorithm>

#include "tests/simulation/host.h"

namespace samenspel::simulation {
namespace {

constexpr uint64_t kReconnectUs = 200'000;
constexpr const char* kData = "/data";

}  // namespace

std::string KeyOf(const std::string& principal) { return "key of " + principal; }

World::World(uint64_t seed, Machine::Setup setup,
             const std::shared_ptr<const bus::Registry>& registry)
    : chance_(seed), network_(timeline_, chance_), registry_(registry), current_(registry) {
  for (size_t i = 0; i < kMachines; ++i) {
    machines_[i] = std::make_unique<Machine>(kServices[i], setup, seed * kMachines + i + 1,
                                             registry, timeline_);
    hosts_[i] = std::make_unique<Host>(*this, i);
  }
  WireDaemons();
  network_.OnBroken([this](size_t id) { RaiseSoon(wires_.at(id)); });
}

World::~World() = default;

void World::WireDaemons() {
  for (size_t i = 0; i < kMachines; ++i) {
    uint32_t socket = 0;
    for (const std::string& leader : machines_[i]->leaders()) {
      const auto at = std::find(std::begin(kServices), std::end(kServices), leader);
      const auto server = static_cast<size_t>(at - std::begin(kServices));
      const auto id =
          network_.Join({hosts_[i].get(), ++socket, KeyOf("svc_" + machines_[i]->service())},
                        {hosts_[server].get(), 0, KeyOf("svc_" + leader)});
      hosts_[i]->AddDealer(id);
      wires_.push_back({id, static_cast<int>(i), server});
    }
  }
}

void World::Begin() {
  for (size_t i = 0; i < kMachines; ++i) Start(i);
}

Network::ConnectionId World::Connect(Receiver& client, const std::string& principal,
                                     size_t server) {
  const auto id =
      network_.Join({&client, 0, KeyOf(principal)},
                    {hosts_[server].get(), 0, KeyOf(std::string("svc_") + kServices[server])});
  wires_.push_back({id, -1, server});
  RaiseSoon(wires_.back());
  return id;
}

void World::UseRegistry(const std::shared_ptr<const bus::Registry>& registry) {
  current_ = registry;
  for (size_t i = 0; i < kMachines; ++i) {
    machines_[i]->UseRegistry(registry);
    if (machines_[i]->running()) hosts_[i]->Plan(timeline_.now());
  }
}

bool World::EndsLive(const Wire& wire) const {
  const bool caller_lives =
      wire.caller < 0 || machines_[static_cast<size_t>(wire.caller)]->running();
  return caller_lives && machines_[wire.server]->running();
}

void World::RaiseSoon(const Wire& wire) {
  timeline_.In(Micros(chance_.Below(kReconnectUs)), [this, wire] {
    if (EndsLive(wire)) network_.Raise(wire.id);
  });
}

void World::Start(size_t index) {
  Machine& machine = *machines_[index];
  if (machine.running()) return;
  if (!machine.simulated_disk().has_power()) machine.simulated_disk().PowerOn();
  machine.simulated_disk().MakeRoom();
  hosts_[index]->SetClockForStart();
  // What is found damaged while it is opened comes back from a copy.
  Host& host = *hosts_[index];
  if (host.saved_from_rot) host.replaced.reset();  // From a start before that met another fault.
  host.saved_from_rot = host.rots && !host.replaced;
  if (host.saved_from_rot) host.replaced = machine.simulated_disk().Save(kData);
  const base::Status started = machine.Start();
  if (started.ok()) return Enter(index);
  machine.Stop();
  Refused(index, started);
}

void World::Enter(size_t index) {
  Host& host = *hosts_[index];
  if (std::exchange(host.saved_from_rot, false)) host.replaced.reset();
  host.rots = host.rots && host.RotIsToCome();
  if (host.replaced) {
    Trouble(machines_[index]->service() + " serves an old copy of its data");
    return;
  }
  host.Show();
  if (onlooker_.started) onlooker_.started(index);
  host.Plan(timeline_.now());
  for (const Wire& wire : wires_) {
    const bool ours = wire.server == index || wire.caller == static_cast<int>(index);
    if (ours) RaiseSoon(wire);
  }
}

// One whose disk still fails is started again later, as the system does it. One that says that data
// is missing is right when somebody took it away; then he brings it back.
void World::Refused(size_t index, const base::Status& why) {
  Host& host = *hosts_[index];
  if (why.code() == base::Code::kCorrupt && host.replaced) {
    network_.Count(std::exchange(host.saved_from_rot, false) ? "bit rot noticed"
                                                             : "old copy noticed");
    machines_[index]->simulated_disk().PutBack(*host.replaced, kData);
    host.replaced.reset();
    host.rots = host.rots && host.RotIsToCome();
    timeline_.In(Micros(kReconnectUs), [this, index] { Start(index); });
    return;
  }
  if (!host.DiskHasFailed() || why.code() == base::Code::kCorrupt) {
    return Trouble(machines_[index]->service() + " does not start: " + why.message());
  }
  network_.Count("start refused by a fault of the disk");
  timeline_.In(host.away(), [this, index] { Start(index); });
}

void World::Crash(size_t index, Micros down) {
  if (machines_[index]->running()) hosts_[index]->Crash(down);
}

void World::CrashAfterCommit(size_t index, Micros down) { hosts_[index]->CrashAfterCommit(down); }

void World::CutPower(size_t index, Micros down) {
  if (!machines_[index]->running()) return;
  machines_[index]->simulated_disk().PowerCut();
  hosts_[index]->Crash(down);
}

void World::FailDisk(size_t index, DiskFault fault, uint64_t in, Micros down) {
  SimulatedDisk& disk = machines_[index]->simulated_disk();
  disk.FailAt(disk.operations() + in, fault);
  hosts_[index]->StayAwayFor(down);
}

void World::RotOnRead(size_t index, Micros down) {
  machines_[index]->simulated_disk().RotOnRead("/data/db");
  hosts_[index]->Rots();
  hosts_[index]->StayAwayFor(down);
}

void World::PutBackOldCopy(size_t index, Micros age, Micros down) {
  if (!machines_[index]->running()) return;
  const uint64_t sequence = machines_[index]->store().head().sequence;
  auto old = machines_[index]->simulated_disk().Save(kData);
  timeline_.In(age, [this, index, sequence, down, old = std::move(old)] {
    Machine& machine = *machines_[index];
    if (!machine.running() || machine.store().head().sequence == sequence) return;
    hosts_[index]->Crash(down);
    hosts_[index]->replaced = machine.simulated_disk().Save(kData);
    machine.simulated_disk().PutBack(old, kData);
  });
}

void World::Storm(Weather weather, Micros length) {
  network_.SetWeather(weather);
  timeline_.In(length, [this] { network_.SetWeather({}); });
}

void World::ForgetSomebody(Micros length) {
  std::vector<bus::Principal> others;
  bool forgotten = false;
  for (const auto& [id, principal] : registry_->all()) {
    const bool goes = !forgotten && forgettable_ && forgettable_(principal);
    forgotten |= goes;
    if (!goes) others.push_back(principal);
  }
  const auto without = bus::Registry::Of(std::move(others));
  UseRegistry(*without);
  timeline_.In(length, [this] { UseRegistry(registry_); });
}

void World::ChangeRules(size_t index, const std::string& version) {
  machines_[index]->ChangeRules(version);
  if (machines_[index]->running()) hosts_[index]->Plan(timeline_.now());
}

void World::Pause(size_t index, Micros length, bool unnoticed) {
  if (!machines_[index]->running()) return;
  network_.Count(unnoticed ? "machine frozen" : "daemon paused");
  hosts_[index]->PauseUntil(timeline_.now() + length);
  if (unnoticed) machines_[index]->clock().FreezeUntil(timeline_.now() + length);
}

void World::SetWallWrongBy(size_t index, base::milliseconds by) {
  machines_[index]->clock().SetWrongBy(by);
  if (by != base::milliseconds(0)) {
    network_.Count(by > base::milliseconds(0) ? "clock jumped forward" : "clock jumped back");
  }
  if (onlooker_.clock_set) onlooker_.clock_set(index);
  if (machines_[index]->running()) hosts_[index]->Plan(timeline_.now());
}

void World::StartWithWrongClock(size_t index, base::milliseconds by, Micros down, Micros length) {
  index = RunningFrom(index);
  hosts_[index]->ComesUpWrongBy(by, length);
  Crash(index, down);
}

size_t World::RunningFrom(size_t index) const {
  for (size_t tried = 1; tried < kMachines && !IsRunning(index); ++tried) {
    index = (index + 1) % kMachines;
  }
  return index;
}

void World::StartTwice(size_t index) {
  index = RunningFrom(index);
  if (!machines_[index]->running()) return;
  network_.Count("second instance refused");
  if (machines_[index]->StartTwice().code() == base::Code::kExists) return;
  Trouble("a second " + machines_[index]->service() + " was let onto the same data");
}

void World::CutSome() {
  const Wire& wire = wires_[chance_.Below(wires_.size())];
  if (!network_.IsUp(wire.id)) return;
  network_.Count("connection cut");
  network_.Cut(wire.id);
  RaiseSoon(wire);
}

void World::DeafenSome(Micros length) {
  const Wire& wire = wires_[chance_.Below(wires_.size())];
  if (!network_.IsUp(wire.id)) return;
  network_.Count("connection half open");
  network_.Deafen(wire.id, chance_.OneIn(2));
  timeline_.In(length, [this, wire] {  // ZeroMQ's own heartbeat notices in the end.
    if (network_.IsUp(wire.id)) network_.Cut(wire.id);
    RaiseSoon(wire);
  });
}

void World::Calm() {
  network_.SetWeather({});
  for (const auto& host : hosts_) host->CalmDown();
  for (size_t i = 0; i < kMachines; ++i) SetWallWrongBy(i, base::milliseconds(0));
  for (const auto& machine : machines_) {
    machine->simulated_disk().ForgetPlans();
    machine->simulated_disk().MakeRoom();
  }
}

}  // namespace samenspel::simulation
