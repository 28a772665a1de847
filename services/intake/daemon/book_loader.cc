// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/book_loader.h"

#include <set>

#include "common/daemon/glance.h"
#include "services/intake/daemon/index_rows.h"

namespace samenspel::intake {
namespace {

using base::Code;
using base::Status;
using store::Column;

constexpr std::string_view kReports = "rpt_";

template <class State>
bool Parse(std::string_view row, State& state) {
  return state.ParseFromArray(row.data(), static_cast<int>(row.size()));
}

Status Unreadable(std::string_view key) {
  return {Code::kCorrupt, "state of " + std::string(key) + " cannot be read"};
}

// The reports: of what is settled only the colour, and of the others all; their households are
// added to `households`.
Status PutReports(const store::Store& store, DeskBook& book, std::set<std::string>& households) {
  Status status;
  state::Report report;
  store.Scan(Column::kState, kReports, "", [&](std::string_view key, std::string_view row) {
    const auto outcome = daemon::NumberIn(row, state::Report::kOutcomeFieldNumber);
    const auto grade = daemon::MessageIn(row, state::Report::kGradeFieldNumber);
    const auto colour =
        grade ? daemon::NumberIn(*grade, v1::Grade::kColourFieldNumber) : std::nullopt;
    const bool waits = outcome == v1::OUTCOME_UNSPECIFIED;
    const bool known = colour && v1::Colour_IsValid(static_cast<int>(*colour));
    if (!outcome || !known || (waits && !Parse(row, report))) {
      status = Unreadable(key);
      return false;
    }
    book.Coloured(std::nullopt, static_cast<v1::Colour>(*colour));
    if (waits) {
      households.insert(report.household());
      book.Put(report);
    }
    return true;
  });
  return status;
}

// Each break-glass, reviewed or not, has a row that leads to the household it opened.
void AddOpened(const store::Store& store, std::set<std::string>& households) {
  store.Scan(Column::kIndex, kOpeningRows, "", [&](std::string_view, std::string_view household) {
    households.emplace(household);
    return true;
  });
}

Status PutCases(const store::Store& store, DeskBook& book,
                const std::set<std::string>& households) {
  state::Case kase;
  for (const std::string& household : households) {
    const auto row = store.Get(Column::kState, household);
    if (!row) continue;  // A report from before cases were kept.
    if (!Parse(*row, kase)) return Unreadable(household);
    book.Put(kase);
  }
  return base::Ok();
}

}  // namespace

Status LoadBook(const store::Store& store, DeskBook& book) {
  std::set<std::string> households;
  SAMENSPEL_RETURN_IF_ERROR(PutReports(store, book, households));
  AddOpened(store, households);
  SAMENSPEL_RETURN_IF_ERROR(PutCases(store, book, households));
  return store.fault();
}

}  // namespace samenspel::intake
