// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/book_loader.h"

#include <cassert>
#include <set>

#include "common/daemon/glance.h"

namespace samenspel::intake {
namespace {

using base::Code;
using base::Status;
using store::Column;

constexpr std::string_view kCases = "hh_";
constexpr std::string_view kReports = "rpt_";
constexpr std::string_view kOpenings = "b/";  // In the index: to the household.

template <class State>
bool Parse(std::string_view row, State& state) {
  return state.ParseFromArray(row.data(), static_cast<int>(row.size()));
}

Status Unreadable(std::string_view key) {
  return {Code::kCorrupt, "state of " + std::string(key) + " cannot be read"};
}

// The waiting reports; their households are added to `households`.
Status PutWaiting(const store::Store& store, DeskBook& book, std::set<std::string>& households) {
  Status status;
  state::Report report;
  store.Scan(Column::kState, kReports, "", [&](std::string_view key, std::string_view row) {
    const auto outcome = daemon::NumberIn(row, state::Report::kOutcomeFieldNumber);
    const bool waits = outcome == v1::OUTCOME_UNSPECIFIED;
    if (!outcome || (waits && !Parse(row, report))) {
      status = Unreadable(key);
    } else if (waits) {
      households.insert(report.household());
      book.Put(report);
    }
    return status.ok();
  });
  return status;
}

// Each break-glass, reviewed or not, has a row that leads to the household it opened.
void AddOpened(const store::Store& store, std::set<std::string>& households) {
  store.Scan(Column::kIndex, kOpenings, "", [&](std::string_view, std::string_view household) {
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

Status BookLoader::Begin(const store::Store& store, DeskBook& book) {
  std::set<std::string> households;
  SAMENSPEL_RETURN_IF_ERROR(PutWaiting(store, book, households));
  AddOpened(store, households);
  SAMENSPEL_RETURN_IF_ERROR(PutCases(store, book, households));
  next_ = kCases;
  Read(store, book, at_once_);
  return store.fault();
}

void BookLoader::Continue(const store::Store& store, DeskBook& book) {
  if (!done()) Read(store, book, piece_);
}

// Cases before reports: a report that comes in finds who may know of it.
void BookLoader::Read(const store::Store& store, DeskBook& book, size_t rows) {
  state::Case kase;
  state::Report report;
  const auto put = [&](std::string_view key, std::string_view row) {
    const std::string id(key);
    bool parsed = true;
    if (key.starts_with(kCases)) {
      if (!book.HoldsCase(id) && (parsed = Parse(row, kase))) book.Put(kase);
    } else if (!book.Holds(id) && (parsed = Parse(row, report))) {
      book.Put(report);
    }
    assert(parsed);  // RocksDB has checked the bytes, and we wrote them.
    next_ = id + '\0';
    return --rows > 0;
  };
  if (rows > 0 && next_ < kReports) {
    store.Scan(Column::kState, kCases, next_, put);
    if (rows > 0) next_ = kReports;
  }
  if (rows > 0) {
    store.Scan(Column::kState, kReports, next_, put);
    if (rows > 0) next_.clear();
  }
}

}  // namespace samenspel::intake
