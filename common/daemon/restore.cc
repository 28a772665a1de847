// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/backup.h"
#include "common/daemon/backup_note.h"
#include "common/daemon/keys_fit.h"
#include "common/store/mend.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Result;
using base::Status;
using store::Head;
using store::Store;

constexpr const char* kUnderWay = "restoring";    // In the data folder, until it is whole.
constexpr const char* kInPlace = "restored.txt";  // There until the repair is done.

std::string Number(uint64_t sequence) { return std::to_string(sequence); }

// A restore that was cut short leaves only what the next one makes anew.
Status CheckEmpty(const RestoreInput& input) {
  const std::string& data = input.store.path;
  const auto names = input.disk.files().List(data);
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    if (name == "lock" || name == "lost+found" || name == kUnderWay) continue;
    if (name.starts_with(kInPlace)) continue;  // Or half of it.
    return {Code::kExists, "the data folder " + data + " holds " + name +
                               "; move the folder away first (keep it for examination), then "
                               "restore again"};
  }
  return base::Ok();
}

std::string InPlacePath(const std::string& data) { return data + "/" + kInPlace; }

// Whether a former restore has put this very backup in its place, where a repair may have begun.
Result<bool> IsInPlace(const RestoreInput& input) {
  const std::string& data = input.store.path;
  const bool holds_any = store::HasDatabase(input.store, input.disk) || !CheckEmpty(input).ok();
  if (!AwaitsRepair(data, input.disk.files()) || !holds_any) return false;
  const auto there = input.disk.files().Read(InPlacePath(data));
  const auto asked = input.disk.files().Read(input.from + "/" + kBackupNote);
  if (input.repair && there.ok() && asked.ok() && *there == *asked) return true;
  return Status(Code::kExists,
                "a backup was put into " + data +
                    " before, and waits for --repair-from audit: say that again, with "
                    "--accept-loss when it said that entries are lost; or move the folder away "
                    "first");
}

// What is there must be whole, of this service, and what its note and its own watermark say.
Result<std::unique_ptr<Store>> OpenBackup(const RestoreInput& input) {
  const std::string path = input.from + "/" + kBackupNote;
  const auto text = input.disk.files().Read(path);
  if (!text.ok()) {
    return Status(Code::kInvalid, input.from + " holds no backup: " + text.status().message());
  }
  const auto note = ParseNote(*text);
  if (!note) return Status(Code::kCorrupt, path + " cannot be read; take another backup");
  if (note->service != input.store.service) {
    return Status(Code::kInvalid, input.from + " is a backup of " + note->service + ", not of " +
                                      input.store.service);
  }
  store::StoreConfig config;
  config.path = input.from;
  config.service = input.store.service;
  const auto damaged = [&](const std::string& why) {
    return Status(Code::kCorrupt,
                  "the backup in " + input.from + " is damaged: " + why + "; take another one");
  };
  auto backup = Store::OpenSnapshot(config, input.disk);
  if (!backup.ok()) return damaged(backup.status().message());
  const Status whole = (*backup)->VerifyChain();
  if (!whole.ok()) return damaged(whole.message());
  if ((*backup)->head() != note->head) {
    return damaged("it ends at entry " + Number((*backup)->head().sequence) +
                   " and was made at entry " + Number(note->head.sequence));
  }
  const auto first = (*backup)->Read(1);
  if (first && first->header.service() != input.store.service) {
    return damaged("its entries are of " + first->header.service());
  }
  return backup;
}

// Whether everything that was acknowledged is in the backup, or somebody said what to do about it.
Status CheckLoss(const RestoreInput& input, const Store& backup, Restored& restored) {
  const auto acked = store::ReadWatermark(input.store, input.disk.files());
  const Head& head = backup.head();
  const bool decided = input.repair || input.accept_loss;
  const bool is_copied = input.store.service != "audit";
  const std::string choice =
      is_copied ? "; add --repair-from audit to fetch them from audit's copy, or --accept-loss to "
                  "go on without"
                : "; of audit's own entries there is no other copy: add --accept-loss to go on "
                  "without";
  restored.had_watermark = acked.ok() && acked->has_value();
  if (!restored.had_watermark) {
    if (decided) return base::Ok();
    return {Code::kDenied, "there is no watermark at " + store::WatermarkPath(input.store) +
                               ", so nobody here knows whether entries after " +
                               Number(head.sequence) + " were acknowledged" + choice};
  }
  const Head& mark = **acked;
  const auto held = backup.Read(mark.sequence);
  if (mark.sequence == 0 || (held && held->hash == mark.hash)) return base::Ok();
  restored.lost = mark;
  if (decided) return base::Ok();
  if (mark.sequence <= head.sequence) {
    return {Code::kDenied, "the backup has another entry " + Number(mark.sequence) +
                               " than the one that was acknowledged: it is of another epoch" +
                               choice};
  }
  return {Code::kDenied, "the backup ends at entry " + Number(head.sequence) + ", entries up to " +
                             Number(mark.sequence) + " were acknowledged: " +
                             Number(mark.sequence - head.sequence) + " are missing" + choice};
}

}  // namespace

bool AwaitsRepair(const std::string& data, base::FileSystem& files) {
  return files.Exists(InPlacePath(data));
}

Status EndAwaitingRepair(const std::string& data, base::FileSystem& files) {
  return AwaitsRepair(data, files) ? files.Remove(InPlacePath(data)) : base::Ok();
}

Result<Restored> Restore(const RestoreInput& input) {
  base::FileSystem& files = input.disk.files();
  SAMENSPEL_RETURN_IF_ERROR(files.MakeDirectory(input.store.path));
  const auto in_place = IsInPlace(input);
  if (!in_place.ok()) return in_place.status();
  if (*in_place) return Restored{.head = {}, .was_in_place = true, .lost = {}};
  SAMENSPEL_RETURN_IF_ERROR(CheckEmpty(input));
  const auto lock = files.Lock(input.store.path + "/lock");
  if (!lock.ok()) return lock.status();
  const auto backup = OpenBackup(input);
  if (!backup.ok()) return backup.status();
  const auto keys = input.keys();
  if (!keys.ok()) return keys.status();
  SAMENSPEL_RETURN_IF_ERROR(CheckKeysFit(**backup, **keys, input.entropy));
  Restored restored;
  SAMENSPEL_RETURN_IF_ERROR(CheckLoss(input, **backup, restored));

  store::StoreConfig made = input.store;
  made.path = input.store.path + "/" + kUnderWay;
  made.watermark.clear();
  made.check_rest = false;
  SAMENSPEL_RETURN_IF_ERROR(store::Discard(made, input.disk));
  SAMENSPEL_RETURN_IF_ERROR(
      CopyProven(**backup, made, input.disk, **keys, input.entropy, input.make));
  restored.head = (*backup)->head();
  if (!input.repair) {
    made.watermark = store::WatermarkPath(input.store);
    auto store = Store::OpenUnproven(made, input.disk);
    if (!store.ok()) return store.status();
    SAMENSPEL_RETURN_IF_ERROR((*store)->BeginEpoch());
    restored.head = (*store)->head();
    SAMENSPEL_RETURN_IF_ERROR(EndAwaitingRepair(input.store.path, files));
  } else {
    const auto note = files.Read(input.from + "/" + kBackupNote);
    if (!note.ok()) return note.status();
    SAMENSPEL_RETURN_IF_ERROR(files.Replace(InPlacePath(input.store.path), *note));
  }
  SAMENSPEL_RETURN_IF_ERROR(input.disk.Rename(made.path + "/db", input.store.path + "/db"));
  SAMENSPEL_RETURN_IF_ERROR(store::Discard(made, input.disk));
  return restored;
}

}  // namespace samenspel::daemon
