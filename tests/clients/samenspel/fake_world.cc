// SPDX-License-Identifier: EUPL-1.2
#include "tests/clients/samenspel/fake_world.h"

#include <gtest/gtest.h>

#include <numeric>

#include "clients/samenspel/run.h"
#include "clients/samenspel/session.h"
#include "common/bus/link.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

constexpr char kSecret[] = "/secrets/me/curve.secret";
constexpr char kSpool[] = "/spool";

class FakeClient : public bus::Client {
 public:
  FakeClient(FakeWorld& world, std::string service) : world_(world), service_(std::move(service)) {}

  base::Result<common::v1::Reply> Call(const common::v1::Envelope& envelope,
                                       base::milliseconds) override {
    if (auto names = world_.NamesFor(service_, envelope)) return std::move(*names);
    world_.sent.push_back({service_, envelope});
    return world_.answer(service_, envelope);
  }
  base::Status SendRaw(std::string_view) override { return Away(); }
  base::Result<std::string> ReceiveRaw(base::milliseconds) override { return Away(); }

 private:
  FakeWorld& world_;
  std::string service_;
};

std::string Config() {
  std::string toml = "principal = \"" + std::string(kPrincipal) + "\"\nsecret = \"" + kSecret +
                     "\"\nspool = \"" + kSpool + "\"\npurpose = \"child_safety\"\n";
  for (const std::string service : {"intake", "meeting", "escalation", "audit"}) {
    toml += "[server." + service + "]\nendpoint = \"" + service + "\"\nkey = \"key\"\n";
  }
  return toml;
}

}  // namespace

std::optional<FakeWorld::Answer> FakeWorld::NamesFor(const std::string& service,
                                                     const common::v1::Envelope& envelope) {
  meeting::v1::Request request;
  if (service != "meeting" || !request.ParseFromString(envelope.request()) ||
      !request.has_show_names()) {
    return std::nullopt;
  }
  const auto& ids = request.show_names().ids();
  names_asked.emplace_back(ids.begin(), ids.end());
  if (roster_is_away) return Away();
  meeting::v1::Response response;
  auto& shown = *response.mutable_names_shown();
  for (const std::string& id : ids) {
    const auto known = roster.find(id);
    if (known == roster.end()) continue;
    auto& named = *shown.add_names();
    named.set_id(id);
    named.set_name(known->second);
    const auto phone = phones.find(id);
    if (phone != phones.end()) named.set_phone(phone->second);
  }
  return ReplyWith(response);
}

FakeWorld::FakeWorld() {
  environment["HOME"] = "/home/me";
  answer = [](const std::string&, const common::v1::Envelope&) -> Answer { return Away(); };
  const auto keys = bus::NewCurveKeys();
  EXPECT_TRUE(keys.ok());
  EXPECT_TRUE(files->Replace(kSecret, keys->secret_key + "\n").ok());
  EXPECT_TRUE(files->Replace(kConfigPath, Config()).ok());
}

int FakeWorld::Run(std::vector<std::string> arguments) {
  out_.str("");
  err_.str("");
  arguments.insert(arguments.end(), {"--timeout", "2"});
  if (!language.empty()) arguments.insert(arguments.end(), {"--lang", language});
  World world{
      .in = in_,
      .out = out_,
      .err = err_,
      .out_is_terminal = out_is_terminal,
      .err_is_terminal = err_is_terminal,
      .in_is_terminal = in_is_terminal,
      .columns = columns,
      .environment = environment,
      .files = *files,
      .clock = clock,
      .entropy = entropy,
      .connect = [this](const bus::ServerAddress& server,
                        const bus::CurveKeys&) -> base::Result<std::unique_ptr<bus::Client>> {
        return std::unique_ptr<bus::Client>(std::make_unique<FakeClient>(*this, server.endpoint));
      },
      .pause =
          [this](base::milliseconds time) {
            pauses.push_back(time);
            clock.Advance(time);
          },
      .interrupted =
          [this] {
            const auto paused =
                std::accumulate(pauses.begin(), pauses.end(), base::milliseconds(0));
            return interrupt_after.count() > 0 && paused >= interrupt_after;
          },
      .open_screen = open_screen};
  return cli::Run(arguments, world);
}

std::vector<std::string> FakeWorld::Spooled() {
  World world{.in = in_,
              .out = out_,
              .err = err_,
              .environment = environment,
              .files = *files,
              .clock = clock,
              .entropy = entropy,
              .connect = {},
              .pause = {}};
  const auto key = SpoolKey(kSecret, world);
  EXPECT_TRUE(key.ok());
  const auto waiting = bus::Spool(*files, kSpool, *key, entropy).All();
  EXPECT_TRUE(waiting.ok()) << waiting.status().message();
  std::vector<std::string> ids;
  for (const auto& one : *waiting) ids.push_back(one.request_id);
  return ids;
}

std::vector<Sent> FakeWorld::SentTo(const std::string& service) const {
  std::vector<Sent> found;
  for (const Sent& one : sent) {
    if (one.service == service) found.push_back(one);
  }
  return found;
}

base::Status Away() { return {base::Code::kUnavailable, "no connection"}; }
base::Status Silent() { return {base::Code::kTimeout, "no answer"}; }

common::v1::Reply ReplyWith(common::v1::Status status) {
  common::v1::Reply reply;
  reply.set_status(status);
  return reply;
}

common::v1::Reply ReplyWith(common::v1::Status status, const std::string& code,
                            const std::string& field) {
  common::v1::Reply reply = ReplyWith(status);
  auto* reason = reply.add_reasons();
  reason->set_code(code);
  reason->set_field(field);
  return reply;
}

common::v1::Reply ReplyWith(const google::protobuf::Message& response) {
  common::v1::Reply reply = ReplyWith(common::v1::STATUS_OK);
  reply.set_response(response.SerializeAsString());
  return reply;
}

}  // namespace samenspel::cli
