// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/support/bench.h"

#include <gtest/gtest.h>

#include "common/daemon/common_events.h"
#include "common/daemon/replay.h"
#include "common/store/bytes.h"

namespace samenspel::support {
namespace {

constexpr store::Column kColumns[] = {
    store::Column::kJournal, store::Column::kState,  store::Column::kPrivate, store::Column::kIndex,
    store::Column::kDedup,   store::Column::kCursor, store::Column::kCopy};

std::string RequestId(uint64_t number) { return "request-" + store::BigEndian(number); }

}  // namespace

Bench::Bench(const std::string& name, Factory make, const std::string& rules,
             const std::function<void(base::FileSystem&, daemon::Config&)>& prepare)
    : make_(std::move(make)) {
  config_.service = name;
  config_.rules = rules.empty() ? "" : "/rules.toml";
  if (!rules.empty()) WriteRules(rules);
  if (prepare) prepare(disk_->files(), config_);
  store::StoreConfig store_config;
  store_config.path = "/data";
  store_config.service = name;
  auto store = store::Store::Open(store_config, *disk_);
  EXPECT_TRUE(store.ok()) << store.status().message();
  store_ = std::move(*store);
  auto keys = seal::KeyStore::Open(disk_->files(), "/keys", std::string(32, 'm'), entropy_);
  EXPECT_TRUE(keys.ok()) << keys.status().message();
  keys_ = std::move(*keys);
  const base::Status started = Restart();
  EXPECT_TRUE(started.ok()) << started.message();
}

void Bench::WriteRules(const std::string& text) {
  EXPECT_TRUE(disk_->files().Replace("/rules.toml", text).ok());
}

base::Status Bench::Restart() {
  auto service = make_({config_, disk_->files()});
  if (!service.ok()) return service.status();
  service_ = std::move(*service);
  store::Batch batch = store_->Begin();
  daemon::View view(*store_, batch, *keys_, entropy_);
  return service_->Load(view);
}

void Bench::Turn(const std::function<void(daemon::View&)>& decide) {
  store::Batch batch = store_->Begin();
  daemon::View view(*store_, batch, *keys_, entropy_);
  decide(view);
  if (auto closing = service_->Close(view, now)) {
    Record(view, {.caller = {}, .received_at = now, .kind = "close", .digest = "", .cause = {}},
           std::move(*closing));
  }
  EXPECT_EQ(store_->Commit(std::move(batch)), store::CommitResult::kAcked);
}

void Bench::Record(daemon::View& view, const daemon::EntryContext& context,
                   daemon::Decided decided) {
  const auto recorded = daemon::Record(view, *service_, context, std::move(decided));
  EXPECT_TRUE(recorded.ok()) << recorded.status().message();
}

daemon::Decided Bench::Peek(const daemon::Caller& caller,
                            const google::protobuf::Message& request) {
  store::Batch batch = store_->Begin();
  daemon::View view(*store_, batch, *keys_, entropy_);
  return service_->Answer(view, caller, now, request);
}

daemon::Decided Bench::Ask(daemon::Caller caller, const google::protobuf::Message& request) {
  daemon::Decided answered;
  caller.request_id = RequestId(++requests_);
  Turn([&](daemon::View& view) {
    answered = service_->Answer(view, caller, now, request);
    if (answered.events.empty() && !answered.hidden) return;
    daemon::EntryContext context;
    context.caller = caller;
    context.received_at = now;
    context.kind = daemon::KindOf(request)->name();
    Record(view, context, answered);
  });
  return answered;
}

void Bench::Hear(const std::string& from, std::shared_ptr<const store::Stored> entry) {
  const daemon::FollowedEntry followed{from, std::move(entry)};
  Turn([&](daemon::View& view) {
    auto decided = service_->Followed(view, followed, now);
    if (!decided) return;
    daemon::EntryContext context;
    context.caller.principal = "svc_" + config_.service;
    context.received_at = now;
    context.kind = "followed";
    context.cause = followed.ref();
    Record(view, context, std::move(*decided));
  });
}

std::optional<daemon::Decided> Bench::Overhear(const std::string& from,
                                               std::shared_ptr<const store::Stored> entry) {
  store::Batch batch = store_->Begin();
  daemon::View view(*store_, batch, *keys_, entropy_);
  return service_->Followed(view, {from, std::move(entry)}, now);
}

void Bench::Register(std::vector<bus::Principal> principals) {
  const auto registry = bus::Registry::Of(std::move(principals));
  ASSERT_TRUE(registry.ok()) << registry.status().message();
  Turn([&](daemon::View& view) {
    while (auto change = daemon::RegistryChange(view, *service_, **registry)) {
      daemon::EntryContext context;
      context.caller.principal = "svc_" + config_.service;
      context.received_at = now;
      context.kind = "registry";
      daemon::Decided decided;
      decided.events.push_back(std::move(*change));
      Record(view, context, std::move(decided));
    }
  });
}

void Bench::SeeFollower(const std::string& principal, bool lagging) {
  common::v1::FollowerSeen seen;
  seen.set_principal(principal);
  seen.set_lagging(lagging);
  Turn([&](daemon::View& view) {
    daemon::Decided decided;
    decided.events.push_back(*daemon::FollowerSeenEvent(*service_, seen));
    daemon::EntryContext context;
    context.caller.principal = "svc_" + config_.service;
    context.received_at = now;
    context.kind = "follower";
    Record(view, context, std::move(decided));
  });
}

void Bench::RecordClock(base::milliseconds off, bool accepted) {
  common::v1::ClockSeen seen;
  seen.set_off_ms(off.count());
  seen.set_accepted(accepted);
  seen.set_at_ms(base::ToMs(now));
  Turn([&](daemon::View& view) {
    daemon::Decided decided;
    decided.events.push_back(*daemon::ClockSeenEvent(*service_, seen));
    daemon::EntryContext context;
    context.caller.principal = accepted ? "pro_operator" : "svc_" + config_.service;
    context.received_at = now;
    context.kind = accepted ? "accept_clock" : "clock";
    Record(view, context, std::move(decided));
  });
}

void Bench::SeeClock(base::milliseconds off) { RecordClock(off, false); }

void Bench::AcceptClock(base::milliseconds off) {
  RecordClock(off, true);
  service_->ClockMoved(off);
  now += off;
}

size_t Bench::SendDue() {
  size_t sent = 0;
  Turn([&](daemon::View& view) {
    for (const daemon::InternalRequest& internal : service_->Due(view, now)) {
      ++sent;
      const std::unique_ptr<google::protobuf::Message> request(service_->request_type().New());
      EXPECT_TRUE(request->ParseFromString(internal.request));
      daemon::EntryContext context;
      context.caller.principal = "svc_" + config_.service;
      context.caller.request_id = internal.id;
      context.received_at = now;
      context.kind = daemon::KindOf(*request)->name();
      context.keep_answer = true;
      Record(view, context, service_->Answer(view, context.caller, now, *request));
    }
  });
  return sent;
}

bool Bench::MaySee(const daemon::Caller& caller, const common::v1::Ref& entry) {
  store::Batch batch = store_->Begin();
  daemon::View view(*store_, batch, *keys_, entropy_);
  return service_->MaySee(view, caller, entry);
}

base::Status Bench::Verify() {
  return daemon::Verify(*store_, *keys_, entropy_, [&] {
    auto fresh = make_({config_, disk_->files()});
    EXPECT_TRUE(fresh.ok());
    return std::move(*fresh);
  });
}

std::string Bench::OpenPart(const store::Stored& entry, int event, const std::string& part) {
  const auto& record = entry.header.events(event);
  const uint32_t index = part == "private" ? record.private_part() : record.secret_part();
  if (index == 0) return "";
  return daemon::OpenParts(*keys_, entry).at(index - 1);
}

std::vector<std::shared_ptr<const store::Stored>> Bench::Entries() const {
  std::vector<std::shared_ptr<const store::Stored>> entries;
  for (uint64_t i = 1; i <= store_->head().sequence; ++i) entries.push_back(store_->Read(i));
  return entries;
}

bool Bench::IsReadable(const std::string& text) const {
  bool found = false;
  for (const store::Column column : kColumns) {
    store_->Scan(column, "", "", [&](std::string_view key, std::string_view value) {
      found |= key.find(text) != std::string_view::npos;
      found |= value.find(text) != std::string_view::npos;
      return true;
    });
  }
  return found;
}

uint64_t Bench::Counter(const std::string& name) const {
  for (const auto& [counter, value] : service_->Counters(now)) {
    if (counter == name) return value;
  }
  ADD_FAILURE() << "no counter " << name;
  return 0;
}

daemon::Caller By(const std::string& principal, const std::string& organisation,
                  const std::vector<std::string>& roles) {
  daemon::Caller caller;
  caller.principal = principal;
  caller.organisation = organisation;
  caller.purpose = "child_safety";
  caller.roles = roles;
  return caller;
}

}  // namespace samenspel::support
