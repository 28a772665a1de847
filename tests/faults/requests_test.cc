// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "proto/intake/v1/events.pb.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using base::milliseconds;
using common::v1::Envelope;
using common::v1::Reply;
using support::Ask;
using support::EnvelopeOf;
using support::Reasons;
using testing::HasSubstr;
using testing::Not;

// What a report must not be quoted with, anywhere.
constexpr const char* kQuoted = "KANARIEVOGEL";

class Requests : public testing::Test {
 protected:
  void SetUp() override {
    region_.Launch("intake");
    region_.AwaitReady("intake");
    desk_ = region_.Connect("desk-vt", "intake");
  }

  void ExpectServed() {
    EXPECT_EQ(Ask(*desk_, EnvelopeOf(support::RedReport(1))).status(), common::v1::STATUS_OK);
  }

  // Says no to `report`, names `reason`, and tells nobody what stood there.
  void ExpectInvalid(const intake::v1::Request& report, const std::string& reason) {
    const Reply reply = Ask(*desk_, EnvelopeOf(report));
    EXPECT_EQ(reply.status(), common::v1::STATUS_INVALID);
    EXPECT_EQ(Reasons(reply), reason);
    EXPECT_THAT(reply.SerializeAsString(), Not(HasSubstr(kQuoted)));
    EXPECT_THAT(region_.LogText("intake"), Not(HasSubstr(kQuoted)));
  }

  size_t ReportsTaken() {
    region_.StopAll();
    return support::StoppedStore(region_, "intake")
        .Events<intake::v1::Event>(intake::v1::Event::kReportSubmitted)
        .size();
  }

  support::Region region_;
  std::unique_ptr<bus::Client> desk_;
};

TEST_F(Requests, AnswersARepeatWithTheFirstAnswerAndTakesItOnce) {
  const Envelope envelope = EnvelopeOf(support::RedReport(1));
  const Reply first = Ask(*desk_, envelope);
  EXPECT_EQ(first.status(), common::v1::STATUS_OK);
  const Reply again = Ask(*region_.Connect("desk-vt", "intake"), envelope);
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(ReportsTaken(), 1);
}

TEST_F(Requests, RefusesAnotherContentUnderTheSameId) {
  Envelope envelope = EnvelopeOf(support::RedReport(1));
  const Reply first = Ask(*desk_, envelope);
  envelope.set_request(support::RedReport(2).SerializeAsString());
  const Reply other = Ask(*desk_, envelope);
  EXPECT_EQ(other.status(), common::v1::STATUS_INVALID);
  EXPECT_EQ(Reasons(other), "request_id_reused request_id");
  envelope.set_request(support::RedReport(1).SerializeAsString());
  EXPECT_EQ(Ask(*desk_, envelope).SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(ReportsTaken(), 1);
}

TEST_F(Requests, KeepsTheIdsOfTwoSendersApart) {
  const Envelope envelope = EnvelopeOf(support::RedReport(1));
  const auto first = support::ReceivedIn(Ask(*desk_, envelope));
  const auto other = support::ReceivedIn(Ask(*region_.Connect("desk-gi", "intake"), envelope));
  EXPECT_NE(first.report(), other.report());
  EXPECT_EQ(ReportsTaken(), 2);
}

TEST_F(Requests, NameTheFieldOfAChoiceThatDoesNotExist) {
  auto report = support::RedReport(1);
  constexpr int kNoSuchChoice = 99;
  report.mutable_submit_report()->mutable_answers(0)->set_value(
      static_cast<intake::v1::AnswerValue>(kNoSuchChoice));
  ExpectInvalid(report, "unknown_enum answers[0].value");
}

TEST_F(Requests, NameTheNumberOfAFieldThatDoesNotExist) {
  auto report = support::RedReport(1);
  auto* family = report.mutable_submit_report()->mutable_private_();
  family->GetReflection()->MutableUnknownFields(family)->AddLengthDelimited(77, kQuoted);
  ExpectInvalid(report, "unknown_field private.77");
}

TEST_F(Requests, NameTheFieldOfABirthDateInTheFuture) {
  auto report = support::RedReport(1);
  report.mutable_submit_report()->mutable_private_()->mutable_children(0)->set_birth_date(
      "2190-01-01");
  report.mutable_submit_report()->mutable_private_()->mutable_children(0)->set_unborn(false);
  ExpectInvalid(report, "in_the_future private.children[0].birth_date");
}

TEST_F(Requests, NameTheFieldOfATextOver64KiB) {
  auto report = support::RedReport(1);
  std::string text = kQuoted;
  text.resize((64 << 10) + 1, 'x');
  report.mutable_submit_report()->mutable_private_()->mutable_happening()->set_text(text);
  ExpectInvalid(report, "text_too_long private.happening.text");
  text.pop_back();
  report.mutable_submit_report()->mutable_private_()->mutable_happening()->set_text(text);
  EXPECT_EQ(Ask(*desk_, EnvelopeOf(report)).status(), common::v1::STATUS_OK);
}

TEST_F(Requests, NameTheFieldOfATextThatIsNotUtf8) {
  auto report = support::RedReport(1);
  report.mutable_submit_report()->mutable_private_()->set_address(std::string(kQuoted) + "\xff");
  testing::internal::CaptureStderr();  // The library remarks on it while the test serializes.
  const std::string bytes = report.SerializeAsString();
  testing::internal::GetCapturedStderr();
  Envelope envelope = support::NewEnvelope();
  envelope.set_request(bytes);
  const Reply reply = Ask(*desk_, envelope);
  EXPECT_EQ(reply.status(), common::v1::STATUS_INVALID);
  EXPECT_EQ(Reasons(reply), "invalid_utf8 private.address");
  EXPECT_THAT(reply.SerializeAsString() + region_.LogText("intake"), Not(HasSubstr(kQuoted)));
}

TEST_F(Requests, AnswerGarbageAndServeOn) {
  std::string garbage;
  for (int i = 0; i < 1000; ++i) garbage += static_cast<char>(255 - i % 256);
  ASSERT_TRUE(desk_->SendRaw(garbage).ok());
  const Reply reply = support::NextReply(*desk_);
  EXPECT_EQ(reply.status(), common::v1::STATUS_INVALID);
  EXPECT_EQ(Reasons(reply), "malformed ");
  ExpectServed();
}

TEST_F(Requests, AnswerAnEmptyFrameAndServeOn) {
  ASSERT_TRUE(desk_->SendRaw("").ok());
  const Reply reply = support::NextReply(*desk_);
  EXPECT_EQ(reply.status(), common::v1::STATUS_INVALID);
  EXPECT_EQ(Reasons(reply), "unknown_protocol protocol");
  ExpectServed();
}

TEST_F(Requests, DropWhoSendsAFrameOf2MiBAndServeOthers) {
  const auto other = region_.Connect("desk-gi", "intake");
  EXPECT_EQ(support::StatusOf(*other).service(), "intake");
  ASSERT_TRUE(desk_->SendRaw(std::string(2 << 20, 'x')).ok());
  EXPECT_EQ(Ask(*other, EnvelopeOf(support::RedReport(1))).status(), common::v1::STATUS_OK);
  ExpectServed();  // The sender comes back over a new connection.
  EXPECT_EQ(ReportsTaken(), 2);
}

TEST_F(Requests, SurviveThatSomebodyWhoIsNoneOfUsSpeaks) {
  support::BareConnection stranger(region_.PortOf("intake").number());
  stranger.Say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  support::BareConnection greeter(region_.PortOf("intake").number());
  greeter.Say(std::string("\xff\0\0\0\0\0\0\0\x01\x7f\x03\0NULL", 16) + std::string(48, '\0'));
  ExpectServed();
}

// Twenty entries a minute, then a count: who floods us with nonsense does not fill the log.
TEST_F(Requests, BoundHowManyEntriesNonsenseMakes) {
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(desk_->SendRaw("").ok());
    (void)support::NextReply(*desk_);
  }
  region_.StopAll();
  size_t malformed = 0;
  for (const auto& entry : support::StoppedStore(region_, "intake").Entries()) {
    malformed += entry->header.kind() == "malformed" ? 1 : 0;
  }
  EXPECT_EQ(malformed, 20);
}

}  // namespace
}  // namespace samenspel::faults
