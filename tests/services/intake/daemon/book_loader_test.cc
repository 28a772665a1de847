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
using testing::Le;
using testing::SizeIs;
using Which = DeskBook::Which;

constexpr size_t kNone = 0;
constexpr size_t kPiece = 1;

class Loading : public Desk {
 protected:
  std::string Past() {
    const std::string report = Submit(Answered()).report();
    Settle(report, Noor(), v1::OUTCOME_ADVICE);
    return report;
  }
  static std::set<std::string> Names(const DeskBook& book, Which which, const char* person = kNoor,
                                     const char* organisation = kDesk) {
    std::set<std::string> names;
    for (const intake::Listed* one : book.KnownTo(person, organisation, which)) {
      names.insert(one->line.report());
    }
    return names;
  }
  base::Status Begin(BookLoader& loader) { return loader.Begin(bench_.store(), book_); }
  void Finish(BookLoader& loader) {
    while (!loader.done()) loader.Continue(bench_.store(), book_);
  }
  // A row as no request makes it.
  void PutRow(const std::string& key, const std::string& row) {
    store::Batch batch = bench_.store().Begin();
    batch.Put(store::Column::kState, key, row);
    ASSERT_EQ(bench_.store().Commit(std::move(batch)), store::CommitResult::kAcked);
  }
  Decided ListAll() {
    v1::Request request;
    request.mutable_list_reports()->set_with_settled(true);
    return bench_.Ask(Noor(), request);
  }

  DeskBook book_;
};

TEST_F(Loading, HasAtOnceWhatWaitsWithThoseWhoMayKnowOfIt) {
  Past();
  const std::string waits = Submit(Answered()).report();
  HandOver(waits, Noor(), kStranger);
  BookLoader loader(kNone, kPiece);
  ASSERT_TRUE(Begin(loader).ok());
  EXPECT_FALSE(loader.done());
  EXPECT_THAT(Names(book_, Which::kAll), ElementsAre(waits));
  EXPECT_THAT(Names(book_, Which::kWaiting, kStranger, kOtherDesk), ElementsAre(waits));
}

TEST_F(Loading, HasAtOnceEveryOpeningOfTheClosedPast) {
  const std::string past = Past();
  const std::string household = Shown(past, Noor()).household();
  const auto opening = Of(Break(past, Stranger(), "Spoed")).glass_opened().opening();
  for (const bool reviewed : {false, true}) {
    if (reviewed) Review(opening, Officer());
    BookLoader loader(kNone, kPiece);
    DeskBook book;
    ASSERT_TRUE(loader.Begin(bench_.store(), book).ok());
    EXPECT_TRUE(book.HoldsCase(household));
    EXPECT_EQ(book.PendingOf(kDesk).size(), reviewed ? 0 : 1);
  }
}

TEST_F(Loading, BringsThePastInPiecesUntilItIsWhole) {
  const std::set<std::string> past = {Past(), Past(), Past()};
  BookLoader loader(kNone, kPiece);
  ASSERT_TRUE(Begin(loader).ok());
  size_t pieces = 0;
  for (; !loader.done(); ++pieces) {
    EXPECT_THAT(Names(book_, Which::kAll), SizeIs(Le(pieces)));
    loader.Continue(bench_.store(), book_);
  }
  EXPECT_GE(pieces, 2 * past.size());  // Each report and its case.
  EXPECT_EQ(Names(book_, Which::kAll), past);
  EXPECT_THAT(Names(book_, Which::kWaiting), IsEmpty());
}

TEST_F(Loading, IsDoneAtOnceWithAShortPast) {
  const std::string past = Past();
  BookLoader loader;
  ASSERT_TRUE(Begin(loader).ok());
  EXPECT_TRUE(loader.done());
  EXPECT_THAT(Names(book_, Which::kAll), ElementsAre(past));
}

TEST_F(Loading, KeepsWhatWasPutMeanwhile) {
  const std::string past = Past();
  BookLoader loader(kNone, kPiece);
  ASSERT_TRUE(Begin(loader).ok());
  state::Report newer;
  newer.set_report(past);
  newer.set_household("hh_newer");
  newer.set_organisation(kOtherDesk);
  book_.Put(newer);
  Finish(loader);
  const auto known = book_.KnownTo(kStranger, kOtherDesk, Which::kAll);
  ASSERT_EQ(known.size(), 1);
  EXPECT_EQ(known.front()->line.household(), "hh_newer");
}

TEST_F(Loading, RefusesARowThatIsNoMessageAndNamesIt) {
  const std::string waits = Submit(Answered()).report();
  const std::string household = Shown(waits, Noor()).household();
  for (const std::string& key : {household, std::string("rpt_broken")}) {
    PutRow(key, "\x0a\x7f");
    BookLoader loader;
    const base::Status status = Begin(loader);
    EXPECT_EQ(status.code(), base::Code::kCorrupt);
    EXPECT_THAT(status.message(), HasSubstr(key));
  }
}

TEST_F(Loading, ListsOfTheWholePastAreUnavailableUntilItIsThereAndQueuesAreNot) {
  const std::string waits = Submit(Answered()).report();
  const auto row = bench_.store().Get(store::Column::kState, Past());
  for (int i = 0; i < 5'000; ++i) {
    state::Report copy;
    ASSERT_TRUE(copy.ParseFromString(*row));
    copy.set_report("rpt_copy" + std::to_string(i));
    PutRow(copy.report(), copy.SerializeAsString());
  }
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(Why(ListAll()), "UNAVAILABLE not_yet");
  EXPECT_THAT(Queue(Noor()), ElementsAre(waits));
  EXPECT_EQ(bench_.service().DueAt(), base::Instant{});  // It goes on without being asked.
  for (int turn = 0; turn < 100; ++turn) bench_.SendDue();
  EXPECT_EQ(ListAll().status, common::v1::STATUS_OK);
}

}  // namespace
}  // namespace samenspel::intake
