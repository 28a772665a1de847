// SPDX-License-Identifier: EUPL-1.2
// That no entry is missing in the middle: RocksDB opens without a word when its manifest has lost
// the record of a flush, and the head tells nothing of what lies before it.
#include <algorithm>

#include "common/store/bytes.h"
#include "common/store/engine.h"

namespace samenspel::store {
namespace {

using base::Code;
using base::Status;

struct Range {
  uint64_t first;
  uint64_t last;
  uint64_t rows;
};

// What each table file of the journal holds, by its own account. The number of rows stands in the
// file itself: of the open database's list only the first twenty tell it.
std::vector<Range> RangesOf(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* journal) {
  rocksdb::TablePropertiesCollection tables;
  (void)db.GetPropertiesOfAllTables(journal, &tables);  // Unknown: read row by row.
  std::vector<rocksdb::LiveFileMetaData> files;
  db.GetLiveFilesMetaData(&files);
  std::vector<Range> ranges;
  for (const auto& file : files) {
    const bool is_journal = file.column_family_name == journal->GetName() &&
                            file.smallestkey.size() == 8 && file.largestkey.size() == 8;
    if (!is_journal) continue;
    const auto table = tables.find(file.db_path + file.name);
    const uint64_t rows =
        table == tables.end() ? 0 : table->second->num_entries - table->second->num_deletions;
    ranges.push_back({FromBigEndian(file.smallestkey), FromBigEndian(file.largestkey), rows});
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& left, const Range& right) { return left.first < right.first; });
  return ranges;
}

Status Missing(const std::string& path, uint64_t sequence) {
  return {Code::kCorrupt, path + ": entry " + std::to_string(sequence) +
                              " is missing; --repair-from audit brings it back, or put a backup in "
                              "the place of this copy with --restore"};
}

Status CheckRows(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* journal, uint64_t first,
                 uint64_t last, const std::string& path) {
  const std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, journal));
  at->Seek(BigEndian(first));
  for (uint64_t sequence = first; sequence <= last; ++sequence, at->Next()) {
    if (!at->status().ok()) return Failed("read journal of", path, at->status());
    const bool is_there = at->Valid() && at->key().size() == 8 &&
                          FromBigEndian({at->key().data(), at->key().size()}) == sequence;
    if (!is_there) return Missing(path, sequence);
  }
  return base::Ok();
}

}  // namespace

Status CheckDense(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* journal, uint64_t last,
                  const std::string& path) {
  uint64_t next = 1;
  for (const Range& range : RangesOf(db, journal)) {
    const bool is_next = range.first == next && range.rows == range.last - range.first + 1;
    if (!is_next) next = std::min(next, range.first);
    if (!is_next) break;
    next = range.last + 1;
  }
  return CheckRows(db, journal, next, last, path);
}

}  // namespace samenspel::store
