// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/disk/simulated_disk.h"

#include "tests/simulation/disk/faces.h"

namespace samenspel::simulation {

SimulatedDisk::SimulatedDisk(uint64_t seed)
    : platter_(std::make_shared<Platter>(seed)),
      chores_(std::make_shared<Chores>()),
      disk_(store::Disk::Of(MakeFiles(platter_, chores_), MakeEnv(platter_, chores_))) {}

SimulatedDisk::~SimulatedDisk() = default;

void SimulatedDisk::RunChores() { chores_->Run(); }

}  // namespace samenspel::simulation
