// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/domain/facts.h"

#include <algorithm>

#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"

namespace samenspel::audit {
namespace {

void AddStream(Subject& subject, const std::string& stream) {
  if (stream.empty() || stream.front() == '!') return;  // Registry and counts are about no case.
  if (std::find(subject.streams.begin(), subject.streams.end(), stream) == subject.streams.end()) {
    subject.streams.push_back(stream);
  }
}

void FromIntake(Subject& subject, const common::v1::EventRecord& record) {
  intake::v1::Event event;
  if (record.kind() != intake::v1::Event::kReportSubmitted ||
      !event.ParseFromString(record.payload())) {
    return;
  }
  subject.aliases.push_back({event.report_submitted().case_number(), record.stream()});
}

void FromMeeting(Subject& subject, const common::v1::EventRecord& record) {
  meeting::v1::Event event;
  if (record.kind() != meeting::v1::Event::kMdoPlanned &&
      record.kind() != meeting::v1::Event::kMdoUnplannable) {
    return;
  }
  if (!event.ParseFromString(record.payload())) return;
  const meeting::v1::Mdo& mdo =
      event.has_mdo_planned() ? event.mdo_planned().mdo() : event.mdo_unplannable().mdo();
  subject.links.push_back({mdo.report(), mdo.mdo()});
}

}  // namespace

Subject SubjectOf(const common::v1::EntryHeader& header) {
  Subject subject;
  for (const common::v1::EventRecord& record : header.events()) {
    AddStream(subject, record.stream());
    for (const std::string& person : record.about()) AddStream(subject, person);
    if (header.service() == "intake") FromIntake(subject, record);
    if (header.service() == "meeting") FromMeeting(subject, record);
  }
  return subject;
}

bool MaySee(const Reader& reader, const common::v1::EntryHeader& header) {
  if (reader.auditor || header.principal() == reader.principal) return true;
  return !header.organisation().empty() && header.organisation() == reader.organisation;
}

void Runs::Add(const std::string& service, uint64_t epoch, uint64_t sequence,
               const std::string& hash) {
  const bool goes_on = !runs_.empty() && runs_.back().service() == service &&
                       runs_.back().last().epoch() == epoch &&
                       runs_.back().last().sequence() + 1 == sequence;
  if (!goes_on) {
    runs_.emplace_back();
    runs_.back().set_service(service);
    runs_.back().set_first(sequence);
  }
  common::v1::Head& last = *runs_.back().mutable_last();
  last.set_epoch(epoch);
  last.set_sequence(sequence);
  last.set_hash(hash);
}

std::vector<v1::Run> Runs::Take() { return std::exchange(runs_, {}); }

}  // namespace samenspel::audit
