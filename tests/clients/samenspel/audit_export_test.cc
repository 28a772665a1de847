// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/tlog/sha256.h"
#include "tests/clients/samenspel/chain_log.h"

namespace samenspel::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// What follows needs no part of our own tiles or tree: bytes and SHA-256 alone, as the C2SP pages
// describe them.
std::vector<std::string> EntriesIn(const std::string& bundle) {
  std::vector<std::string> entries;
  for (size_t at = 0; at + 2 <= bundle.size();) {
    const size_t size =
        static_cast<uint8_t>(bundle[at]) * 256U + static_cast<uint8_t>(bundle[at + 1]);
    entries.push_back(bundle.substr(at + 2, size));
    at += 2 + size;
  }
  return entries;
}

std::string RootOf(const std::vector<std::string>& hashes, size_t first, size_t count) {
  if (count == 1) return hashes.at(first);
  size_t left = 1;
  while (left * 2 < count) left *= 2;
  return tlog::Sha256(
      {"\x01", RootOf(hashes, first, left), RootOf(hashes, first + left, count - left)});
}

std::string Base64(const std::string& bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < bytes.size() ? static_cast<uint8_t>(bytes[i + j]) : 0U);
    }
    for (size_t j = 0; j < 4; ++j) {
      text += i + j > bytes.size() ? '=' : kDigits[group >> (18 - 6 * j) & 63];
    }
  }
  return text;
}

class AuditExport : public testing::Test {
 protected:
  int Export() { return world.Run({"audit", "export", "/copy"}); }
  std::string File(const std::string& name) {
    const auto content = world.files->Read("/copy/" + name);
    EXPECT_TRUE(content.ok()) << name;
    return content.ok() ? *content : std::string();
  }

  FakeWorld world;
  ChainLog log{world};
};

TEST_F(AuditExport, CanBeVerifiedFromItsFilesAlone) {
  log.page = 100;
  for (int i = 0; i < 300; ++i) log.Append("intake");  // More than one tile.
  ASSERT_EQ(Export(), 0) << world.err();
  std::vector<std::string> entries = EntriesIn(File("tile/entries/000"));
  EXPECT_EQ(entries.size(), 256U);
  for (std::string& entry : EntriesIn(File("tile/entries/001.p/44"))) {
    entries.push_back(std::move(entry));
  }
  ASSERT_EQ(entries.size(), 300U);
  std::vector<std::string> hashes;
  std::string tiles;
  for (const std::string& entry : entries) {
    hashes.push_back(tlog::Sha256({std::string_view("\0", 1), entry}));
    tiles += hashes.back();
  }
  EXPECT_EQ(File("tile/0/000") + File("tile/0/001.p/44"), tiles);
  EXPECT_EQ(File("tile/1/000.p/1"), RootOf(hashes, 0, 256));
  const std::string checkpoint = File("checkpoint");
  EXPECT_TRUE(checkpoint.starts_with("samenspel.example/chain\n300\n" +
                                     Base64(RootOf(hashes, 0, 300)) + "\n\n"))
      << checkpoint;
  EXPECT_EQ(checkpoint, log.Note(300));
}

TEST_F(AuditExport, SaysInTheFolderHowToCheckIt) {
  log.Append("intake");
  ASSERT_EQ(Export(), 0);
  EXPECT_THAT(File("README.txt"), HasSubstr(log.Key()));
  EXPECT_THAT(File("README.txt"), HasSubstr("printf '\\000'"));
  EXPECT_THAT(File("README.txt"), HasSubstr("tlog-tiles"));
}

TEST_F(AuditExport, LeavesAFolderWithSomethingInItAlone) {
  log.Append("intake");
  ASSERT_TRUE(world.files->Replace("/copy/mine.txt", "mine").ok());
  EXPECT_EQ(Export(), 1);
  EXPECT_THAT(world.err(), HasSubstr("/copy is not empty"));
  EXPECT_THAT(world.sent, IsEmpty());
  EXPECT_FALSE(world.files->Exists("/copy/checkpoint"));
}

TEST_F(AuditExport, GivesNoCheckpointForALogThatDoesNotHold) {
  log.Append("intake");
  log.tamper = [](auto& leaves) { leaves.set_headers(0, "other"); };
  EXPECT_EQ(Export(), 1);
  EXPECT_FALSE(world.files->Exists("/copy/checkpoint"));
}

TEST_F(AuditExport, PassesRefusalAndSilenceOn) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "not_permitted", ""));
  };
  EXPECT_EQ(Export(), 5);
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(Export(), 6);
}

}  // namespace
}  // namespace samenspel::cli
