// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/seen.h"

#include <algorithm>

namespace samenspel::simulation::model {
namespace {

constexpr size_t kKept = 100;

template <class Event>
bool ReadAll(const common::v1::EntryHeader& header, std::vector<Event>& events) {
  events.reserve(static_cast<size_t>(header.events_size()));
  bool readable = true;
  for (const auto& record : header.events()) {
    readable = events.emplace_back().ParseFromString(record.payload()) && readable;
    readable = events.back().kind_case() == static_cast<int>(record.kind()) && readable;
  }
  return readable;
}

template <class Event>
void AddClocks(const std::vector<Event>& events, std::vector<common::v1::ClockSeen>& clocks) {
  for (const Event& event : events) {
    if (event.has_clock_seen()) clocks.push_back(event.clock_seen());
  }
}

}  // namespace

size_t PlaceOf(const std::string& name) {
  return static_cast<size_t>(std::find(std::begin(kNames), std::end(kNames), name) -
                             std::begin(kNames));
}

std::string Where(size_t service, uint64_t sequence) {
  return std::string(service < kPlaces ? kNames[service] : "?") + ":" + std::to_string(sequence);
}

void Notebook::Find(std::string what) {
  if (findings_.size() < kKept) findings_.push_back(std::move(what));
}

Findings Notebook::Take() { return std::exchange(findings_, {}); }

Seen::Seen(size_t at, const store::Stored& stored, base::Instant committed_at)
    : service(at), entry(stored), true_time(committed_at) {
  if (at == kIntake) readable = ReadAll(stored.header, intake);
  if (at == kMeeting) readable = ReadAll(stored.header, meeting);
  if (at == kEscalation) readable = ReadAll(stored.header, escalation);
  if (at == kAudit) readable = ReadAll(stored.header, audit);
}

const std::string& Seen::person() const {
  return header().on_behalf_of().empty() ? header().principal() : header().on_behalf_of();
}

bool Seen::IsCausedBy(size_t leader) const {
  return header().has_cause() && header().cause().service() == kNames[leader];
}

std::vector<common::v1::ClockSeen> Seen::clocks() const {
  std::vector<common::v1::ClockSeen> all;
  AddClocks(intake, all);
  AddClocks(meeting, all);
  AddClocks(escalation, all);
  AddClocks(audit, all);
  return all;
}

std::optional<common::v1::ClockSeen> Seen::went_back() const {
  for (const common::v1::ClockSeen& one : clocks()) {
    if (one.accepted() && one.off_ms() < 0) return one;
  }
  return std::nullopt;
}

int64_t Moved(const common::v1::ClockSeen& back, int64_t due_ms) {
  return due_ms > back.at_ms() ? due_ms + back.off_ms() : due_ms;
}

int64_t AheadMs(int64_t said_ms, int64_t heard_ms) {
  constexpr int64_t kClocksDifferMs = 60'000;  // And both are believed.
  return said_ms > heard_ms + kClocksDifferMs ? said_ms - heard_ms : 0;
}

namespace {

template <class Move>
void ForEach(intake::v1::Terms& terms, const Move& moved) {
  terms.set_first_step_due_ms(moved(terms.first_step_due_ms()));
  terms.set_meeting_due_ms(moved(terms.meeting_due_ms()));
  terms.set_settle_due_ms(moved(terms.settle_due_ms()));
  terms.set_warn_at_ms(moved(terms.warn_at_ms()));
  terms.set_confirm_due_ms(moved(terms.confirm_due_ms()));
}

}  // namespace

void MoveTerms(const common::v1::ClockSeen& back, intake::v1::Terms& terms) {
  ForEach(terms, [&](int64_t due_ms) { return Moved(back, due_ms); });
}

void MoveTermsAll(const common::v1::ClockSeen& back, intake::v1::Terms& terms) {
  const int64_t now = back.at_ms() + back.off_ms();
  ForEach(terms, [&](int64_t due_ms) {
    return due_ms > back.at_ms() ? Moved(back, due_ms) : std::min(due_ms, now);
  });
}

bool Seen::IsOwn() const {
  return !header().has_cause() && header().principal() == std::string("svc_") + kNames[service];
}

}  // namespace samenspel::simulation::model
