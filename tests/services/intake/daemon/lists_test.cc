// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DeskLists : public Desk {
 protected:
  std::string Next(const v1::SubmitReport& form, const Caller& by = Noor()) {
    bench_.now += std::chrono::seconds(1);
    return Submit(form, by).report();
  }
};

TEST_F(DeskLists, QueueShowsTheMostUrgentFirstToTheDeskAlone) {
  const std::string green = Next(Answered());
  const std::string red = Next(Red());
  const std::string amber = Next(Form({}));
  const std::string other = Next(Answered(), Stranger());
  EXPECT_THAT(Queue(Colleague()), ElementsAre(red, amber, green));
  EXPECT_THAT(Queue(Guest()), ElementsAre(other));
  EXPECT_THAT(Queue(Duty()), IsEmpty());  // Of the organisation, but without a part in any.
  EXPECT_THAT(Listed(Colleague()), ElementsAre(amber, red, green));
}

TEST_F(DeskLists, AreTheSameAfterARestart) {
  const std::string one = Next(Answered());
  const std::string two = Next(Red());
  Claim(one, Colleague());
  Hold(two, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kTable);
  Plan(two, base::ToMs(bench_.now) + 1000);
  const std::string done = Next(Answered());
  Settle(done, Noor(), v1::OUTCOME_ADVICE);
  Break(one, Stranger(), "Spoed");
  HandOver(one, Colleague(), kOtherDesk);
  const auto lists = [&] {
    std::string all;
    for (const Caller& caller : {Noor(), Colleague(), Stranger(), Guest(), Seated()}) {
      for (int kind = 0; kind < 3; ++kind) {
        v1::Request request;
        if (kind == 0) request.mutable_list_reports()->set_with_settled(true);
        if (kind == 1) request.mutable_list_queue();
        if (kind == 2) request.mutable_show_mine();
        all += bench_.Ask(caller, request).response + "|";
      }
    }
    for (const auto& [name, value] : bench_.service().Counters(bench_.now)) {
      all += name + "=" + std::to_string(value) + ";";
    }
    return all;
  };
  const std::string before = lists();
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(lists(), before);
}

TEST_F(DeskLists, LeaveNoEntry) {
  Next(Answered());
  const uint64_t before = head();
  Queue(Noor());
  Listed(Noor());
  Mine(Noor());
  EXPECT_EQ(head(), before);
}

TEST_F(DeskLists, OfMineHoldWhatWaitsForMe) {
  const std::string owned = Next(Answered());
  Claim(owned, Noor());
  const std::string offered = Next(Answered(), Colleague());
  Claim(offered, Colleague());
  HandOver(offered, Colleague(), kNoor);
  const std::string open = Next(Answered(), Colleague());
  const std::string done = Next(Answered());
  Settle(done, Noor(), v1::OUTCOME_ADVICE);
  v1::SubmitReport bulk = Answered();
  bulk.set_bulk(true);
  bulk.set_for_desk(kOtherDesk);
  const std::string unconfirmed = Next(bulk, Colleague());
  const v1::MineShown mine = Mine(Noor());
  const auto names = [](const auto& lines) {
    std::vector<std::string> found;
    for (const auto& line : lines) found.push_back(line.report());
    return found;
  };
  EXPECT_THAT(names(mine.owned()), ElementsAre(owned));
  EXPECT_THAT(names(mine.offered()), ElementsAre(offered));
  EXPECT_THAT(names(mine.unclaimed()), ElementsAre(open));
  EXPECT_THAT(names(mine.unconfirmed()), ElementsAre(unconfirmed));
  EXPECT_THAT(names(Mine(Guest()).unclaimed()), ElementsAre(unconfirmed));
  EXPECT_THAT(names(Mine(Guest()).unconfirmed()), ElementsAre(unconfirmed));
}

TEST_F(DeskLists, AreCountedForOperators) {
  Next(Answered());
  const base::Instant oldest = bench_.now;
  const std::string red = Next(Red());
  const std::string amber = Next(Form({}));
  EXPECT_EQ(bench_.Counter("reports_red"), 1u);
  EXPECT_EQ(bench_.Counter("reports_amber"), 1u);
  EXPECT_EQ(bench_.Counter("reports_green"), 1u);
  EXPECT_EQ(bench_.Counter("queue_unclaimed"), 3u);
  EXPECT_EQ(bench_.Counter("queue_overdue"), 0u);
  bench_.now = oldest + std::chrono::minutes(4);
  EXPECT_EQ(bench_.Counter("queue_oldest_unclaimed_s"), 240u);
  bench_.now = oldest + std::chrono::seconds(1) + std::chrono::minutes(5);  // No start yet.
  EXPECT_EQ(bench_.Counter("queue_overdue"), 1u);
  Plan(red, base::ToMs(bench_.now));
  EXPECT_EQ(bench_.Counter("queue_overdue"), 0u);
  bench_.now += std::chrono::minutes(5);
  EXPECT_EQ(bench_.Counter("queue_overdue"), 1u);  // No first step (P.01).
  Settle(amber, Noor(), v1::OUTCOME_LOCAL_TEAM);
  EXPECT_EQ(bench_.Counter("queue_unclaimed"), 2u);
}

TEST_F(DeskLists, ShowTheQuestionsInForce) {
  v1::Request request;
  request.mutable_show_crisismeter();
  const v1::CrisismeterShown shown = Of(bench_.Ask(Noor(), request)).crisismeter_shown();
  EXPECT_FALSE(shown.version().empty());
  ASSERT_GT(shown.indicators_size(), 0);
  for (const v1::IndicatorText& text : shown.indicators()) {
    for (const std::string* one :
         {&text.indicator(), &text.domain(), &text.text_nl(), &text.text_en(), &text.help_nl(),
          &text.help_en(), &text.source()}) {
      EXPECT_FALSE(one->empty()) << text.indicator();
    }
  }
  EXPECT_TRUE(shown.indicators(0).direct());
}

TEST_F(DeskLists, GradeAFormWithoutKeepingIt) {  // 003.12
  v1::Request request;
  *request.mutable_check_report()->mutable_answers() = Red().answers();
  const uint64_t before = head();
  const v1::Grade grade = Of(bench_.Ask(Noor(), request)).report_checked().grade();
  EXPECT_EQ(grade.colour(), v1::COLOUR_RED);
  EXPECT_EQ(head(), before);
  EXPECT_EQ(Submit(Red()).grade().SerializeAsString(), grade.SerializeAsString());
  request.mutable_check_report()->add_answers()->set_indicator("no_such_question");
  EXPECT_TRUE(Why(bench_.Ask(Noor(), request)).starts_with("INVALID unknown_indicator answers["));
}

// A report as a store of 0.1 holds it: without owner, terms or case list.
class FormerReport : public Desk {
 protected:
  FormerReport() {
    state::Report report;
    report.set_version(2);
    report.set_report(id_);
    report.set_household("hh_00000000000000000000000001");
    report.set_case_number("2026-000001-X");
    report.set_sender(kNoor);
    report.set_organisation(kDesk);
    report.set_received_at_ms(base::ToMs(bench_.now) - 1000);
    report.mutable_grade()->set_colour(v1::COLOUR_AMBER);
    store::Batch batch = bench_.store().Begin();
    batch.Put(store::Column::kState, id_, report.SerializeAsString());
    EXPECT_EQ(bench_.store().Commit(std::move(batch)), store::CommitResult::kAcked);
    EXPECT_TRUE(bench_.Restart().ok());
    bench_.SendDue();
  }
  const std::string id_ = "rpt_00000000000000000000000001";
};

TEST_F(FormerReport, IsKnownToSenderAndDesk) {
  EXPECT_THAT(Queue(Colleague()), ElementsAre(id_));
  EXPECT_EQ(Shown(id_, Noor()).by_right_of().kind(), common::v1::INVOLVEMENT_KIND_SENDER);
  EXPECT_EQ(Shown(id_, Colleague()).by_right_of().kind(), common::v1::INVOLVEMENT_KIND_DESK);
  EXPECT_EQ(Why(Show(id_, Stranger())), "NOT_FOUND not_found report");
  EXPECT_EQ(Shown(id_, Colleague()).ownership().owner(), kNoor);
}

TEST_F(FormerReport, StaysKnownToThemWhenOthersComeToKnowIt) {
  Break(id_, Stranger(), "Spoed");
  EXPECT_EQ(Why(Show(id_, Colleague())), "OK");
  EXPECT_EQ(Why(Show(id_, Noor())), "OK");
  EXPECT_EQ(Why(Show(id_, Stranger())), "OK");
  EXPECT_EQ(Why(Claim(id_, Colleague())), "OK");
  EXPECT_THAT(Listed(Noor()), ElementsAre(id_));
  EXPECT_THAT(Listed(Colleague()), ElementsAre(id_));
}

TEST_F(FormerReport, IsHandedOverLikeAnyOther) {
  EXPECT_EQ(Why(HandOver(id_, Noor(), kOtherDesk)), "OK");
  EXPECT_EQ(Why(Claim(id_, Guest())), "OK");
  EXPECT_EQ(Shown(id_, Noor()).ownership().owner(), kGuest);
  EXPECT_EQ(Why(Settle(id_, Guest(), v1::OUTCOME_LOCAL_TEAM)), "OK");
}

}  // namespace
}  // namespace samenspel::intake
