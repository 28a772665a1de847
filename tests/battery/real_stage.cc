// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/real_stage.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "common/base/clock.h"
#include "proto/audit/v1/requests.pb.h"
#include "tests/battery/cast.h"
#include "tests/support/ask.h"

namespace samenspel::battery {
namespace {

constexpr const char* kWatcher = "watcher";  // Not cast: shows when a registry is in force.
constexpr const char* kWatcherId = "pro_0000000000000000000watcher";
constexpr base::milliseconds kUsual{60};  // An answer takes a few milliseconds.
constexpr base::milliseconds kLate{15};
constexpr int kOthersFirst = 3;

bool IsService(const std::string& id) { return id.starts_with("svc_"); }

// The files say no later than this.
base::Instant Latest() { return base::SystemClock().Wall() + std::chrono::hours(24); }

// What comes back to this envelope; nothing: nothing within `wait`.
std::optional<common::v1::Answer> Next(bus::Client& client, const common::v1::Envelope& envelope,
                                       base::milliseconds wait) {
  for (;;) {
    const auto bytes = client.ReceiveRaw(wait);
    common::v1::Answer answer;
    if (!bytes.ok() || !answer.ParseFromString(*bytes)) return std::nullopt;
    const bool late = answer.has_reply() && answer.reply().request_id() != envelope.request_id();
    if (!late) return answer;
  }
}

}  // namespace

RealStage::RealStage() {
  for (const bus::Principal& one : NaturalCast()) {
    if (IsService(one.id)) continue;
    region_.Enter(NameOf(one.id), {.id = one.id,
                                   .organisation = one.organisation,
                                   .function = one.function,
                                   .role = one.roles[0],
                                   .purpose = "child_safety"});
  }
  region_.Enter(kWatcher, {.id = kWatcherId,
                           .organisation = OrganisationOf("m"),
                           .function = "operator",
                           .role = "operator",
                           .purpose = "region_setup"});
  region_.Start();
  // Everybody is connected before anybody's key changes.
  for (const bus::Principal& one : NaturalCast()) {
    for (size_t service = 0; service < std::size(kServices); ++service) {
      if (!IsService(one.id)) support::StatusOf(ClientOf(NameOf(one.id), service));
    }
  }
}

RealStage::~RealStage() { region_.StopAll(); }

base::Instant RealStage::Now() { return base::SystemClock().Wall(); }

bus::Client& RealStage::ClientOf(const std::string& name, size_t service) {
  auto& client = clients_[kServices[service] + name];
  if (!client) client = region_.Connect(name, kServices[service]);
  return *client;
}

std::optional<common::v1::Answer> RealStage::Ask(const std::string& who, size_t service,
                                                 const common::v1::Envelope& envelope) {
  const std::string name = IsService(who) ? who.substr(4) : NameOf(who);
  bus::Client& client = ClientOf(name, service);
  if (!client.SendRaw(envelope.SerializeAsString()).ok()) return std::nullopt;
  if (auto answer = Next(client, envelope, kUsual)) return answer;
  // When others have been answered since, there will be none, however slow the machine is.
  for (int i = 0; i < kOthersFirst; ++i) support::StatusOf(ClientOf(kWatcher, service));
  return Next(client, envelope, kLate);
}

void RealStage::Use(const std::vector<bus::Principal>& principals) {
  for (const bus::Principal& one : NaturalCast()) {
    const bool stays =
        std::ranges::any_of(principals, [&](const auto& in) { return in.id == one.id; });
    if (!stays) std::filesystem::remove(region_.folder() + "/registry/" + one.id + ".toml");
  }
  for (bus::Principal principal : principals) {
    if (IsService(principal.id)) continue;
    principal.curve_key = region_.PrincipalOf(NameOf(principal.id)).curve_key;
    principal.valid_until = std::min(principal.valid_until, Latest());
    region_.Reenter(principal);
  }
  // Written last: who has read this file has read the others.
  bus::Principal watcher = region_.PrincipalOf(kWatcher);
  watcher_operates_ = !watcher_operates_;
  if (!watcher_operates_) watcher.roles.clear();
  region_.Reenter(watcher);
  AwaitRegistry(watcher_operates_);
}

// Whoever operates is told more by Status.
void RealStage::AwaitRegistry(bool operates) {
  const auto end = std::chrono::steady_clock::now() + support::kPatience;
  for (size_t service = 0; service < std::size(kServices); ++service) {
    const auto sees = [&] {
      const auto status = support::StatusOf(ClientOf(kWatcher, service));
      return std::ranges::any_of(status.counters(), [&](const auto& counter) {
        return counter.name() == (service == kIntake       ? "reports_red"
                                  : service == kMeeting    ? "meetings_planned"
                                  : service == kEscalation ? "alarms_open"
                                                           : "log_damage");
      });
    };
    while (sees() != operates) {
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("no new registry");
    }
  }
}

std::vector<common::v1::EntryHeader> RealStage::Log() {
  std::vector<common::v1::EntryHeader> headers;
  bus::Client& auditor =
      *clients_.emplace("log", region_.Connect("auditor", "audit")).first->second;
  for (uint64_t size = 0;;) {
    audit::v1::Request request;
    request.mutable_read_leaves()->set_first(headers.size());
    request.mutable_read_leaves()->set_size(size);
    const auto reply = support::Ask(auditor, support::EnvelopeOf(request, "audit"));
    audit::v1::Response response;
    response.ParseFromString(reply.response());
    size = response.leaves_read().size();
    if (response.leaves_read().headers().empty()) return headers;
    for (const std::string& bytes : response.leaves_read().headers()) {
      headers.emplace_back().ParseFromString(bytes);
    }
  }
}

}  // namespace samenspel::battery
