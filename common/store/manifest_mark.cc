// SPDX-License-Identifier: EUPL-1.2
#include "common/store/manifest_mark.h"

#include <charconv>

namespace samenspel::store {
namespace {

using base::Code;
using base::Status;

std::string PathOf(const StoreConfig& config) { return WatermarkPath(config) + "-manifest"; }

// The name in CURRENT, without its folder; empty when it cannot be read.
std::string NameOfManifest(const StoreConfig& config, Disk& disk) {
  std::string name;
  const auto read = rocksdb::ReadFileToString(disk.env(), config.path + "/db/CURRENT", &name);
  if (!read.ok()) return {};
  return name.substr(0, name.find('\n'));
}

}  // namespace

Status CheckManifest(const StoreConfig& config, Disk& disk) {
  if (!disk.files().Exists(PathOf(config))) return base::Ok();
  const auto noted = disk.files().Read(PathOf(config));
  if (!noted.ok()) return noted.status();
  const size_t space = noted->find(' ');
  const std::string name = noted->substr(0, space);
  if (space == std::string::npos || name != NameOfManifest(config, disk)) return base::Ok();
  uint64_t was = 0;
  std::from_chars(noted->data() + space + 1, noted->data() + noted->size(), was);
  uint64_t is = 0;
  const std::string path = config.path + "/db/" + name;
  const bool is_there = disk.env()->GetFileSize(path, &is).ok();
  if (!is_there || is >= was) return base::Ok();  // That it is gone, RocksDB says itself.
  return {Code::kCorrupt, path + " has " + std::to_string(is) + " bytes, it had " +
                              std::to_string(was) +
                              "; the database is damaged: --repair-from audit makes it anew, or "
                              "put a backup in its place with --restore"};
}

Status NoteManifest(const StoreConfig& config, rocksdb::DB& db, base::FileSystem& files) {
  std::vector<std::string> names;
  uint64_t size = 0;
  const auto listed = db.GetLiveFiles(names, &size, false);
  if (!listed.ok()) return {Code::kIo, "list the files of " + config.path + listed.ToString()};
  for (const std::string& name : names) {
    const size_t at = name.find("MANIFEST-");
    if (at == std::string::npos) continue;
    return files.Replace(PathOf(config), name.substr(at) + " " + std::to_string(size) + "\n");
  }
  return base::Ok();
}

}  // namespace samenspel::store
