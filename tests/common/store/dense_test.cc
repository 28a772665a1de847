// SPDX-License-Identifier: EUPL-1.2
// That no entry is missing is proven at each start, and a long past must not make that slow.
#include <rocksdb/iostats_context.h>

#include "tests/common/store/store_fixture.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::store {
namespace {

constexpr int kEntries = 400;
constexpr size_t kEntryBytes = 32 << 10;

TEST_F(StoreTest, OpensALongJournalWithoutReadingIt) {
  config_.write_buffer_bytes = 128 << 10;  // Many tables: of some twenty RocksDB knows the rows.
  config_.checked_bytes = 1;
  Open();
  support::SeededEntropy noise(1);  // Or the tables would be small.
  for (int i = 0; i < kEntries; ++i) Write("pro_a", {noise.Bytes(kEntryBytes)});
  Reopen();  // Now all of it is in tables.
  Close();
  rocksdb::get_iostats_context()->Reset();
  Open();
  EXPECT_EQ(store_->head().sequence, kEntries);
  EXPECT_GT(rocksdb::get_iostats_context()->bytes_read, 0U) << "or nothing is counted";
  EXPECT_LT(rocksdb::get_iostats_context()->bytes_read, kEntries * kEntryBytes / 16);
}

}  // namespace
}  // namespace samenspel::store
