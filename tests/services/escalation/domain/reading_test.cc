// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/reading.h"

#include <gmock/gmock.h>

#include "tests/services/escalation/domain/given.h"

namespace samenspel::escalation {
namespace {

using common::v1::CaseList;
using common::v1::InvolvementKind;

constexpr int kDay = 24 * 60;

std::string Household(int number) { return "hh_" + std::to_string(number); }

class Reading : public testing::Test {
 protected:
  Reading() { rules_.households = 3; }

  /// Whether that changed what is known of the reader.
  bool Read(int household, int minute, const CaseList& cases = {}) {
    auto noted =
        Noted(rules_, reading_, cases, {kOwner, kDesk, Household(household), Minute(minute)});
    if (noted) reading_ = *std::move(noted);
    return noted.has_value();
  }
  bool Rings() const { return WantedOf(rules_, reading_).has_value(); }
  static CaseList PartOf(const std::string& person, InvolvementKind kind, int64_t until_ms = 0) {
    CaseList cases;
    auto& part = *cases.add_involvements();
    part.set_person(person);
    part.set_kind(kind);
    part.set_until_ms(until_ms);
    return cases;
  }

  AlarmRules rules_ = Rules();
  v1::HouseholdsRead reading_;
};

TEST_F(Reading, OfAsManyFamiliesAsTheRulesAllowRingsNothing) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Read(i, i));
  EXPECT_FALSE(Rings());
}

TEST_F(Reading, OfOneMoreAsksThePrivacyOfficerOfTheReadersOrganisation) {
  for (int i = 0; i < 4; ++i) Read(i, i);
  const auto wanted = WantedOf(rules_, reading_);
  ASSERT_TRUE(wanted);
  EXPECT_EQ(wanted->alarm.kind(), "many_households");
  EXPECT_EQ(wanted->alarm.subject(), kOwner);
  EXPECT_EQ(wanted->organisation, kDesk);
  EXPECT_EQ(wanted->alarm.household(), "") << "it is about a person, and no family's case";
}

TEST_F(Reading, OfOneFamilyOverAndOverIsOne) {
  EXPECT_TRUE(Read(1, 0));
  for (int i = 1; i < 10; ++i) EXPECT_FALSE(Read(1, i * 10));
  EXPECT_FALSE(Rings());
}

TEST_F(Reading, CountsWhatWasReadWithinTheTimeThatTheRulesLookBack) {
  for (int i = 0; i < 3; ++i) Read(i, i);
  Read(3, kDay + 1);  // The first two are forgotten by now.
  EXPECT_FALSE(Rings());
  Read(4, kDay + 1);
  Read(5, kDay + 1);
  EXPECT_TRUE(Rings());
}

TEST_F(Reading, OfAFamilyThatWasForgottenCountsAgain) {
  Read(1, 0);
  EXPECT_TRUE(Read(1, kDay));
}

TEST_F(Reading, OfCasesThatSomebodyHasAPartInByNameIsTheirWork) {
  for (const auto kind : {common::v1::INVOLVEMENT_KIND_SENDER, common::v1::INVOLVEMENT_KIND_OWNER,
                          common::v1::INVOLVEMENT_KIND_FIRST_STEP,
                          common::v1::INVOLVEMENT_KIND_SEAT, common::v1::INVOLVEMENT_KIND_ALARM}) {
    EXPECT_FALSE(Read(1, 0, PartOf(kOwner, kind))) << kind;
  }
}

TEST_F(Reading, AfterBreakingTheGlassOrByADesksRightIsCounted) {
  EXPECT_TRUE(Read(1, 0, PartOf(kOwner, common::v1::INVOLVEMENT_KIND_BREAK_GLASS)));
  CaseList desk = PartOf("", common::v1::INVOLVEMENT_KIND_DESK);
  desk.mutable_involvements(0)->set_organisation(kDesk);
  EXPECT_TRUE(Read(2, 0, desk));
  EXPECT_TRUE(Read(3, 0, PartOf(kDeputy, common::v1::INVOLVEMENT_KIND_OWNER)));
  EXPECT_TRUE(Read(4, 2, PartOf(kOwner, common::v1::INVOLVEMENT_KIND_SEAT, MinuteMs(1))))
      << "that part has ended";
}

TEST_F(Reading, KeepsNoMoreThanItTakesToTell) {
  for (int i = 0; i < 50; ++i) Read(i, i);
  EXPECT_EQ(reading_.read_size(), 4);
  EXPECT_EQ(reading_.read(3).household(), Household(49));
  EXPECT_TRUE(Rings());
}

TEST_F(Reading, IsLookedIntoWhenSomebodySaidSoAndTheTimeHasPassed) {
  v1::Alarm alarm;
  alarm.set_kind("many_households");
  alarm.set_next_at_ms(MinuteMs(kDay));
  alarm.add_asked();
  EXPECT_FALSE(IsLookedInto(alarm, MinuteMs(kDay))) << "nobody said to be at it";
  alarm.mutable_asked(0)->set_acknowledged_at_ms(MinuteMs(1));
  EXPECT_FALSE(IsLookedInto(alarm, MinuteMs(kDay) - 1));
  EXPECT_TRUE(IsLookedInto(alarm, MinuteMs(kDay)));
  alarm.set_kind("term_passed");
  EXPECT_FALSE(IsLookedInto(alarm, MinuteMs(kDay)));
}

}  // namespace
}  // namespace samenspel::escalation
