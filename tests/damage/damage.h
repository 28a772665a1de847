// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <random>
#include <string>
#include <string_view>

namespace samenspel::damage {

/// Ways in which what a daemon left on its disk may be found.
enum class Kind {
  kFlipLog,
  kFlipTable,
  kFlipManifest,
  kFlipCurrent,
  kFlipOptions,
  kFlipWatermark,
  kFlipKeys,
  kCutLogAtRecord,
  kCutLog,
  kEmptyLog,
  kRemoveLog,
  kCutTable,
  kRemoveTable,
  kCutManifest,
  kRemoveManifest,
  kRemoveCurrent,
  kRemoveDatabase,
  kRemoveWatermark,
  kOldData,
  kOldDatabase,
  kLoseKeys,
  kLoseKeyBlock,
  kOtherMaster,
  kSwapData,
  kSwapDatabase,
  kSwapAll,
  kZeroHalfPage,
  kZeroHalfPageOfKeys,
};
inline constexpr int kKinds = static_cast<int>(Kind::kZeroHalfPageOfKeys) + 1;

std::string_view NameOf(Kind kind);
/// Whether audit's copies can make it good: keys and another's folders they cannot.
bool IsRepairable(Kind kind);

/// Where a case plays.
struct Place {
  std::string folder;  ///< Holds data/SERVICE, data/SERVICE-keys and secrets/SERVICE.
  std::string service;
  std::string young;  ///< Data folders as they were earlier.
  std::string old;    ///< As they are without damage: another service's are taken from here.
};

/// Does it; says to what. Empty: there is nothing that could be so damaged.
std::string Damage(Kind kind, const Place& place, std::mt19937_64& chance);

}  // namespace samenspel::damage
