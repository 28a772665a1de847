// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/session.h"

#include <algorithm>

#include "clients/samenspel/secrets.h"
#include "common/base/ids.h"
#include "common/bus/link.h"

namespace samenspel::cli {
namespace {

using base::Code;
using base::milliseconds;
using base::Status;

Texts TextsOf(const Settings& settings) {
  return Texts(settings.language == "en" ? Language::kEnglish : Language::kDutch);
}

}  // namespace

std::string SpoolPath(const Settings& settings) {
  return settings.spool.empty() ? FolderOf(settings.secret) + "/spool" : settings.spool;
}

base::Result<std::string> SpoolKey(const std::string& secret_path, World& world) {
  const std::string path = FolderOf(secret_path) + "/spool.key";
  if (!world.files.Exists(path)) {
    const Status status = WriteHexKey(path, world);
    if (!status.ok()) return status;
  }
  return ReadHexKey(path, world);
}

base::Result<std::unique_ptr<Session>> Session::Open(const Settings& settings, World& world) {
  if (settings.secret.empty()) {
    return Status(Code::kInvalid, TextsOf(settings).Say("config.no_secret"));
  }
  auto text = world.files.Read(settings.secret);
  if (!text.ok()) return text.status();
  const auto keys = bus::CurveKeysOf(Trimmed(*text));
  if (!keys.ok()) {
    return Status(Code::kInvalid,
                  TextsOf(settings).Say("config.bad_secret", {{"file", settings.secret}}));
  }
  std::unique_ptr<Session> session(new Session(settings, world));
  Status status = session->Connect(*keys);
  if (status.ok()) status = session->OpenSpool();
  if (!status.ok()) return status;
  return session;
}

Status Session::Connect(const bus::CurveKeys& keys) {
  for (const auto& [service, address] : settings_.servers) {
    auto client = world_.connect(address, keys);
    if (!client.ok()) return client.status();
    clients_[service] = std::move(*client);
  }
  return base::Ok();
}

Status Session::OpenSpool() {
  auto key = SpoolKey(settings_.secret, world_);
  if (!key.ok()) return key.status();
  spool_ = std::make_unique<bus::Spool>(world_.files, SpoolPath(settings_), std::move(*key),
                                        world_.entropy);
  return base::Ok();
}

common::v1::Envelope Session::NewEnvelope() {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(base::NewRequestId(world_.clock.Wall(), world_.entropy));
  envelope.set_purpose(settings_.purpose);
  return envelope;
}

common::v1::Envelope Session::EnvelopeOf(const google::protobuf::Message& request,
                                         std::string request_id) {
  common::v1::Envelope envelope = NewEnvelope();
  if (!request_id.empty()) envelope.set_request_id(std::move(request_id));
  envelope.set_request(request.SerializeAsString());
  return envelope;
}

Heard Session::Call(std::string_view service, const common::v1::Envelope& envelope) {
  return Call(service, envelope, settings_.timeout);
}

Heard Session::Call(std::string_view service, const common::v1::Envelope& envelope,
                    milliseconds wait) {
  constexpr milliseconds kSlice{1000};
  Heard heard;
  const auto client = clients_.find(service);
  if (client == clients_.end()) return heard;
  // In slices, so that somebody at a terminal sees that we still wait. The same bytes each time:
  // the daemon answers them once.
  for (milliseconds waited{0}; waited < wait; waited += kSlice) {
    if (waiting_ && waited.count() > 0) waiting_(waited);
    auto reply = client->second->Call(envelope, std::min(kSlice, wait - waited));
    if (reply.ok()) return {.how = Heard::How::kReply, .reply = std::move(*reply), .detail = {}};
    heard.detail = reply.status().message();
    if (reply.status().code() == Code::kTimeout) heard.how = Heard::How::kNoAnswer;
  }
  return heard;
}

Heard Session::Ask(std::string_view service, const google::protobuf::Message& request) {
  return Call(service, EnvelopeOf(request));
}

Heard Session::Await(std::string_view at, const common::v1::Ref& cause, std::string_view by) {
  common::v1::Envelope envelope = NewEnvelope();
  envelope.set_time_left_ms(static_cast<uint32_t>(settings_.timeout.count()));
  *envelope.mutable_await()->mutable_cause() = cause;
  envelope.mutable_await()->set_by(std::string(by));
  return Call(at, envelope);
}

std::string Session::EndpointOf(std::string_view service) const {
  const auto found = settings_.servers.find(service);
  return found == settings_.servers.end() ? std::string() : found->second.endpoint;
}

}  // namespace samenspel::cli
