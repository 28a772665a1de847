// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "proto/meeting/v1/requests.pb.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class RegionDemo : public testing::Test {
 protected:
  RegionDemo() {
    world.answer = [](const std::string&, const common::v1::Envelope&) {
      return FakeWorld::Answer(ReplyWith(common::v1::STATUS_OK));
    };
  }
  int Load() { return world.Run({"region", "demo", "--professionals", "8", "--days", "2"}); }

  FakeWorld world;
};

// 8 of the fixed seats, 34 of the conditional ones, 12 duty managers; all again with a deputy.
TEST_F(RegionDemo, SendsOrganisationsThenPeopleThenShifts) {
  EXPECT_EQ(Load(), 0) << world.err();
  ASSERT_THAT(world.SentTo("meeting"), SizeIs(11 + 54 + 54 + 54));
  std::vector<int> kinds;
  for (const Sent& one : world.sent) {
    meeting::v1::Request request;
    ASSERT_TRUE(request.ParseFromString(one.envelope.request()));
    kinds.push_back(request.kind_case());
    EXPECT_EQ(one.envelope.purpose(), "region_setup");
  }
  EXPECT_TRUE(std::ranges::is_sorted(kinds));
}

TEST_F(RegionDemo, RepeatsTheSameRequestsASecondTime) {
  Load();
  const std::vector<Sent> first = std::exchange(world.sent, {});
  Load();
  ASSERT_EQ(world.sent.size(), first.size());
  std::set<std::string> ids;
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(world.sent[i].envelope.SerializeAsString(), first[i].envelope.SerializeAsString());
    ids.insert(first[i].envelope.request_id());
  }
  EXPECT_EQ(ids.size(), first.size());
}

TEST_F(RegionDemo, StopsAtTheFirstRefusal) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "not_permitted", ""));
  };
  EXPECT_EQ(Load(), 5);
  EXPECT_THAT(world.sent, SizeIs(1));
}

TEST_F(RegionDemo, TellsAbsenceFromSilence) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(Load(), 6);
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(Load(), 7);
  EXPECT_THAT(world.err(), HasSubstr("type the same again"));
}

TEST_F(RegionDemo, PrintsWithoutSending) {
  EXPECT_EQ(world.Run({"region", "demo", "--print", "--professionals", "8", "--days", "2"}), 0);
  EXPECT_THAT(world.sent, IsEmpty());
  const json object = json::parse(world.out());
  EXPECT_EQ(object["organisations"].size(), 11U);
  EXPECT_EQ(object["professionals"].size(), 54U);
  EXPECT_TRUE(object["professionals"][0].contains("deputy"));
  EXPECT_EQ(object["shifts"].size(), 54U);
}

}  // namespace
}  // namespace samenspel::cli
