// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/daemon/core_rig.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cassert>

#include "common/base/ids.h"
#include "common/daemon/config.h"
#include "common/store/bytes.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/audit/daemon/service.h"
#include "services/escalation/daemon/service.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/daemon/service.h"
#include "services/meeting/daemon/service.h"

namespace samenspel::daemon {
namespace {

constexpr const char* kOrigin = "samenspel.example/test";

// The rule files that are installed, on a disk of a test.
void InstallRules(base::FileSystem& files) {
  const auto real = base::RealFileSystem();
  for (const char* name : {"alarms.toml", "crisismeter.toml", "table.toml", "terms.toml"}) {
    const auto rules = real->Read(std::string(SAMENSPEL_SOURCE) + "/deploy/config/" + name);
    ASSERT_TRUE(rules.ok()) << rules.status().message();
    ASSERT_TRUE(files.Replace(name, *rules).ok());
  }
}

// Everything that the installed crisismeter asks.
const std::vector<std::string>& Indicators() {
  static const std::vector<std::string> all = [] {
    const std::string path = std::string(SAMENSPEL_SOURCE) + "/deploy/config/crisismeter.toml";
    const auto rules = intake::ParseCrisismeter(*base::RealFileSystem()->Read(path), path);
    EXPECT_TRUE(rules.ok()) << rules.status().message();
    std::vector<std::string> ids;
    for (const auto& indicator : rules->indicators) ids.push_back(indicator.id);
    return ids;
  }();
  return all;
}

std::unique_ptr<Service> MakeNamed(const std::string& name, base::FileSystem& files) {
  if (name == "audit") {
    auto key = tlog::SigningKey::FromSeed(kOrigin, std::string(32, 's'));
    return std::make_unique<audit::Service>(kOrigin, *std::move(key));
  }
  Config config;
  config.terms = "terms.toml";
  config.rules = name == "intake" ? "crisismeter.toml" : "table.toml";
  if (name == "escalation") config.rules = "alarms.toml";
  auto service = name == "intake"       ? intake::Service::Make({config, files})
                 : name == "escalation" ? escalation::Service::Make({config, files})
                                        : meeting::Service::Make({config, files});
  EXPECT_TRUE(service.ok()) << service.status().message();
  return *std::move(service);
}

std::string KeyOf(const std::string& id) {
  std::string key = "key of " + id;
  key.resize(40, '.');
  return key;
}

std::string IdLike(const char* prefix, uint8_t number) {
  base::IdBytes bytes{};
  bytes.back() = number;
  return base::MakeId(prefix, bytes);
}

std::vector<Grant> GrantsOfService(const std::string& name) {
  Grant all{
      .principal = "svc_audit", .kinds = {}, .every_entry = true, .view = common::v1::VIEW_SEALED};
  if (name == "intake") {
    return {{.principal = "svc_meeting",
             .kinds = {intake::v1::Event::kReportGraded, intake::v1::Event::kFirstStepNamed,
                       intake::v1::Event::kInvolvementSet}},
            all};
  }
  if (name == "meeting") {
    return {{.principal = "svc_intake",
             .kinds = {meeting::v1::Event::kMdoPlanned, meeting::v1::Event::kMdoUnplannable,
                       meeting::v1::Event::kSeatTaken}},
            all};
  }
  return {};
}

}  // namespace

bus::Principal Person(const std::string& id, const std::string& organisation,
                      std::vector<std::string> roles) {
  bus::Principal person;
  person.id = id;
  person.employer = organisation;
  person.organisation = organisation;
  person.function = "desk";
  person.roles = std::move(roles);
  person.curve_key = KeyOf(id);
  person.valid_from = support::kMorning - std::chrono::hours(24);
  person.valid_until = support::kMorning + std::chrono::hours(24 * 365);
  return person;
}

std::shared_ptr<const bus::Registry> RegistryOf(std::vector<bus::Principal> principals) {
  auto registry = bus::Registry::Of(std::move(principals));
  EXPECT_TRUE(registry.ok()) << registry.status().message();
  return *registry;
}

std::vector<bus::Principal> Everybody() {
  return {Person("pro_anna", "org_north", {"desk_worker"}),
          Person("pro_bert", "org_north", {"desk_worker"}),
          Person("pro_carla", "org_south", {"desk_worker"}),
          Person("pro_dirk", "org_region", {"region_manager"}),
          Person("svc_intake", "org_region", {"service"}),
          Person("svc_meeting", "org_region", {"service"}),
          Person("svc_audit", "org_region", {"service"})};
}

std::string IdOf(uint64_t number) { return store::BigEndian(0x5a) + store::BigEndian(number); }

intake::v1::Request Report(bool red, const std::string& happening) {
  intake::v1::Request request;
  intake::v1::SubmitReport& form = *request.mutable_submit_report();
  for (const std::string& indicator : Indicators()) {
    auto& answer = *form.add_answers();
    answer.set_indicator(indicator);
    answer.set_value(red && indicator == "fresh_injury" ? intake::v1::ANSWER_VALUE_YES
                                                        : intake::v1::ANSWER_VALUE_NO);
  }
  form.mutable_private_()->mutable_happening()->set_text(happening);
  form.mutable_private_()->mutable_child_now()->set_unknown(true);
  form.mutable_private_()->mutable_reporter()->set_unknown(true);
  return request;
}

intake::v1::Request Show(const std::string& report) {
  intake::v1::Request request;
  request.mutable_show_report()->set_report(report);
  return request;
}

common::v1::Envelope Ask(uint64_t id, const google::protobuf::Message& request,
                         const std::string& purpose) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(IdOf(id));
  envelope.set_purpose(purpose);
  envelope.set_request(request.SerializeAsString());
  return envelope;
}

common::v1::Envelope AwaitOf(uint64_t id, const std::string& service, uint64_t sequence,
                             const std::string& by, uint32_t time_left_ms) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(IdOf(id));
  envelope.set_time_left_ms(time_left_ms);
  common::v1::Await& await = *envelope.mutable_await();
  await.mutable_cause()->set_service(service);
  await.mutable_cause()->set_epoch(1);
  await.mutable_cause()->set_sequence(sequence);
  await.set_by(by);
  return envelope;
}

bus::Input From(const std::string& id, const common::v1::Envelope& envelope,
                const std::string& route) {
  return {.kind = bus::Input::Kind::kFrame,
          .peer = {0, route.empty() ? id : route},
          .key = KeyOf(id),
          .bytes = envelope.SerializeAsString()};
}

std::vector<common::v1::Reply> RepliesOf(const Turn& turn) {
  std::vector<common::v1::Reply> replies;
  for (const bus::Output& output : turn.out) {
    common::v1::Answer answer;
    if (output.peer.socket == 0 && answer.ParseFromString(output.bytes) && answer.has_reply()) {
      replies.push_back(answer.reply());
    }
  }
  return replies;
}

Rig::Rig(std::string name, std::vector<Grant> grants)
    : name_(std::move(name)),
      grants_(std::move(grants)),
      entropy_(std::hash<std::string>()(name_)) {
  InstallRules(watched_.disk().files());
}

void Rig::Start(base::Instant now, std::shared_ptr<const bus::Registry> registry) {
  auto store = store::Store::Open({.path = "/" + name_, .service = name_}, watched_.disk());
  ASSERT_TRUE(store.ok()) << store.status().message();
  store_ = *std::move(store);
  auto keys = seal::KeyStore::Open(watched_.disk().files(), name_ + "-keys", std::string(32, 'm'),
                                   entropy_);
  ASSERT_TRUE(keys.ok()) << keys.status().message();
  keys_ = *std::move(keys);
  CoreConfig config;
  config.grants = grants_;
  config.version = "test";
  core_ =
      std::make_unique<Core>(config, maker()(), *store_, *keys_, entropy_, std::move(registry),
                             [this](LogLevel, const std::string& line) { log.push_back(line); });
  const base::Status started = core_->Start(now);
  ASSERT_TRUE(started.ok()) << started.message();
}

void Rig::OpenForMaintenance() {
  auto store = store::Store::OpenUnproven({.path = "/" + name_, .service = name_}, watched_.disk());
  ASSERT_TRUE(store.ok()) << store.status().message();
  store_ = *std::move(store);
  auto keys = seal::KeyStore::Open(watched_.disk().files(), name_ + "-keys", std::string(32, 'm'),
                                   entropy_);
  ASSERT_TRUE(keys.ok()) << keys.status().message();
  keys_ = *std::move(keys);
}

void Rig::Kill() {
  core_.reset();
  keys_.reset();
  store_.reset();
}

MakeService Rig::maker() {
  return [this] { return MakeNamed(name_, watched_.disk().files()); };
}

Turn Rig::Step(base::Instant now, const std::vector<bus::Input>& inputs) {
  return core_->Step(now, inputs);
}

common::v1::Reply Rig::AskOne(base::Instant now, const bus::Input& input) {
  const Turn turn = Step(now, {input});
  EXPECT_TRUE(turn.fault.ok()) << turn.fault.message();
  const auto replies = RepliesOf(turn);
  EXPECT_EQ(replies.size(), 1U);
  return replies.empty() ? common::v1::Reply() : replies.front();
}

std::vector<common::v1::EntryHeader> Rig::Entries() const {
  std::vector<common::v1::EntryHeader> entries;
  for (uint64_t i = 1; i <= store_->head().sequence; ++i) {
    entries.push_back(store_->Read(i)->header);
  }
  return entries;
}

RegionRig::RegionRig() {
  members_.resize(3);
  members_[0].rig = std::make_unique<Rig>("intake", GrantsOfService("intake"));
  members_[0].leaders = {"meeting", "escalation"};  // The last is not played here.
  members_[1].rig = std::make_unique<Rig>("meeting", GrantsOfService("meeting"));
  members_[1].leaders = {"intake"};
  members_[2].rig = std::make_unique<Rig>("audit");
  members_[2].leaders = {"intake", "meeting", "escalation"};  // The last is not played here.
}

void RegionRig::Start() {
  for (Member& member : members_) member.rig->Start(now_, RegistryOf(Everybody()));
}

Rig& RegionRig::rig(const std::string& name) {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [&](const Member& member) { return member.rig->name() == name; });
  assert(found != members_.end());
  return *found->rig;
}

void RegionRig::Send(const std::string& service, const bus::Input& input) {
  for (Member& member : members_) {
    if (member.rig->name() == service && !member.away) member.mailbox.push_back(input);
  }
}

void RegionRig::Disconnect(const std::string& service) {
  for (Member& member : members_) {
    if (member.rig->name() != service) continue;
    member.rig->Kill();
    member.mailbox.clear();
    member.away = true;
  }
}

void RegionRig::Reconnect(const std::string& service) {
  for (Member& member : members_) {
    if (member.rig->name() == service) {
      member.away = false;
      member.wake_at = now_;
      member.rig->Start(now_, RegistryOf(Everybody()));
    }
    const auto at = std::find(member.leaders.begin(), member.leaders.end(), service);
    if (at == member.leaders.end()) continue;
    bus::Input up{.kind = bus::Input::Kind::kUp, .peer = {}, .key = {}, .bytes = {}};
    up.peer.socket = static_cast<uint32_t>(at - member.leaders.begin()) + 1;
    if (!member.away) member.mailbox.push_back(up);
  }
}

void RegionRig::Restart(const std::string& service) {
  Disconnect(service);
  Reconnect(service);
}

void RegionRig::Deliver(Member& from, std::vector<bus::Output> out) {
  const std::string sender = "svc_" + from.rig->name();
  for (bus::Output& output : out) {
    bus::Input input{.kind = bus::Input::Kind::kFrame,
                     .peer = {0, sender},
                     .key = KeyOf(sender),
                     .bytes = std::move(output.bytes)};
    if (output.peer.socket > 0) {
      Send(from.leaders.at(output.peer.socket - 1), input);
      continue;
    }
    if (!output.peer.route.starts_with("svc_")) {
      common::v1::Answer answer;
      ASSERT_TRUE(answer.ParseFromString(input.bytes));
      replies.push_back(answer.reply());
      continue;
    }
    for (Member& to : members_) {
      if (to.away || "svc_" + to.rig->name() != output.peer.route) continue;
      const auto at = std::find(to.leaders.begin(), to.leaders.end(), from.rig->name());
      input.peer = {static_cast<uint32_t>(at - to.leaders.begin()) + 1, ""};
      to.mailbox.push_back(input);
    }
  }
}

void RegionRig::Run(base::milliseconds span) {
  const base::Instant end = now_ + span;
  for (;;) {
    base::Instant next = end;
    for (Member& member : members_) {
      if (member.away) continue;
      if (member.mailbox.empty() && now_ < member.wake_at) {
        next = std::min(next, member.wake_at);
        continue;
      }
      const std::vector<bus::Input> inputs = std::move(member.mailbox);
      member.mailbox.clear();
      Turn turn = member.rig->Step(now_, inputs);
      ASSERT_TRUE(turn.fault.ok()) << turn.fault.message();
      member.wake_at = turn.wake_at;
      Deliver(member, std::move(turn.out));
      next = now_;
    }
    if (next == end) break;
    now_ = std::max(now_, next);
  }
  now_ = end;
}

void SetUpRegion(RegionRig& region) {
  uint64_t id = 900'000;
  const auto send = [&](const meeting::v1::Request& request) {
    region.Send("meeting", From("pro_dirk", Ask(++id, request, "region_setup")));
  };
  meeting::v1::Request organisation;
  auto& desk = *organisation.mutable_register_organisation()->mutable_organisation();
  desk.set_id(IdLike("org", 1));
  desk.set_name("Veilig Thuis Verzonnenstad");
  desk.set_kind("veilig_thuis");
  send(organisation);
  uint8_t number = 0;
  for (const char* function : {"veilig_thuis_expert", "protection_worker",
                               "child_protection_board_adviser", "confidential_physician"}) {
    meeting::v1::Request registered;
    auto& person = *registered.mutable_register_professional()->mutable_professional();
    person.set_id(IdLike("pro", ++number));
    person.set_name("Verzonnen Persoon " + std::to_string(number));
    person.set_employer(IdLike("org", 1));
    person.set_organisation(IdLike("org", 1));
    person.add_functions(function);
    send(registered);
    meeting::v1::Request shifts;
    shifts.mutable_set_shifts()->set_professional(person.id());
    auto& shift = *shifts.mutable_set_shifts()->add_shifts();
    shift.set_from_ms(base::ToMs(region.now()));
    shift.set_until_ms(base::ToMs(region.now() + std::chrono::hours(24)));
    send(shifts);
  }
  region.Run(base::milliseconds(100));
}

}  // namespace samenspel::daemon
