// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/whole.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "common/store/bytes.h"
#include "common/tlog/merkle.h"
#include "proto/audit/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/support/journal.h"

namespace samenspel::faults {

using support::Region;
using support::StoppedStore;

namespace {

using Booking = std::pair<int64_t, int64_t>;
using Place = std::pair<std::string, uint64_t>;  // Service and sequence.

bool IsLeaf(const store::Stored& entry) {
  return std::ranges::none_of(entry.header.events(), [](const auto& event) {
    return event.kind() == static_cast<uint32_t>(audit::v1::Event::kLeavesAppended);
  });
}

// What must be in the log: each entry of each service, of audit itself all but those that append.
std::map<Place, std::string> ExpectedLeaves(const Region& region) {
  std::map<Place, std::string> expected;
  for (const std::string_view service : support::kServices) {
    for (const auto& entry : StoppedStore(region, service).Entries()) {
      if (service == "audit" && !IsLeaf(*entry)) continue;
      expected[{std::string(service), entry->header.sequence()}] = entry->bytes;
    }
  }
  return expected;
}

}  // namespace

void ExpectEachReportOnce(const Region& region, const std::vector<Acknowledged>& reports) {
  std::multiset<std::string> submitted;
  for (const auto& event : StoppedStore(region, "intake")
                               .Events<intake::v1::Event>(intake::v1::Event::kReportSubmitted)) {
    submitted.insert(event.report_submitted().report());
  }
  std::multiset<std::string> acknowledged;
  for (const Acknowledged& report : reports) acknowledged.insert(report.report);
  EXPECT_EQ(submitted, acknowledged);
  EXPECT_EQ(std::set(submitted.begin(), submitted.end()).size(), reports.size());
}

void ExpectOneMeetingEachAndNobodyTwice(const Region& region,
                                        const std::vector<Acknowledged>& reports) {
  std::map<std::string, int> meetings;
  std::map<std::string, std::vector<Booking>> bookings;
  const StoppedStore store(region, "meeting");
  for (const auto& event : store.Events<meeting::v1::Event>(meeting::v1::Event::kMdoPlanned)) {
    const meeting::v1::Mdo& mdo = event.mdo_planned().mdo();
    ++meetings[mdo.report()];
    EXPECT_EQ(mdo.seats_size(), std::size(demo::kSeatFunctions));
    for (const auto& seat : mdo.seats()) {
      bookings[seat.professional()].emplace_back(mdo.starts_at_ms(), mdo.ends_at_ms());
    }
  }
  EXPECT_EQ(meetings.size(), reports.size());
  for (const Acknowledged& report : reports) EXPECT_EQ(meetings[report.report], 1) << report.report;
  for (auto& [professional, booked] : bookings) {
    std::ranges::sort(booked);
    for (size_t i = 1; i < booked.size(); ++i) {
      EXPECT_LE(booked[i - 1].second, booked[i].first) << professional << " is in two meetings";
    }
  }
}

void ExpectEachMeetingNotedOnce(const Region& region, const std::vector<Acknowledged>& reports) {
  std::map<std::string, int> noted;
  for (const auto& event :
       StoppedStore(region, "intake").Events<intake::v1::Event>(intake::v1::Event::kMeetingNoted)) {
    ++noted[event.meeting_noted().report()];
  }
  EXPECT_EQ(noted.size(), reports.size());
  for (const auto& [report, times] : noted) EXPECT_EQ(times, 1) << report;
}

void ExpectTheLogHoldsEachEntryOnce(const Region& region) {
  const std::map<Place, std::string> expected = ExpectedLeaves(region);
  const StoppedStore store(region, "audit");
  std::set<Place> seen;
  tlog::CompactRange tree;
  for (const auto& event : store.Events<audit::v1::Event>(audit::v1::Event::kLeavesAppended)) {
    for (const auto& run : event.leaves_appended().runs()) {
      for (uint64_t at = run.first(); at <= run.last().sequence(); ++at) {
        const Place place(run.service(), at);
        const auto entry = expected.find(place);
        if (entry == expected.end()) continue;  // Audit's own appending lies between its leaves.
        EXPECT_TRUE(seen.insert(place).second) << place.first << ":" << at << " stands twice";
        tree.Append(tlog::LeafHash(entry->second));
      }
    }
    EXPECT_EQ(tree.size(), event.leaves_appended().size());
    ASSERT_EQ(tree.Root(), event.leaves_appended().root());
  }
  EXPECT_EQ(seen.size(), expected.size());
}

void ExpectAuditKeepsEachEntryAsItWas(const Region& region) {
  std::map<Place, std::string> copies;
  const StoppedStore audit(region, "audit");
  audit->Scan(store::Column::kCopy, "", "", [&](std::string_view key, std::string_view value) {
    const size_t slash = key.find('/');
    copies[{std::string(key.substr(0, slash)), store::FromBigEndian(key.substr(slash + 1))}] =
        value;
    return true;
  });
  size_t entries = 0;
  for (const char* service : {"intake", "meeting", "escalation"}) {
    for (const auto& entry : StoppedStore(region, service).Entries()) {
      ++entries;
      const Place place(service, entry->header.sequence());
      EXPECT_EQ(copies[place], store::RowOf(*entry)) << place.first << ":" << place.second;
    }
  }
  EXPECT_EQ(copies.size(), entries);
}

void ExpectAllWhole(const Region& region) {
  for (const std::string_view service : support::kServices) {
    EXPECT_TRUE(StoppedStore(region, service)->VerifyChain().ok()) << service;
    const support::Outcome verified = region.RunDaemon(service, {"--verify"});
    EXPECT_EQ(verified.code, 0) << verified.output;
  }
}

}  // namespace samenspel::faults
