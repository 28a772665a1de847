// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/desk_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

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

std::vector<std::string> Names(const DeskBook& book, const char* person, const char* organisation,
                               DeskBook::Which which) {
  std::vector<std::string> names;
  for (const Listed* one : book.KnownTo(person, organisation, which)) {
    names.push_back(one->line.report());
  }
  return names;
}

std::vector<std::string> Waiting(const DeskBook& book, const char* person,
                                 const char* organisation) {
  return Names(book, person, organisation, DeskBook::Which::kWaiting);
}

std::vector<std::string> All(const DeskBook& book, const char* person, const char* organisation) {
  return Names(book, person, organisation, DeskBook::Which::kAll);
}

TEST(DeskBook, KeepsWhatWaitsApartFromAllThatIsKnown) {
  DeskBook book;
  for (const char* name : {"a", "b"}) {
    book.Put(Report(name));
    book.Put(Case(name));
  }
  book.Put(Settled(Report("a")));
  for (const auto& [person, organisation] :
       {std::pair{kNoor, kDesk}, {kColleague, kDesk}, {kStranger, kOtherDesk}}) {
    EXPECT_THAT(Waiting(book, person, organisation), ElementsAre("rpt_b")) << person;
    EXPECT_THAT(All(book, person, organisation), UnorderedElementsAre("rpt_a", "rpt_b")) << person;
  }
  EXPECT_THAT(All(book, kColleague, kOtherDesk), IsEmpty());
}

// As it is built on start: every report first, then every case.
TEST(DeskBook, KnowsOfWhatIsSettledWhenItIsBuiltAnew) {
  DeskBook book;
  book.Put(Settled(Report("a")));
  book.Put(Report("b"));
  book.Put(Case("a"));
  book.Put(Case("b"));
  EXPECT_THAT(Waiting(book, kStranger, kOtherDesk), ElementsAre("rpt_b"));
  EXPECT_THAT(All(book, kStranger, kOtherDesk), UnorderedElementsAre("rpt_a", "rpt_b"));
  EXPECT_EQ(book.Count(kNow).by_colour[v1::COLOUR_GREEN], 2u);
}

TEST(DeskBook, FindsAReportAgainThatWaitsAfterAll) {
  DeskBook book;
  book.Put(Settled(Report("a")));
  book.Put(Report("a"));
  EXPECT_THAT(Waiting(book, kNoor, kDesk), ElementsAre("rpt_a"));
  EXPECT_EQ(book.Count(kNow).unclaimed, 1u);
}

TEST(DeskBook, CountsEachReportOnceUnderItsColourOfNow) {
  DeskBook book;
  book.Put(Report("a", v1::COLOUR_UNSPECIFIED));  // Not graded yet.
  book.Put(Report("a", v1::COLOUR_AMBER));
  book.Put(Report("a", v1::COLOUR_RED));
  book.Put(Report("b", v1::COLOUR_RED));
  book.Put(Settled(Report("b", v1::COLOUR_RED)));
  const DeskBook::Tally tally = book.Count(kNow);
  EXPECT_THAT(tally.by_colour, ElementsAre(0u, 0u, 0u, 2u));  // Settled ones are held too.
  EXPECT_EQ(tally.unclaimed, 1u);
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
  EXPECT_EQ(pending[0].report, "rpt_a");
  EXPECT_EQ(book.Count(kNow).to_review, 3u);
}

}  // namespace
}  // namespace samenspel::intake
