// SPDX-License-Identifier: EUPL-1.2
#include "tests/kill/checker.h"

#include <set>
#include <tuple>

#include "common/tlog/sha256.h"
#include "tests/support/store_place.h"

namespace samenspel::kill {
namespace {

using common::v1::EntryHeader;
using common::v1::STATUS_CONFLICT;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;
using Entries = std::vector<std::shared_ptr<const store::Stored>>;

std::string Place(const std::string& service, uint64_t sequence) {
  return service + ":" + std::to_string(sequence);
}

// A decided change keeps its answer for ever. Whoever was turned away may ask the same anew.
bool IsKept(common::v1::Status status) {
  return status == STATUS_OK || status == STATUS_REFUSED || status == STATUS_CONFLICT;
}

// The reply as the entry holds it.
std::string ReplyIn(const EntryHeader& header) {
  common::v1::Reply reply;
  reply.set_request_id(header.request_id());
  reply.set_status(header.outcome());
  *reply.mutable_reasons() = header.reasons();
  reply.set_version(header.version());
  reply.mutable_entry()->set_service(header.service());
  reply.mutable_entry()->set_epoch(header.epoch());
  reply.mutable_entry()->set_sequence(header.sequence());
  reply.set_response(header.response());
  return reply.SerializeAsString();
}

bool IsAbout(const EntryHeader& header, const std::string& stream) {
  if (stream.empty() || header.events().empty()) return true;
  for (const auto& event : header.events()) {
    if (event.stream() == stream) return true;
  }
  return false;
}

// How an entry contradicts what its client was told; empty: not at all.
std::string Contradiction(const Answered& told, const EntryHeader& header) {
  if (header.principal() != told.principal) return "is of another principal";
  if (!IsKept(told.status)) return "";  // Recorded by what it was, told as what one may know.
  if (header.epoch() != told.epoch || header.sequence() != told.sequence) {
    return "stands at another place than was answered";
  }
  if (header.outcome() != told.status) return "has another status than was answered";
  if (header.kind() != told.kind) return "is of another kind";
  if (tlog::Sha256(ReplyIn(header)) != told.digest) return "holds another answer than was given";
  if (!IsAbout(header, told.stream)) return "is about something else than was answered";
  return "";
}

const EntryHeader* At(const Entries& entries, uint64_t sequence) {
  if (sequence == 0 || sequence > entries.size() || !entries[sequence - 1]) return nullptr;
  return &entries[sequence - 1]->header;
}

using RequestKey = std::pair<std::string, std::string>;  // Principal and request id.
using ByRequest = std::map<RequestKey, std::vector<const EntryHeader*>>;

ByRequest RequestsIn(const Journal& journal) {
  ByRequest found;
  for (const auto& entry : journal.entries) {
    if (!entry || entry->header.request_id().empty()) continue;
    found[{entry->header.principal(), entry->header.request_id()}].push_back(&entry->header);
  }
  return found;
}

}  // namespace

Evidence::Evidence(const std::string& folder, Judgement& judgement) {
  for (const char* service : {"intake", "meeting", "escalation", "audit"}) {
    Open(folder, service, judgement);
  }
}

void Evidence::Open(const std::string& folder, const std::string& service, Judgement& judgement) {
  Journal& journal = journals_[service];
  journal.service = service;
  const store::StoreConfig config = support::StoreConfigIn(folder, service);
  auto opened = store::Store::Open(config, *disk_);
  if (!opened.ok()) {
    judgement.findings.push_back(service + ": " + opened.status().message());
    opened = store::Store::OpenUnproven(config, *disk_);
  }
  if (!opened.ok()) return;
  journal.store = std::move(*opened);
  const uint64_t head = journal.store->head().sequence;
  journal.entries.reserve(head);
  for (uint64_t sequence = 1; sequence <= head; ++sequence) {
    journal.entries.push_back(journal.store->Read(sequence));
    if (journal.entries.back() == nullptr) {
      judgement.findings.push_back(Place(service, sequence) + " is missing");
    }
  }
  judgement.counts.emplace_back("entries of " + service, head);
}

void CheckAnswers(const std::vector<Answered>& record, const Evidence& evidence,
                  Judgement& judgement) {
  std::map<std::string, ByRequest> requests;
  for (const auto& [service, journal] : evidence.all()) requests[service] = RequestsIn(journal);
  std::map<std::string, size_t> statuses;
  for (const Answered& told : record) {
    ++statuses[common::v1::Status_Name(told.status)];
    std::string line = LineOf(told);
    line.pop_back();
    const auto journal = evidence.all().find(told.service);
    if (journal == evidence.all().end()) {
      judgement.findings.push_back("no such service: " + line);
      continue;
    }
    const auto found = requests[told.service].find({told.principal, told.request_id});
    const bool kept = found != requests[told.service].end();
    const EntryHeader* entry =
        kept ? found->second.front() : At(journal->second.entries, told.sequence);
    if (entry == nullptr || (IsKept(told.status) && !kept)) {
      if (entry != nullptr || IsKept(told.status) || told.sequence != 0) {
        judgement.findings.push_back("acknowledged and lost: " + line);
      }
      continue;
    }
    const std::string why = Contradiction(told, *entry);
    if (why.empty()) continue;
    judgement.findings.push_back(Place(told.service, entry->sequence()) + " " + why + ": " + line);
  }
  judgement.counts.emplace_back("acknowledged answers", record.size());
  for (const auto& [status, count] : statuses) {
    judgement.counts.emplace_back("answered " + status, count);
  }
}

void CheckOnce(const Evidence& evidence, Judgement& judgement) {
  size_t requests = 0;
  size_t causes = 0;
  for (const auto& [service, journal] : evidence.all()) {
    const auto once = RequestsIn(journal);
    requests += once.size();
    for (const auto& [key, entries] : once) {
      if (entries.size() == 1) continue;
      judgement.findings.push_back(Place(service, entries[1]->sequence()) +
                                   " repeats the request of " +
                                   Place(service, entries[0]->sequence()));
    }
    std::map<std::tuple<std::string, uint64_t, uint64_t>, uint64_t> seen;
    for (const auto& entry : journal.entries) {
      if (!entry || !entry->header.has_cause()) continue;
      ++causes;
      const auto& cause = entry->header.cause();
      const uint64_t sequence = entry->header.sequence();
      const auto [first, is_new] =
          seen.try_emplace({cause.service(), cause.epoch(), cause.sequence()}, sequence);
      const std::string from = Place(cause.service(), cause.sequence());
      if (!is_new) {
        judgement.findings.push_back(Place(service, sequence) + " repeats the effect of " + from +
                                     " at " + Place(service, first->second));
      }
      const EntryHeader* there = At(evidence.of(cause.service()).entries, cause.sequence());
      if (there == nullptr || there->epoch() != cause.epoch()) {
        judgement.findings.push_back(Place(service, sequence) + " follows from " + from +
                                     ", which is not there");
      }
    }
  }
  judgement.counts.emplace_back("requests, each once", requests);
  judgement.counts.emplace_back("effects, each once", causes);
}

void CheckChains(const Evidence& evidence, Judgement& judgement) {
  for (const auto& [service, journal] : evidence.all()) {
    if (!journal.store) continue;
    const base::Status whole = journal.store->VerifyChain();
    if (!whole.ok()) judgement.findings.push_back(service + ": " + whole.message());
  }
  judgement.counts.emplace_back("chains", evidence.all().size());
}

}  // namespace samenspel::kill
