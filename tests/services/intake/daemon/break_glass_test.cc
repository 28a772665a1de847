// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "common/daemon/policy.h"
#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using BreakGlass = OneCase;

TEST_F(BreakGlass, OpensAtOnceForAnHourAndNoLonger) {  // P.73
  const Decided broken = Break(received_.case_number(), Stranger(), "Kind staat hier aan de balie");
  EXPECT_EQ(Why(broken), "OK");
  const v1::GlassOpened opened = Of(broken).glass_opened();
  EXPECT_EQ(opened.until_ms(), base::ToMs(bench_.now + std::chrono::minutes(60)));
  EXPECT_EQ(opened.review_due_ms(), base::ToMs(bench_.now + std::chrono::hours(72)));
  EXPECT_EQ(RightOf(Stranger()), common::v1::INVOLVEMENT_KIND_BREAK_GLASS);
  EXPECT_THAT(Listed(Stranger()), ElementsAre(report_));
  bench_.now += std::chrono::minutes(60) - base::milliseconds(1);
  EXPECT_EQ(Why(Show(report_, Stranger())), "OK");
  bench_.now += base::milliseconds(1);  // A reader whose right ended a moment ago.
  EXPECT_EQ(Why(Show(report_, Stranger())), kNotFound);
  EXPECT_EQ(bench_.Last()->header.subject(), report_);
  EXPECT_THAT(Listed(Stranger()), IsEmpty());
  ExpectReplayable();
}

TEST_F(BreakGlass, NeedsAReasonAndACase) {
  EXPECT_EQ(Why(Break(report_, Stranger(), "")), "INVALID missing private.reason");
  EXPECT_EQ(Why(Break("2026-000099-X", Stranger(), "Spoed")), kNotFound);
  EXPECT_EQ(Why(Show(report_, Stranger())), kNotFound);
}

TEST_F(BreakGlass, IsRefusedToWhoeverIsInvolvedByRight) {  // P.73
  TakeSeat(report_, kTable);
  for (const Caller& involved : {Noor(), Colleague(), Seated()}) {
    EXPECT_EQ(Why(Break(report_, involved, "Toch even kijken")), "REFUSED already_involved");
  }
}

TEST_F(BreakGlass, IsRenewedWithAFreshReasonOnceItHasEnded) {  // P.73
  const v1::GlassOpened first = Of(Break(report_, Stranger(), "Eerste reden")).glass_opened();
  const auto right = Shown(report_, Stranger()).by_right_of();
  bench_.now = base::FromMs(first.until_ms());
  const v1::GlassOpened second = Of(Break(report_, Stranger(), "Tweede reden")).glass_opened();
  EXPECT_NE(second.opening(), first.opening());
  const auto renewed = Shown(report_, Stranger()).by_right_of();
  EXPECT_EQ(renewed.id(), right.id());
  EXPECT_EQ(renewed.until_ms(), base::ToMs(bench_.now + std::chrono::minutes(60)));
  EXPECT_EQ(bench_.Counter("openings_to_review"), 2u);  // Each is reviewed by itself.
  ExpectReplayable();
}

TEST_F(BreakGlass, AskedAgainWhileItLastsIsTheSameOpening) {  // P.73
  const v1::GlassOpened first = Of(Break(report_, Stranger(), "Eerste reden")).glass_opened();
  const uint64_t before = head();
  bench_.now = base::FromMs(first.until_ms() - 1);
  const Decided again = Break(report_, Stranger(), "Nog een keer");
  EXPECT_EQ(Why(again), "OK");
  EXPECT_EQ(Of(again).glass_opened().SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(head(), before);
  Break(report_, Guest(), "Een ander");  // Everybody has their own.
  EXPECT_EQ(bench_.Counter("openings_to_review"), 2u);
}

TEST_F(BreakGlass, ThatIsOverStaysOverWhenTimeGoesBack) {
  const v1::GlassOpened first = Of(Break(report_, Stranger(), "Eerste reden")).glass_opened();
  bench_.now = base::FromMs(first.until_ms());
  bench_.AcceptClock(-std::chrono::hours(24 * 365));
  const v1::GlassOpened second = Of(Break(report_, Stranger(), "Tweede reden")).glass_opened();
  EXPECT_NE(second.opening(), first.opening());
  EXPECT_EQ(second.until_ms(), base::ToMs(bench_.now + std::chrono::minutes(60)));
  ExpectReplayable();
}

TEST_F(BreakGlass, KeepsTheTimeThatItHadLeftWhenTimeGoesBack) {
  const v1::GlassOpened first = Of(Break(report_, Stranger(), "Eerste reden")).glass_opened();
  bench_.now += std::chrono::minutes(20);
  bench_.AcceptClock(-std::chrono::hours(24 * 365));
  const v1::GlassOpened again = Of(Break(report_, Stranger(), "Nog een keer")).glass_opened();
  EXPECT_EQ(again.opening(), first.opening());
  EXPECT_EQ(again.until_ms(), base::ToMs(bench_.now + std::chrono::minutes(40)));
  EXPECT_LT(again.until_ms(), again.review_due_ms());
  ExpectReplayable();
}

TEST_F(BreakGlass, TakesAReasonOfFourThousandCharacters) {
  std::string reason;
  for (int i = 0; i < 4000; ++i) reason += "\u00eb";  // Characters, not bytes.
  EXPECT_EQ(Why(Break(report_, Stranger(), reason + "n")), "INVALID text_too_long private.reason");
  EXPECT_EQ(Why(Show(report_, Stranger())), kNotFound);
  EXPECT_EQ(Why(Break(report_, Stranger(), reason)), "OK");
}

// Whatever it is that they ask for: by break-glass alone nobody's access lasts longer or reaches
// further.
TEST_F(BreakGlass, WidensNobodysAccess) {  // P.06, P.73
  v1::SubmitReport bulk = Red();
  bulk.set_bulk(true);
  bulk.set_for_desk(kOtherDesk);
  const std::string report = Submit(bulk).report();
  // Of the desk that is asked, and known to it, but not to this table member of it.
  const Caller reader = support::By(kTable, kOtherDesk, {"table_member"});
  ASSERT_EQ(Why(Break(report, reader, "Kind staat hier")), "OK");
  const uint64_t before = head();
  const std::string no = "REFUSED only_by_break_glass";
  EXPECT_EQ(Why(Hold(report, reader, v1::FIRST_STEP_CRISIS_TEAM, kTable)), no + " professional");
  EXPECT_EQ(Why(Hold(report, reader, v1::FIRST_STEP_CRISIS_TEAM, kNobody)), no + " professional");
  EXPECT_EQ(Why(Claim(report, reader)), no);
  EXPECT_EQ(Why(HandOver(report, reader, kStranger)), no);
  EXPECT_EQ(Why(HandBack(report, reader)), no);
  EXPECT_EQ(Why(Confirm(report, reader)), no);
  EXPECT_EQ(Why(Settle(report, reader, v1::OUTCOME_ADVICE)), no);
  EXPECT_EQ(Why(SetCircle(report, reader, {kTable})), "REFUSED not_in_circle");
  EXPECT_EQ(head(), before);
  bench_.now += std::chrono::minutes(60);
  EXPECT_EQ(Why(Show(report, reader)), kNotFound);
}

TEST_F(BreakGlass, OfAnOwnerWhoActsForAnotherNowGivesNothingBack) {  // P.05, P.16
  HandOver(report_, Noor(), kStranger);
  const Caller moved = support::By(kStranger, kThirdDesk);
  EXPECT_EQ(Why(Claim(report_, moved)), kNotFound);
  Break(report_, moved, "Ik werk nu elders");
  EXPECT_EQ(Why(Claim(report_, moved)), "REFUSED only_by_break_glass");
  EXPECT_EQ(Why(Claim(report_, Stranger())), "OK");
}

TEST_F(BreakGlass, LeavesAMarkWhereItsReasonIsRead) {  // Synced before the answer leaves.
  Break(report_, Stranger(), "Reden Waterlelie");
  Break(report_, Guest(), "Reden Zonnedauw");
  const uint64_t before = head();
  EXPECT_EQ(Mine(Officer()).reviews_size(), 2);
  ASSERT_EQ(head(), before + 1);
  const auto& header = bench_.Last()->header;
  ASSERT_EQ(header.events_size(), 1);
  EXPECT_EQ(header.events(0).kind(), static_cast<uint32_t>(v1::Event::kReportAccessed));
  EXPECT_EQ(header.events(0).stream(), Shown(report_, Noor()).household());
  const uint64_t read = head();
  bench_.now += std::chrono::minutes(10) - base::milliseconds(1);
  Mine(Officer());
  EXPECT_EQ(head(), read);
  bench_.now += base::milliseconds(1);
  Mine(Officer());
  EXPECT_EQ(head(), read + 1);
  Caller working = Officer();
  working.purpose = "child_safety";  // No reason is shown.
  Mine(working);
  EXPECT_EQ(head(), read + 1);
  ExpectReplayable();
}

TEST_F(BreakGlass, EndsAtOnceWhenTheReviewSaysItWasNotRight) {  // P.73
  const std::string opening = Of(Break(report_, Stranger(), "Reden")).glass_opened().opening();
  EXPECT_EQ(Why(Show(report_, Stranger())), "OK");
  bench_.now += std::chrono::minutes(5);
  EXPECT_EQ(Why(Review(opening, Officer(), /*justified=*/false)), "OK");
  EXPECT_EQ(Why(Show(report_, Stranger())), kNotFound);
  ExpectReplayable();
}

TEST_F(BreakGlass, GoesOnUntilItsEndWhenTheReviewSaysItWasRight) {
  const std::string opening = Of(Break(report_, Stranger(), "Reden")).glass_opened().opening();
  EXPECT_EQ(Why(Review(opening, Officer(), /*justified=*/true)), "OK");
  EXPECT_EQ(Why(Show(report_, Stranger())), "OK");
}

TEST_F(BreakGlass, IsReviewedInTheOrderInWhichReviewsAreDue) {
  std::vector<std::string> due;
  for (int i = 0; i < 3; ++i) {
    const std::string report = Submit(Answered()).report();
    due.push_back(Of(Break(report, Stranger(), "Reden")).glass_opened().opening());
    bench_.now += std::chrono::minutes(1);
  }
  std::vector<std::string> shown;
  const v1::MineShown mine = Mine(Officer());
  for (const auto& line : mine.reviews()) shown.push_back(line.opening());
  EXPECT_EQ(shown, due);
}

TEST_F(BreakGlass, NeverOpensASecretPlaceButSaysWhomToCall) {  // P.06, invariant 12
  SetCircle(report_, Noor(), {kStranger});  // Named, but without a part in the case.
  Break(report_, Stranger(), "Kind weggelopen");
  const v1::ReportShown shown = Shown(report_, Stranger());
  EXPECT_EQ(shown.private_().children(0).name(), "Fleur Zonnestraal");
  EXPECT_FALSE(shown.has_secret());
  EXPECT_TRUE(shown.secret_withheld());
  EXPECT_EQ(shown.secret_ask(), kNoor);
  EXPECT_EQ(shown.SerializeAsString().find("De Haven"), std::string::npos);
  Break(report_, Duty(), "Zelfde organisatie");
  EXPECT_FALSE(Shown(report_, Duty()).has_secret());  // Nor the hidden reporter.
}

TEST_F(BreakGlass, IsReviewedByThePrivacyOfficerOfTheKeeper) {
  const std::string opening =
      Of(Break(report_, Stranger(), "Reden Waterlelie")).glass_opened().opening();
  EXPECT_FALSE(bench_.IsReadable("Waterlelie"));
  EXPECT_EQ(bench_.Counter("openings_to_review"), 1u);
  const v1::MineShown mine = Mine(Officer());
  ASSERT_EQ(mine.reviews_size(), 1);
  EXPECT_EQ(mine.reviews(0).opening(), opening);
  EXPECT_EQ(mine.reviews(0).reader(), kStranger);
  EXPECT_EQ(mine.reviews(0).private_().reason(), "Reden Waterlelie");
  EXPECT_EQ(Mine(Officer(kElsewhere, kOtherDesk)).reviews_size(), 0);
  EXPECT_EQ(Mine(Noor()).reviews_size(), 0);
  const std::string never = "NOT_FOUND not_found opening";
  EXPECT_EQ(Why(Review(opening, Officer(kElsewhere, kOtherDesk))), never);
  EXPECT_EQ(Why(Review(opening, Noor())), never);
  EXPECT_EQ(Why(Review("brk_00000000000000000000000000", Officer())), never);
  EXPECT_EQ(Why(Review(report_, Officer())), never);
  EXPECT_EQ(Why(Review(opening, Officer(), false)), "OK");
  EXPECT_EQ(Why(Review(opening, Officer())), "REFUSED already_reviewed");
  EXPECT_EQ(Mine(Officer()).reviews_size(), 0);
  EXPECT_EQ(bench_.Counter("openings_to_review"), 0u);
  EXPECT_FALSE(bench_.IsReadable("Bloemhof"));
  ExpectReplayable();
}

TEST_F(BreakGlass, IsNotReviewedByWhoOpenedIt) {
  Caller both = support::By(kOfficer, kDesk, {"privacy_officer", "table_member"});
  const std::string opening = Of(Break(report_, both, "Ik moest erbij")).glass_opened().opening();
  EXPECT_EQ(Why(Review(opening, Officer())), "REFUSED own_opening");
  EXPECT_EQ(Mine(Officer()).reviews_size(), 0);
}

// Whoever acts for a privacy officer would otherwise judge their own opening.
TEST_F(BreakGlass, IsOpenedAndReviewedInPersonOnly) {
  const std::string opening =
      Of(Break(report_, Stranger(), "Ik moest erbij")).glass_opened().opening();
  Caller for_officer = Officer();
  for_officer.principal = kStranger;
  for_officer.on_behalf_of = kOfficer;
  EXPECT_EQ(Why(Review(opening, for_officer)), "REFUSED only_in_person");
  Caller for_guest = Guest();
  for_guest.principal = kStranger;
  for_guest.on_behalf_of = kGuest;
  EXPECT_EQ(Why(Break(report_, for_guest, "Voor een ander")), "REFUSED only_in_person");
  for_officer.principal = "svc_desk";  // Carries what the officer asks.
  EXPECT_EQ(Why(Review(opening, for_officer)), "OK");
}

TEST_F(BreakGlass, MarksEachWhoReadsOnBehalfOfAReader) {
  Show(report_, Noor());
  const uint64_t before = head();
  Caller for_noor = Noor();
  for_noor.principal = kColleague;
  for_noor.on_behalf_of = kNoor;
  Show(report_, for_noor);
  ASSERT_EQ(head(), before + 1);
  v1::Event event;
  event.ParseFromString(bench_.Last()->header.events(0).payload());
  EXPECT_EQ(event.report_accessed().reader(), kNoor);
  EXPECT_EQ(event.report_accessed().by(), kColleague);
  Show(report_, for_noor);
  Show(report_, Noor());
  EXPECT_EQ(head(), before + 1);
  ExpectReplayable();
}

TEST_F(BreakGlass, ShowsItsReasonForTheReviewAlone) {
  Break(report_, Stranger(), "Reden Waterlelie");
  Caller working = Officer();
  working.purpose = "child_safety";
  ASSERT_EQ(Mine(working).reviews_size(), 1);
  EXPECT_FALSE(Mine(working).reviews(0).has_private_());
}

TEST_F(BreakGlass, WaitsForItsReviewAlsoAfterARestart) {
  Break(report_, Stranger(), "Reden Waterlelie");
  ASSERT_TRUE(bench_.Restart().ok());
  ASSERT_EQ(Mine(Officer()).reviews_size(), 1);
  EXPECT_EQ(Mine(Officer()).reviews(0).private_().reason(), "Reden Waterlelie");
}

TEST_F(BreakGlass, IsNotForServiceKeys) {
  const auto& policy = v1::BreakGlass::descriptor()->options().GetExtension(common::v1::policy);
  EXPECT_THAT(policy.roles(), ElementsAre("desk_worker", "table_member", "duty_manager"));
  EXPECT_EQ(daemon::DenialOf(policy, support::By("svc_meeting", "org_region", {"service"})),
            "not_permitted");
}

}  // namespace
}  // namespace samenspel::intake
