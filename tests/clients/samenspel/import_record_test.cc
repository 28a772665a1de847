// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/import_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace samenspel::cli {
namespace {

using testing::SizeIs;

const std::string kKey(32, 'k');
const std::string kId(16, 'i');
const base::Instant kNow = base::FromMs(1'700'000'000'000);

ImportRecord Begun(const FormCounts& file) {
  ImportRecord record(kKey, kId);
  record.Begin(file, kNow);
  return record;
}

TEST(ImportRecord, GivesIdsThatLookLikeAUuidOfVersionSeven) {
  ImportRecord record = Begun({{"a", 2}});
  const std::string one = record.Next("a").request_id;
  const std::string two = record.Next("a").request_id;
  for (const std::string& id : {one, two}) {
    ASSERT_THAT(id, SizeIs(16));
    EXPECT_EQ(id[6] & 0xF0, 0x70);
    EXPECT_EQ(id[8] & 0xC0, 0x80);
  }
  EXPECT_NE(one, two);
}

TEST(ImportRecord, GivesTheSameIdsInEveryRunAndOthersInAnotherImport) {
  ImportRecord record = Begun({{"a", 1}});
  const std::string id = record.Next("a").request_id;
  auto read = ImportRecord::Parse(record.Text(), kKey);
  ASSERT_TRUE(read);
  read->Begin({{"a", 1}}, kNow);
  EXPECT_EQ(read->Next("a").request_id, id);
  EXPECT_NE(ImportRecord(kKey, std::string(16, 'j')).Next("a").request_id, id);
  EXPECT_NE(ImportRecord(std::string(32, 'l'), kId).Next("a").request_id, id);
}

TEST(ImportRecord, PassesOverAnIdThatWasRefused) {
  ImportRecord record = Begun({{"a", 2}});
  const auto refused = record.Next("a");
  record.Refused(refused);
  const std::string other = record.Next("a").request_id;
  EXPECT_THAT(record.RefusedIds("a"), testing::ElementsAre(refused.request_id));
  auto read = ImportRecord::Parse(record.Text(), kKey);
  ASSERT_TRUE(read);
  read->Begin({{"a", 2}}, kNow);
  EXPECT_EQ(read->Next("a").request_id, other);
  EXPECT_NE(read->Next("a").request_id, refused.request_id);
}

TEST(ImportRecord, ReadsBackWhatItWroteAndNothingElse) {
  ImportRecord record = Begun({{"a", 2}, {"b", 1}});
  record.Refused(record.Next("a"));
  record.Complete();
  const std::string text = record.Text();
  const auto read = ImportRecord::Parse(text, kKey);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->Text(), text);
  EXPECT_TRUE(read->complete());
  EXPECT_EQ(read->last_run(), kNow);
  EXPECT_FALSE(ImportRecord::Parse(text, std::string(32, 'l')));
  for (size_t i = 0; i < text.size(); ++i) {
    EXPECT_FALSE(ImportRecord::Parse(text.substr(0, i), kKey)) << i;
    std::string bad = text;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_FALSE(ImportRecord::Parse(bad, kKey)) << i;
  }
}

TEST(ImportRecord, TellsWhatOfAFileMayHaveBeenReceived) {
  ImportRecord record = Begun({{"a", 2}, {"b", 1}});
  record.Refused(record.Next("b"));
  const auto same = record.Compare({{"a", 2}, {"b", 1}});
  EXPECT_EQ(same.shared, 2U);
  EXPECT_FALSE(same.gone || same.fresh);
  EXPECT_TRUE(record.Compare({{"a", 1}}).gone);
  EXPECT_FALSE(record.Compare({{"a", 2}}).gone) << "what was refused may go";
  EXPECT_TRUE(record.Compare({{"a", 2}, {"x", 1}}).fresh);
  EXPECT_TRUE(record.Compare({{"a", 3}}).fresh);
  EXPECT_EQ(record.Compare({{"b", 1}}).shared, 0U);
}

}  // namespace
}  // namespace samenspel::cli
