// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/lists.h"

#include <gmock/gmock.h>

#include <deque>
#include <random>

#include "services/intake/domain/decider.h"
#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const base::Instant kNow = At("2026-11-21T09:30:00");
const Stamp kReader = By(kNoor, kDesk, kNow);

// A desk with reports of which kDesk may know.
class Lists : public testing::Test {
 protected:
  Lists() {
    auto& one = *known_.add_involvements();
    one.set_kind(common::v1::INVOLVEMENT_KIND_DESK);
    one.set_organisation(kDesk);
    one.set_role("desk_worker");
  }
  v1::ReportLine& Add(const std::string& name, v1::Colour colour, int64_t received_ms,
                      int64_t due_ms = 0) {
    Listed& listed = reports_.emplace_back();
    listed.organisation = kDesk;
    listed.knowers = &known_;
    listed.line.set_report(name);
    listed.line.set_case_number("2026-" + name);
    listed.line.set_colour(colour);
    listed.line.set_received_at_ms(received_ms);
    listed.line.mutable_terms()->set_settle_due_ms(due_ms);
    listed.line.mutable_ownership()->set_owner(kColleague);
    listed.line.mutable_ownership()->set_desk(kDesk);
    return listed.line;
  }
  Facts All() const {
    Facts facts;
    for (const Listed& one : reports_) facts.listed.push_back(&one);
    return facts;
  }
  v1::ReportsListed List(const v1::ListReports& wish, const Stamp& stamp = kReader) const {
    return Of(DecideListReports(All(), stamp, wish));
  }
  v1::ReportsListed Queue(const v1::ListQueue& wish, const Stamp& stamp = kReader) const {
    return Of(DecideListQueue(All(), stamp, wish));
  }
  static v1::ReportsListed Of(const Decision& decision) {
    EXPECT_THAT(Why(decision), IsEmpty());
    return std::get<Accepted>(decision).response.reports_listed();
  }
  static std::vector<std::string> Names(const v1::ReportsListed& listed) {
    std::vector<std::string> names;
    for (const auto& line : listed.lines()) names.push_back(line.report());
    return names;
  }
  std::vector<std::string> InOrder(v1::ReportOrder order) const {
    v1::ListReports wish;
    wish.set_order(order);
    return Names(List(wish));
  }

  common::v1::CaseList known_;
  std::deque<Listed> reports_;
};

TEST_F(Lists, AreOrderedAsAsked) {
  Add("c", v1::COLOUR_GREEN, 30, 300);
  Add("a", v1::COLOUR_RED, 20, 400);
  Add("b", v1::COLOUR_AMBER, 10, 200);
  Add("d", v1::COLOUR_RED, 5, 100);
  EXPECT_THAT(InOrder(v1::REPORT_ORDER_UNSPECIFIED), ElementsAre("c", "a", "b", "d"));
  EXPECT_THAT(InOrder(v1::REPORT_ORDER_OLDEST), ElementsAre("d", "b", "a", "c"));
  EXPECT_THAT(InOrder(v1::REPORT_ORDER_COLOUR), ElementsAre("d", "a", "b", "c"));
  EXPECT_THAT(InOrder(v1::REPORT_ORDER_TERM), ElementsAre("d", "b", "c", "a"));
  EXPECT_THAT(InOrder(v1::REPORT_ORDER_CASE), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(Names(Queue({})), ElementsAre("d", "a", "b", "c"));  // Most urgent first.
}

TEST_F(Lists, PickWhatIsAskedFor) {
  Add("green", v1::COLOUR_GREEN, 10);
  Add("red", v1::COLOUR_RED, 20);
  Add("settled", v1::COLOUR_RED, 30).set_outcome(v1::OUTCOME_MEETING);
  Add("mine", v1::COLOUR_AMBER, 40).mutable_ownership()->set_owner(kNoor);
  Add("offered", v1::COLOUR_AMBER, 50).mutable_ownership()->set_offered_to(kNoor);
  v1::ListReports wish;
  wish.set_order(v1::REPORT_ORDER_OLDEST);
  EXPECT_THAT(Names(List(wish)), ElementsAre("green", "red", "mine", "offered"));
  wish.set_colour(v1::COLOUR_RED);
  EXPECT_THAT(Names(List(wish)), ElementsAre("red"));
  wish.set_colour(v1::COLOUR_UNSPECIFIED);
  wish.set_from_ms(20);
  wish.set_until_ms(40);  // Not included.
  EXPECT_THAT(Names(List(wish)), ElementsAre("red"));
  v1::ListReports mine;
  mine.set_order(v1::REPORT_ORDER_OLDEST);
  mine.set_mine(true);
  EXPECT_THAT(Names(List(mine)), ElementsAre("mine", "offered"));
}

TEST_F(Lists, ShowNobodyWhatTheyMayNotKnowOf) {  // invariant 10
  Add("one", v1::COLOUR_RED, 10);
  EXPECT_THAT(Names(List({}, By(kStranger, kOtherDesk, kNow))), IsEmpty());
  EXPECT_EQ(List({}, By(kStranger, kOtherDesk, kNow)).total(), 0u);
  Stamp other_role = kReader;
  other_role.roles = {"table_member"};
  EXPECT_THAT(Names(List({}, other_role)), IsEmpty());
  EXPECT_THAT(Names(Queue({}, other_role)), IsEmpty());
  known_.mutable_involvements(0)->set_until_ms(base::ToMs(kNow) + 1);
  EXPECT_THAT(Names(List({})), ElementsAre("one"));
  known_.mutable_involvements(0)->set_until_ms(base::ToMs(kNow));
  EXPECT_THAT(Names(List({})), IsEmpty());
}

TEST_F(Lists, OfAQueueAreThoseOfTheDeskThatWait) {
  Add("here", v1::COLOUR_GREEN, 10);
  Add("open", v1::COLOUR_GREEN, 20).mutable_ownership()->set_open(true);
  Add("away", v1::COLOUR_GREEN, 30).mutable_ownership()->set_desk(kOtherDesk);
  Add("settled", v1::COLOUR_GREEN, 40).set_outcome(v1::OUTCOME_ADVICE);
  v1::ListQueue wish;
  wish.set_order(v1::REPORT_ORDER_OLDEST);
  EXPECT_THAT(Names(Queue(wish)), ElementsAre("here", "open"));
  wish.set_unclaimed(true);
  EXPECT_THAT(Names(Queue(wish)), ElementsAre("open"));
  wish.set_colour(v1::COLOUR_RED);
  EXPECT_THAT(Names(Queue(wish)), IsEmpty());
}

TEST_F(Lists, PageWithoutGapOrRepeat) {
  std::mt19937 random(5);
  std::vector<std::string> all;
  for (int i = 0; i < 57; ++i) {
    const std::string name = "r" + std::to_string(100 + i);
    Add(name, static_cast<v1::Colour>(1 + random() % 3), static_cast<int64_t>(random() % 5));
    all.push_back(name);
  }
  for (int order = v1::ReportOrder_MIN; order <= v1::ReportOrder_MAX; ++order) {
    v1::ListReports wish;
    wish.set_order(static_cast<v1::ReportOrder>(order));
    wish.mutable_page()->set_limit(10);
    std::vector<std::string> seen;
    int pages = 0;
    do {
      const v1::ReportsListed listed = List(wish);
      EXPECT_EQ(listed.total(), 57u);
      for (const std::string& name : Names(listed)) seen.push_back(name);
      wish.mutable_page()->set_after(listed.next());
      ++pages;
    } while (!wish.page().after().empty());
    EXPECT_EQ(pages, 6);
    EXPECT_EQ(seen, InOrder(wish.order())) << order;
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, all) << order;
  }
}

TEST_F(Lists, GoOnBehindALineThatIsNoLongerThere) {
  for (const char* name : {"a", "b", "c", "d"}) Add(name, v1::COLOUR_GREEN, 1);
  v1::ListReports wish;
  wish.mutable_page()->set_limit(2);
  const v1::ReportsListed first = List(wish);
  EXPECT_THAT(Names(first), ElementsAre("a", "b"));
  reports_[1].line.set_outcome(v1::OUTCOME_ADVICE);
  wish.mutable_page()->set_after(first.next());
  EXPECT_THAT(Names(List(wish)), ElementsAre("c", "d"));
  EXPECT_EQ(List(wish).next(), "");
}

TEST_F(Lists, HoldAtMostTwoHundredLines) {
  for (int i = 0; i < 201; ++i) Add("r" + std::to_string(1000 + i), v1::COLOUR_GREEN, 1);
  for (const uint32_t limit : {0u, 200u, 1'000'000u}) {
    v1::ListReports wish;
    wish.mutable_page()->set_limit(limit);
    EXPECT_EQ(List(wish).lines_size(), 200) << limit;
    EXPECT_NE(List(wish).next(), "");
  }
}

TEST_F(Lists, RefuseATokenThatIsNoneOfTheirs) {
  for (const char* name : {"a", "b"}) Add(name, v1::COLOUR_GREEN, 1);
  v1::ListReports wish;
  wish.mutable_page()->set_limit(1);
  const std::string next = List(wish).next();
  std::vector<std::string> tokens = {"x", next.substr(1), next.substr(0, 17),
                                     next + std::string(64, 'x')};
  for (const std::string& token : tokens) {
    wish.mutable_page()->set_after(token);
    EXPECT_THAT(Why(DecideListReports(All(), kReader, wish)), ElementsAre("bad_page page.after"));
  }
  wish.mutable_page()->set_after(next);
  wish.set_order(v1::REPORT_ORDER_TERM);  // A token belongs to its order.
  EXPECT_THAT(Why(DecideListReports(All(), kReader, wish)), ElementsAre("bad_page page.after"));
}

// Openings that wait for the review of kDesk's privacy officer, each with a reason of this length.
class Reviews : public testing::Test {
 protected:
  void Add(int count, size_t reason_bytes) {
    for (int i = 0; i < count; ++i) {
      Unreviewed& one = facts_.unreviewed.emplace_back();
      one.opening.set_opening("brk_" + std::to_string(i));
      one.opening.set_keeper(kDesk);
      one.opening.set_reader(kStranger);
      one.household = "hh_" + std::to_string(i / 2);  // Two of each household.
      one.report = "rpt_" + std::to_string(i / 2);
      one.reason = std::string(reason_bytes, 'x');
      facts_.cases[one.household].mutable_list()->set_version(3);
    }
  }
  Accepted Mine() const {
    Stamp officer = By(kColleague, kDesk, kNow);
    officer.roles = {"privacy_officer"};
    officer.purpose = "privacy_review";
    return std::get<Accepted>(DecideShowMine(facts_, officer));
  }
  Facts facts_;
};

TEST_F(Reviews, AreAtMostFiftyInTheOrderInWhichTheyAreDue) {
  Add(60, 10);
  const auto reviews = Mine().response.mine_shown().reviews();
  ASSERT_EQ(reviews.size(), 50);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(reviews[i].opening(), "brk_" + std::to_string(i));
}

TEST_F(Reviews, FillNoMoreThanAQuarterOfAMegabyte) {
  Add(50, 16'000);  // Four thousand characters of four bytes.
  const Accepted accepted = Mine();
  EXPECT_EQ(accepted.response.mine_shown().reviews_size(), 16);
  EXPECT_LE(accepted.response.ByteSizeLong(), kReviewBytesMax + 1024);
  EXPECT_EQ(accepted.events.size(), 8u);  // What was not shown was not read.
}

TEST_F(Reviews, LeaveOneMarkOnEachCaseOfWhichAReasonIsRead) {
  Add(4, 10);
  facts_.unreviewed[2].reason.clear();
  facts_.unreviewed[3].reason.clear();
  Accepted accepted = Mine();
  ASSERT_EQ(accepted.events.size(), 1u);
  EXPECT_EQ(accepted.events[0].stream, "hh_0");
  EXPECT_EQ(accepted.events[0].version, 4u);
  EXPECT_EQ(accepted.events[0].keeper, kDesk);
  const v1::ReportAccessed& mark = accepted.events[0].event.report_accessed();
  EXPECT_EQ(mark.report(), "rpt_0");
  EXPECT_EQ(mark.household(), "hh_0");
  EXPECT_EQ(mark.reader(), kColleague);
  EXPECT_EQ(mark.purpose(), "privacy_review");
  EXPECT_THAT(mark.shown(), ElementsAre("private"));
}

v1::ReportLine RedLine() {
  v1::ReportLine line;
  line.set_colour(v1::COLOUR_RED);
  line.mutable_terms()->set_meeting_due_ms(5);
  line.mutable_terms()->set_first_step_due_ms(10);
  line.mutable_terms()->set_settle_due_ms(120);
  return line;
}

TEST(NextDue, IsThatOfWhatWasNotDoneYet) {
  v1::ReportLine line = RedLine();
  EXPECT_EQ(NextDueMs(line), 5);
  line.mutable_meeting()->set_starts_at_ms(121);
  EXPECT_EQ(NextDueMs(line), 10);
  line.mutable_first_step()->set_step(v1::FIRST_STEP_NONE);
  EXPECT_EQ(NextDueMs(line), 120);  // The meeting comes too late.
  line.mutable_meeting()->set_starts_at_ms(120);
  EXPECT_EQ(NextDueMs(line), INT64_MAX);
}

TEST(NextDue, IsNeverForAReportThatWasSettled) {
  v1::ReportLine line = RedLine();
  line.set_outcome(v1::OUTCOME_MEETING);
  EXPECT_EQ(NextDueMs(line), INT64_MAX);
  EXPECT_LT(PlaceOf(RedLine(), v1::REPORT_ORDER_TERM), PlaceOf(line, v1::REPORT_ORDER_TERM));
}

TEST(NextDue, IsThatOfTheDecisionOnAProvisionalRed) {  // P.17
  v1::ReportLine line;
  line.set_colour(v1::COLOUR_RED);
  line.set_provisional(true);
  line.mutable_terms()->set_first_step_due_ms(10);
  line.mutable_terms()->set_confirm_due_ms(30);
  EXPECT_EQ(NextDueMs(line), 10);
  line.mutable_first_step()->set_step(v1::FIRST_STEP_NONE);
  EXPECT_EQ(NextDueMs(line), 30);
}

}  // namespace
}  // namespace samenspel::intake
