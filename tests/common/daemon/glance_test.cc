// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/glance.h"

#include <gtest/gtest.h>

#include "proto/common/v1/entry.pb.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::daemon {
namespace {

using common::v1::Reply;

std::string Full() {
  Reply reply;
  reply.set_request_id("sixteen bytes...");
  reply.set_status(common::v1::STATUS_CONFLICT);
  reply.add_reasons()->set_code("changed_since");
  reply.set_version(300);
  return reply.SerializeAsString();
}

TEST(Glance, FindsANumberAmongOtherFields) {
  EXPECT_EQ(NumberIn(Full(), Reply::kStatusFieldNumber), common::v1::STATUS_CONFLICT);
  EXPECT_EQ(NumberIn(Full(), Reply::kVersionFieldNumber), 300);
}

TEST(Glance, ANumberThatIsNotThereIsZero) {
  EXPECT_EQ(NumberIn(Full(), Reply::kRetryAfterMsFieldNumber), 0);
  EXPECT_EQ(NumberIn("", Reply::kStatusFieldNumber), 0);
}

TEST(Glance, SeesNoFieldOfAMessageWithin) {
  Reply reply;
  reply.mutable_entry()->set_epoch(7);  // Field 2 of the entry; of a reply, its status.
  EXPECT_EQ(NumberIn(reply.SerializeAsString(), Reply::kStatusFieldNumber), 0);
}

TEST(Glance, FindsAMessageWithin) {
  Reply reply;
  EXPECT_EQ(MessageIn(reply.SerializeAsString(), Reply::kEntryFieldNumber), "");
  reply.mutable_entry()->set_epoch(7);
  reply.set_version(300);
  const std::string bytes = reply.SerializeAsString();
  EXPECT_EQ(MessageIn(bytes, Reply::kEntryFieldNumber), reply.entry().SerializeAsString());
  EXPECT_EQ(MessageIn(bytes, Reply::kReasonsFieldNumber), "");
}

TEST(Glance, RefusesWhatIsNoMessage) {
  const std::string full = Full();
  for (const std::string& bytes : {full.substr(0, full.size() - 1), full + '\x0a', full + '\x04'}) {
    EXPECT_EQ(NumberIn(bytes, Reply::kStatusFieldNumber), std::nullopt);
    EXPECT_EQ(MessageIn(bytes, Reply::kReasonsFieldNumber), std::nullopt);
  }
}

}  // namespace
}  // namespace samenspel::daemon
