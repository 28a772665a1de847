// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "common/base/file_system.h"
#include "common/base/result.h"
#include "common/daemon/core.h"

namespace samenspel::daemon {

/// Where to find a service that is followed. Its key stands in the registry, under "svc_" +
/// service.
struct FollowConfig {
  std::string service;
  std::string endpoint;
};

/// A grant as written: kinds by name, resolved against the service's Event.
struct GrantConfig {
  std::string principal;
  std::vector<std::string> kinds;
  bool every_entry = false;
  std::string view = "clear";
};

/// The config file of one daemon (docs/operations.md). Unknown keys are refused with file and line.
struct Config {
  std::string service;  ///< Must be the program's own.
  std::string data;     ///< Folder of the store; made when missing.
  std::string
      keys;  ///< Folder of the data keys, apart from `data` so that a copy of one is useless.
  std::string keys_copy;  ///< Folder that gets a copy of every key block; empty: none.
  std::string secrets;    ///< Folder with curve.secret, master.key and, for audit, ed25519.seed.
  std::string registry;   ///< Folder with one file per principal.
  std::string listen;     ///< "tcp://127.0.0.1:7101"
  std::string rules;      ///< Rule file of the service; empty where it has none.
  std::string terms;      ///< Intake: by when things must be done (terms.toml).
  std::string metrics;    ///< "127.0.0.1:7111": Prometheus text at /metrics; empty: nowhere.
  std::string origin;     ///< Audit: name of the log, the same for ever.
  std::string audit;      ///< Where audit listens: --repair-from audit asks it for its copies.
  std::string log_level = "info";  ///< error, warning, info or debug.
  int64_t write_buffer_mb =
      32;  ///< Of RocksDB, all columns together; more means fewer flushes and more memory.
  int64_t disk_floor_mb = 1024;  ///< With less free (or 5 % of the disk, if that is less) no new
                                 ///< work is taken; 0: always taken.
  int64_t disk_ballast_mb =
      0;  ///< Kept in `data`, and given up at the floor, so that what runs has room to go on.
  std::vector<FollowConfig> follow;
  std::vector<GrantConfig> grants;
};

base::Result<Config> LoadConfig(base::FileSystem& files, const std::string& path,
                                std::string_view service);

/// Grants with the kinds' numbers; a kind that the service does not have is refused.
base::Result<std::vector<Grant>> GrantsOf(const Config& config,
                                          const google::protobuf::Message& event_type);

/// Where to find each service that `wishes` names, in their order: the order of a core's followers
/// and of its link's sockets. Refused: one that is missing, that nobody wishes, or that stands
/// twice.
base::Result<std::vector<FollowConfig>> FollowsOf(const Config& config,
                                                  const std::vector<FollowWish>& wishes);

/// One secret of the folder, without the line's end; refused when it has another length.
base::Result<std::string> ReadSecret(base::FileSystem& files, const std::string& path,
                                     size_t characters);
/// The bytes of hexadecimal text; empty when it is none.
std::string FromHex(std::string_view text);

}  // namespace samenspel::daemon
