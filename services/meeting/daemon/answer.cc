// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/decided.h"
#include "services/meeting/daemon/service.h"
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {

using daemon::Decided;
using daemon::DecidedFrom;
using daemon::View;

Facts Service::Gather() const {
  Facts facts;
  facts.table = table_.adopted();
  facts.roster = &roster_;
  facts.meetings = &meetings_;
  return facts;
}

Facts Service::GatherCase(const View& view, const std::string& name) const {
  Facts facts = Gather();
  facts.mdo = FindMdo(view, name);
  if (!facts.mdo) return facts;
  const v1::Mdo& mdo = facts.mdo->mdo();
  facts.cases = Known<common::v1::CaseList>(view, "hh", mdo.household());
  facts.report = view.Load<state::ReportCopy>(mdo.report());
  return facts;
}

std::vector<std::string> Service::HashesUsed() const {
  if (table_.adopted() == nullptr) return {};
  return {table_.adopted()->hash};
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
  const Stamp stamp = daemon::StampOf(caller, now);
  Facts facts = Gather();
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
      return DecidedFrom(DecideShowMdo(GatherCase(view, request.show_mdo().mdo()), stamp));
    case v1::Request::kAcceptSeat:
      return DecidedFrom(DecideAcceptSeat(GatherCase(view, request.accept_seat().mdo()), stamp));
    case v1::Request::kListMdos:
      facts.find_mdo = [&view](const std::string& mdo) { return view.Load<state::Mdo>(mdo).mdo(); };
      return DecidedFrom(DecideListMdos(facts, stamp, request.list_mdos()));
    case v1::Request::kShowRoster:
      return DecidedFrom(DecideShowRoster(facts, request.show_roster()));
    case v1::Request::kShowNames:
      return DecidedFrom(DecideShowNames(facts, request.show_names()));
    case v1::Request::kShowCoverage:
      return DecidedFrom(DecideShowCoverage(facts, stamp, request.show_coverage()));
    case v1::Request::kPlanAgain:
      facts.mdo = FindMdo(view, request.plan_again().mdo());
      return DecidedFrom(DecidePlanAgain(facts, stamp), HashesUsed());
    case v1::Request::kAdoptTable:
      facts.table_version = view.Load<state::Table>(kTableStream).version();
      return DecidedFrom(DecideAdoptTable(facts, request.adopt_table(), table_.on_disk()));
    case v1::Request::KIND_NOT_SET:
      break;
  }
  Decided decided;
  decided.status = common::v1::STATUS_INVALID;
  return decided;
}

}  // namespace samenspel::meeting
