// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/service.h"

#include "common/base/ids.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {
namespace {

using daemon::Decided;
using daemon::View;

constexpr const char* kNumbersStream = "case-numbers";
constexpr const char* kRulesStream = "crisismeter";

std::string NumberIndex(std::string_view case_number) { return "n/" + std::string(case_number); }

Stamp StampOf(const daemon::Caller& caller, base::Instant now) {
  return {now, caller.principal, caller.organisation, caller.purpose, caller.request_id};
}

daemon::NewEvent Recorded(Happened happened) {
  daemon::NewEvent event;
  event.stream = std::move(happened.stream);
  event.version = happened.version;
  event.urgent = happened.urgent;
  event.keeper = std::move(happened.keeper);
  event.event = std::make_shared<v1::Event>(std::move(happened.event));
  return event;
}

Decided DecidedFrom(Decision decision, const std::string& rules_hash) {
  Decided decided;
  if (auto* refusal = std::get_if<Refusal>(&decision)) {
    decided.status = refusal->status;
    decided.reasons = std::move(refusal->reasons);
    decided.hidden = refusal->hidden;
    return decided;
  }
  auto& accepted = std::get<Accepted>(decision);
  for (Happened& happened : accepted.events) {
    decided.version = happened.version;
    decided.events.push_back(Recorded(std::move(happened)));
  }
  decided.response = accepted.response.SerializeAsString();
  if (!rules_hash.empty()) decided.rule_hashes.push_back(rules_hash);
  return decided;
}

}  // namespace

Service::Service(base::FileSystem& files, std::string path, RuleFile file)
    : files_(files), rules_path_(std::move(path)), file_(std::move(file)) {}

base::Result<Service::RuleFile> Service::ReadRules(base::FileSystem& files,
                                                   const std::string& path) {
  auto bytes = files.Read(path);
  if (!bytes.ok()) return bytes.status();
  auto rules = ParseCrisismeter(*bytes, path);
  if (!rules.ok()) return rules.status();
  return RuleFile{std::move(*bytes), std::move(*rules)};
}

base::Result<std::unique_ptr<daemon::Service>> Service::Make(const daemon::ServiceInput& input) {
  auto file = ReadRules(input.files, input.config.rules);
  if (!file.ok()) return file.status();
  return std::unique_ptr<daemon::Service>(
      new Service(input.files, input.config.rules, std::move(*file)));
}

const google::protobuf::Message& Service::request_type() const {
  return v1::Request::default_instance();
}
const google::protobuf::Message& Service::event_type() const {
  return v1::Event::default_instance();
}

base::Status Service::Load(View& view) {
  const auto rules = view.Load<state::Rules>(kRulesStream);
  if (rules.toml().empty()) return base::Ok();
  auto parsed = ParseCrisismeter(rules.toml(), "adopted crisismeter.toml");
  if (!parsed.ok()) return parsed.status();
  adopted_ = std::move(*parsed);
  return base::Ok();
}

base::Status Service::Reload() {
  auto file = ReadRules(files_, rules_path_);
  if (!file.ok()) return file.status();
  file_ = std::move(*file);
  rules_due_ = true;
  return base::Ok();
}

Facts Service::GatherRules(const View& view) const {
  Facts facts;
  facts.crisismeter = adopted_ ? &*adopted_ : nullptr;
  facts.rules_version = view.Load<state::Rules>(kRulesStream).version();
  return facts;
}

std::optional<state::Report> Service::FindReport(const View& view, const std::string& name) const {
  std::string id = name;
  if (const auto number = base::ParseCaseNumber(name)) {
    id = view.Index(NumberIndex(*number)).value_or("");
  }
  if (!base::IsId("rpt", id) || !view.Exists(id)) return std::nullopt;
  return view.Load<state::Report>(id);
}

Decided Service::Answer(View& view, const daemon::Caller& caller, base::Instant now,
                        const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::Request&>(message);
  const Stamp stamp = StampOf(caller, now);
  switch (request.kind_case()) {  // No default: the compiler names a kind we forgot.
    case v1::Request::kSubmitReport: {
      Facts facts;
      facts.crisismeter = adopted_ ? &*adopted_ : nullptr;
      facts.case_numbers = view.Load<state::CaseCounter>(kNumbersStream);
      return DecidedFrom(DecideSubmitReport(facts, stamp, request.submit_report()),
                         adopted_ ? adopted_->hash : "");
    }
    case v1::Request::kShowReport:
      return Show(view, stamp, request.show_report());
    case v1::Request::kAdoptCrisismeter:
      return DecidedFrom(DecideAdopt(GatherRules(view), request.adopt_crisismeter(), file_.rules),
                         "");
    case v1::Request::KIND_NOT_SET:
      break;
  }
  Decided decided;
  decided.status = common::v1::STATUS_INVALID;
  return decided;
}

Decided Service::Show(View& view, const Stamp& stamp, const v1::ShowReport& request) {
  Facts facts;
  facts.report = FindReport(view, request.report());
  if (facts.report) facts.sealed = view.LoadSealed<state::ReportSealed>(facts.report->report());
  Decided decided = DecidedFrom(DecideShowReport(facts, stamp), "");
  if (decided.status == common::v1::STATUS_OK) decided.version = facts.report->version();
  return decided;
}

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant) {
  for (const auto& record : entry.entry->header.events()) {
    meeting::v1::Event event;
    if (!event.ParseFromString(record.payload())) continue;
    const meeting::v1::Mdo* mdo = event.has_mdo_planned()       ? &event.mdo_planned().mdo()
                                  : event.has_mdo_unplannable() ? &event.mdo_unplannable().mdo()
                                                                : nullptr;
    if (mdo == nullptr) continue;
    Decided decided;
    for (Happened& happened : NoteMeeting(FindReport(view, mdo->report()), *mdo)) {
      decided.events.push_back(Recorded(std::move(happened)));
    }
    if (!decided.events.empty()) return decided;
  }
  return std::nullopt;
}

std::vector<daemon::InternalRequest> Service::Due(View& view, base::Instant) {
  if (!rules_due_) return {};
  rules_due_ = false;
  const auto rules = view.Load<state::Rules>(kRulesStream);
  if (rules.hash() == file_.rules.hash) return {};
  v1::Request request;
  request.mutable_adopt_crisismeter()->set_toml(file_.bytes);
  daemon::InternalRequest internal;
  internal.id =
      tlog::Sha256({"adopt", file_.rules.hash, store::BigEndian(rules.version())}).substr(0, 16);
  internal.request = request.SerializeAsString();
  return {internal};
}

std::optional<base::Instant> Service::DueAt() const {
  return rules_due_ ? std::optional(base::Instant{}) : std::nullopt;
}

std::vector<daemon::FollowWish> Service::follows() const {
  daemon::FollowWish meeting;
  meeting.service = "meeting";
  meeting.kinds = {meeting::v1::Event::kMdoPlanned, meeting::v1::Event::kMdoUnplannable};
  return {meeting};
}

bool Service::MaySee(View& view, const daemon::Caller& caller, const common::v1::Ref& ref) {
  if (ref.service() != name()) return false;
  const auto entry = view.store().Read(ref.sequence());
  return entry && (entry->header.principal() == caller.principal ||
                   entry->header.organisation() == caller.organisation);
}

std::vector<std::pair<std::string, uint64_t>> Service::Counters() const {
  return {{"reports_red", graded_[v1::COLOUR_RED]},
          {"reports_amber", graded_[v1::COLOUR_AMBER]},
          {"reports_green", graded_[v1::COLOUR_GREEN]}};
}

}  // namespace samenspel::intake
