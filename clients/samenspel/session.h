// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "clients/samenspel/settings.h"
#include "clients/samenspel/world.h"
#include "common/bus/client.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::cli {

/// What came of one call.
struct Heard {
  enum class How {
    kReply,     ///< `reply` holds it, be it a yes or a no.
    kAway,      ///< Nothing was sent: no connection came up.
    kNoAnswer,  ///< Sent, and nothing came back in time.
  };
  How how = How::kAway;
  common::v1::Reply reply;
  std::string detail;  ///< Without a reply: what the connection says about it.

  bool replied() const { return how == How::kReply; }
  bool ok() const { return replied() && reply.status() == common::v1::STATUS_OK; }
};

/// The connections of one command, made under one principal's key.
class Session {
 public:
  /// Reads the key and starts to connect to each configured service. That a daemon is away shows at
  /// the first call, not here.
  static base::Result<std::unique_ptr<Session>> Open(const Settings& settings, World& world);

  /// Told every second while a call waits, with the time waited so far.
  using Waiting = std::function<void(base::milliseconds)>;
  void OnWait(Waiting waiting) { waiting_ = std::move(waiting); }

  /// Protocol, a new request id and the purpose; the caller adds the kind.
  common::v1::Envelope NewEnvelope();
  /// The same around a request; `request_id` as given, or new when it is empty.
  common::v1::Envelope EnvelopeOf(const google::protobuf::Message& request,
                                  std::string request_id = {});

  Heard Call(std::string_view service, const common::v1::Envelope& envelope);
  Heard Call(std::string_view service, const common::v1::Envelope& envelope,
             base::milliseconds wait);
  Heard Ask(std::string_view service, const google::protobuf::Message& request);
  /// Waits at `at` for the entry of service `by` that `cause` led to. Not ok: it did not come in
  /// time.
  Heard Await(std::string_view at, const common::v1::Ref& cause, std::string_view by);

  /// Requests that have no answer yet.
  bus::Spool& spool() { return *spool_; }
  const Settings& settings() const { return settings_; }
  /// Where a service is, for sentences; empty when the config names none.
  std::string EndpointOf(std::string_view service) const;

 private:
  Session(const Settings& settings, World& world) : settings_(settings), world_(world) {}
  base::Status Connect(const bus::CurveKeys& keys);
  base::Status OpenSpool();

  const Settings& settings_;
  World& world_;
  std::map<std::string, std::unique_ptr<bus::Client>, std::less<>> clients_;
  std::unique_ptr<bus::Spool> spool_;
  Waiting waiting_;
};

/// The folder of requests without an answer: as said, or beside the secret key.
std::string SpoolPath(const Settings& settings);

/// The folder of the spool key is that of the secret key. Makes the key when it is not there yet.
base::Result<std::string> SpoolKey(const std::string& secret_path, World& world);

}  // namespace samenspel::cli
