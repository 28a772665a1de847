// SPDX-License-Identifier: EUPL-1.2
// What decisions may look at. Nothing sealed is opened for whoever may not know of the case.
#include "common/base/ids.h"
#include "common/daemon/common_events.h"
#include "services/intake/daemon/index_rows.h"
#include "services/intake/daemon/service.h"
#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/lists.h"

namespace samenspel::intake {
namespace {

using daemon::View;

constexpr const char* kDeskRole = "desk_worker";
constexpr const char* kReview = "privacy_review";
constexpr size_t kPastRows = 256;  // Some milliseconds, whoever may know of them.

std::optional<state::Report> FindReport(const View& view, const std::string& name) {
  std::string id = name;
  if (const auto number = base::ParseCaseNumber(name)) {  // P.04
    id = view.Index(NumberRow(*number)).value_or("");
  }
  return base::IsId("rpt", id) ? view.Find<state::Report>(id) : std::nullopt;
}

std::string ReasonOf(View& view, const std::string& household, const state::Opening& opening) {
  const auto sealed = view.LoadSealed<state::CaseSealed>(household);
  if (!sealed) return "";
  for (const auto& reason : sealed->reasons()) {
    if (reason.opening() == opening.opening()) return reason.private_().reason();
  }
  return "";
}

}  // namespace

Facts Service::Rules() const {
  Facts facts;
  facts.crisismeter = meter_.adopted();
  facts.terms = terms_.adopted();
  return facts;
}

std::vector<std::string> Service::HashesUsed() const {
  if (meter_.adopted() == nullptr || terms_.adopted() == nullptr) return {};
  return {meter_.adopted()->hash, terms_.adopted()->hash};
}

Facts Service::ForSubmit(const View& view, const Stamp& stamp, const v1::SubmitReport& form) const {
  Facts facts = Rules();
  facts.case_numbers = view.Load<state::CaseCounter>("case-numbers");
  AddDesk(view, form.for_desk(), stamp.received_at, facts);
  return facts;
}

Facts Service::About(const View& view, const std::string& report) const {
  Facts facts = Rules();
  facts.report = FindReport(view, report);
  if (facts.report) facts.kase = view.Load<state::Case>(facts.report->household());
  return facts;
}

Facts Service::AboutWithSealed(View& view, const Stamp& stamp, const std::string& report) const {
  Facts facts = About(view, report);
  if (RightTo(facts, stamp)) {
    facts.sealed = view.LoadSealed<state::ReportSealed>(facts.report->report());
  }
  return facts;
}

Facts Service::AboutOpening(const View& view, const std::string& opening) const {
  Facts facts = Rules();
  if (!base::IsId("brk", opening)) return facts;
  const auto household = view.Index(OpeningRow(opening));
  if (household) facts.kase = view.Load<state::Case>(*household);
  return facts;
}

Facts Service::ForLists(const Stamp& stamp) const {
  Facts facts;
  facts.listed = book_.KnownTo(stamp.actor, stamp.organisation);
  return facts;
}

// Of what is settled, as much as one answer looks at: from the index of case numbers, which stand
// in the order in which reports came in.
Facts Service::ForReports(View& view, const Stamp& stamp, const v1::ListReports& wish) const {
  Facts facts = ForLists(stamp);
  const auto reading = ReadingOf(wish);
  if (!reading) return facts;
  std::vector<std::pair<std::string, std::string>> rows;  // Case number and report.
  const auto visit = [&](std::string_view key, std::string_view report) {
    facts.past.more = rows.size() == kPastRows;
    if (!facts.past.more) rows.emplace_back(key.substr(kNumberRows.size()), report);
    return !facts.past.more;
  };
  const std::string behind = NumberRow(reading->after);
  if (reading->newest_first) {
    view.store().ScanBack(store::Column::kIndex, kNumberRows, reading->after.empty() ? "" : behind,
                          visit);
  } else {
    view.store().Scan(store::Column::kIndex, kNumberRows, behind + '\0', visit);
  }
  for (const auto& [number, id] : rows) {
    facts.past.last = number;
    const auto report = view.Find<state::Report>(id);
    if (!report) continue;
    PastReport past{LineOf(*report), {}};
    if (!IsWanted(wish, past.line, stamp)) continue;
    past.knowers = KnowersOf(view.Load<state::Case>(report->household()), *report);
    facts.past.reports.push_back(std::move(past));
  }
  return facts;
}

// The reasons are opened only for a review, at most as many as one answer holds.
Facts Service::ForMine(View& view, const Stamp& stamp) const {
  Facts facts = ForLists(stamp);
  for (Unreviewed& one : book_.PendingOf(stamp.organisation)) {
    if (facts.unreviewed.size() == kReviewsMax) break;
    if (!MayReview(one.opening, stamp)) continue;
    one.report = view.Index(NumberRow(one.case_number)).value_or("");
    if (stamp.purpose == kReview) {
      one.reason = ReasonOf(view, one.household, one.opening);
      const auto [kase, fresh] = facts.cases.try_emplace(one.household);
      if (fresh) kase->second = view.Load<state::Case>(one.household);
    }
    facts.unreviewed.push_back(std::move(one));
  }
  return facts;
}

void Service::AddPerson(const View& view, const std::string& id, base::Instant now, Facts& facts) {
  if (!base::IsId("pro", id)) return;
  if (auto person = daemon::RegisteredPerson(view, id, now)) facts.persons[id] = std::move(*person);
}

// Of more than can be named nobody is looked up.
void Service::AddPersons(const View& view, const v1::SetSecretCircle& request, base::Instant now,
                         Facts& facts) {
  if (request.persons_size() > kCircleMax) return;
  const std::set<std::string> ids(request.persons().begin(), request.persons().end());
  facts.persons = daemon::RegisteredPersons(view, ids, now);
}

void Service::AddDesk(const View& view, const std::string& id, base::Instant now, Facts& facts) {
  if (!base::IsId("org", id)) return;
  if (daemon::HasPersonWithRole(view, id, kDeskRole, now)) facts.desks.push_back(id);
}

}  // namespace samenspel::intake
