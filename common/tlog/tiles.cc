// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/tiles.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;
using std::to_string;

bool IsWidth(int width) { return width >= 1 && width <= kTileWidth; }

/// The last three digits bare, each three before them behind an x.
std::string IndexPath(uint64_t index) {
  std::string path;
  do {
    const std::string digits = to_string(index % 1000);
    std::string element = std::string(3 - digits.size(), '0') + digits;
    path = path.empty() ? std::move(element) : "x" + element + "/" + path;
    index /= 1000;
  } while (index != 0);
  return path;
}

std::string PartialSuffix(int width) {
  assert(IsWidth(width));  // Empty tiles are never named, nor served.
  return width == kTileWidth ? "" : ".p/" + to_string(width);
}

Status CheckWidth(const char* what, size_t width) {
  if (width >= 1 && width <= kTileWidth) return base::Ok();
  return Status(Code::kInvalid, std::string(what) + ": it has " + to_string(width) +
                                    " elements, expected 1 to 256");
}

Result<std::vector<std::string>> ReadRows(int tile_level, uint64_t first, uint64_t count,
                                          const StoredHashReader& read) {
  std::vector<std::string> rows;
  rows.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    auto row = read(tile_level, first + i);
    if (!row.ok()) return row.status();
    if (row->size() != kHashSize) {
      return Status(Code::kCorrupt, "read tile hash " + to_string(tile_level) + "/" +
                                        to_string(first + i) + ": it has " +
                                        to_string(row->size()) + " bytes, expected 32");
    }
    rows.push_back(*std::move(row));
  }
  return rows;
}

/// The root of a complete subtree over `hashes`, of which there are a power of two.
std::string HashUp(std::vector<std::string> hashes) {
  for (; hashes.size() > 1; hashes.resize(hashes.size() / 2)) {
    for (size_t i = 0; i < hashes.size() / 2; ++i) {
      hashes[i] = NodeHash(hashes[2 * i], hashes[2 * i + 1]);
    }
  }
  return std::move(hashes.front());
}

}  // namespace

std::string TilePath(int tile_level, uint64_t index, int width) {
  assert(tile_level >= 0 && tile_level < 64);
  return "tile/" + to_string(tile_level) + "/" + IndexPath(index) + PartialSuffix(width);
}

std::string EntryBundlePath(uint64_t index, int width) {
  return "tile/entries/" + IndexPath(index) + PartialSuffix(width);
}

int WidthOfTile(int tile_level, uint64_t index, uint64_t size) {
  if (tile_level < 0 || tile_level >= 64 / kTileHeight) return 0;
  const uint64_t hashes = size >> (tile_level * kTileHeight);
  const uint64_t full_tiles = hashes / kTileWidth;
  if (index > full_tiles) return 0;
  return index < full_tiles ? kTileWidth : static_cast<int>(hashes % kTileWidth);
}

Result<std::string> EncodeEntryBundle(std::span<const std::string> entries) {
  SAMENSPEL_RETURN_IF_ERROR(CheckWidth("encode entry bundle", entries.size()));
  std::string bytes;
  for (const std::string& entry : entries) {
    if (entry.size() > kEntryMaxBytes) {
      return Status(Code::kInvalid, "encode entry bundle: an entry has " + to_string(entry.size()) +
                                        " bytes, at most 65535 fit");
    }
    bytes.push_back(static_cast<char>(entry.size() >> 8));
    bytes.push_back(static_cast<char>(entry.size() & 0xff));
    bytes += entry;
  }
  return bytes;
}

Result<std::vector<std::string>> DecodeEntryBundle(std::string_view bytes, int width) {
  const char* const what = "decode entry bundle";
  SAMENSPEL_RETURN_IF_ERROR(CheckWidth(what, static_cast<size_t>(std::max(width, 0))));
  std::vector<std::string> entries;
  while (static_cast<int>(entries.size()) < width) {
    if (bytes.size() < 2) return Status(Code::kInvalid, std::string(what) + ": it ends early");
    const size_t size =
        static_cast<size_t>(static_cast<uint8_t>(bytes[0])) << 8 | static_cast<uint8_t>(bytes[1]);
    bytes.remove_prefix(2);
    if (bytes.size() < size) {
      return Status(Code::kInvalid, std::string(what) + ": it ends within an entry");
    }
    entries.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  if (!bytes.empty()) {
    return Status(Code::kInvalid, std::string(what) + ": bytes follow its last entry");
  }
  return entries;
}

std::vector<StoredHash> AppendLeaf(std::string leaf_hash, CompactRange& tree) {
  std::vector<StoredHash> rows;
  tree.Append(std::move(leaf_hash), [&rows](NodeId node, const std::string& hash) {
    if (node.level % kTileHeight != 0) return;
    rows.push_back({node.level / kTileHeight, node.index, hash});
  });
  return rows;
}

HashReader TileHashes(StoredHashReader read) {
  return [read = std::move(read)](int level, uint64_t index) -> Result<std::string> {
    const int above = level % kTileHeight;
    auto rows = ReadRows(level / kTileHeight, index << above, uint64_t{1} << above, read);
    if (!rows.ok()) return rows.status();
    return HashUp(*std::move(rows));
  };
}

Result<CompactRange> RestoreTree(uint64_t size, const StoredHashReader& read) {
  return CompactRange::Read(size, TileHashes(read));
}

Result<std::string> EncodeTile(int tile_level, uint64_t index, int width,
                               const StoredHashReader& read) {
  SAMENSPEL_RETURN_IF_ERROR(CheckWidth("encode tile", static_cast<size_t>(std::max(width, 0))));
  const auto rows = ReadRows(tile_level, index * kTileWidth, static_cast<uint64_t>(width), read);
  if (!rows.ok()) return rows.status();
  std::string bytes;
  for (const std::string& hash : *rows) bytes += hash;
  return bytes;
}

Result<std::vector<std::string>> DecodeTile(std::string_view bytes, int width) {
  SAMENSPEL_RETURN_IF_ERROR(CheckWidth("decode tile", static_cast<size_t>(std::max(width, 0))));
  if (bytes.size() != static_cast<size_t>(width) * kHashSize) {
    return Status(Code::kInvalid, "decode tile: it has " + to_string(bytes.size()) +
                                      " bytes, expected 32 for each of " + to_string(width) +
                                      " hashes");
  }
  std::vector<std::string> hashes;
  for (; !bytes.empty(); bytes.remove_prefix(kHashSize)) {
    hashes.emplace_back(bytes.substr(0, kHashSize));
  }
  return hashes;
}

}  // namespace samenspel::tlog
