// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/store/store_fixture.h"
#include "tests/support/raw_rows.h"

namespace samenspel::store {
namespace {

using testing::HasSubstr;

using Row = std::optional<std::string>;

constexpr uint64_t kEntries = 6;

/// Six entries, each with a sealed part.
class VerifyChainTest : public StoreTest {
 protected:
  void SetUp() override {
    Open();
    for (uint64_t i = 1; i <= kEntries; ++i) {
      Write("pro_" + std::to_string(i), {"sealed part " + std::to_string(i)});
    }
    Close();
  }
  void ChangeEntry(uint64_t sequence, const support::RowChange& change) {
    support::ChangeRow(*disk_, config_.path, "journal", BigEndian(sequence), change);
  }
  void Replace(uint64_t sequence, const std::string& what, const std::string& by) {
    ChangeEntry(sequence, [&](Row& row) {
      const size_t at = row->find(what);
      ASSERT_NE(at, std::string::npos);
      row->replace(at, what.size(), by);
    });
  }
  std::string Verdict() {
    auto opened = Store::OpenUnproven(config_, *disk_);
    if (!opened.ok()) return opened.status().message();
    const base::Status verdict = (*opened)->VerifyChain();
    if (!verdict.ok()) {
      EXPECT_EQ(verdict.code(), base::Code::kCorrupt);
    }
    return verdict.message();
  }
};

TEST_F(VerifyChainTest, AcceptsWhatIsWhole) { EXPECT_EQ(Verdict(), ""); }

TEST_F(VerifyChainTest, FindsAChangedByteInAnyHeader) {
  for (uint64_t sequence = 1; sequence <= kEntries; ++sequence) {
    const std::string name = "pro_" + std::to_string(sequence);
    Replace(sequence, name, "pra_" + std::to_string(sequence));
    EXPECT_NE(Verdict(), "") << "entry " << sequence;
    Replace(sequence, "pra_" + std::to_string(sequence), name);
    EXPECT_EQ(Verdict(), "");
  }
}

TEST_F(VerifyChainTest, FindsAChangedByteInAnySealedPart) {
  for (uint64_t sequence = 1; sequence <= kEntries; ++sequence) {
    const std::string part = "sealed part " + std::to_string(sequence);
    const std::string changed = "sealed part!" + std::to_string(sequence);
    Replace(sequence, part, changed);
    EXPECT_THAT(Verdict(), HasSubstr("entry " + std::to_string(sequence) + " has a damaged"));
    Replace(sequence, changed, part);
  }
}

TEST_F(VerifyChainTest, FindsAMissingSealedPart) {
  ChangeEntry(3, [](Row& row) {
    common::v1::StoredEntry entry;
    ASSERT_TRUE(entry.ParseFromString(*row));
    entry.clear_sealed();
    row = entry.SerializeAsString();
  });
  EXPECT_THAT(Verdict(), HasSubstr("entry 3 lacks a sealed part"));
}

TEST_F(VerifyChainTest, FindsAMissingEntry) {
  ChangeEntry(2, [](Row& row) { row.reset(); });
  EXPECT_THAT(Verdict(), HasSubstr("entry 2 is missing"));
}

TEST_F(VerifyChainTest, FindsEntriesThatChangedPlaces) {
  Row third;
  ChangeEntry(3, [&](Row& row) { third = row; });
  ChangeEntry(4, [&](Row& row) { row = third; });
  EXPECT_THAT(Verdict(), HasSubstr("entry 4 cannot be read"));
}

TEST_F(VerifyChainTest, FindsWhatIsNoEntryAtAll) {
  ChangeEntry(5, [](Row& row) { row = "\xff\xff\xff"; });
  EXPECT_THAT(Verdict(), HasSubstr("entry 5 cannot be read"));
}

TEST_F(VerifyChainTest, FindsALostTailAlsoWithoutTheWatermark) {
  ChangeEntry(kEntries, [](Row& row) { row.reset(); });
  EXPECT_THAT(Verdict(), HasSubstr("not the noted head"));
}

TEST_F(VerifyChainTest, FindsAnEmptiedJournalAlsoWithoutTheWatermark) {
  for (uint64_t sequence = 1; sequence <= kEntries; ++sequence) {
    ChangeEntry(sequence, [](Row& row) { row.reset(); });
  }
  EXPECT_THAT(Verdict(), HasSubstr("the journal is empty"));
}

}  // namespace
}  // namespace samenspel::store
