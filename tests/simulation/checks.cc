// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "common/tlog/sha256.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/simulation/evidence.h"

namespace samenspel::simulation {
namespace {

using common::v1::EntryHeader;

// deploy/config/table.toml: notice, length and grid of a meeting.
constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kNoticeMs = 10 * kMinuteMs;
constexpr int64_t kTimeboxMs = 90 * kMinuteMs;
constexpr int64_t kGridMs = 5 * kMinuteMs;

std::string Where(size_t service, uint64_t sequence) {
  return std::string(kServices[service]) + ":" + std::to_string(sequence);
}

// What happened at a service, in order.
template <class Event>
std::vector<std::pair<const EntryHeader*, Event>> EventsOf(const Entries& journal) {
  std::vector<std::pair<const EntryHeader*, Event>> events;
  for (const auto& entry : journal) {
    for (const auto& record : entry->header.events()) {
      Event event;
      event.ParseFromString(record.payload());
      events.emplace_back(&entry->header, std::move(event));
    }
  }
  return events;
}

// Meetings as they were last heard of, by id.
std::map<std::string, meeting::v1::Mdo> MeetingsIn(const Evidence& evidence) {
  std::map<std::string, meeting::v1::Mdo> meetings;
  for (const auto& [header, event] : EventsOf<meeting::v1::Event>(evidence.journals[kMeeting])) {
    if (event.has_mdo_planned()) {
      meetings[event.mdo_planned().mdo().mdo()] = event.mdo_planned().mdo();
    }
    if (event.has_mdo_unplannable()) {
      meetings[event.mdo_unplannable().mdo().mdo()] = event.mdo_unplannable().mdo();
    }
  }
  return meetings;
}

struct Span {
  int64_t from;
  int64_t until;
};

// Stretches of duty of each professional; shifts that touch are one.
std::map<std::string, std::vector<Span>> DutyIn(const demo::Region& region) {
  std::map<std::string, std::vector<Span>> duty;
  for (const auto& one : region.shifts) {
    auto& spans = duty[one.professional()];
    for (const auto& shift : one.shifts()) {
      if (!spans.empty() && spans.back().until == shift.from_ms()) {
        spans.back().until = shift.until_ms();
      } else {
        spans.push_back({shift.from_ms(), shift.until_ms()});
      }
    }
  }
  return duty;
}

void CheckSeats(const meeting::v1::Mdo& mdo, const Evidence& evidence, Findings& findings) {
  const auto duty = DutyIn(evidence.region);
  std::set<std::string> functions;
  std::set<std::string> persons;
  for (const auto& seat : mdo.seats()) {
    functions.insert(seat.function());
    persons.insert(seat.professional());
    const auto person =
        std::find_if(evidence.region.professionals.begin(), evidence.region.professionals.end(),
                     [&](const auto& one) { return one.id() == seat.professional(); });
    if (person == evidence.region.professionals.end() || person->functions(0) != seat.function()) {
      findings.push_back(mdo.mdo() + ": a seat is held by somebody of another function");
      continue;
    }
    const auto& spans = duty.at(seat.professional());
    const bool on_duty = std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
      return span.from <= mdo.starts_at_ms() && mdo.ends_at_ms() <= span.until;
    });
    if (!on_duty) findings.push_back(mdo.mdo() + ": somebody sits there off duty");
  }
  const std::set<std::string> wanted(std::begin(demo::kSeatFunctions),
                                     std::end(demo::kSeatFunctions));
  if (functions != wanted || persons.size() != wanted.size()) {
    findings.push_back(mdo.mdo() + ": not each seat has a person of its own");
  }
}

}  // namespace

Findings CheckChains(const Evidence& evidence) {
  Findings findings;
  for (size_t service = 0; service < kMachines; ++service) {
    std::string previous;
    uint64_t sequence = 0;
    for (const auto& entry : evidence.journals[service]) {
      const EntryHeader& header = entry->header;
      const std::string where = Where(service, ++sequence);
      if (header.sequence() != sequence || header.service() != kServices[service]) {
        findings.push_back(where + " is missing or misplaced");
      }
      if (header.previous_hash() != previous) findings.push_back(where + " breaks the chain");
      previous = tlog::Sha256(entry->bytes);
      const auto parts = static_cast<size_t>(header.part_hashes_size());
      if (parts != entry->sealed.size()) findings.push_back(where + " lacks a part");
      for (size_t i = 0; i < std::min(parts, entry->sealed.size()); ++i) {
        if (tlog::Sha256(entry->sealed[i]) != header.part_hashes(static_cast<int>(i))) {
          findings.push_back(where + " holds a part that it does not commit to");
        }
      }
    }
  }
  return findings;
}

Findings CheckAcknowledged(const Evidence& evidence) {
  Findings findings;
  std::map<std::string, int> uses;
  for (const Entries& journal : evidence.journals) {
    for (const auto& entry : journal) {
      const EntryHeader& header = entry->header;
      if (!header.request_id().empty()) ++uses[header.principal() + header.request_id()];
    }
  }
  for (const Acknowledged& one : evidence.acknowledged) {
    const Entries& journal = evidence.journals[one.server];
    const uint64_t sequence = one.reply.entry().sequence();
    const std::string where = Where(one.server, sequence);
    if (sequence == 0 || sequence > journal.size()) {
      findings.push_back(where + " was acknowledged and is lost");
      continue;
    }
    const EntryHeader& header = journal[sequence - 1]->header;
    const std::string id = one.principal + one.reply.request_id();
    if (header.principal() + header.request_id() != id) {
      findings.push_back(where + " is not the request that was acknowledged");
    }
    if (header.outcome() != one.reply.status() || header.response() != one.reply.response()) {
      findings.push_back(where + " does not hold the answer that was given");
    }
    if (uses[id] != 1) findings.push_back(where + " is a request that was recorded twice");
  }
  std::map<std::string, int> reports;
  for (const auto& [header, event] : EventsOf<intake::v1::Event>(evidence.journals[kIntake])) {
    if (event.has_report_submitted()) ++reports[event.report_submitted().report()];
  }
  std::set<std::string> numbers;
  for (const Story& story : evidence.stories) {
    if (!story.received) findings.push_back("a report of " + story.sender + " has no answer");
    if (reports[story.answer.report()] != 1) findings.push_back("a report stands not once");
    if (!numbers.insert(story.answer.case_number()).second) {
      findings.push_back("two reports share " + story.answer.case_number());
    }
  }
  if (reports.size() != evidence.stories.size()) findings.push_back("a report that nobody sent");
  return findings;
}

Findings CheckEffects(const Evidence& evidence) {
  Findings findings;
  for (size_t service = 0; service < kMachines; ++service) {
    std::set<std::string> causes;
    for (const auto& entry : evidence.journals[service]) {
      if (!entry->header.has_cause()) continue;
      if (causes.insert(entry->header.cause().SerializeAsString()).second) continue;
      findings.push_back(Where(service, entry->header.sequence()) +
                         " is a second effect of one cause");
    }
  }
  return findings;
}

Findings CheckMeetings(const Evidence& evidence) {
  Findings findings;
  std::map<std::string, std::vector<meeting::v1::Mdo>> by_report;
  for (const auto& [id, mdo] : MeetingsIn(evidence)) by_report[mdo.report()].push_back(mdo);
  std::map<std::string, intake::v1::MeetingNote> noted;
  std::map<std::string, bool> urgent;
  for (const auto& entry : evidence.journals[kIntake]) {
    for (const auto& record : entry->header.events()) {
      intake::v1::Event event;
      event.ParseFromString(record.payload());
      if (event.has_meeting_noted()) noted[record.stream()] = event.meeting_noted().meeting();
      if (event.has_report_graded()) urgent[record.stream()] = record.urgent();
    }
  }
  for (const Story& story : evidence.stories) {
    const std::string& report = story.answer.report();
    const bool red = story.colour == intake::v1::COLOUR_RED;
    if (urgent[report] != red) findings.push_back(report + ": urgent is not what red is");
    if (by_report[report].size() != (red ? 1 : 0)) {
      findings.push_back(report + ": has " + std::to_string(by_report[report].size()) +
                         " meetings");
    }
    if (!red || by_report[report].empty()) continue;
    const meeting::v1::Mdo& mdo = by_report[report].front();
    if (mdo.case_number() != story.answer.case_number()) {
      findings.push_back(report + ": its meeting has another case number");
    }
    const intake::v1::MeetingNote& note = noted[report];
    if (note.mdo() != mdo.mdo() || note.starts_at_ms() != mdo.starts_at_ms() ||
        note.ends_at_ms() != mdo.ends_at_ms()) {
      findings.push_back(report + ": intake has not noted its meeting");
    }
  }
  if (by_report.size() > evidence.stories.size()) findings.push_back("a meeting about no report");
  return findings;
}

Findings CheckBookings(const Evidence& evidence) {
  Findings findings;
  std::map<std::string, std::vector<Span>> booked;
  for (const auto& [id, mdo] : MeetingsIn(evidence)) {
    if (mdo.starts_at_ms() == 0) {
      findings.push_back(id + ": has no start, though the rosters have room");
      continue;
    }
    if (mdo.ends_at_ms() - mdo.starts_at_ms() != kTimeboxMs || mdo.starts_at_ms() % kGridMs != 0 ||
        mdo.starts_at_ms() < mdo.convened_at_ms() + kNoticeMs) {
      findings.push_back(id + ": starts too soon, off the grid, or lasts too long");
    }
    CheckSeats(mdo, evidence, findings);
    for (const auto& seat : mdo.seats()) {
      booked[seat.professional()].push_back({mdo.starts_at_ms(), mdo.ends_at_ms()});
    }
  }
  for (auto& [person, spans] : booked) {
    std::sort(spans.begin(), spans.end(),
              [](const Span& left, const Span& right) { return left.from < right.from; });
    for (size_t i = 1; i < spans.size(); ++i) {
      if (spans[i].from < spans[i - 1].until) findings.push_back(person + " is booked twice");
    }
  }
  return findings;
}

}  // namespace samenspel::simulation
