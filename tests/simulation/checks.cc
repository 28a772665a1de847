// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <set>

#include "common/tlog/sha256.h"
#include "proto/intake/v1/events.pb.h"
#include "tests/simulation/evidence.h"

namespace samenspel::simulation {
namespace {

using common::v1::EntryHeader;

std::string Where(size_t service, uint64_t sequence) {
  return std::string(kServices[service]) + ":" + std::to_string(sequence);
}

// How often each report was submitted.
std::map<std::string, int> ReportsIn(const Entries& journal) {
  std::map<std::string, int> reports;
  for (const auto& entry : journal) {
    for (const auto& record : entry->header.events()) {
      intake::v1::Event event;
      if (record.kind() != intake::v1::Event::kReportSubmittedFieldNumber) continue;
      event.ParseFromString(record.payload());
      ++reports[event.report_submitted().report()];
    }
  }
  return reports;
}

void CheckParts(const store::Stored& entry, const std::string& where, Findings& findings) {
  const auto parts = static_cast<size_t>(entry.header.part_hashes_size());
  if (parts != entry.sealed.size()) findings.push_back(where + " lacks a part");
  for (size_t i = 0; i < std::min(parts, entry.sealed.size()); ++i) {
    if (tlog::Sha256(entry.sealed[i]) != entry.header.part_hashes(static_cast<int>(i))) {
      findings.push_back(where + " holds a part that it does not commit to");
    }
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
      CheckParts(*entry, where, findings);
    }
  }
  return findings;
}

Findings CheckAcknowledged(const Evidence& evidence) {
  Findings findings;
  std::array<std::map<std::string, int>, kMachines> uses;
  for (size_t service = 0; service < kMachines; ++service) {
    for (const auto& entry : evidence.journals[service]) {
      const EntryHeader& header = entry->header;
      if (header.request_id().empty()) continue;
      ++uses[service][header.principal() + header.request_id()];
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
    if (uses[one.server][id] != 1) {
      findings.push_back(where + " is a request that was recorded twice");
    }
  }
  return findings;
}

Findings CheckTurnedAway(const Evidence& evidence) {
  Findings findings;
  for (const Acknowledged& one : evidence.turned_away) {
    const Entries& journal = evidence.journals[one.server];
    const uint64_t sequence = one.reply.entry().sequence();
    if (sequence == 0 || sequence > journal.size()) {
      findings.push_back(one.principal + " was turned away by " + kServices[one.server] +
                         ", and no entry says so");
      continue;
    }
    const EntryHeader& header = journal[sequence - 1]->header;
    if (header.principal() != one.principal || header.outcome() == common::v1::STATUS_OK) {
      findings.push_back(Where(one.server, sequence) + " is not that " + one.principal +
                         " was turned away");
    }
  }
  return findings;
}

Findings CheckKeys(const Evidence& evidence) {
  Findings findings;
  for (size_t service = 0; service < kMachines; ++service) {
    std::map<uint64_t, std::string> users;
    for (const auto& entry : evidence.journals[service]) {
      for (const auto& record : entry->header.events()) {
        const std::string user = record.stream() + " " + record.keeper();
        for (const uint32_t part : {record.private_part(), record.secret_part()}) {
          common::v1::Sealed sealed;
          if (part == 0 || part > entry->sealed.size()) continue;
          sealed.ParseFromString(entry->sealed[part - 1]);
          if (users.emplace(sealed.key(), user).first->second == user) continue;
          findings.push_back(Where(service, entry->header.sequence()) + " seals " + user +
                             " with the key of " + users[sealed.key()]);
        }
      }
    }
  }
  return findings;
}

Findings CheckStories(const Evidence& evidence) {
  Findings findings;
  std::map<std::string, int> reports = ReportsIn(evidence.journals[kIntake]);
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

Findings CheckCopies(const Evidence& evidence) {
  Findings findings;
  for (size_t service = 0; service < kMachines; ++service) {
    if (service == kAudit) continue;
    const Entries& own = evidence.journals[service];
    const Entries& copies = evidence.copies[service];
    const bool same =
        std::equal(own.begin(), own.end(), copies.begin(), copies.end(),
                   [](const auto& left, const auto& right) {
                     return left->bytes == right->bytes && left->sealed == right->sealed;
                   });
    if (!same) {
      findings.push_back(std::string(kServices[service]) + ": the copies differ from the journal");
    }
  }
  return findings;
}

}  // namespace samenspel::simulation
