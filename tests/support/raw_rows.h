// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/disk.h"

namespace samenspel::support {

/// Changes one row of a closed store's RocksDB behind its back, as a fault or an attacker would.
///   folder  the store's; the database lies in its "db"
///   column  "journal", "state", ...
///   change  gets the row, nothing when there is none; what it leaves is written, nothing: deleted
using RowChange = std::function<void(std::optional<std::string>& row)>;
void ChangeRow(store::Disk& disk, const std::string& folder, const std::string& column,
               const std::string& key, const RowChange& change);

/// The keys of one column, in order.
std::vector<std::string> KeysOf(store::Disk& disk, const std::string& folder,
                                const std::string& column);

}  // namespace samenspel::support
