// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/service.h"

#include "common/store/bytes.h"
#include "common/tlog/sha256.h"
#include "services/meeting/daemon/table_file.h"

namespace samenspel::meeting {
namespace {

using daemon::View;

// A roster comes in many requests: meetings without a start are tried again when it has been quiet
// for this long.
constexpr base::milliseconds kQuiet{500};

// Each row of a kind of stream, as the message that it holds. kCorrupt: one cannot be read; without
// it somebody could be booked twice.
template <class T, class Visit>
base::Status EachRow(View& view, std::string_view prefix, const Visit& visit) {
  base::Status status;
  view.store().Scan(
      store::Column::kState, prefix, "", [&](std::string_view key, std::string_view row) {
        T state;
        if (state.ParseFromArray(row.data(), static_cast<int>(row.size()))) {
          visit(state);
        } else {
          status = {base::Code::kCorrupt, "state of " + std::string(key) + " cannot be read"};
        }
        return status.ok();
      });
  return status;
}

}  // namespace

base::Result<std::unique_ptr<daemon::Service>> Service::Make(const daemon::ServiceInput& input) {
  auto file = Table::Open(input.files, input.config.rules, ParseTable);
  if (!file.ok()) return file.status();
  return std::unique_ptr<daemon::Service>(new Service(std::move(*file)));
}

const google::protobuf::Message& Service::request_type() const {
  return v1::Request::default_instance();
}
const google::protobuf::Message& Service::event_type() const {
  return v1::Event::default_instance();
}

base::Status Service::Reload() { return table_.Reload(); }

base::Status Service::Load(View& view) {
  SAMENSPEL_RETURN_IF_ERROR(table_.Adopt(view.Load<state::Table>(kTableStream).toml()));
  SAMENSPEL_RETURN_IF_ERROR(EachRow<state::Organisation>(
      view, "org_",
      [&](const state::Organisation& state) { roster_.SetOrganisation(state.organisation()); }));
  SAMENSPEL_RETURN_IF_ERROR(EachRow<state::Professional>(
      view, "pro_", [&](const state::Professional& state) { LoadProfessional(state); }));
  SAMENSPEL_RETURN_IF_ERROR(EachRow<state::Mdo>(view, "mdo_", [&](const state::Mdo& state) {
    meetings_.Set(LineOf(state));
    if (state.mdo().starts_at_ms() == 0) without_start_.insert(state.mdo().mdo());
    BookSeats(state.mdo());
  }));
  SAMENSPEL_RETURN_IF_ERROR(LoadCases(view));
  plan_again_due_ = !without_start_.empty();
  return view.store().fault();
}

// One walk over all rows is faster than as many look-ups as there were meetings.
base::Status Service::LoadCases(View& view) {
  base::Status status;
  view.store().Scan(
      store::Column::kState, "hh_", "", [&](std::string_view key, std::string_view row) {
        if (!meetings_.HasHousehold(key)) return true;
        common::v1::CaseList cases;
        if (cases.ParseFromArray(row.data(), static_cast<int>(row.size()))) {
          meetings_.SetCases(std::move(cases));
        } else {
          status = {base::Code::kCorrupt, "state of " + std::string(key) + " cannot be read"};
        }
        return status.ok();
      });
  return status;
}

std::vector<daemon::InternalRequest> Service::Due(View& view, base::Instant now) {
  std::vector<daemon::InternalRequest> due;
  if (table_.due()) {  // Only then: the whole file is in the row.
    const auto adopted = view.Load<state::Table>(kTableStream);
    v1::Request request;
    request.mutable_adopt_table()->set_toml(table_.bytes());
    if (const auto id = table_.TakeDue(adopted.hash(), adopted.version())) {
      due.push_back({*id, request.SerializeAsString()});
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
  if (table_.due() || plan_again_due_) return base::Instant{};
  return plan_again_at_;
}

void Service::RosterChanged() {
  if (!without_start_.empty()) plan_again_due_ = true;
}

// An await shows only that an entry exists and its number; the meeting itself is shown by ShowMdo
// to those involved.
bool Service::MaySee(View&, const daemon::Caller& caller, const common::v1::Ref&) {
  return !caller.organisation.empty();
}

std::vector<std::pair<std::string, uint64_t>> Service::Counters(base::Instant now) const {
  const Meetings::Counts counts = meetings_.CountsAt(now);
  return {{"meetings_planned", counts.planned},
          {"meetings_without_start", counts.without_start},
          {"meetings_with_missing_seats", counts.with_missing_seats},
          {"seats_to_accept", counts.seats_to_accept}};
}

}  // namespace samenspel::meeting
