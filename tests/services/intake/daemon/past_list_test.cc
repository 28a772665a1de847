// SPDX-License-Identifier: EUPL-1.2
// Lists with settled reports, which are read from the disk a piece an answer.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PastLists : public Desk {
 protected:
  std::string Next(const v1::SubmitReport& form, bool settled, const Caller& by = Noor()) {
    bench_.now += std::chrono::seconds(1);
    std::string report = Submit(form, by).report();
    if (settled) Settle(report, by, v1::OUTCOME_ADVICE);
    return report;
  }
  static v1::ListReports Wish(v1::ReportOrder order, uint32_t limit = 0) {
    v1::ListReports wish;
    wish.set_with_settled(true);
    wish.set_order(order);
    wish.mutable_page()->set_limit(limit);
    return wish;
  }
  // Page after page, and how many there were.
  std::vector<std::string> Walk(v1::ListReports wish, const Caller& by = Noor()) {
    std::vector<std::string> names;
    pages_ = 0;
    do {
      v1::Request request;
      *request.mutable_list_reports() = wish;
      const v1::ReportsListed listed = Of(bench_.Ask(by, request)).reports_listed();
      for (const auto& line : listed.lines()) names.push_back(line.report());
      if (wish.page().limit() != 0) {
        EXPECT_LE(listed.lines_size(), static_cast<int>(wish.page().limit()));
      }
      wish.mutable_page()->set_after(listed.next());
    } while (++pages_ < 1'000 && !wish.page().after().empty());
    return names;
  }

  int pages_ = 0;
};

TEST_F(PastLists, AreInTheOrderInWhichReportsCameIn) {
  const std::string first = Next(Answered(), true);
  const std::string second = Next(Red(), false);
  const std::string third = Next(Answered(), true);
  EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_UNSPECIFIED)), ElementsAre(third, second, first));
  EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_OLDEST)), ElementsAre(first, second, third));
  EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_CASE)), ElementsAre(first, second, third));
}

TEST_F(PastLists, ShowWhatWaitsFirstWhenTheMostUrgentIsAskedFor) {
  const std::string old = Next(Answered(), true);
  const std::string green = Next(Answered(), false);
  const std::string red = Next(Red(), false);
  const std::string done = Next(Form({}), true);
  for (const auto order : {v1::REPORT_ORDER_COLOUR, v1::REPORT_ORDER_TERM}) {
    for (uint32_t limit = 1; limit <= 5; ++limit) {  // Also where a page ends with what waits.
      EXPECT_THAT(Walk(Wish(order, limit)), ElementsAre(red, green, done, old)) << limit;
    }
  }
}

TEST_F(PastLists, PageWithoutGapOrRepeat) {
  std::mt19937 random(3);
  std::vector<std::string> own;
  for (int i = 0; i < 60; ++i) {
    const bool mine = random() % 3 != 0;
    const std::string report = Next(Answered(), random() % 2 == 0, mine ? Noor() : Stranger());
    if (mine) own.push_back(report);
  }
  std::sort(own.begin(), own.end());
  for (int order = v1::ReportOrder_MIN; order <= v1::ReportOrder_MAX; ++order) {
    for (const uint32_t limit : {1u, 7u, 60u}) {
      auto seen = Walk(Wish(static_cast<v1::ReportOrder>(order), limit));
      std::sort(seen.begin(), seen.end());
      EXPECT_EQ(seen, own) << order << " by " << limit;
    }
  }
}

// An answer looks at so many reports at most, whoever may know of them.
TEST_F(PastLists, GoOnBehindManyOfOthers) {
  const std::string oldest = Next(Answered(), true);
  for (int i = 0; i < 1'100; ++i) Submit(Answered(), Stranger());
  const std::string newest = Next(Answered(), true);
  EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_UNSPECIFIED)), ElementsAre(newest, oldest));
  EXPECT_EQ(pages_, 5);
  EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_OLDEST, 1)), ElementsAre(oldest, newest));
  EXPECT_EQ(pages_, 5);
  EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_COLOUR)), ElementsAre(newest, oldest));
}

TEST_F(PastLists, PickWhatIsAskedFor) {
  const std::string early = Next(Answered(), true);
  const auto from = bench_.now + std::chrono::milliseconds(500);
  const std::string red = Next(Red(), false);
  const std::string late = Next(Answered(), true);
  v1::ListReports wish = Wish(v1::REPORT_ORDER_OLDEST);
  wish.set_from_ms(base::ToMs(from));
  EXPECT_THAT(Walk(wish), ElementsAre(red, late));
  wish.set_until_ms(base::ToMs(bench_.now));
  EXPECT_THAT(Walk(wish), ElementsAre(red));
  wish = Wish(v1::REPORT_ORDER_OLDEST);
  wish.set_colour(v1::COLOUR_GREEN);
  EXPECT_THAT(Walk(wish), ElementsAre(early, late));
  wish.set_mine(true);
  EXPECT_THAT(Walk(wish, Colleague()), IsEmpty());
}

TEST_F(PastLists, ShowNobodyWhatTheyMayNotKnowOf) {  // invariant 10
  const std::string report = Next(Answered(), true);
  for (const auto& caller : {Stranger(), Seated(), Duty()}) {
    EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_UNSPECIFIED), caller), IsEmpty());
  }
  EXPECT_THAT(Walk(Wish(v1::REPORT_ORDER_UNSPECIFIED), Colleague()), ElementsAre(report));
}

TEST_F(PastLists, AreNotCounted) {
  Next(Answered(), true);
  v1::Request request;
  *request.mutable_list_reports() = Wish(v1::REPORT_ORDER_UNSPECIFIED);
  EXPECT_EQ(Of(bench_.Ask(Noor(), request)).reports_listed().total(), 0u);
}

TEST_F(PastLists, RefuseATokenThatIsNoneOfTheirs) {
  for (int i = 0; i < 3; ++i) Next(Answered(), true);
  v1::Request request;
  auto& wish = *request.mutable_list_reports();
  wish = Wish(v1::REPORT_ORDER_OLDEST, 1);
  const std::string next = Of(bench_.Ask(Noor(), request)).reports_listed().next();
  ASSERT_FALSE(next.empty());
  const auto why = [&](const std::string& token, v1::ReportOrder order, bool settled) {
    wish.mutable_page()->set_after(token);
    wish.set_order(order);
    wish.set_with_settled(settled);
    return Why(bench_.Ask(Noor(), request));
  };
  const std::string bad = "INVALID bad_page page.after";
  for (const std::string& token :
       {next.substr(1), next + "x", next.substr(0, 5), std::string("x")}) {
    EXPECT_EQ(why(token, v1::REPORT_ORDER_OLDEST, true), bad);
  }
  EXPECT_EQ(why(next, v1::REPORT_ORDER_CASE, true), bad);     // Of another order;
  EXPECT_EQ(why(next, v1::REPORT_ORDER_OLDEST, false), bad);  // of another list.
  EXPECT_EQ(bench_.Ask(Noor(), request).status, common::v1::STATUS_INVALID);
}

}  // namespace
}  // namespace samenspel::intake
