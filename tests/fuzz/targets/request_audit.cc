// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/stages.h"
#include "tests/fuzz/targets.h"
#include "tests/services/audit/daemon/audit_test.h"

namespace samenspel::audit {
namespace {

// A log of two services, a few leaves long.
class Staged : public AuditService {
 public:
  Staged() {
    for (uint32_t i = 1; i <= 5; ++i) HearSubmitted(kReport, i);
    HearPlanned();
    fuzz::Promise(Newest().size() > 0, "the log was signed");
    stage.bench = &bench_;
    stage.callers = {Noor(),
                     Stranger(),
                     Asking("auditor", "audit"),
                     Asking("privacy_officer", "privacy_review"),
                     Asking("service", "service"),
                     Asking("operator", "audit")};
    stage.ids = {kReport,    kMdo,        base::CaseNumber(2026, 1),
                 kNoor,      kStranger,   kDesk,
                 kOtherDesk, "intake",    "meeting",
                 "audit",    "escalation"};
    stage.now = bench_.now;
  }
  void TestBody() override {}
  fuzz::Stage stage;

 private:
  static daemon::Caller Asking(const char* role, const char* purpose) {
    daemon::Caller caller = support::By("svc_intake", kDesk, {role});
    caller.purpose = purpose;
    return caller;
  }
};

}  // namespace
}  // namespace samenspel::audit

namespace samenspel::fuzz {

const Stage& AuditStage() {
  static const auto& staged = *new audit::Staged;  // RocksDB has ended before what is static.
  return staged.stage;
}

namespace {

const google::protobuf::Message* Type(std::string_view) {
  return &audit::v1::Request::default_instance();
}

std::vector<std::string> Seeds() { return RequestSeeds(AuditStage()); }

}  // namespace

const Target kRequestAudit{.name = "request_audit",
                           .run = [](std::string_view input) { AskRequest(AuditStage(), input); },
                           .seeds = Seeds,
                           .shape = {.type = Type, .header = kRequestHeader}};

}  // namespace samenspel::fuzz
