// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/service.h"

#include "common/base/ids.h"
#include "common/daemon/decided.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"
#include "services/escalation/daemon/alarms_file.h"
#include "services/escalation/domain/decider.h"

namespace samenspel::escalation {
namespace {

using daemon::Decided;
using daemon::DecidedFrom;
using daemon::StampOf;
using daemon::View;

constexpr const char* kRulesStream = "alarms";
constexpr size_t kDeadlinesATurn = 64;
constexpr size_t kEndedListedMax = 5000;  // Of the newest: a list never reads the whole past.

// Only an id of its own kind is looked up: the row of another kind cannot be read as this one.
template <class T>
std::optional<T> Find(const View& view, std::string_view kind, const std::string& stream) {
  if (!base::IsId(kind, stream) || !view.Exists(stream)) return std::nullopt;
  return view.Load<T>(stream);
}

std::optional<v1::ReportCopied> ReportIn(const View& view, const std::string& report) {
  const auto state = Find<state::Report>(view, "rpt", report);
  return state ? std::optional(state->copy()) : std::nullopt;
}

void AddList(const View& view, const v1::Alarm& alarm, Facts& facts) {
  if (facts.lists.contains(alarm.household())) return;
  auto list = Find<common::v1::CaseList>(view, "hh", alarm.household());
  if (list) facts.lists.emplace(alarm.household(), std::move(*list));
}

template <class T>
void EachRow(View& view, std::string_view prefix,
             const std::function<void(const std::string& id, const T& row)>& visit) {
  view.store().Scan(store::Column::kState, prefix, "",
                    [&](std::string_view id, std::string_view bytes) {
                      T row;
                      if (row.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
                        visit(std::string(id), row);
                      }
                      return true;
                    });
}

}  // namespace

base::Result<std::unique_ptr<daemon::Service>> Service::Make(const daemon::ServiceInput& input) {
  return MakeHearing(input, kSilence);
}

base::Result<std::unique_ptr<daemon::Service>> Service::MakeHearing(
    const daemon::ServiceInput& input, base::milliseconds silence) {
  auto file = Rules::Open(input.files, input.config.rules, ParseAlarms);
  if (!file.ok()) return file.status();
  return std::unique_ptr<daemon::Service>(new Service(std::move(*file), silence));
}

const google::protobuf::Message& Service::request_type() const {
  return v1::Request::default_instance();
}
const google::protobuf::Message& Service::event_type() const {
  return v1::Event::default_instance();
}

base::Status Service::Load(View& view) {
  SAMENSPEL_RETURN_IF_ERROR(rules_.Adopt(view.Load<state::Rules>(kRulesStream).toml()));
  EachRow<state::Person>(
      view, "pro_", [&](const std::string&, const state::Person& person) { people_.Set(person); });
  EachRow<state::Watch>(view, "wch_", [&](const std::string& id, const state::Watch& watch) {
    board_.Track(id, watch);
  });
  EachRow<state::AlarmState>(view, "alm_", [&](const std::string&, const state::AlarmState& alarm) {
    const auto report = ReportIn(view, alarm.alarm().report());
    board_.Track(state::AlarmState(), alarm, report ? &*report : nullptr);
  });
  return view.store().fault();
}

Facts Service::Gather(const View& view) const {
  Facts facts;
  facts.rules = rules_.adopted();
  facts.rules_version = view.Load<state::Rules>(kRulesStream).version();
  facts.people = &people_;
  return facts;
}

void Service::GatherAlarm(const View& view, const std::string& id, Facts& facts) const {
  facts.alarm = Find<state::AlarmState>(view, "alm", id);
  if (facts.alarm) AddList(view, facts.alarm->alarm(), facts);
}

Facts Service::GatherDue(const View& view, const std::string& stream) const {
  Facts facts = Gather(view);
  facts.alarm = Find<state::AlarmState>(view, "alm", stream);
  facts.watch = Find<state::Watch>(view, "wch", facts.alarm ? facts.alarm->watch() : stream);
  if (!facts.watch) return facts;
  if (!facts.alarm) {
    facts.alarm = Find<state::AlarmState>(view, "alm", LastAlarmOf(*facts.watch));
  }
  facts.report = ReportIn(view, facts.watch->alarm().report());
  return facts;
}

Facts Service::GatherList(const View& view, bool with_ended) const {
  Facts facts = Gather(view);
  for (const std::string& id : board_.Listed(with_ended, kEndedListedMax)) {
    facts.listed.push_back(view.Load<state::AlarmState>(id));
    AddList(view, facts.listed.back().alarm(), facts);
  }
  return facts;
}

Decided Service::AnswerHeard(const View& view, const Stamp& stamp,
                             const v1::FollowHeard& request) const {
  const std::vector<Wanted> wanted = {WantedOf(kSelf, request.service(), request.lagging())};
  Accepted accepted;
  accepted.events = Reconcile(Known(view, wanted, ""), wanted, nullptr, stamp, stamp.received_at);
  return DecidedFrom(Decision(std::move(accepted)));
}

Decided Service::Answer(View& view, const daemon::Caller& caller, base::Instant now,
                        const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::Request&>(message);
  const Stamp stamp = StampOf(caller, now);
  Facts facts = Gather(view);
  std::vector<std::string> rule_hashes;
  if (facts.rules != nullptr) rule_hashes.push_back(facts.rules->hash);
  switch (request.kind_case()) {  // No default: the compiler names a kind we forgot.
    case v1::Request::kListAlarms:
      facts = GatherList(view, request.list_alarms().with_ended());
      return DecidedFrom(DecideListAlarms(facts, stamp, request.list_alarms()));
    case v1::Request::kShowAlarm:
      GatherAlarm(view, request.show_alarm().alarm(), facts);
      return DecidedFrom(DecideShowAlarm(facts, stamp));
    case v1::Request::kAcknowledgeAlarm:
      GatherAlarm(view, request.acknowledge_alarm().alarm(), facts);
      return DecidedFrom(DecideAcknowledgeAlarm(facts, stamp), rule_hashes);
    case v1::Request::kDeadlinePassed:
      facts = GatherDue(view, request.deadline_passed().stream());
      return DecidedFrom(DecideDeadlinePassed(facts, stamp, request.deadline_passed()),
                         rule_hashes);
    case v1::Request::kAdoptAlarms:
      return DecidedFrom(DecideAdoptAlarms(facts, request.adopt_alarms(), rules_.on_disk()));
    case v1::Request::kFollowHeard:
      return AnswerHeard(view, stamp, request.follow_heard());
    case v1::Request::KIND_NOT_SET:
      break;
  }
  Decided decided;
  decided.status = common::v1::STATUS_INVALID;
  return decided;
}

void Service::AddHeard(const View& view, std::vector<daemon::InternalRequest>& due) const {
  for (const Hearing::Change& change : hearing_.ChangesFrom(board_.silent())) {
    v1::Request request;
    request.mutable_follow_heard()->set_service(change.service);
    request.mutable_follow_heard()->set_lagging(change.lagging);
    request.mutable_follow_heard()->set_since_ms(base::ToMs(change.since));
    const std::string watch = WatchId(kind::kFollowerLagging, kSelf, change.service);
    const uint64_t version = view.Load<state::Watch>(watch).version();
    due.push_back({tlog::Sha256({"heard", watch, store::BigEndian(version),
                                 change.lagging ? "lagging" : "level"})
                       .substr(0, 16),
                   request.SerializeAsString()});
  }
}

// Each takes its stream to a next version, or out of the queue: an id never returns.
void Service::AddDeadlines(const View& view, base::Instant now,
                           std::vector<daemon::InternalRequest>& due) {
  if (rules_.adopted() == nullptr) return;
  std::vector<std::string> streams = board_.DueBy(now, kDeadlinesATurn);
  if (std::exchange(people_changed_, false)) {
    for (const std::string& alarm : board_.AskingNobody()) {
      const bool is_due = std::find(streams.begin(), streams.end(), alarm) != streams.end();
      if (!is_due && CanAskSomebody(GatherDue(view, alarm), now)) streams.push_back(alarm);
    }
  }
  for (const std::string& stream : streams) {
    v1::Request request;
    request.mutable_deadline_passed()->set_stream(stream);
    const uint64_t version = base::IsId("wch", stream)
                                 ? view.Load<state::Watch>(stream).version()
                                 : view.Load<state::AlarmState>(stream).version();
    due.push_back({tlog::Sha256({"deadline", stream, store::BigEndian(version)}).substr(0, 16),
                   request.SerializeAsString()});
  }
}

std::vector<daemon::InternalRequest> Service::Due(View& view, base::Instant now) {
  std::vector<daemon::InternalRequest> due;
  const auto adopted = view.Load<state::Rules>(kRulesStream);
  if (const auto id = rules_.TakeDue(adopted.hash(), adopted.version())) {
    v1::Request request;
    request.mutable_adopt_alarms()->set_toml(rules_.bytes());
    due.push_back({*id, request.SerializeAsString()});
  }
  AddHeard(view, due);
  AddDeadlines(view, now, due);
  return due;
}

std::optional<base::Instant> Service::DueAt() const {
  if (rules_.due()) return base::Instant{};
  auto at = hearing_.NextAt(board_.silent());
  if (rules_.adopted() == nullptr) return at;
  if (people_changed_ && !board_.AskingNobody().empty()) return base::Instant{};
  const auto next = board_.NextDue();
  if (next && (!at || *next < *at)) at = next;
  return at;
}

void Service::FollowsSeen(const std::vector<common::v1::FollowStatus>& follows, base::Instant now) {
  hearing_.See(follows, now);
}

std::vector<daemon::FollowWish> Service::follows() const {
  using Intake = intake::v1::Event;
  using Meeting = meeting::v1::Event;
  daemon::FollowWish intake;
  intake.service = "intake";
  intake.kinds = {Intake::kReportGraded,  Intake::kInvolvementSet, Intake::kFirstStepNamed,
                  Intake::kOwnerChanged,  Intake::kReportSettled,  Intake::kGlassBroken,
                  Intake::kGlassReviewed, Intake::kFollowerSeen};
  intake.urgent_kinds = {Intake::kReportGraded, Intake::kFirstStepNamed};
  daemon::FollowWish meeting;
  meeting.service = "meeting";
  meeting.kinds = {Meeting::kMdoPlanned, Meeting::kMdoUnplannable, Meeting::kProfessionalRegistered,
                   Meeting::kShiftsSet, Meeting::kFollowerSeen};
  meeting.urgent_kinds = {Meeting::kMdoPlanned, Meeting::kMdoUnplannable};
  return {intake, meeting};
}

// An await shows only that an entry exists and its number; the alarm itself is shown by ShowAlarm.
bool Service::MaySee(View&, const daemon::Caller& caller, const common::v1::Ref&) {
  return !caller.organisation.empty();
}

std::vector<std::pair<std::string, uint64_t>> Service::Counters(base::Instant now) const {
  return board_.Counters(now);
}

}  // namespace samenspel::escalation
