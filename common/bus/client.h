// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/entropy.h"
#include "common/base/file_system.h"
#include "common/base/result.h"
#include "common/bus/link.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::bus {

/// Where one service is and which key it must prove.
struct ServerAddress {
  std::string endpoint;
  std::string server_key;
  std::string other_key = {};  ///< Or this one, while its key changes; empty: only the first.
};

/// One connection to one service, for the command line, tests and the load generator: a DEALER with
/// CURVE. One thread.
class Client {
 public:
  /// Starts connecting; the service need not be there yet. All clients of a process share one
  /// context of libzmq.
  static base::Result<std::unique_ptr<Client>> Connect(const ServerAddress& server,
                                                       const CurveKeys& keys);
  virtual ~Client() = default;

  /// Sends `envelope` (protocol and request id are the caller's) and waits for the reply with the
  /// same request id; replies to others are dropped. Every second without an answer the same bytes
  /// are sent again: the daemon answers a repeat with the first answer. Sent again at once when the
  /// connection came back.
  ///   kUnavailable  no connection came up within `wait`: nothing was sent
  ///   kTimeout      sent, no answer: outcome unknown, retry with the same bytes
  virtual base::Result<common::v1::Reply> Call(const common::v1::Envelope& envelope,
                                               base::milliseconds wait) = 0;
  /// Sends bytes as they are, once; for tests of bad input. Waits up to 5 s for the connection,
  /// else kUnavailable.
  virtual base::Status SendRaw(std::string_view bytes) = 0;
  /// The next frame of any kind; kTimeout when none comes.
  virtual base::Result<std::string> ReceiveRaw(base::milliseconds wait) = 0;
};

/// Requests that were sent, or about to be, and have no answer yet: one file each, synced before
/// the first byte leaves, removed after the answer. `--retry` sends exactly these bytes. The file
/// holds family data: mode 0600 in a folder 0700, sealed under `key` (docs/formats/spool.md).
class Spool {
 public:
  ///   key  32 bytes; with another length every call is kInvalid
  Spool(base::FileSystem& files, std::string directory, std::string key, base::Entropy& entropy);

  struct Waiting {
    std::string request_id;  ///< 16 bytes.
    std::string service;
    common::v1::Envelope envelope;
  };
  base::Status Put(const std::string& service, const common::v1::Envelope& envelope);
  base::Status Remove(const std::string& request_id);
  /// Oldest first. An unreadable file is an error that names the file, never skipped in silence.
  base::Result<std::vector<Waiting>> All();

 private:
  base::FileSystem& files_;
  std::string directory_;
  std::string key_;
  base::Entropy& entropy_;
};

}  // namespace samenspel::bus
