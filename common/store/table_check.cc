// SPDX-License-Identifier: EUPL-1.2
#include "common/store/table_check.h"

#include <rocksdb/sst_file_reader.h>
#include <sys/resource.h>

#include <algorithm>

namespace samenspel::store {
namespace {

using base::Code;
using base::Status;

constexpr int kLowestPriority = 19;

}  // namespace

TableCheck::TableCheck(rocksdb::DB& db, rocksdb::Env* env) {
  options_.env = env;
  std::vector<rocksdb::LiveFileMetaData> tables;
  db.GetLiveFilesMetaData(&tables);
  std::sort(tables.begin(), tables.end(), [](const auto& left, const auto& right) {
    return left.file_number > right.file_number;
  });
  paths_.reserve(tables.size());
  for (const auto& table : tables) paths_.push_back({table.db_path + table.name, table.size});
}

TableCheck::~TableCheck() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

Status TableCheck::CheckNext() {
  const std::string& path = paths_[next_++].path;
  rocksdb::SstFileReader reader(options_);
  auto status = reader.Open(path);
  if (status.ok()) status = reader.VerifyChecksum();
  if (status.ok()) return base::Ok();
  // RocksDB has seen to it that all were there: it was compacted meanwhile.
  if (options_.env->FileExists(path).IsNotFound()) return base::Ok();
  return {status.IsCorruption() ? Code::kCorrupt : Code::kIo,
          "table file " + path + " is damaged: " + status.ToString() +
              "; stop, then --repair-from audit, or put a backup back with --restore"};
}

Status TableCheck::Check(uint64_t bytes) {
  uint64_t checked = 0;
  while (!done() && checked < bytes) {
    checked += paths_[next_].bytes;
    SAMENSPEL_RETURN_IF_ERROR(CheckNext());
  }
  return base::Ok();
}

void TableCheck::CheckRest() {
  std::thread thread([this] {
    (void)setpriority(PRIO_PROCESS, 0, kLowestPriority);  // On Linux: of this thread alone.
    while (!stop_ && !done()) {
      Status checked = CheckNext();
      if (checked.ok()) continue;
      const std::lock_guard lock(mutex_);
      finding_ = std::move(checked);
      return;
    }
  });
  thread_ = std::move(thread);
}

Status TableCheck::finding() const {
  const std::lock_guard lock(mutex_);
  return finding_;
}

}  // namespace samenspel::store
