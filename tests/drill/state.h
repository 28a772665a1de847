// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "common/store/watermark.h"
#include "tests/support/region.h"

namespace samenspel::drill {

/// All that a stopped daemon holds.
struct State {
  store::Head head;
  /// Journal, state, look-ups, first answers and copies as they are stored, sealed state opened:
  /// "journal/12" and the like.
  std::map<std::string, std::string> rows;
  size_t sealed = 0;                         ///< Of these rows, how many were opened.
  std::map<std::string, uint64_t> followed;  ///< How far it followed each service.
};

/// Reads the store of a daemon that has stopped, and changes nothing on the disk.
State StateOf(const support::Region& region, std::string_view service);

/// How `now` differs from `before`, a line a row and at most a few; empty: not at all. The epoch of
/// the head may be another one, and what was followed less far: nothing followed from the rest.
std::string DifferenceOf(const State& before, const State& now);

}  // namespace samenspel::drill
