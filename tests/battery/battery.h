// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/battery/trial.h"

namespace samenspel::battery {

/// Tries so many things on the real services, in this process, and holds each answer and each
/// entry against the table.
Result RunBattery(const Plan& plan, const Table& table);

}  // namespace samenspel::battery
