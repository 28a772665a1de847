// SPDX-License-Identifier: EUPL-1.2
// One request takes effect once, and nobody hears of it before it is durable.
#include "common/store/bytes.h"
#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using common::v1::STATUS_INVALID;
using common::v1::STATUS_OK;
using common::v1::STATUS_UNAVAILABLE;
using testing::IsEmpty;
using testing::SizeIs;

using CoreAnswer = CoreTest;

TEST_F(CoreAnswer, RepeatsTheFirstAnswerToTheSameRequest) {
  const auto first = Asked("pro_anna", Ask(1, Report(true)));
  now_ += std::chrono::hours(1);
  const auto again = Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(EntriesSinceStart(), 1U);
}

TEST_F(CoreAnswer, RepeatsItWithinOneTurn) {
  const auto turn = Step({From("pro_anna", Ask(1, Report(true))),
                          From("pro_anna", Ask(1, Report(true)), "another connection")});
  const auto replies = RepliesOf(turn);
  ASSERT_THAT(replies, SizeIs(2));
  EXPECT_EQ(replies[0].SerializeAsString(), replies[1].SerializeAsString());
  EXPECT_EQ(EntriesSinceStart(), 1U);
}

TEST_F(CoreAnswer, RepeatsItAfterARestart) {
  const auto first = Asked("pro_anna", Ask(1, Report(true)));
  Restart();
  const auto again = Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(EntriesSinceStart(), 1U);
}

TEST_F(CoreAnswer, RepeatsARefusalOfTheForm) {
  auto request = Report(true);
  request.mutable_submit_report()->mutable_private_()->clear_happening();
  const auto first = Asked("pro_anna", Ask(1, request));
  EXPECT_THAT(first, Says(STATUS_INVALID, "missing", "private.happening"));
  EXPECT_EQ(Asked("pro_anna", Ask(1, request)).SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(EntriesSinceStart(), 1U);
}

TEST_F(CoreAnswer, RefusesTheSameIdWithOtherContent) {
  const auto first = Asked("pro_anna", Ask(1, Report(true)));
  std::vector<common::v1::Envelope> others = {Ask(1, Report(false)), Ask(1, Report(true), "audit"),
                                              Ask(1, Report(true))};
  others[2].set_expected_version(3);
  for (const auto& other : others) {
    EXPECT_THAT(Asked("pro_anna", other), Says(STATUS_INVALID, "request_id_reused", "request_id"));
  }
  EXPECT_EQ(Asked("pro_anna", Ask(1, Report(true))).entry().sequence(), first.entry().sequence())
      << "the first answer stands";
}

TEST_F(CoreAnswer, KeepsTheIdsOfPeopleApart) {
  const auto anna = Asked("pro_anna", Ask(1, Report(true)));
  const auto bert = Asked("pro_bert", Ask(1, Report(false)));
  EXPECT_EQ(bert.status(), STATUS_OK);
  EXPECT_NE(bert.entry().sequence(), anna.entry().sequence());
}

TEST_F(CoreAnswer, DecidesOneAfterAnotherInTheOrderOfArrival) {
  std::vector<bus::Input> inputs;
  for (uint64_t i = 0; i < 10; ++i) inputs.push_back(From("pro_anna", Ask(i, Report(true))));
  const auto replies = RepliesOf(Step(inputs));
  ASSERT_THAT(replies, SizeIs(10));
  for (uint64_t i = 0; i < 10; ++i) {
    EXPECT_EQ(replies[i].request_id(), IdOf(i));
    EXPECT_EQ(replies[i].entry().sequence(), first_ + i);
  }
}

// A request that came before the rules were adopted is not lost for ever.
TEST(CoreStart, DecidesAnewWhatWasOnlyUnavailable) {
  Rig intake("intake");
  intake.Start(support::kMorning, RegistryOf(Everybody()));
  const auto early = intake.AskOne(support::kMorning, From("pro_anna", Ask(1, Report(true))));
  EXPECT_THAT(early, Says(STATUS_UNAVAILABLE, "no_rules", ""));
  const auto later = intake.AskOne(support::kMorning, From("pro_anna", Ask(1, Report(true))));
  EXPECT_EQ(later.status(), STATUS_OK);
}

TEST_F(CoreAnswer, ReadsLeaveNoFirstAnswer) {
  intake::v1::Response response;
  ASSERT_TRUE(response.ParseFromString(Asked("pro_anna", Ask(1, Report(true))).response()));
  const auto show = Show(response.report_received().report());
  EXPECT_EQ(Asked("pro_anna", Ask(2, show)).status(), STATUS_OK);
  const auto entry = intake_.LastEntry();
  EXPECT_EQ(entry.kind(), "show_report");
  EXPECT_EQ(entry.request_id(), "");
  EXPECT_EQ(entry.response(), "") << "what was shown is not kept";
}

TEST_F(CoreAnswer, SyncsOnceATurnBeforeItSpeaks) {
  auto& watch = intake_.watched().watch();
  watch.log_syncs = 0;
  std::vector<bus::Input> inputs;
  for (uint64_t i = 0; i < 20; ++i) inputs.push_back(From("pro_anna", Ask(i, Report(true))));
  EXPECT_THAT(RepliesOf(Step(inputs)), SizeIs(20));
  EXPECT_EQ(watch.log_syncs, 1);
  EXPECT_THAT(RepliesOf(Step({From("pro_anna", Ask(3, Report(true)))})), SizeIs(1));
  EXPECT_EQ(watch.log_syncs, 1) << "a repeat is durable already";
}

TEST_F(CoreAnswer, SaysNothingOfWhatCouldNotBeWritten) {
  intake_.watched().watch().log_full = true;
  const Turn turn = Step({From("pro_anna", Ask(1, Report(true)))});
  EXPECT_FALSE(turn.fault.ok());
  EXPECT_THAT(turn.out, IsEmpty());

  const Turn next = Step({From("pro_anna", Ask(2, Report(true)))});
  EXPECT_FALSE(next.fault.ok()) << "the process must end";
  EXPECT_THAT(next.out, IsEmpty());

  intake_.watched().watch().log_full = false;
  Restart();
  EXPECT_EQ(EntriesSinceStart(), 0U);
  EXPECT_EQ(Asked("pro_anna", Ask(1, Report(true))).status(), STATUS_OK);
}

TEST_F(CoreAnswer, TakesNoChangesWhileTheDiskIsNearlyFullAndAllElseGoesOn) {
  const auto first = Asked("pro_anna", Ask(1, Report(true)));
  intake_.core().SetDiskLow(true);
  const auto refused = Asked("pro_anna", Ask(2, Report(true)));
  EXPECT_THAT(refused, Says(STATUS_UNAVAILABLE, "unavailable", ""));
  EXPECT_GT(refused.retry_after_ms(), 0U);
  EXPECT_EQ(EntriesSinceStart(), 1U);
  EXPECT_EQ(Asked("pro_anna", Ask(1, Report(true))).SerializeAsString(), first.SerializeAsString());
  const std::string report = intake_.LastEntry().events(0).stream();
  EXPECT_EQ(Asked("pro_anna", Ask(3, Show(report))).status(), STATUS_OK);
  intake_.core().SetDiskLow(false);
  EXPECT_EQ(Asked("pro_anna", Ask(2, Report(true))).status(), STATUS_OK);
}

TEST_F(CoreAnswer, SaysNothingWhenTheSyncFails) {
  intake_.watched().watch().log_stuck = true;
  const Turn turn = Step({From("pro_anna", Ask(1, Report(true)))});
  EXPECT_FALSE(turn.fault.ok());
  EXPECT_THAT(turn.out, IsEmpty());
  intake_.watched().watch().log_stuck = false;
  Restart();
  EXPECT_EQ(Asked("pro_anna", Ask(1, Report(true))).status(), STATUS_OK);
  size_t reports = 0;
  for (const auto& entry : intake_.Entries()) reports += entry.kind() == "submit_report" ? 1 : 0;
  EXPECT_EQ(reports, 1U) << "written or not, it takes effect once";
}

TEST_F(CoreAnswer, WakesForTheWatermarkAndThenSleeps) {
  (void)Step({From("pro_anna", Ask(1, Report(true)))});
  now_ += milliseconds(1000);
  Turn turn = Step({});
  EXPECT_EQ(intake_.store().WatermarkDue(), std::nullopt);
  EXPECT_GT(turn.wake_at, now_);
}

TEST_F(CoreAnswer, MakesKeysAheadOfThoseItHandsOut) {
  const seal::KeyNumber before = intake_.keys().last();
  EXPECT_GE(before, 128U);
  for (uint64_t i = 0; i < 300; ++i) {
    ASSERT_EQ(Asked("pro_anna", Ask(i, Report(false))).status(), STATUS_OK);
    store::Batch batch = intake_.store().Begin();
    const auto next = View(intake_.store(), batch, intake_.keys(), intake_.entropy()).next_key();
    ASSERT_GE(intake_.keys().last(), next + 31) << "after report " << i;
  }
  EXPECT_GT(intake_.keys().last(), before);
}

TEST_F(CoreAnswer, RefusesWhatWouldFitInNoEntry) {
  Rig meeting("meeting");
  meeting.Start(now_, RegistryOf(Everybody()));
  (void)meeting.Step(now_);  // Its own affairs: rules, registry.
  meeting::v1::Request request;
  auto& organisation = *request.mutable_register_organisation()->mutable_organisation();
  organisation.set_id("org_00000000000000000000000001");
  organisation.set_name(std::string(65'000, 'n'));
  organisation.set_kind("veilig_thuis");
  const auto input = From("pro_dirk", Ask(1, request, "region_setup"));
  EXPECT_THAT(meeting.AskOne(now_, input), Says(STATUS_INVALID, "request_too_large", ""));
  EXPECT_EQ(meeting.LastEntry().kind(), "register_organisation");
  EXPECT_EQ(meeting.LastEntry().principal(), "pro_dirk");
  EXPECT_EQ(meeting.LastEntry().request_id(), "");
}

// Sixty-four of them may wait in one turn.
TEST_F(CoreAnswer, TellsNoMoreThanWasAskedWhereMuchIsWrong) {
  intake::v1::Request request;
  for (int i = 0; i < 130'000; ++i) request.mutable_check_report()->add_answers();
  const auto envelope = Ask(1, request);
  const auto reply = Asked("pro_anna", envelope);
  EXPECT_EQ(reply.status(), STATUS_INVALID);
  EXPECT_LT(reply.ByteSizeLong(), envelope.ByteSizeLong());
}

}  // namespace
}  // namespace samenspel::daemon
