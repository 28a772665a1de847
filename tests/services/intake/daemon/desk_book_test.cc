// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/desk_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const base::Instant kNow = At("2026-11-21T09:30:00");

state::Report Report(const std::string& name, v1::Colour colour = v1::COLOUR_GREEN) {
  state::Report report;
  report.set_report("rpt_" + name);
  report.set_household("hh_" + name);
  report.set_sender(kNoor);
  report.set_organisation(kDesk);
  report.set_received_at_ms(base::ToMs(kNow));
  report.mutable_grade()->set_colour(colour);
  return report;
}

state::Report Settled(state::Report report) {
  report.set_outcome(v1::OUTCOME_ADVICE);
  return report;
}

// kStranger is seated, beside sender and desk.
state::Case Case(const std::string& name) {
  state::Case kase;
  kase.mutable_list()->set_household("hh_" + name);
  kase.mutable_list()->add_involvements()->set_person(kNoor);
  kase.mutable_list()->add_involvements()->set_organisation(kDesk);
  kase.mutable_list()->add_involvements()->set_person(kStranger);
  return kase;
}

std::vector<std::string> Names(const DeskBook& book, const char* person, const char* organisation) {
  std::vector<std::string> names;
  for (const Listed* one : book.KnownTo(person, organisation)) names.push_back(one->line.report());
  return names;
}

TEST(DeskBook, HoldsWhatWaitsForAllWhoMayKnowOfItAndLetsGoOfWhatIsSettled) {
  DeskBook book;
  for (const char* name : {"a", "b"}) {
    book.Put(Report(name));
    book.Put(Case(name));
  }
  book.Put(Settled(Report("a")));
  for (const auto& [person, organisation] :
       {std::pair{kNoor, kDesk}, {kColleague, kDesk}, {kStranger, kOtherDesk}}) {
    EXPECT_THAT(Names(book, person, organisation), ElementsAre("rpt_b")) << person;
  }
  EXPECT_FALSE(book.HoldsCase("hh_a"));
  EXPECT_TRUE(book.HoldsCase("hh_b"));
  EXPECT_THAT(Names(book, kColleague, kOtherDesk), IsEmpty());
  book.Put(Case("a"));  // Somebody read it.
  EXPECT_FALSE(book.HoldsCase("hh_a"));
}

TEST(DeskBook, FindsAReportAgainThatWaitsAfterAll) {
  DeskBook book;
  book.Put(Settled(Report("a")));
  book.Put(Report("a"));
  EXPECT_THAT(Names(book, kNoor, kDesk), ElementsAre("rpt_a"));
  EXPECT_EQ(book.Count(kNow).unclaimed, 1u);
}

TEST(DeskBook, CountsEachReportOnceUnderItsColourOfNow) {
  DeskBook book;
  book.Coloured(std::nullopt, v1::COLOUR_UNSPECIFIED);  // Not graded yet.
  book.Coloured(v1::COLOUR_UNSPECIFIED, v1::COLOUR_AMBER);
  book.Coloured(v1::COLOUR_AMBER, v1::COLOUR_RED);
  book.Coloured(std::nullopt, v1::COLOUR_RED);
  book.Put(Report("a", v1::COLOUR_RED));
  book.Put(Settled(Report("b", v1::COLOUR_RED)));
  const DeskBook::Tally tally = book.Count(kNow);
  EXPECT_THAT(tally.by_colour, ElementsAre(0u, 0u, 0u, 2u));  // Of settled ones too.
  EXPECT_EQ(tally.unclaimed, 1u);
}

TEST(DeskBook, LetsGoOfWhatWasDueWithTheReport) {
  DeskBook book;
  state::Report report = Report("a", v1::COLOUR_RED);
  report.set_provisional(true);
  report.mutable_terms()->set_confirm_due_ms(base::ToMs(kNow));
  book.Put(report);
  EXPECT_EQ(book.NextDue(), kNow);
  book.Put(Settled(report));
  EXPECT_EQ(book.NextDue(), std::nullopt);
}

TEST(DeskBook, GivesWhatIsToBeReviewedTheFirstDueFirst) {
  DeskBook book;
  book.Put(Report("a"));
  state::Case kase = Case("a");
  for (const int64_t due : {30, 10, 20}) {
    state::Opening& opening = *kase.add_openings();
    opening.set_opening("brk_" + std::to_string(due));
    opening.set_keeper(due == 20 ? kOtherDesk : kDesk);
    opening.set_at_ms(100 - due);
    opening.set_review_due_ms(due);
  }
  book.Put(kase);
  const auto pending = book.PendingOf(kDesk);
  ASSERT_EQ(pending.size(), 2u);
  EXPECT_EQ(pending[0].opening.opening(), "brk_10");
  EXPECT_EQ(pending[1].opening.opening(), "brk_30");
  EXPECT_EQ(pending[0].household, "hh_a");
  EXPECT_EQ(book.Count(kNow).to_review, 3u);
  book.Put(Settled(Report("a")));
  EXPECT_EQ(book.PendingOf(kDesk).size(), 2u);  // Also when the report waits for nothing else.
}

}  // namespace
}  // namespace samenspel::intake
