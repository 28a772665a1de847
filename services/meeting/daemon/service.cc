// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/service.h"

#include "common/base/ids.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"
#include "services/meeting/daemon/table_file.h"
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {
namespace {

using daemon::Decided;
using daemon::View;

constexpr const char* kTableStream = "table";
// A roster comes in many requests: meetings without a start are tried again when it has been quiet
// for this long.
constexpr base::milliseconds kQuiet{500};

Stamp StampOf(const daemon::Caller& caller, base::Instant now) {
  return {now, caller.principal, caller.organisation};
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

Decided DecidedFrom(Decision decision) {
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
  return decided;
}

// Only an id of its own kind is looked up: the row of another kind cannot be read as this one.
template <class T>
std::optional<T> Known(const View& view, std::string_view kind, const std::string& stream) {
  if (!base::IsId(kind, stream) || !view.Exists(stream)) return std::nullopt;
  return view.Load<T>(stream);
}

}  // namespace

Service::Service(base::FileSystem& files, std::string path, TableFile file)
    : files_(files), table_path_(std::move(path)), file_(std::move(file)) {}

base::Result<Service::TableFile> Service::ReadTable(base::FileSystem& files,
                                                    const std::string& path) {
  auto bytes = files.Read(path);
  if (!bytes.ok()) return bytes.status();
  auto rules = ParseTable(*bytes, path);
  if (!rules.ok()) return rules.status();
  return TableFile{std::move(*bytes), std::move(*rules)};
}

base::Result<std::unique_ptr<daemon::Service>> Service::Make(const daemon::ServiceInput& input) {
  auto file = ReadTable(input.files, input.config.rules);
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

base::Status Service::Reload() {
  auto file = ReadTable(files_, table_path_);
  if (!file.ok()) return file.status();
  file_ = std::move(*file);
  table_due_ = true;
  return base::Ok();
}

base::Status Service::Load(View& view) {
  const auto table = view.Load<state::Table>(kTableStream);
  if (!table.toml().empty()) {
    auto parsed = ParseTable(table.toml(), "adopted table.toml");
    if (!parsed.ok()) return parsed.status();
    adopted_ = std::move(*parsed);
  }
  view.store().Scan(store::Column::kState, "pro_", "", [&](std::string_view, std::string_view row) {
    state::Professional professional;
    if (professional.ParseFromArray(row.data(), static_cast<int>(row.size()))) {
      LoadProfessional(professional);
    }
    return true;
  });
  view.store().Scan(
      store::Column::kState, "mdo_", "", [&](std::string_view id, std::string_view row) {
        state::Mdo state;
        if (!state.ParseFromArray(row.data(), static_cast<int>(row.size()))) return true;
        const v1::Mdo& mdo = state.mdo();
        if (mdo.starts_at_ms() == 0) without_start_.emplace(id);
        for (const v1::Seat& seat : mdo.seats()) {
          roster_.Book(seat.professional(),
                       {base::FromMs(mdo.starts_at_ms()), base::FromMs(mdo.ends_at_ms())});
        }
        return true;
      });
  plan_again_due_ = !without_start_.empty();
  return view.store().fault();
}

Facts Service::Gather(const View& view) const {
  Facts facts;
  facts.table = adopted_ ? &*adopted_ : nullptr;
  facts.roster = &roster_;
  facts.table_version = view.Load<state::Table>(kTableStream).version();
  return facts;
}

std::optional<state::Mdo> Service::FindMdo(const View& view, const std::string& name) const {
  std::string id = name;
  if (const auto number = base::ParseCaseNumber(name)) {
    id = view.Index("n/" + *number).value_or("");
  }
  if (base::IsId("rpt", name)) id = view.Index("r/" + name).value_or("");
  return Known<state::Mdo>(view, "mdo", id);
}

Decided Service::Answer(View& view, const daemon::Caller& caller, base::Instant now,
                        const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::Request&>(message);
  const Stamp stamp = StampOf(caller, now);
  Facts facts = Gather(view);
  switch (request.kind_case()) {  // No default: the compiler names a kind we forgot.
    case v1::Request::kRegisterOrganisation:
      facts.organisation = Known<state::Organisation>(
          view, "org", request.register_organisation().organisation().id());
      return DecidedFrom(DecideRegisterOrganisation(facts, request.register_organisation()));
    case v1::Request::kRegisterProfessional: {
      const v1::Professional& professional = request.register_professional().professional();
      facts.professional = Known<state::Professional>(view, "pro", professional.id());
      facts.employer_known =
          Known<state::Organisation>(view, "org", professional.employer()).has_value() &&
          Known<state::Organisation>(view, "org", professional.organisation()).has_value();
      return DecidedFrom(DecideRegisterProfessional(facts, request.register_professional()));
    }
    case v1::Request::kSetShifts:
      facts.professional =
          Known<state::Professional>(view, "pro", request.set_shifts().professional());
      return DecidedFrom(DecideSetShifts(facts, request.set_shifts()));
    case v1::Request::kShowMdo:
      facts.mdo = FindMdo(view, request.show_mdo().mdo());
      return DecidedFrom(DecideShowMdo(facts, stamp));
    case v1::Request::kPlanAgain:
      facts.mdo = FindMdo(view, request.plan_again().mdo());
      return DecidedFrom(DecidePlanAgain(facts, stamp));
    case v1::Request::kAdoptTable:
      return DecidedFrom(DecideAdoptTable(facts, request.adopt_table(), file_.rules));
    case v1::Request::KIND_NOT_SET:
      break;
  }
  Decided decided;
  decided.status = common::v1::STATUS_INVALID;
  return decided;
}

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant now) {
  for (const auto& record : entry.entry->header.events()) {
    intake::v1::Event event;
    if (record.kind() != intake::v1::Event::kReportGraded ||
        !event.ParseFromString(record.payload())) {
      continue;
    }
    Stamp stamp;
    stamp.received_at = now;
    Facts facts;
    facts.table = adopted_ ? &*adopted_ : nullptr;
    facts.roster = &roster_;
    if (view.Index("r/" + event.report_graded().report()))
      continue;  // It has its meeting (invariant 2).
    Decided decided;
    for (Happened& happened : Convene(facts, stamp, event.report_graded())) {
      decided.events.push_back(Recorded(std::move(happened)));
    }
    if (decided.events.empty()) continue;
    if (adopted_) decided.rule_hashes.push_back(adopted_->hash);
    return decided;
  }
  return std::nullopt;
}

std::vector<daemon::InternalRequest> Service::Due(View& view, base::Instant now) {
  std::vector<daemon::InternalRequest> due;
  const auto table = view.Load<state::Table>(kTableStream);
  if (table_due_) {
    table_due_ = false;
    if (table.hash() != file_.rules.hash) {
      v1::Request request;
      request.mutable_adopt_table()->set_toml(file_.bytes);
      due.push_back({tlog::Sha256({"adopt", file_.rules.hash, store::BigEndian(table.version())})
                         .substr(0, 16),
                     request.SerializeAsString()});
    }
  }
  if (plan_again_due_) {
    plan_again_due_ = false;
    plan_again_at_ = now + kQuiet;
  }
  if (plan_again_at_ && now >= *plan_again_at_) {
    plan_again_at_.reset();
    for (const std::string& mdo : without_start_) {
      v1::Request request;
      request.mutable_plan_again()->set_mdo(mdo);
      due.push_back(
          {tlog::Sha256({"plan again", mdo, store::BigEndian(view.store().head().sequence)})
               .substr(0, 16),
           request.SerializeAsString()});
    }
  }
  return due;
}

std::optional<base::Instant> Service::DueAt() const {
  if (table_due_ || plan_again_due_) return base::Instant{};
  return plan_again_at_;
}

void Service::RosterChanged() {
  if (!without_start_.empty()) plan_again_due_ = true;
}

std::vector<daemon::FollowWish> Service::follows() const {
  daemon::FollowWish intake;
  intake.service = "intake";
  intake.kinds = {intake::v1::Event::kReportGraded};
  intake.urgent_kinds = intake.kinds;
  return {intake};
}

// An await shows only that an entry exists and its number; the meeting itself is shown by ShowMdo
// to those involved.
bool Service::MaySee(View&, const daemon::Caller& caller, const common::v1::Ref&) {
  return !caller.organisation.empty();
}

std::vector<std::pair<std::string, uint64_t>> Service::Counters() const {
  return {{"meetings_planned", planned_}, {"meetings_without_start", without_start_.size()}};
}

}  // namespace samenspel::meeting
