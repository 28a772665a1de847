// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/tlog/merkle.h"

namespace samenspel::tlog {

/// Tiles as in C2SP tlog-tiles: 256 neighbouring hashes of tree level 0, 8, 16, ... are a tile, and
/// 256 entries a bundle. Tile level L holds the hashes of tree level 8 * L; the levels between are
/// hashed again when needed, so a log keeps 1 + 1/255 hashes a leaf.

/// Hashes in a full tile, entries in a full bundle.
inline constexpr int kTileWidth = 256;
/// Tree levels that a tile spans.
inline constexpr int kTileHeight = 8;
/// The longest entry: its length is written in 16 bits.
inline constexpr size_t kEntryMaxBytes = 65535;

/// "tile/0/x001/x234/067", or "tile/1/000.p/17" when `width` is not the full 256.
std::string TilePath(int tile_level, uint64_t index, int width);
/// "tile/entries/x001/x234/067.p/8".
std::string EntryBundlePath(uint64_t index, int width);
/// Hashes that a tree of `size` leaves has in this tile: 256 when full, 0 when there is no tile.
int WidthOfTile(int tile_level, uint64_t index, uint64_t size);

/// Each entry after its length in two bytes, big end first. kInvalid without entries, with more
/// than 256, or with one of 64 KiB or more.
base::Result<std::string> EncodeEntryBundle(std::span<const std::string> entries);
/// The `width` entries of a bundle; kInvalid when `bytes` hold fewer, more, or half an entry.
base::Result<std::vector<std::string>> DecodeEntryBundle(std::string_view bytes, int width);

/// A hash to keep: one row each, under (tile level, index).
struct StoredHash {
  int tile_level = 0;
  uint64_t index = 0;  // within the level, not within a tile
  std::string hash;
  bool operator==(const StoredHash&) const = default;
};

/// Reads a row back.
using StoredHashReader = std::function<base::Result<std::string>(int tile_level, uint64_t index)>;

/// Appends the leaf to `tree` and gives the rows that it completes: its own, and at every 256th,
/// 65,536th, ... leaf one for each tile level above.
std::vector<StoredHash> AppendLeaf(std::string leaf_hash, CompactRange& tree);

/// Hashes of any tree level out of stored rows, at most 128 reads each. Calls `read`, so it may
/// not outlive what that refers to.
HashReader TileHashes(StoredHashReader read);

/// The tree of the first `size` leaves, out of their rows.
base::Result<CompactRange> RestoreTree(uint64_t size, const StoredHashReader& read);

/// The first `width` hashes of a tile, one after another: what is served at TilePath.
base::Result<std::string> EncodeTile(int tile_level, uint64_t index, int width,
                                     const StoredHashReader& read);
/// The `width` hashes of a tile; kInvalid when `bytes` are not exactly that many.
base::Result<std::vector<std::string>> DecodeTile(std::string_view bytes, int width);

}  // namespace samenspel::tlog
