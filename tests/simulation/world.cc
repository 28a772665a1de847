// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/world.h"

#include <algorithm>

#include "common/store/bytes.h"
#include "common/tlog/sha256.h"

namespace samenspel::simulation {
namespace {

constexpr uint64_t kTurnUs = 60;
constexpr uint64_t kTurnSpreadUs = 600;
constexpr uint64_t kReconnectUs = 200'000;

}  // namespace

// The loop around a core: collects what arrives while a turn lasts, and wakes it in time.
class World::Host : public Receiver {
 public:
  Host(World& world, size_t index) : world_(world), index_(index) {}

  void Arrive(bus::Input input) override {
    if (!machine().running()) return;
    mailbox_.push_back(std::move(input));
    Plan(free_at_);
  }
  void Plan(Micros moment) {
    moment = std::max({moment, free_at_, world_.timeline_.now()});
    if (planned_ && *planned_ <= moment) return;
    planned_ = moment;
    world_.timeline_.At(moment, [this, plan = ++plan_] {
      if (plan == plan_) Turn();
    });
  }
  void Crash(Micros down);
  void AddDealer(Network::ConnectionId id) { dealers_.push_back(id); }

  bool crash_after_commit = false;
  Micros down_then{0};

 private:
  Machine& machine() { return *world_.machines_[index_]; }
  void Turn();
  void Send(const std::vector<bus::Output>& out);
  void Trace(const std::vector<bus::Input>& inputs, const daemon::Turn& turn);

  World& world_;
  size_t index_;
  std::vector<bus::Input> mailbox_;
  std::vector<Network::ConnectionId> dealers_;  // Socket 1 first.
  std::optional<Micros> planned_;
  uint64_t plan_ = 0;
  Micros free_at_{0};
};

void World::Host::Turn() {
  planned_.reset();
  const std::vector<bus::Input> inputs = std::exchange(mailbox_, {});
  const uint64_t head = machine().store().head().sequence;
  const daemon::Turn turn = machine().Step(world_.timeline_.instant(), inputs);
  if (!turn.fault.ok()) world_.troubles_.push_back(turn.fault.message());
  Trace(inputs, turn);
  free_at_ = world_.timeline_.now() + Micros(kTurnUs + world_.chance_.Below(kTurnSpreadUs));
  if (crash_after_commit && machine().store().head().sequence > head) {
    world_.network_.Count("crash between commit and answer");
    return Crash(down_then);
  }
  Send(turn.out);
  Plan(Timeline::MomentOf(turn.wake_at));
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

void World::Host::Trace(const std::vector<bus::Input>& inputs, const daemon::Turn& turn) {
  std::string record = world_.trace_;
  const auto add = [&](std::string_view bytes) {
    record += store::BigEndian(bytes.size());
    record += bytes;
  };
  add(machine().service());
  record += store::BigEndian(static_cast<uint64_t>(world_.timeline_.now().count()));
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

void World::Host::Crash(Micros down) {
  crash_after_commit = false;
  mailbox_.clear();
  planned_.reset();
  ++plan_;
  machine().Stop();
  world_.network_.Count("restart of " + machine().service());
  for (const World::Wire& wire : world_.wires_) {
    const bool ours = wire.server == index_ || wire.caller == static_cast<int>(index_);
    if (ours) world_.network_.Cut(wire.id);
  }
  world_.timeline_.In(down, [this] { world_.Start(index_); });
}

std::string KeyOf(const std::string& principal) { return "key of " + principal; }

World::World(uint64_t seed, daemon::Terms terms,
             const std::shared_ptr<const bus::Registry>& registry)
    : chance_(seed), network_(timeline_, chance_) {
  for (size_t i = 0; i < kMachines; ++i) {
    machines_[i] =
        std::make_unique<Machine>(kServices[i], terms, seed * kMachines + i + 1, registry);
    hosts_[i] = std::make_unique<Host>(*this, i);
  }
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

World::~World() = default;

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
  const base::Status started = machines_[index]->Start(timeline_.instant());
  if (!started.ok()) {
    troubles_.push_back(machines_[index]->service() + " does not start: " + started.message());
    machines_[index]->Stop();
    return;
  }
  hosts_[index]->Plan(timeline_.now());
  for (const Wire& wire : wires_) {
    const bool ours = wire.server == index || wire.caller == static_cast<int>(index);
    if (ours) RaiseSoon(wire);
  }
}

void World::Crash(size_t index, Micros down) {
  if (machines_[index]->running()) hosts_[index]->Crash(down);
}

void World::CrashAfterCommit(size_t index, Micros down) {
  hosts_[index]->crash_after_commit = true;
  hosts_[index]->down_then = down;
}

void World::Calm() {
  network_.SetWeather({});
  for (const auto& host : hosts_) host->crash_after_commit = false;
}

void World::CutSome() {
  const Wire& wire = wires_[chance_.Below(wires_.size())];
  if (!network_.IsUp(wire.id)) return;
  network_.Count("connection cut");
  network_.Cut(wire.id);
  RaiseSoon(wire);
}

}  // namespace samenspel::simulation
