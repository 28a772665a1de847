// SPDX-License-Identifier: EUPL-1.2
#include "common/decide/case_list.h"

#include <gtest/gtest.h>

namespace samenspel::decide {
namespace {

using common::v1::CaseList;
using common::v1::Involvement;

Stamp By(const std::string& actor, const std::string& organisation,
         std::vector<std::string> roles = {"desk_worker"}) {
  Stamp stamp;
  stamp.received_at = base::FromMs(1'000'000);
  stamp.actor = actor;
  stamp.organisation = organisation;
  stamp.roles = std::move(roles);
  return stamp;
}

Involvement OfPerson(const std::string& person, common::v1::InvolvementKind kind) {
  Involvement one;
  one.set_id(person + std::to_string(kind));
  one.set_kind(kind);
  one.set_person(person);
  one.set_from_ms(500'000);
  return one;
}

Involvement OfDesk(const std::string& organisation) {
  Involvement one;
  one.set_id(organisation);
  one.set_kind(common::v1::INVOLVEMENT_KIND_DESK);
  one.set_organisation(organisation);
  one.set_role("desk_worker");
  one.set_from_ms(500'000);
  return one;
}

CaseList With(std::initializer_list<Involvement> involvements) {
  CaseList list;
  for (const Involvement& one : involvements) *list.add_involvements() = one;
  return list;
}

TEST(CaseList, IsClosedToWhoeverIsNotOnIt) {
  EXPECT_EQ(MayKnow(CaseList(), By("pro_a", "org_a")), nullptr);
  EXPECT_EQ(MayKnow(With({OfDesk("org_a")}), By("pro_b", "org_b")), nullptr);
  EXPECT_EQ(
      MayKnow(With({OfPerson("pro_a", common::v1::INVOLVEMENT_KIND_SEAT)}), By("pro_b", "org_a")),
      nullptr);
}

TEST(CaseList, IsOpenToThePersonAndToTheDesk) {
  const CaseList list =
      With({OfPerson("pro_a", common::v1::INVOLVEMENT_KIND_SENDER), OfDesk("org_b")});
  EXPECT_NE(MayKnow(list, By("pro_a", "org_elsewhere")), nullptr);  // Given for none: before 0.2.
  EXPECT_NE(MayKnow(list, By("pro_b", "org_b")), nullptr);
}

TEST(CaseList, OpensTheDesksCasesToItsDeskWorkersOnly) {
  EXPECT_EQ(MayKnow(With({OfDesk("org_a")}), By("pro_a", "org_a", {"table_member"})), nullptr);
  EXPECT_EQ(MayKnow(With({OfDesk("org_a")}), By("pro_a", "org_a", {})), nullptr);
}

TEST(CaseList, GivesNothingToAnOrganisationWithoutName) {
  Involvement nobody;
  nobody.set_from_ms(500'000);
  EXPECT_EQ(MayKnow(With({nobody}), By("", "")), nullptr);
  EXPECT_EQ(MayKnow(With({nobody}), By("pro_a", "org_a")), nullptr);
}

TEST(CaseList, FollowsTheOrganisationForWhichAPersonsRightWasGiven) {  // P.05
  Involvement one = OfPerson("pro_a", common::v1::INVOLVEMENT_KIND_SEAT);
  one.set_organisation("org_a");
  EXPECT_NE(MayKnow(With({one}), By("pro_a", "org_a", {})), nullptr);
  EXPECT_EQ(MayKnow(With({one}), By("pro_a", "org_b")), nullptr);
  EXPECT_EQ(MayKnow(With({one}), By("pro_a", "")), nullptr);
  EXPECT_EQ(MayKnow(With({one}), By("pro_b", "org_a")), nullptr);
}

TEST(CaseList, HidesNothingFromItsOwnPeopleWhenTheClockWasSetBack) {
  Involvement desk = OfDesk("org_a");
  desk.set_from_ms(1'000'001);  // A moment that is still to come.
  EXPECT_NE(MayKnow(With({desk}), By("pro_a", "org_a")), nullptr);
}

TEST(CaseList, EndsAtTheVeryMillisecond) {
  Involvement one = OfPerson("pro_a", common::v1::INVOLVEMENT_KIND_SEAT);
  one.set_from_ms(1'000);
  EXPECT_TRUE(Covers(one, base::FromMs(2'000)));
  one.set_until_ms(2'000);
  EXPECT_TRUE(Covers(one, base::FromMs(999)));
  EXPECT_TRUE(Covers(one, base::FromMs(1'999)));
  EXPECT_FALSE(Covers(one, base::FromMs(2'000)));
}

TEST(CaseList, PutsARightFromARuleBeforeBreakGlass) {  // P.73
  const CaseList list = With({OfPerson("pro_a", common::v1::INVOLVEMENT_KIND_BREAK_GLASS),
                              OfPerson("pro_a", common::v1::INVOLVEMENT_KIND_SEAT)});
  EXPECT_EQ(MayKnow(list, By("pro_a", "org_a"))->kind(), common::v1::INVOLVEMENT_KIND_SEAT);
  EXPECT_EQ(MayKnow(With({list.involvements(0)}), By("pro_a", "org_a"))->kind(),
            common::v1::INVOLVEMENT_KIND_BREAK_GLASS);
}

TEST(CaseList, ReplacesAnInvolvementByItsId) {
  CaseList list;
  common::v1::InvolvementSet event;
  event.set_household("hh_1");
  event.set_case_number("2026-000001-P");
  *event.mutable_involvement() = OfPerson("pro_a", common::v1::INVOLVEMENT_KIND_OWNER);
  Evolve(list, event, 1);
  EXPECT_NE(MayKnow(list, By("pro_a", "org_a")), nullptr);
  event.mutable_involvement()->set_until_ms(1'000'000);
  Evolve(list, event, 2);
  EXPECT_EQ(list.involvements_size(), 1);
  EXPECT_EQ(list.version(), 2U);
  EXPECT_EQ(list.case_number(), "2026-000001-P");
  EXPECT_EQ(MayKnow(list, By("pro_a", "org_a")), nullptr);
}

}  // namespace
}  // namespace samenspel::decide
