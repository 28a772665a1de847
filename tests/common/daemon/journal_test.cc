// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/journal.h"

#include "proto/intake/v1/events.pb.h"
#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kReport = "rpt_00000000000000000000000001";

class RecordTest : public CoreTest {
 protected:
  void SetUp() override {
    CoreTest::SetUp();
    batch_.emplace(intake_.store().Begin());
    view_.emplace(intake_.store(), *batch_, intake_.keys(), intake_.entropy());
    context_.caller.principal = "pro_anna";
    context_.received_at = now_;
    context_.kind = "submit_report";
  }
  std::shared_ptr<intake::v1::Event> Submitted(size_t clear, size_t sealed) {
    auto event = std::make_shared<intake::v1::Event>();
    auto& submitted = *event->mutable_report_submitted();
    submitted.set_report(kReport);
    submitted.set_case_number(std::string(clear, 'n'));
    submitted.mutable_private_()->set_address(std::string(sealed, 'a'));
    submitted.mutable_secret()->set_secret_location("a safe house");
    return event;
  }
  base::Result<const store::Stored*> Recorded(std::shared_ptr<intake::v1::Event> event) {
    Decided decided;
    NewEvent happened;
    happened.stream = kReport;
    happened.version = 1;
    happened.keeper = "org_north";
    happened.event = std::move(event);
    decided.events.push_back(std::move(happened));
    return Record(*view_, intake_.core().service(), context_, std::move(decided));
  }
  std::optional<store::Batch> batch_;
  std::optional<View> view_;
  EntryContext context_;
};

TEST_F(RecordTest, SealsPrivateAndSecretApartAndKeepsTheRestClear) {
  const auto event = Submitted(10, 10);
  const auto before = event->SerializeAsString();
  const auto entry = Recorded(event);
  ASSERT_TRUE(entry.ok());
  const auto& header = (*entry)->header;
  ASSERT_THAT(header.events(), SizeIs(1));
  EXPECT_EQ(header.events(0).private_part(), 1U);
  EXPECT_EQ(header.events(0).secret_part(), 2U);
  EXPECT_THAT((*entry)->sealed, SizeIs(2));
  intake::v1::Event clear;
  ASSERT_TRUE(clear.ParseFromString(header.events(0).payload()));
  EXPECT_FALSE(clear.report_submitted().has_private_());
  EXPECT_FALSE(clear.report_submitted().has_secret());
  EXPECT_EQ(clear.report_submitted().report(), kReport);
  EXPECT_EQ(event->SerializeAsString(), before) << "the event is whole for whoever applies it";
}

TEST_F(RecordTest, OpensThePartsOfAnEntryAgain) {
  const auto entry = Recorded(Submitted(10, 10));
  ASSERT_TRUE(entry.ok());
  const auto parts = OpenParts(intake_.keys(), **entry);
  ASSERT_THAT(parts, SizeIs(2));
  intake::v1::ReportPrivate family;
  ASSERT_TRUE(family.ParseFromString(parts[0]));
  EXPECT_EQ(family.address(), std::string(10, 'a'));
  intake::v1::ReportSecret secret;
  ASSERT_TRUE(secret.ParseFromString(parts[1]));
  EXPECT_EQ(secret.secret_location(), "a safe house");
}

TEST_F(RecordTest, WritesNothingOfAnEntryThatWouldBeTooLarge) {
  const seal::KeyNumber next = view_->next_key();
  for (const auto& event : {Submitted(kHeaderBytesMax, 10), Submitted(10, kEntryBytesMax)}) {
    const auto entry = Recorded(event);
    ASSERT_FALSE(entry.ok());
    EXPECT_EQ(entry.status().code(), base::Code::kInvalid);
    EXPECT_THAT(batch_->appended(), IsEmpty());
    EXPECT_FALSE(batch_->Get(store::Column::kState, kReport).has_value());
    EXPECT_EQ(view_->OpenSealed(kReport), std::nullopt);
    EXPECT_EQ(view_->next_key(), next);
  }
}

TEST_F(RecordTest, KeepsTheLargestEntryItTakesWithinItsBounds) {
  size_t least = 0;
  size_t most = kHeaderBytesMax;
  while (most - least > 1) {  // The largest clear part that is taken.
    const size_t middle = (least + most) / 2;
    (Recorded(Submitted(middle, 1)).ok() ? least : most) = middle;
  }
  const auto entry = Recorded(Submitted(least, 1));
  ASSERT_TRUE(entry.ok());
  EXPECT_LE((*entry)->bytes.size(), kHeaderBytesMax);
  EXPECT_GT((*entry)->bytes.size(), kHeaderBytesMax - 8192) << "and not far below";
}

TEST(RequestDigest, DiffersInEveryPartThatMakesTheRequest) {
  const std::string key(32, 'k');
  const auto request = Ask(1, Report(true));
  std::set<std::string> digests = {RequestDigest(key, request),
                                   RequestDigest(std::string(32, 'l'), request)};
  auto other = request;
  other.set_purpose("audit");
  digests.insert(RequestDigest(key, other));
  other = request;
  other.set_on_behalf_of("pro_bert");
  digests.insert(RequestDigest(key, other));
  other = request;
  other.set_expected_version(1);
  digests.insert(RequestDigest(key, other));
  other = Ask(1, Report(false));
  digests.insert(RequestDigest(key, other));
  EXPECT_THAT(digests, SizeIs(6));
  other = request;
  other.set_time_left_ms(5);
  other.set_request_id(IdOf(2));
  EXPECT_TRUE(digests.contains(RequestDigest(key, other))) << "the rest is no part of it";
}

TEST(RequestDigest, DoesNotMoveTextFromOnePartToTheNext) {
  const std::string key(32, 'k');
  common::v1::Envelope left;
  left.set_on_behalf_of("ab");
  left.set_purpose("c");
  common::v1::Envelope right;
  right.set_on_behalf_of("a");
  right.set_purpose("bc");
  EXPECT_NE(RequestDigest(key, left), RequestDigest(key, right));
}

}  // namespace
}  // namespace samenspel::daemon
