// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/service.h"

#include "common/base/ids.h"
#include "common/base/mutant.h"
#include "common/daemon/common_events.h"
#include "common/daemon/decided.h"
#include "common/daemon/glance.h"
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
constexpr size_t kLookedAtMax = 1000;  // Alarms that one page of a list looks at, shown or not.

// Only an id of its own kind is looked up: the row of another kind cannot be read as this one.
template <class T>
std::optional<T> Find(const View& view, std::string_view kind, const std::string& stream) {
  return base::IsId(kind, stream) ? view.Find<T>(stream) : std::nullopt;
}

std::optional<v1::ReportCopied> ReportIn(const View& view, const std::string& report) {
  const auto state = Find<state::Report>(view, "rpt", report);
  return state ? std::optional(state->copy()) : std::nullopt;
}

// Nearly all watches of a long past are over: nothing rings any more, so nothing is kept of them.
bool IsOver(const state::Watch&, std::string_view row) {
  const auto ended = daemon::NumberIn(row, state::Watch::kEndedFieldNumber);
  return ended && *ended != 0;
}
bool IsOver(const google::protobuf::Message&, std::string_view) { return false; }

// kCorrupt: a row cannot be read; without it something would not ring.
template <class T>
base::Status EachRow(View& view, std::string_view prefix,
                     const std::function<void(const std::string& id, const T& row)>& visit) {
  base::Status status;
  view.store().Scan(
      store::Column::kState, prefix, "", [&](std::string_view id, std::string_view bytes) {
        T row;
        if (IsOver(row, bytes)) return true;
        if (row.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
          visit(std::string(id), row);
        } else {
          status = {base::Code::kCorrupt, "state of " + std::string(id) + " cannot be read"};
        }
        return status.ok();
      });
  return status;
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
  SAMENSPEL_RETURN_IF_ERROR(EachRow<state::Person>(
      view, "pro_", [&](const std::string&, const state::Person& person) { people_.Set(person); }));
  SAMENSPEL_RETURN_IF_ERROR(
      EachRow<state::Watch>(view, "wch_", [&](const std::string& id, const state::Watch& watch) {
        if (!base::Mutated(base::Mutant::kDeadlineLost)) board_.Track(id, watch);
      }));
  SAMENSPEL_RETURN_IF_ERROR(EachRow<state::AlarmState>(
      view, "alm_", [&](const std::string&, const state::AlarmState& alarm) {
        const auto report = ReportIn(view, alarm.alarm().report());
        board_.Track(state::AlarmState(), alarm, report ? &*report : nullptr);
      }));
  SAMENSPEL_RETURN_IF_ERROR(EachRow<common::v1::FollowerSeen>(
      view, daemon::kFollowerRows, [&](const std::string&, const common::v1::FollowerSeen& seen) {
        board_.See(seen.principal(), seen.lagging());
      }));
  board_.SeeClock(daemon::WasDisbelieved(view));
  return view.store().fault();
}

Facts Service::Gather(const View& view) const {
  Facts facts;
  facts.rules = rules_.adopted();
  facts.people = &people_;
  facts.find_cases = [&view](const std::string& household) {
    return Find<common::v1::CaseList>(view, "hh", household);
  };
  return facts;
}

void Service::GatherAlarm(const View& view, const std::string& id, Facts& facts) const {
  facts.alarm = Find<state::AlarmState>(view, "alm", id);
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

Facts Service::GatherList(const View& view, const v1::ListAlarms& request,
                          const std::string& actor) const {
  Facts facts = Gather(view);
  Board::Part part = board_.Listed(request.page().after(), request.with_ended(),
                                   request.asked_me() ? actor : "", kLookedAtMax);
  facts.listed = std::move(part.alarms);
  facts.listed_until = std::move(part.until);
  facts.find_alarm = [&view](const std::string& id) {
    return view.Load<state::AlarmState>(id).alarm();
  };
  facts.find_owner = [&view](const std::string& report) {
    const auto copy = ReportIn(view, report);
    return copy ? copy->owner() : std::string();
  };
  return facts;
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
      facts = GatherList(view, request.list_alarms(), stamp.actor);
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
      facts.rules_version = view.Load<state::Rules>(kRulesStream).version();
      return DecidedFrom(DecideAdoptAlarms(facts, request.adopt_alarms(), rules_.on_disk()));
    case v1::Request::kFollowHeard:
      return AnswerHeard(view, stamp, request.follow_heard());
    case v1::Request::kClockHeard:
      return AnswerClock(view, stamp, request.clock_heard().wrong());
    case v1::Request::KIND_NOT_SET:
      break;
  }
  Decided decided;
  decided.status = common::v1::STATUS_INVALID;
  return decided;
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
  if (rules_.due()) {  // Only then: the whole file is in the row.
    const auto adopted = view.Load<state::Rules>(kRulesStream);
    v1::Request request;
    request.mutable_adopt_alarms()->set_toml(rules_.bytes());
    if (const auto id = rules_.TakeDue(adopted.hash(), adopted.version())) {
      due.push_back({*id, request.SerializeAsString()});
    }
  }
  AddHeard(view, due);
  AddFollowers(view, due);
  AddClock(view, due);
  AddDeadlines(view, now, due);
  return due;
}

std::optional<base::Instant> Service::DueAt() const {
  const bool tells = !board_.FollowersToTell().empty() || board_.ClockToTell();
  if (rules_.due() || tells) return base::Instant{};
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
  intake.optional_kinds = {Intake::kReportAccessed};  // Not granted by a config of before 0.3.
  daemon::FollowWish meeting;
  meeting.service = "meeting";
  meeting.kinds = {Meeting::kMdoPlanned, Meeting::kMdoUnplannable, Meeting::kProfessionalRegistered,
                   Meeting::kShiftsSet, Meeting::kFollowerSeen};
  // Terms are minutes away, and may wait a blink; what rings at once may not.
  meeting.urgent_kinds = {Meeting::kMdoUnplannable};
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
