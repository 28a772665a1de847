// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/book_loader.h"

#include <gmock/gmock.h>

#include <set>

#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Loading : public Desk {
 protected:
  std::string Past() {
    const std::string report = Submit(Answered()).report();
    Settle(report, Noor(), v1::OUTCOME_ADVICE);
    return report;
  }
  std::set<std::string> Names(const char* person = kNoor, const char* organisation = kDesk) const {
    std::set<std::string> names;
    for (const intake::Listed* one : book_.KnownTo(person, organisation)) {
      names.insert(one->line.report());
    }
    return names;
  }
  base::Status Load() {
    book_ = DeskBook();
    return LoadBook(bench_.store(), book_);
  }
  // A row as no request makes it.
  void PutRow(const std::string& key, const std::string& row) {
    store::Batch batch = bench_.store().Begin();
    batch.Put(store::Column::kState, key, row);
    ASSERT_EQ(bench_.store().Commit(std::move(batch)), store::CommitResult::kAcked);
  }

  DeskBook book_;
};

TEST_F(Loading, HoldsWhatWaitsWithThoseWhoMayKnowOfItAndNotThePast) {
  const std::string past = Past();
  const std::string waits = Submit(Answered()).report();
  HandOver(waits, Noor(), kStranger);
  ASSERT_TRUE(Load().ok());
  EXPECT_THAT(Names(), ElementsAre(waits));
  EXPECT_THAT(Names(kStranger, kOtherDesk), ElementsAre(waits));
  EXPECT_TRUE(book_.HoldsCase(Shown(waits, Noor()).household()));
  EXPECT_FALSE(book_.HoldsCase(Shown(past, Noor()).household()));
}

TEST_F(Loading, KnowsEveryOpeningOfThePastAndHoldsThoseToReview) {
  const std::string past = Past();
  const std::string household = Shown(past, Noor()).household();
  const auto opening = Of(Break(past, Stranger(), "Spoed")).glass_opened().opening();
  for (const bool reviewed : {false, true}) {
    if (reviewed) Review(opening, Officer());
    ASSERT_TRUE(Load().ok());
    EXPECT_THAT(book_.Opened(), ElementsAre(household));
    EXPECT_EQ(book_.HoldsCase(household), !reviewed);
    EXPECT_EQ(book_.PendingOf(kDesk).size(), reviewed ? 0 : 1);
  }
}

TEST_F(Loading, CountsTheColoursOfAll) {
  Past();
  Submit(Red());
  Submit(Answered());
  ASSERT_TRUE(Load().ok());
  const DeskBook::Tally tally = book_.Count(bench_.now);
  EXPECT_EQ(tally.by_colour[v1::COLOUR_GREEN], 2U);
  EXPECT_EQ(tally.by_colour[v1::COLOUR_RED], 1U);
  EXPECT_EQ(tally.by_colour[v1::COLOUR_AMBER], 0U);
}

TEST_F(Loading, LetsGoOfWhatIsSettledMeanwhile) {
  const std::string report = Submit(Answered()).report();
  ASSERT_TRUE(Load().ok());
  state::Report settled;
  ASSERT_TRUE(settled.ParseFromString(*bench_.store().Get(store::Column::kState, report)));
  settled.set_outcome(v1::OUTCOME_ADVICE);
  book_.Put(settled);
  EXPECT_THAT(Names(), IsEmpty());
  EXPECT_THAT(book_.Unsettled(), IsEmpty());
  EXPECT_FALSE(book_.HoldsCase(settled.household()));
}

TEST_F(Loading, RefusesARowThatIsNoMessageAndNamesIt) {
  const std::string waits = Submit(Answered()).report();
  const std::string household = Shown(waits, Noor()).household();
  for (const std::string& key : {household, std::string("rpt_broken")}) {
    PutRow(key, "\x0a\x7f");
    const base::Status status = Load();
    EXPECT_EQ(status.code(), base::Code::kCorrupt);
    EXPECT_THAT(status.message(), HasSubstr(key));
  }
}

}  // namespace
}  // namespace samenspel::intake
