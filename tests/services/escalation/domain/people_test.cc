// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/people.h"

#include <gmock/gmock.h>

#include "tests/services/escalation/domain/given.h"

namespace samenspel::escalation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kManager = "duty_manager";

TEST(People, ReachesThoseOnDutyAtTheOrganisationConcerned) {
  EXPECT_THAT(Everybody().Reach(kManager, kDesk, Minute(1)), ElementsAre(kManagerHere));
}

TEST(People, AreOnDutyFromTheStartOfAShiftUpToItsEnd) {
  People people;
  people.Set(Somebody(kManagerHere, kDesk, {kManager}, {{10, 20}}));
  people.Set(Somebody(kManagerThere, kOtherDesk, {kManager}, {{0, 1440}}));
  const base::milliseconds one(1);
  EXPECT_THAT(people.Reach(kManager, kDesk, Minute(10) - one), ElementsAre(kManagerThere));
  EXPECT_THAT(people.Reach(kManager, kDesk, Minute(10)), ElementsAre(kManagerHere));
  EXPECT_THAT(people.Reach(kManager, kDesk, Minute(20) - one), ElementsAre(kManagerHere));
  EXPECT_THAT(people.Reach(kManager, kDesk, Minute(20)), ElementsAre(kManagerThere));
}

TEST(People, ReachesAllHoldersWhenNobodyIsOnDutyAnywhere) {
  EXPECT_THAT(Everybody().Reach(kManager, kDesk, Minute(1440)),
              ElementsAre(kManagerHere, kManagerThere));
}

TEST(People, ReachesNobodyWhereNobodyHoldsTheFunction) {
  EXPECT_THAT(Everybody().Reach("operator", kDesk, Minute(1)), IsEmpty());
}

TEST(People, StaysWithinAnOrganisationWhereItMust) {  // A review is its keeper's affair.
  People people;
  people.Set(Somebody(kManagerThere, kOtherDesk, {"privacy_officer"}, {{0, 1440}}));
  EXPECT_THAT(people.ReachWithin("privacy_officer", kDesk, Minute(1)), IsEmpty());
  people.Set(Somebody(kManagerHere, kDesk, {"privacy_officer"}));
  EXPECT_THAT(people.ReachWithin("privacy_officer", kDesk, Minute(1)), ElementsAre(kManagerHere));
}

TEST(People, HoldAFunctionOnlyAsTheyWereSetLast) {
  People people = Everybody();
  people.Set(Somebody(kManagerHere, kDesk, {"veilig_thuis_desk"}, {{0, 1440}}));
  EXPECT_THAT(people.Reach(kManager, kDesk, Minute(1)), ElementsAre(kManagerThere));
}

}  // namespace
}  // namespace samenspel::escalation
