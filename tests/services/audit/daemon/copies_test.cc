// SPDX-License-Identifier: EUPL-1.2
// What a service that lost its journal gets back, and that nobody gets another's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/common/v1/copies.pb.h"
#include "tests/services/audit/daemon/audit_test.h"

namespace samenspel::audit {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

daemon::Caller Daemon(const std::string& service) {
  daemon::Caller caller = support::By("svc_" + service, "", {"service"});
  caller.purpose = "repair";
  return caller;
}

class AuditCopies : public AuditService {
 protected:
  Decided AskCopies(const std::string& service, const std::string& by, uint64_t after = 0,
                    uint32_t limit = 0) {
    v1::Request request;
    request.mutable_read_copies()->set_service(service);
    request.mutable_read_copies()->set_after(after);
    request.mutable_read_copies()->set_limit(limit);
    return Ask(request, Daemon(by));
  }
  common::v1::CopiesRead Copies(const std::string& service, uint64_t after = 0,
                                uint32_t limit = 0) {
    const Decided decided = AskCopies(service, service, after, limit);
    EXPECT_EQ(decided.status, common::v1::STATUS_OK);
    v1::Response response;
    EXPECT_TRUE(response.ParseFromString(decided.response));
    return response.copies_read();
  }
  static std::vector<std::string> Headers(const common::v1::CopiesRead& read) {
    std::vector<std::string> headers;
    for (const auto& entry : read.entries()) headers.push_back(entry.header());
    return headers;
  }
};

TEST_F(AuditCopies, AreTheEntriesAsTheyCameWithTheirSealedPartsAndTheHead) {
  HearSubmitted();
  intake::v1::Event event;
  event.mutable_report_submitted()->set_report(kReport);
  auto entry = std::make_shared<store::Stored>(
      *intake_.Add(kNoor, kDesk, kReport, event.kind_case(), event));
  entry->sealed = {"one part", "another"};
  Hear(entry, "intake");
  const common::v1::CopiesRead read = Copies("intake");
  EXPECT_THAT(Headers(read), testing::ElementsAreArray(heard_));
  EXPECT_THAT(read.entries(1).sealed(), testing::ElementsAre("one part", "another"));
  EXPECT_EQ(read.head().sequence(), 2u);
  EXPECT_EQ(read.head().hash(), entry->hash);
  EXPECT_THAT(Headers(Copies("intake", 1)), testing::ElementsAre(heard_[1]));
  EXPECT_THAT(Headers(Copies("intake", 0, 1)), testing::ElementsAre(heard_[0]));
}

TEST_F(AuditCopies, BehindTheLastAreNone) {
  HearSubmitted();
  for (const uint64_t after : {uint64_t{1}, uint64_t{7}, UINT64_MAX}) {
    const common::v1::CopiesRead read = Copies("intake", after);
    EXPECT_THAT(read.entries(), IsEmpty());
    EXPECT_EQ(read.head().sequence(), 1u);
  }
  EXPECT_EQ(Copies("escalation").head().sequence(), 0u);
}

TEST_F(AuditCopies, AreCutByBytesWithoutAGap) {
  intake::v1::Event event;
  event.mutable_report_submitted()->set_case_number(std::string(30'000, 'x'));
  for (int i = 0; i < 50; ++i) {
    Hear(intake_.Add(kNoor, kDesk, kReport, event.kind_case(), event), "intake");
  }
  std::vector<std::string> all;
  for (int pages = 0; all.size() < heard_.size() && pages < 5; ++pages) {
    const common::v1::CopiesRead read = Copies("intake", all.size());
    EXPECT_LE(read.ByteSizeLong(), 513u * 1024);
    for (const std::string& header : Headers(read)) all.push_back(header);
  }
  EXPECT_EQ(all, heard_);
}

TEST_F(AuditCopies, AnEntryLargerThanAPageComesAlone) {
  HearSubmitted();
  intake::v1::Event event;
  auto entry = std::make_shared<store::Stored>(
      *intake_.Add(kNoor, kDesk, kReport, event.kind_case(), event));
  entry->sealed = {std::string(511 * 1024, 's'), std::string(2048, 's')};
  Hear(entry, "intake");
  EXPECT_THAT(Copies("intake").entries(), SizeIs(1));
  EXPECT_THAT(Copies("intake", 1).entries(), SizeIs(1));
}

TEST_F(AuditCopies, TellTheNewestCauseSoThatFollowingCanGoOn) {
  HearSubmitted();
  HearPlanned();
  const common::v1::CopiesRead read = Copies("meeting");
  ASSERT_THAT(read.causes(), SizeIs(1));
  EXPECT_EQ(read.causes(0).service(), "intake");
  EXPECT_EQ(read.causes(0).head().sequence(), 1u);
  EXPECT_EQ(read.causes(0).head().hash(), tlog::Sha256(heard_[0]));
}

TEST_F(AuditCopies, LeaveOutACauseThatAuditHasNot) {
  HearPlanned();  // Meeting is ahead of what audit heard of intake.
  EXPECT_THAT(Copies("meeting").causes(), IsEmpty());
}

TEST_F(AuditCopies, AreOfOnesOwnJournalOnly) {
  HearSubmitted();
  for (const std::string by : {"meeting", "escalation", "audit", "", "intake2"}) {
    const Decided decided = AskCopies("intake", by);
    EXPECT_EQ(decided.status, common::v1::STATUS_NOT_FOUND) << by;
    EXPECT_TRUE(decided.hidden) << by;
    EXPECT_THAT(decided.response, IsEmpty()) << by;
  }
  daemon::Caller person = Daemon("intake");
  person.principal = kNoor;
  v1::Request request;
  request.mutable_read_copies()->set_service("intake");
  EXPECT_TRUE(Ask(request, person).hidden);
}

TEST_F(AuditCopies, OfAuditsOwnJournalThereIsNone) {
  const Decided decided = AskCopies("audit", "audit");
  EXPECT_EQ(decided.status, common::v1::STATUS_REFUSED);
  EXPECT_EQ(decided.reasons.at(0).code(), "no_copy");
}

// A daemon under repair knows only common's picture of audit's Request and Response.
TEST(CopiesRequest, ReadsAsAuditsOwn) {
  common::v1::CopiesRequest sent;
  sent.mutable_read_copies()->set_service("intake");
  v1::Request request;
  ASSERT_TRUE(request.ParseFromString(sent.SerializeAsString()));
  EXPECT_EQ(request.read_copies().service(), "intake");
  v1::Response answered;
  answered.mutable_copies_read()->mutable_head()->set_sequence(7);
  common::v1::CopiesResponse response;
  ASSERT_TRUE(response.ParseFromString(answered.SerializeAsString()));
  EXPECT_EQ(response.copies_read().head().sequence(), 7u);
}

TEST_F(AuditCopies, AreLoggedWhenRead) {  // NEN 7513
  HearSubmitted();
  Copies("intake");
  v1::Event event;
  for (const auto& entry : bench_.Entries()) {
    if (entry->header.kind() == "read_copies") {
      event.ParseFromString(entry->header.events(0).payload());
    }
  }
  EXPECT_EQ(event.log_read().reader(), "svc_intake");
  EXPECT_EQ(event.log_read().purpose(), "repair");
  EXPECT_EQ(event.log_read().what(), "copies:intake:0");
  EXPECT_EQ(event.log_read().entries(), 1u);
}

}  // namespace
}  // namespace samenspel::audit
