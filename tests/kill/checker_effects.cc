// SPDX-License-Identifier: EUPL-1.2
// What the services made of each other's entries: meetings, and the log.
#include <algorithm>
#include <cstdio>
#include <set>

#include "common/store/bytes.h"
#include "common/tlog/merkle.h"
#include "proto/audit/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/kill/checker.h"

namespace samenspel::kill {
namespace {

using Booking = std::pair<int64_t, int64_t>;

struct MeetingsOf {
  std::set<std::string> ids;
  size_t planned = 0;
  size_t unplannable = 0;
  size_t noted = 0;
};

// Calls `visit` with every event of a journal, in order.
template <class Event, class Visit>
void ForEachEvent(const Journal& journal, const Visit& visit) {
  for (const auto& entry : journal.entries) {
    if (!entry) continue;
    for (const auto& record : entry->header.events()) {
      Event event;
      if (event.ParseFromString(record.payload())) visit(event);
    }
  }
}

std::set<std::string> RedReports(const Evidence& evidence) {
  std::set<std::string> red;
  ForEachEvent<intake::v1::Event>(evidence.of("intake"), [&](const intake::v1::Event& event) {
    if (event.report_graded().grade().colour() == intake::v1::COLOUR_RED) {
      red.insert(event.report_graded().report());
    }
  });
  return red;
}

void CheckBookings(std::map<std::string, std::vector<Booking>>& bookings, Judgement& judgement) {
  for (auto& [professional, booked] : bookings) {
    std::sort(booked.begin(), booked.end());
    for (size_t i = 1; i < booked.size(); ++i) {
      if (booked[i - 1].second <= booked[i].first) continue;
      judgement.findings.push_back(professional + " sits in two meetings at a time");
    }
  }
}

bool Appends(const store::Stored& entry) {
  return std::any_of(entry.header.events().begin(), entry.header.events().end(), [](auto& event) {
    return event.kind() == static_cast<uint32_t>(audit::v1::Event::kLeavesAppended);
  });
}

std::string PlaceOf(const std::string& service, uint64_t sequence) {
  return service + ":" + std::to_string(sequence);
}

// What audit's log must hold, by service; null where it holds none.
std::map<std::string, std::vector<const store::Stored*>> LeavesOf(const Evidence& evidence,
                                                                  size_t& count) {
  std::map<std::string, std::vector<const store::Stored*>> leaves;
  for (const auto& [service, journal] : evidence.all()) {
    for (const auto& entry : journal.entries) {
      const bool leaf = entry && (service != "audit" || !Appends(*entry));
      leaves[service].push_back(leaf ? entry.get() : nullptr);
      count += leaf ? 1 : 0;
    }
  }
  return leaves;
}

void CheckCopies(const Evidence& evidence, Judgement& judgement) {
  const Journal& audit = evidence.of("audit");
  if (!audit.store) return;
  size_t copies = 0;
  for (const char* service : {"intake", "meeting", "escalation"}) {
    for (const auto& entry : evidence.of(service).entries) {
      if (!entry) continue;
      const uint64_t sequence = entry->header.sequence();
      const auto copy = audit.store->Get(store::Column::kCopy,
                                         std::string(service) + "/" + store::BigEndian(sequence));
      ++copies;
      if (copy && *copy == store::RowOf(*entry)) continue;
      judgement.findings.push_back(PlaceOf(service, sequence) +
                                   (copy ? " differs from audit's copy" : " has no copy at audit"));
    }
  }
  judgement.counts.emplace_back("copies, byte for byte", copies);
}

}  // namespace

void CheckMeetings(const Evidence& evidence, Judgement& judgement) {
  std::map<std::string, MeetingsOf> meetings;
  std::map<std::string, std::vector<Booking>> bookings;
  const auto planned = [&](const meeting::v1::Mdo& mdo) -> MeetingsOf& {
    MeetingsOf& of = meetings[mdo.report()];
    of.ids.insert(mdo.mdo());
    return of;
  };
  ForEachEvent<meeting::v1::Event>(evidence.of("meeting"), [&](const meeting::v1::Event& event) {
    if (event.has_mdo_unplannable()) ++planned(event.mdo_unplannable().mdo()).unplannable;
    if (!event.has_mdo_planned()) return;
    const meeting::v1::Mdo& mdo = event.mdo_planned().mdo();
    ++planned(mdo).planned;
    for (const auto& seat : mdo.seats()) {
      if (seat.professional().empty()) continue;
      bookings[seat.professional()].emplace_back(mdo.starts_at_ms(), mdo.ends_at_ms());
    }
  });
  ForEachEvent<intake::v1::Event>(evidence.of("intake"), [&](const intake::v1::Event& event) {
    if (event.has_meeting_noted()) ++meetings[event.meeting_noted().report()].noted;
  });
  const std::set<std::string> red = RedReports(evidence);
  size_t unplannable = 0;
  for (const std::string& report : red) {
    const MeetingsOf& of = meetings[report];
    unplannable += of.planned == 0 && of.unplannable > 0 ? 1 : 0;
    const bool one = of.ids.size() == 1 && of.planned <= 1 && of.planned + of.unplannable > 0;
    if (!one) {
      judgement.findings.push_back(report + " is red and has " + std::to_string(of.planned) +
                                   " meetings");
    }
    if (of.planned == 1 && of.noted != 1) {
      judgement.findings.push_back("the meeting of " + report + " was noted " +
                                   std::to_string(of.noted) + " times");
    }
  }
  for (const auto& [report, of] : meetings) {
    if (!red.contains(report))
      judgement.findings.push_back(report + " is not red and has a meeting");
  }
  CheckBookings(bookings, judgement);
  judgement.counts.emplace_back("red reports, each one meeting", red.size());
  judgement.counts.emplace_back("of these without a start yet", unplannable);
}

void CheckLog(const Evidence& evidence, Judgement& judgement) {
  size_t expected = 0;
  auto leaves = LeavesOf(evidence, expected);
  std::map<std::string, uint64_t> last;
  tlog::CompactRange tree;
  size_t roots = 0;
  ForEachEvent<audit::v1::Event>(evidence.of("audit"), [&](const audit::v1::Event& event) {
    if (!event.has_leaves_appended()) return;
    for (const auto& run : event.leaves_appended().runs()) {
      auto& of = leaves[run.service()];
      for (uint64_t at = run.first(); at <= run.last().sequence(); ++at) {
        if (at > of.size() || of[at - 1] == nullptr) {
          if (run.service() == "audit" && at <= of.size()) continue;  // Its own appending.
          judgement.findings.push_back("the log holds " + PlaceOf(run.service(), at) +
                                       ", which is not there or stands twice");
          continue;
        }
        if (at <= last[run.service()]) {
          judgement.findings.push_back("the log holds " + PlaceOf(run.service(), at) + " too late");
        }
        last[run.service()] = at;
        tree.Append(tlog::LeafHash(of[at - 1]->bytes));
        of[at - 1] = nullptr;
        --expected;
      }
    }
    ++roots;
    const bool right = tree.size() == event.leaves_appended().size() &&
                       tree.Root() == event.leaves_appended().root();
    if (!right) {
      judgement.findings.push_back("the root of size " +
                                   std::to_string(event.leaves_appended().size()) +
                                   " is not that of the services' entries");
    }
  });
  if (expected > 0) {
    judgement.findings.push_back("the log lacks " + std::to_string(expected) + " entries");
  }
  judgement.counts.emplace_back("leaves of the log", tree.size());
  judgement.counts.emplace_back("signed roots", roots);
  CheckCopies(evidence, judgement);
}

void CheckByReplay(const std::string& folder, Judgement& judgement) {
  const std::pair<const char*, const char*> daemons[] = {{"intake", SAMENSPEL_INTAKE},
                                                         {"meeting", SAMENSPEL_MEETING},
                                                         {"escalation", SAMENSPEL_ESCALATION},
                                                         {"audit", SAMENSPEL_AUDIT}};
  for (const auto& [service, program] : daemons) {
    const std::string command = "'" + std::string(program) + "' --config '" + folder + "/config/" +
                                service + ".toml' --verify 2>&1";
    std::string said;
    FILE* output = popen(command.c_str(), "r");
    char piece[512];
    while (output != nullptr && fgets(piece, sizeof piece, output) != nullptr) said += piece;
    if (output != nullptr && pclose(output) == 0) continue;
    judgement.findings.push_back(std::string(service) + " --verify: " + said);
  }
  judgement.counts.emplace_back("journals replayed", std::size(daemons));
}

}  // namespace samenspel::kill
