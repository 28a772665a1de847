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

bool Seen::IsOwn() const {
  return !header().has_cause() && header().principal() == std::string("svc_") + kNames[service];
}

}  // namespace samenspel::simulation::model
