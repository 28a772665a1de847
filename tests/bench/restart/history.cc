// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/restart/history.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "clients/demo/families.h"
#include "clients/demo/region.h"
#include "common/base/clock.h"
#include "common/base/file_system.h"
#include "common/base/ids.h"

namespace samenspel::bench {
namespace {

using intake::v1::COLOUR_AMBER;
using intake::v1::COLOUR_GREEN;
using intake::v1::COLOUR_RED;

constexpr std::chrono::hours kYears{10 * 365 * 24};
constexpr uint64_t kEntriesAReport = 4;  // Of intake, and some: the years must not end before.
constexpr uint64_t kRoundsMore = 1'000;  // Until the write-ahead logs are full.
constexpr int kProfessionals = 120;
constexpr int kRosterDays = 31;
constexpr base::milliseconds kLazy{21};
constexpr const char* kSafety = "child_safety";
constexpr const char* kSetup = "region_setup";

intake::v1::Colour ColourOf(size_t index) {
  if (index % 5 == 0) return COLOUR_RED;
  return index % 5 < 3 ? COLOUR_AMBER : COLOUR_GREEN;
}

intake::v1::Request ReportOf(uint64_t number, intake::v1::Colour colour) {
  intake::v1::Request request;
  *request.mutable_submit_report() = demo::Invent(support::kRegionSeed, number, colour);
  // The invented children are of today: ten years ago some were not born.
  for (auto& child : *request.mutable_submit_report()->mutable_private_()->mutable_children()) {
    if (!child.birth_date().empty()) child.set_birth_date("2012-03-04");
  }
  return request;
}

}  // namespace

History::History(const support::Region& region, uint64_t entries)
    : region_(region), now_(base::SystemClock().Wall() - kYears) {
  const uint64_t rounds = std::max<uint64_t>(1, entries / kEntriesAReport / kTogether);
  between_ = std::chrono::duration_cast<base::milliseconds>(kYears) / (rounds + kRoundsMore);
  roster_until_ = now_;
  const auto files = base::RealFileSystem();
  const auto registry = bus::Registry::Load(*files, region.folder() + "/registry");
  if (!registry.ok()) throw std::runtime_error(registry.status().message());
  for (const std::string_view service : support::kServices) {
    daemons_.push_back(std::make_unique<InnerDaemon>(region, service, *registry, now_));
  }
  LetThemTalk();
}

InnerDaemon& History::Daemon(std::string_view service) const {
  for (const auto& daemon : daemons_) {
    if (daemon->service() == service) return *daemon;
  }
  throw std::runtime_error("no such daemon");
}

uint64_t History::EntriesOf(std::string_view service) const { return Daemon(service).entries(); }

uint64_t History::LogBytesOf(std::string_view service) const { return Daemon(service).LogBytes(); }

// What a daemon says to its leader, to a follower, or to whoever asked.
void History::Carry(const InnerDaemon& from, std::vector<bus::Output> outputs) {
  const std::string self = "svc_" + from.service();
  const auto key_of = [&](const std::string& id) {
    return region_.PrincipalOf(id.substr(4)).curve_key;
  };
  for (bus::Output& output : outputs) {
    bus::Input input;
    input.key = key_of(self);
    input.bytes = std::move(output.bytes);
    if (output.peer.socket > 0) {
      input.peer.route = self;
      Daemon(from.leaders()[output.peer.socket - 1]).Take(std::move(input));
    } else if (output.peer.route.starts_with("svc_")) {
      InnerDaemon& follower = Daemon(output.peer.route.substr(4));
      const auto& leaders = follower.leaders();
      const auto at = std::find(leaders.begin(), leaders.end(), from.service());
      input.peer.socket = static_cast<uint32_t>(at - leaders.begin()) + 1;
      follower.Take(std::move(input));
    } else {
      common::v1::Answer answer;
      answer.ParseFromString(input.bytes);
      replies_[answer.reply().request_id()] = std::move(*answer.mutable_reply());
    }
  }
}

// Until nobody has anything more to say: twice in a row, since what is not urgent waits a little.
void History::LetThemTalk() {
  for (int quiet = 0; quiet < 2;) {
    uint64_t before = 0;
    uint64_t after = 0;
    bool mail = false;
    for (const auto& daemon : daemons_) {
      before += daemon->entries();
      Carry(*daemon, daemon->Step(now_));
      after += daemon->entries();
    }
    for (const auto& daemon : daemons_) mail |= daemon->HasMail();
    quiet = mail || before != after ? 0 : quiet + 1;
    now_ += kLazy;
  }
}

std::vector<common::v1::Reply> History::Ask(const std::string& service,
                                            const std::vector<Asked>& all) {
  std::vector<std::string> ids;
  for (const Asked& asked : all) {
    common::v1::Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(base::NewRequestId(now_, entropy_));
    envelope.set_purpose(asked.purpose);
    envelope.set_request(asked.request);
    ids.push_back(envelope.request_id());
    Daemon(service).Take({.kind = bus::Input::Kind::kFrame,
                          .peer = {.socket = 0, .route = asked.who},
                          .key = region_.PrincipalOf(asked.who).curve_key,
                          .bytes = envelope.SerializeAsString()});
  }
  LetThemTalk();
  std::vector<common::v1::Reply> replies;
  for (const std::string& id : ids) {
    replies.push_back(std::move(replies_[id]));
    if (replies.back().status() != common::v1::STATUS_OK) {
      throw std::runtime_error(service + " answered " + replies.back().ShortDebugString());
    }
  }
  replies_.clear();
  return replies;
}

void History::RenewRoster() {
  const auto people = demo::Generate(support::kRegionSeed, kProfessionals, kRosterDays, now_);
  std::vector<std::string> requests;
  const auto add = [&](const meeting::v1::Request& request) {
    requests.push_back(request.SerializeAsString());
  };
  if (!registered_) {
    for (const auto& one : people.organisations) {
      meeting::v1::Request request;
      *request.mutable_register_organisation()->mutable_organisation() = one;
      add(request);
    }
    for (const auto& one : people.professionals) {
      meeting::v1::Request request;
      *request.mutable_register_professional()->mutable_professional() = one;
      add(request);
    }
  }
  for (const auto& one : people.shifts) {
    meeting::v1::Request request;
    *request.mutable_set_shifts() = one;
    add(request);
  }
  for (size_t from = 0; from < requests.size(); from += kTogether) {
    std::vector<Asked> some;
    for (size_t i = from; i < std::min(requests.size(), from + kTogether); ++i) {
      some.push_back({"manager", kSetup, requests[i]});
    }
    (void)Ask("meeting", some);
  }
  registered_ = true;
  roster_until_ = now_ + std::chrono::hours(24 * (kRosterDays - 3));
}

// `fill` makes the request about one report; false: none is asked about that one.
void History::AskAbout(
    const std::vector<std::string>& reports, const std::string& who,
    const std::function<bool(size_t, intake::v1::Request&, const std::string&)>& fill) {
  std::vector<Asked> all;
  for (size_t i = 0; i < reports.size(); ++i) {
    intake::v1::Request request;
    if (fill(i, request, reports[i])) all.push_back({who, kSafety, request.SerializeAsString()});
  }
  (void)Ask("intake", all);
}

void History::PassOn() {
  if (now_ >= roster_until_) RenewRoster();
  const base::Instant began = now_;
  std::vector<Asked> sent;
  for (size_t i = 0; i < kTogether; ++i) {
    sent.push_back({"desk-vt", kSafety, ReportOf(reports_++, ColourOf(i)).SerializeAsString()});
  }
  std::vector<std::string> reports;
  for (const auto& reply : Ask("intake", sent)) {
    intake::v1::Response response;
    response.ParseFromString(reply.response());
    reports.push_back(response.report_received().report());
  }
  AskAbout(reports, "desk-vt2",
           [](size_t i, intake::v1::Request& request, const std::string& report) {
             if (ColourOf(i) != COLOUR_RED) return false;
             auto& hold = *request.mutable_hold_report();
             hold.set_report(report);
             hold.set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
             hold.mutable_private_()->set_who("Crisisdienst");
             return true;
           });
  AskAbout(reports, "desk-vt2",
           [](size_t, intake::v1::Request& request, const std::string& report) {
             request.mutable_claim_report()->set_report(report);
             return true;
           });
  AskAbout(reports, "desk-vt2",
           [](size_t, intake::v1::Request& request, const std::string& report) {
             request.mutable_show_report()->set_report(report);
             return true;
           });
  AskAbout(reports, "desk-vt2",
           [](size_t i, intake::v1::Request& request, const std::string& report) {
             auto& settle = *request.mutable_settle_report();
             settle.set_report(report);
             settle.set_outcome(ColourOf(i) == COLOUR_RED ? intake::v1::OUTCOME_MEETING
                                                          : intake::v1::OUTCOME_LOCAL_TEAM);
             return true;
           });
  now_ = std::max(now_, std::min(began + between_, base::SystemClock().Wall()));
}

}  // namespace samenspel::bench
