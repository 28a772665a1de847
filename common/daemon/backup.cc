// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/backup.h"

#include <filesystem>

#include "common/daemon/backup_note.h"
#include "common/daemon/keys_fit.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Result;
using base::Status;
using store::Head;
using store::Store;

constexpr int kTriesMax = 5;

std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

bool LiesIn(const std::string& path, const std::string& folder) {
  const auto whole = std::filesystem::absolute(path).lexically_normal().string() + "/";
  const auto other = std::filesystem::absolute(folder).lexically_normal().string() + "/";
  return whole.starts_with(other);
}

Status CheckTarget(const BackupInput& input, const std::string& to) {
  base::FileSystem& files = input.disk.files();
  if (LiesIn(to, input.store.path)) {
    return {Code::kInvalid, to + " lies in the data folder " + input.store.path +
                                ", and would be lost with it; choose a folder on another disk"};
  }
  const auto names = files.List(to);
  if (!names.ok() && files.Exists(to)) {
    return {Code::kExists, to + " is no folder; choose a new one for each backup"};
  }
  if (names.ok() && !names->empty()) {
    return {Code::kExists, to + " is not empty; choose a new folder for each backup"};
  }
  const auto half = files.List(to + ".new");
  if (files.Exists(to + ".new") || (half.ok() && !half->empty())) {
    return {Code::kExists, to + ".new is there: a backup was cut short, or is being made; remove "
                                "that folder, or choose another one"};
  }
  return base::Ok();
}

// The journal as it is now. A flush while RocksDB opens can hide the end, or a part in the middle.
Result<std::unique_ptr<Store>> Look(const BackupInput& input) {
  Status why;
  for (int i = 0; i < kTriesMax; ++i) {
    const auto acked = store::ReadWatermark(input.store, input.disk.files());
    if (!acked.ok()) return acked.status();
    auto opened = Store::OpenSnapshot(input.store, input.disk);
    why = opened.status();
    if (!why.ok()) continue;
    Store& now = **opened;
    why = now.VerifyChain();
    if (!why.ok()) continue;
    if (now.head().sequence == 0) return opened;
    why = acked->has_value() ? now.CheckHolds(**acked) : store::NoWatermark(input.store);
    if (why.ok()) return opened;
  }
  return Status(why.code(), "no backup was made: " + why.message());
}

}  // namespace

Result<Head> Backup(const BackupInput& input) {
  const std::string to = WithoutSlash(input.to);
  SAMENSPEL_RETURN_IF_ERROR(CheckTarget(input, to));
  const auto from = Look(input);
  if (!from.ok()) return from.status();
  const auto keys = input.keys();  // After the journal: all that it uses are there by now.
  if (!keys.ok()) return keys.status();
  SAMENSPEL_RETURN_IF_ERROR(CheckKeysFit(**from, **keys, input.entropy));
  store::StoreConfig made;
  made.path = to + ".new";
  made.service = input.store.service;
  const Status copied = CopyProven(**from, made, input.disk, **keys, input.entropy, input.make);
  if (!copied.ok()) {
    (void)store::Discard(made, input.disk);  // The next try may come to the same folder.
    return Status(copied.code(), "no backup was made: " + copied.message());
  }
  const Head head = (*from)->head();
  base::FileSystem& files = input.disk.files();
  SAMENSPEL_RETURN_IF_ERROR(files.MakeDirectory(to));
  SAMENSPEL_RETURN_IF_ERROR(input.disk.Rename(made.path + "/db", to + "/db"));
  SAMENSPEL_RETURN_IF_ERROR(store::Discard(made, input.disk));
  // Last: what has no note is no backup.
  SAMENSPEL_RETURN_IF_ERROR(files.Replace(
      to + "/" + kBackupNote, NoteText({made.service, head, input.now, input.version})));
  return head;
}

}  // namespace samenspel::daemon
