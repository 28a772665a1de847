// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/ids.h"
#include "common/tlog/merkle.h"
#include "common/tlog/sha256.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/audit/daemon/service.h"
#include "tests/services/support/bench.h"

namespace samenspel::audit {

using daemon::Decided;
using support::Bench;

inline constexpr const char* kOrigin = "samenspel.example/test";
inline constexpr const char* kDesk = "org_000000000000000000000000v1";
inline constexpr const char* kOtherDesk = "org_000000000000000000000000g1";
inline constexpr const char* kNoor = "pro_00000000000000000000000n00";
inline constexpr const char* kStranger = "pro_00000000000000000000000s00";
inline constexpr const char* kReport = "rpt_00000000000000000000000001";
inline constexpr const char* kMdo = "mdo_00000000000000000000000001";

inline tlog::SigningKey Key() {
  return std::move(*tlog::SigningKey::FromSeed(kOrigin, std::string(32, '\x11')));
}

inline void Prepare(base::FileSystem& files, daemon::Config& config) {
  config.secrets = "/secrets";
  config.origin = kOrigin;
  std::string seed;
  for (int i = 0; i < 32; ++i) seed += "11";
  EXPECT_TRUE(files.MakeDirectory("/secrets").ok());
  EXPECT_TRUE(files.Replace("/secrets/ed25519.seed", seed + "\n").ok());
}

// The journal of a followed service, written by hand.
class Journal {
 public:
  explicit Journal(std::string service) : service_(std::move(service)) {}

  std::shared_ptr<const store::Stored> Add(const std::string& principal,
                                           const std::string& organisation,
                                           const std::string& stream, uint32_t kind,
                                           const google::protobuf::Message& event) {
    common::v1::EntryHeader header;
    header.set_service(service_);
    header.set_epoch(1);
    header.set_sequence(++sequence_);
    header.set_previous_hash(hash_);
    header.set_principal(principal);
    header.set_organisation(organisation);
    auto& record = *header.add_events();
    record.set_stream(stream);
    record.set_kind(kind);
    record.set_payload(event.SerializeAsString());
    if (cause_) *header.mutable_cause() = *cause_;
    return Chained(header);
  }
  // A request that was refused because the case is not the asker's to know.
  std::shared_ptr<const store::Stored> AddRefused(const std::string& principal,
                                                  const std::string& subject) {
    common::v1::EntryHeader header;
    header.set_service(service_);
    header.set_epoch(1);
    header.set_sequence(++sequence_);
    header.set_previous_hash(hash_);
    header.set_principal(principal);
    header.set_kind("show_report");
    header.set_outcome(common::v1::STATUS_DENIED);
    header.set_subject(subject);
    return Chained(header);
  }
  void CausedBy(const std::string& service, uint64_t sequence) {
    cause_.emplace();
    cause_->set_service(service);
    cause_->set_epoch(1);
    cause_->set_sequence(sequence);
  }

 private:
  std::shared_ptr<const store::Stored> Chained(const common::v1::EntryHeader& header) {
    auto entry = std::make_shared<store::Stored>();
    entry->header = header;
    entry->bytes = header.SerializeAsString();
    entry->hash = hash_ = tlog::Sha256(entry->bytes);
    return entry;
  }

  std::string service_;
  std::string hash_;
  uint64_t sequence_ = 0;
  std::optional<common::v1::Ref> cause_;
};

class AuditService : public testing::Test {
 protected:
  void HearSubmitted(const std::string& report = kReport, uint32_t number = 1) {
    intake::v1::Event event;
    event.mutable_report_submitted()->set_report(report);
    event.mutable_report_submitted()->set_case_number(base::CaseNumber(2026, number));
    Hear(intake_.Add(kNoor, kDesk, report, event.kind_case(), event), "intake");
  }
  void HearPlanned() {
    meeting::v1::Event event;
    event.mutable_mdo_planned()->mutable_mdo()->set_mdo(kMdo);
    event.mutable_mdo_planned()->mutable_mdo()->set_report(kReport);
    meeting_.CausedBy("intake", 1);
    Hear(meeting_.Add("svc_meeting", "", kMdo, event.kind_case(), event), "meeting");
  }
  void Hear(const std::shared_ptr<const store::Stored>& entry, const std::string& from) {
    leaves_.push_back(tlog::LeafHash(entry->bytes));
    heard_.push_back(entry->bytes);
    bench_.Hear(from, entry);
  }

  Decided Ask(const v1::Request& request, const daemon::Caller& reader) {
    const uint64_t before = bench_.store().head().sequence;
    const Decided decided = bench_.Ask(reader, request);
    // Audit's own entries but LeavesAppended are leaves as well.
    for (uint64_t i = before + 1; i <= bench_.store().head().sequence; ++i) {
      const auto entry = bench_.store().Read(i);
      if (entry->header.kind() != "close") leaves_.push_back(tlog::LeafHash(entry->bytes));
    }
    return decided;
  }
  Decided ShowStream(const std::string& stream, const daemon::Caller& reader = Noor(),
                     uint64_t after = 0) {
    v1::Request request;
    request.mutable_show_entries()->set_stream(stream);
    request.mutable_show_entries()->set_after_leaf(after);
    return Ask(request, reader);
  }
  Decided ShowEntry(const std::string& service, uint64_t sequence,
                    const daemon::Caller& reader = Noor()) {
    v1::Request request;
    common::v1::Ref& ref = *request.mutable_show_entries()->mutable_entry();
    ref.set_service(service);
    ref.set_epoch(1);
    ref.set_sequence(sequence);
    return Ask(request, reader);
  }
  Decided Prove(uint64_t old_size) {
    v1::Request request;
    request.mutable_prove_consistency()->set_old_size(old_size);
    return Ask(request, Noor());
  }
  static v1::EntriesShown Shown(const Decided& decided) {
    EXPECT_EQ(decided.status, common::v1::STATUS_OK);
    v1::Response response;
    EXPECT_TRUE(response.ParseFromString(decided.response));
    return response.entries_shown();
  }
  static std::vector<uint64_t> LeavesOf(const v1::EntriesShown& shown) {
    std::vector<uint64_t> leaves;
    for (const v1::ProvenEntry& entry : shown.entries()) leaves.push_back(entry.leaf());
    return leaves;
  }
  static daemon::Caller Noor() { return support::By(kNoor, kDesk); }
  static daemon::Caller Stranger() { return support::By(kStranger, kOtherDesk); }

  // The newest signed size and root, from audit's own journal.
  v1::LeavesAppended Newest() const {
    v1::Event event;
    for (const auto& entry : bench_.Entries()) {
      for (const auto& record : entry->header.events()) {
        if (record.kind() == v1::Event::kLeavesAppended) event.ParseFromString(record.payload());
      }
    }
    return event.leaves_appended();
  }

  Bench bench_{"audit", Service::Make, "", Prepare};
  Journal intake_{"intake"};
  Journal meeting_{"meeting"};
  std::vector<std::string> leaves_;  // What the tree must hold, in order.
  std::vector<std::string> heard_;   // Headers as they came.
};

}  // namespace samenspel::audit
