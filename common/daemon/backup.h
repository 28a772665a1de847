// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "common/base/instant.h"
#include "common/daemon/replay.h"

namespace samenspel::daemon {

/// Opens the key store, when its time has come.
using KeysOpener = std::function<base::Result<std::unique_ptr<seal::KeyStore>>()>;

struct BackupInput {
  store::StoreConfig store;  ///< Of the daemon, which may be running.
  store::Disk& disk;
  std::string to;  ///< Folder that is not there yet, or is empty.
  KeysOpener keys;
  base::Entropy& entropy;
  MakeService make;
  base::Instant now;
  std::string version;  ///< Of the program.
};

/// --backup: copies the journal as it is now into the folder `to`, derives there what follows from
/// it and compares that with what the daemon holds. Until that has succeeded it is in the folder
/// `to`.new. Holds no keys (docs/formats/store.md). Returns the head that the backup has.
///   kExists   there is something at `to`, or a backup to it was cut short
///   kInvalid  `to` lies inside the data
///   kCorrupt  what the daemon holds is damaged: no backup was made
base::Result<store::Head> Backup(const BackupInput& input);

struct RestoreInput {
  store::StoreConfig store;  ///< Where to; the folder is not there or is empty.
  store::Disk& disk;
  std::string from;  ///< Folder of a backup; nothing in it is changed.
  KeysOpener keys;
  base::Entropy& entropy;
  MakeService make;
  bool repair = false;       ///< What the backup lacks comes from audit afterwards.
  bool accept_loss = false;  ///< What the backup lacks is given up.
};

struct Restored {
  store::Head head;  ///< Of the backup; of a new epoch, unless a repair is to follow.
  /// A former restore had put this backup in its place, and its repair was not done.
  bool was_in_place = false;
  /// The last entry that the watermark knew, when the backup does not hold it.
  std::optional<store::Head> lost;
  bool had_watermark = false;  ///< False: nobody knows whether something is lost.
};

/// --restore: puts a backup into an empty data folder, checks and replays it as Backup did, and
/// begins a new epoch. With `repair` the epoch stays as it was: entries fetched from audit continue
/// it, and Repair begins the new one. Until then AwaitsRepair, and the same restore done again
/// leaves what it finds to the repair.
///   kExists   the data folder holds something else, or is in use
///   kInvalid  `from` holds no backup of this service
///   kDenied   entries are missing, or may be, and neither `repair` nor `accept_loss` was said
///   kCorrupt  the backup is damaged, or the key store is older than it
base::Result<Restored> Restore(const RestoreInput& input);

/// Whether a backup was put into this data folder that is not repaired from audit yet: what is in
/// it must not be served.
bool AwaitsRepair(const std::string& data, base::FileSystem& files);
/// Ends that.
base::Status EndAwaitingRepair(const std::string& data, base::FileSystem& files);

}  // namespace samenspel::daemon
