// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>

#include "tests/battery/stage.h"
#include "tests/simulation/world.h"

namespace samenspel::battery {

/// The real services, cores, stores and registry look-ups in this process, on simulated time,
/// network and disks.
class SimulatedStage : public Stage {
 public:
  SimulatedStage(uint64_t seed, const std::vector<bus::Principal>& principals);
  ~SimulatedStage() override;

  std::optional<common::v1::Answer> Ask(const std::string& who, size_t service,
                                        const common::v1::Envelope& envelope) override;
  void Use(const std::vector<bus::Principal>& principals) override;
  void Settle() override { Pass(base::milliseconds(150)); }
  base::Instant Now() override { return world_->timeline().instant(); }

  void Pass(base::milliseconds length);
  /// Takes no turns for so long, and is late with all it follows.
  void Pause(size_t service, base::milliseconds length);
  bool ReadsJournals() const override { return true; }
  uint64_t Head(size_t service) override {
    return world_->machine(service).store().head().sequence;
  }
  std::vector<common::v1::EntryHeader> Since(size_t service, uint64_t sequence) override;
  const std::vector<std::string>& troubles() const { return world_->troubles(); }

 private:
  struct Ear;
  std::unique_ptr<simulation::World> world_;
  std::map<std::string, std::unique_ptr<Ear>> ears_;
};

}  // namespace samenspel::battery
