// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/tiles.h"

#include <gmock/gmock.h>

#include <map>

#include "tests/common/tlog/reference_tree.h"
#include "tests/common/tlog/vectors.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;
using nlohmann::json;
using testing::SizeIs;

/// The rows that a log keeps.
class Rows {
 public:
  void Append(std::string leaf_hash) {
    for (StoredHash& row : AppendLeaf(std::move(leaf_hash), tree_)) {
      const bool is_new = rows_.try_emplace({row.tile_level, row.index}, row.hash).second;
      EXPECT_TRUE(is_new) << "stored twice";
    }
  }
  StoredHashReader Reader() const {
    return [this](int tile_level, uint64_t index) -> Result<std::string> {
      const auto row = rows_.find({tile_level, index});
      if (row == rows_.end()) return Status(Code::kNotFound, "read row: there is none");
      return row->second;
    };
  }
  size_t size() const { return rows_.size(); }
  const CompactRange& tree() const { return tree_; }

 private:
  CompactRange tree_;
  std::map<std::pair<int, uint64_t>, std::string> rows_;
};

Rows RowsOf(Leaves leaves) {
  Rows rows;
  for (const std::string& leaf : leaves) rows.Append(leaf);
  return rows;
}

TEST(Tiles, NamesTilesAndBundlesAsPublished) {
  int cases = 0;
  for (const json& c : Vectors()["tile_paths"]["vectors"]) {
    const std::string path = c["path"];
    EXPECT_EQ(TilePath(3, c["index"], kTileWidth), "tile/3/" + path);
    EXPECT_EQ(TilePath(0, c["index"], 17), "tile/0/" + path + ".p/17");
    EXPECT_EQ(EntryBundlePath(c["index"], kTileWidth), "tile/entries/" + path);
    EXPECT_EQ(EntryBundlePath(c["index"], 255), "tile/entries/" + path + ".p/255");
    ++cases;
  }
  EXPECT_EQ(cases, 8);
}

TEST(Tiles, HaveTheWidthsOfTheSpecificationsExamples) {
  EXPECT_EQ(WidthOfTile(0, 272, 70'000), 256);
  EXPECT_EQ(WidthOfTile(0, 273, 70'000), 112);
  EXPECT_EQ(WidthOfTile(0, 274, 70'000), 0);
  EXPECT_EQ(WidthOfTile(1, 0, 70'000), 256);
  EXPECT_EQ(WidthOfTile(1, 1, 70'000), 17);
  EXPECT_EQ(WidthOfTile(2, 0, 70'000), 1);
  EXPECT_EQ(WidthOfTile(3, 0, 70'000), 0);
  EXPECT_EQ(WidthOfTile(0, 0, 256), 256);
  EXPECT_EQ(WidthOfTile(0, 1, 256), 0);
  EXPECT_EQ(WidthOfTile(1, 0, 256), 1);
  EXPECT_EQ(WidthOfTile(7, 0, ~uint64_t{0}), 255);
  EXPECT_EQ(WidthOfTile(8, 0, ~uint64_t{0}), 0);
}

TEST(Tiles, GivesThePublishedTilesAndBundles) {
  const json& log = Vectors()["tlog_tiles_log"];
  const std::vector<std::string> entries = log["leaves_utf8"];
  ASSERT_EQ(entries.size(), 15u);
  Rows rows;
  for (int width = 1; width <= 15; ++width) {
    rows.Append(LeafHash(entries[static_cast<size_t>(width - 1)]));
    const std::string key = std::to_string(width);
    const std::string tile = FromBase64(log["tile_0_000_partial_base64_by_width"].at(key));
    EXPECT_EQ(*EncodeTile(0, 0, width, rows.Reader()), tile);
    EXPECT_EQ(CompactRange::Read(static_cast<uint64_t>(width), TileHashes(rows.Reader()))->Root(),
              ReferenceRoot(*DecodeTile(tile, width)));
    const std::string bundle = FromBase64(log["entry_bundle_000_partial_base64_by_width"].at(key));
    const auto some = std::span(entries).first(static_cast<size_t>(width));
    EXPECT_EQ(*EncodeEntryBundle(some), bundle);
    EXPECT_THAT(*DecodeEntryBundle(bundle, width), testing::ElementsAreArray(some));
  }
  EXPECT_EQ(log["tile_0_000_partial_base64_by_width"].size(), 15u);
  EXPECT_EQ(log["entry_bundle_000_partial_base64_by_width"].size(), 15u);
}

TEST(Tiles, StoresOneRowALeafAndOneMoreEvery256) {
  const auto leaves = SomeLeafHashes(65'537);
  const Rows rows = RowsOf(leaves);
  EXPECT_EQ(rows.size(), 65'537u + 256u + 1u);
  EXPECT_EQ(*rows.Reader()(1, 255), ReferenceRoot(Leaves(leaves).subspan(65'280, 256)));
  EXPECT_EQ(*rows.Reader()(2, 0), ReferenceRoot(Leaves(leaves).first(65'536)));
}

TEST(Tiles, GivesTheRowsOfTheLeafThatCompletesATile) {
  const auto leaves = SomeLeafHashes(256);
  CompactRange tree;
  for (size_t i = 0; i < 255; ++i) EXPECT_THAT(AppendLeaf(leaves[i], tree), SizeIs(1));
  const std::vector<StoredHash> expected = {{0, 255, leaves[255]}, {1, 0, ReferenceRoot(leaves)}};
  EXPECT_EQ(AppendLeaf(leaves[255], tree), expected);
}

TEST(Tiles, ProveFromStoredRowsWhatTheRecursiveDefinitionProves) {
  std::mt19937_64 random = SeededRandom();
  const auto leaves = SomeLeafHashes(70'000);
  const Rows rows = RowsOf(leaves);
  const HashReader reader = TileHashes(rows.Reader());
  for (int round = 0; round < 12; ++round) {
    const uint64_t size = round == 0 ? leaves.size() : 2 + random() % (leaves.size() - 1);
    const uint64_t index = random() % size;
    const uint64_t old_size = 1 + random() % size;
    SCOPED_TRACE(testing::Message() << index << ", " << old_size << " of " << size);
    const Leaves tree = Leaves(leaves).first(size);
    EXPECT_EQ(*InclusionPath(index, size, reader), ReferenceInclusion(index, tree));
    EXPECT_EQ(*ConsistencyPath(old_size, size, reader), ReferenceConsistency(old_size, tree));
    EXPECT_EQ(*TreeRoot(size, reader), ReferenceRoot(tree));
  }
}

TEST(Tiles, NeverReadMoreThan128RowsForOneHash) {
  const Rows rows = RowsOf(SomeLeafHashes(1024));
  int reads = 0;
  const HashReader reader = TileHashes([&](int tile_level, uint64_t index) {
    ++reads;
    return rows.Reader()(tile_level, index);
  });
  ASSERT_TRUE(reader(7, 3).ok());
  EXPECT_EQ(reads, 128);
  reads = 0;
  ASSERT_TRUE(reader(8, 3).ok());
  EXPECT_EQ(reads, 1);
}

TEST(Tiles, RestoreTheTreeOfAnySize) {
  const auto leaves = SomeLeafHashes(1000);
  const Rows rows = RowsOf(leaves);
  for (const uint64_t size : {0u, 1u, 255u, 256u, 257u, 511u, 768u, 1000u}) {
    const auto tree = RestoreTree(size, rows.Reader());
    ASSERT_TRUE(tree.ok());
    EXPECT_EQ(tree->size(), size);
    EXPECT_EQ(tree->Root(), ReferenceRoot(Leaves(leaves).first(size)));
  }
  EXPECT_EQ(RestoreTree(1000, rows.Reader())->hashes(), rows.tree().hashes());
  EXPECT_EQ(RestoreTree(1001, rows.Reader()).status().code(), Code::kNotFound);
}

TEST(Tiles, RefuseARowOfAnotherLength) {
  const StoredHashReader torn = [](int, uint64_t) -> Result<std::string> {
    return std::string("torn");
  };
  EXPECT_EQ(RestoreTree(1, torn).status().code(), Code::kCorrupt);
  EXPECT_EQ(EncodeTile(0, 0, 1, torn).status().code(), Code::kCorrupt);
}

TEST(Tiles, RefuseToReadTilesOfAnotherWidth) {
  const std::string two(64, 'h');
  EXPECT_THAT(*DecodeTile(two, 2), SizeIs(2));
  for (const int width : {-1, 0, 1, 3, 257}) {
    EXPECT_EQ(DecodeTile(two, width).status().code(), Code::kInvalid) << width;
  }
  EXPECT_EQ(DecodeTile(two.substr(1), 2).status().code(), Code::kInvalid);
  const StoredHashReader none = [](int, uint64_t) -> Result<std::string> {
    return std::string(32, 'h');
  };
  EXPECT_EQ(EncodeTile(0, 0, 0, none).status().code(), Code::kInvalid);
  EXPECT_EQ(EncodeTile(0, 0, 257, none).status().code(), Code::kInvalid);
}

TEST(EntryBundle, HoldsEntriesBelow64KiBOnly) {
  const std::vector<std::string> longest = {std::string(65'535, 'a'), ""};
  const auto bundle = EncodeEntryBundle(longest);
  ASSERT_TRUE(bundle.ok());
  EXPECT_EQ(*DecodeEntryBundle(*bundle, 2), longest);
  const std::vector<std::string> too_long = {std::string(65'536, 'a')};
  EXPECT_EQ(EncodeEntryBundle(too_long).status().code(), Code::kInvalid);
}

TEST(EntryBundle, HoldsOneTo256Entries) {
  EXPECT_EQ(EncodeEntryBundle({}).status().code(), Code::kInvalid);
  EXPECT_TRUE(EncodeEntryBundle(std::vector<std::string>(256)).ok());
  EXPECT_EQ(EncodeEntryBundle(std::vector<std::string>(257)).status().code(), Code::kInvalid);
}

TEST(EntryBundle, RefusesBytesThatAreNotExactlyItsEntries) {
  const std::string bundle = *EncodeEntryBundle(std::vector<std::string>{"one", "two"});
  EXPECT_TRUE(DecodeEntryBundle(bundle, 2).ok());
  for (size_t size = 0; size < bundle.size(); ++size) {
    EXPECT_EQ(DecodeEntryBundle(bundle.substr(0, size), 2).status().code(), Code::kInvalid) << size;
  }
  for (const int width : {-1, 0, 1, 3, 257}) {
    EXPECT_EQ(DecodeEntryBundle(bundle, width).status().code(), Code::kInvalid) << width;
  }
}

}  // namespace
}  // namespace samenspel::tlog
