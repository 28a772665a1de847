// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

namespace samenspel::bench {

/// Backs up, restores and repairs what lies in this region's folder, one service after the other,
/// and prints a line for each. Throws when one of these does not end well. What lies there is
/// another afterwards: the same journals in a later epoch.
void MeasureBackups(const std::string& folder);

}  // namespace samenspel::bench
