// SPDX-License-Identifier: EUPL-1.2
// The judge of the load test must itself notice what it is there for.
#include "tests/load/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace samenspel::load {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Act = Ledger::Act;

Ledger::Line Told(Act act, const std::string& by, uint64_t version, const std::string& owner,
                  bool open = false) {
  Ledger::Line line{act, by, {}};
  line.told.set_report("rpt_1");
  line.told.set_version(version);
  line.told.mutable_ownership()->set_owner(owner);
  line.told.mutable_ownership()->set_open(open);
  return line;
}

std::vector<std::string> Judge(const std::vector<Ledger::Line>& lines) {
  Ledger ledger;
  for (const auto& line : lines) ledger.Write(line);
  return ledger.Contradictions();
}

TEST(Ledger, FindsNothingWrongWithAnOrdinaryDay) {
  EXPECT_THAT(Judge({Told(Act::kSent, "a", 2, "a", true), Told(Act::kClaimed, "b", 3, "b"),
                     Told(Act::kHandedBack, "b", 4, "b", true), Told(Act::kClaimed, "c", 5, "c"),
                     Told(Act::kSettled, "c", 6, "c")}),
              IsEmpty());
}

TEST(Ledger, TakesWhatIsToldAgainForNoChange) {
  EXPECT_THAT(
      Judge({Told(Act::kSent, "a", 2, "a", true), Told(Act::kHandedBack, "a", 2, "a", true)}),
      IsEmpty());
}

TEST(Ledger, FindsAClaimThatTwoWereGiven) {
  EXPECT_THAT(Judge({Told(Act::kSent, "a", 2, "a", true), Told(Act::kClaimed, "b", 3, "b"),
                     Told(Act::kClaimed, "c", 4, "c")}),
              ElementsAre("rpt_1 by c: claimed while it was not free"));
}

TEST(Ledger, FindsAClaimThatWasOverwritten) {
  EXPECT_THAT(Judge({Told(Act::kSent, "a", 2, "a", true), Told(Act::kClaimed, "b", 3, "b"),
                     Told(Act::kSettled, "c", 4, "c")}),
              ElementsAre("rpt_1 by c: settled by another than its owner"));
  EXPECT_THAT(Judge({Told(Act::kSent, "a", 2, "a", true), Told(Act::kClaimed, "b", 3, "b"),
                     Told(Act::kClaimed, "c", 3, "c")}),
              ElementsAre(testing::_));
}

TEST(Ledger, FindsAReportWithoutAnOwner) {
  EXPECT_THAT(
      Judge({Told(Act::kSent, "a", 2, "a", true), Told(Act::kHandedBack, "a", 3, "", true)}),
      ElementsAre("rpt_1 by a: has no owner"));
}

}  // namespace
}  // namespace samenspel::load
