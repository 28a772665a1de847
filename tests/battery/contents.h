// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "tests/battery/attempt.h"
#include "tests/battery/monitor.h"

namespace samenspel::battery {

/// What is wrong with what was shown: family data that this reader may not see, or a list that says
/// more, or less, than they may know. Empty: nothing.
///   status  "ok", "denied", ...
std::vector<std::string> FaultsOf(const Attempt& attempt, const std::string& status,
                                  const common::v1::Reply& reply, const Scene& scene,
                                  const Monitor& monitor, const Asker& asker);

/// Parts of the report that were shown: "private", "secret".
std::set<std::string> ShownOf(const Attempt& attempt, const common::v1::Reply& reply);

}  // namespace samenspel::battery
