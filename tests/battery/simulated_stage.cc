// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/simulated_stage.h"

#include <array>

namespace samenspel::battery {
namespace {

using simulation::Micros;
using std::chrono::minutes;

constexpr base::milliseconds kPatience{20};  // An answer takes 3 ms at most here.

// Long ones, so that a quiet minute costs nothing.
simulation::Machine::Setup Setup() {
  simulation::Machine::Setup setup;
  setup.terms.beat = minutes(2);
  setup.terms.silence = minutes(5);
  setup.terms.refused = minutes(3);
  setup.terms.lag = minutes(10);
  setup.write_buffer_bytes = 64 << 20;
  return setup;
}

std::shared_ptr<const bus::Registry> RegistryOf(const std::vector<bus::Principal>& principals) {
  return *bus::Registry::Of(principals);
}

}  // namespace

/// A client's end: keeps what comes back.
struct SimulatedStage::Ear : public simulation::Receiver {
  void Arrive(bus::Input input) override {
    if (input.kind != bus::Input::Kind::kFrame) return;
    heard.emplace().ParseFromString(input.bytes);
  }
  std::optional<common::v1::Answer> heard;
  std::array<simulation::Network::ConnectionId, std::size(kServices)> wires{};
};

SimulatedStage::SimulatedStage(uint64_t seed, const std::vector<bus::Principal>& principals)
    : world_(std::make_unique<simulation::World>(seed, Setup(), RegistryOf(principals))) {
  world_->Begin();
  for (const bus::Principal& principal : principals) {
    auto& ear = ears_[principal.id] = std::make_unique<Ear>();
    for (size_t service = 0; service < std::size(kServices); ++service) {
      ear->wires[service] = world_->Connect(*ear, principal.id, service);
    }
  }
  Pass(std::chrono::seconds(2));
}

SimulatedStage::~SimulatedStage() = default;

void SimulatedStage::Pass(base::milliseconds length) {
  bool over = false;
  world_->timeline().In(Micros(length), [&] { over = true; });
  while (!over) world_->timeline().RunNext();
}

void SimulatedStage::Pause(size_t service, base::milliseconds length) {
  world_->Pause(service, Micros(length), false);
}

void SimulatedStage::Use(const std::vector<bus::Principal>& principals) {
  world_->UseRegistry(RegistryOf(principals));
  Settle();
}

std::vector<common::v1::EntryHeader> SimulatedStage::Since(size_t service, uint64_t sequence) {
  std::vector<common::v1::EntryHeader> entries;
  while (sequence < Head(service)) {
    entries.push_back(world_->machine(service).store().Read(++sequence)->header);
  }
  return entries;
}

std::optional<common::v1::Answer> SimulatedStage::Ask(const std::string& who, size_t service,
                                                      const common::v1::Envelope& envelope) {
  Ear& ear = *ears_.at(who);
  ear.heard.reset();
  world_->network().SendFromCaller(ear.wires.at(service), envelope.SerializeAsString());
  bool over = false;
  const auto expired = std::make_shared<bool>(false);
  world_->timeline().In(Micros(kPatience), [expired] { *expired = true; });
  while (!over && !*expired) {
    world_->timeline().RunNext();
    over = ear.heard.has_value();
  }
  return std::exchange(ear.heard, std::nullopt);
}

}  // namespace samenspel::battery
