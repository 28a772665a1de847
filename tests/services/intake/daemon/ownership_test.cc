// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <functional>
#include <random>

#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Ownership : public Desk {
 protected:
  v1::Ownership Now(const std::string& report) { return Shown(report, Noor()).ownership(); }
};

TEST_F(Ownership, LiesWithTheSenderUntilSomebodyOfTheDeskClaims) {  // P.16
  const std::string report = Submit(Answered()).report();
  EXPECT_EQ(Now(report).owner(), kNoor);
  EXPECT_EQ(Now(report).desk(), kDesk);
  EXPECT_TRUE(Now(report).open());
  EXPECT_EQ(Now(report).since_ms(), base::ToMs(bench_.now));
  bench_.now += std::chrono::minutes(3);
  const Decided claimed = Claim(report, Colleague());
  EXPECT_EQ(Why(claimed), "OK");
  EXPECT_EQ(claimed.version, ChangedBy(claimed).version());
  EXPECT_EQ(Now(report).owner(), kColleague);
  EXPECT_EQ(Now(report).since_ms(), base::ToMs(bench_.now));
  EXPECT_FALSE(Now(report).open());
  EXPECT_EQ(bench_.Counter("queue_unclaimed"), 0u);
}

TEST_F(Ownership, IsClaimedByCaseNumberToo) {  // P.04
  const v1::ReportReceived received = Submit(Answered());
  EXPECT_EQ(Why(Claim(received.case_number(), Colleague())), "OK");
  EXPECT_EQ(Now(received.report()).owner(), kColleague);
}

TEST_F(Ownership, OfTwoClaimsAtOnceTheSecondHearsWhoWasFirst) {
  const std::string report = Submit(Answered()).report();
  const uint64_t seen = Shown(report, Noor()).version();
  Claim(report, Seeing(Colleague(), seen));
  bench_.now += std::chrono::seconds(1);
  const uint64_t before = head();
  for (const Caller& late : {Noor(), Seeing(Noor(), seen)}) {
    const Decided second = Claim(report, late);
    EXPECT_EQ(second.status, common::v1::STATUS_CONFLICT);
    EXPECT_EQ(ChangedBy(second).ownership().owner(), kColleague);
    EXPECT_EQ(ChangedBy(second).ownership().since_ms(), base::ToMs(bench_.now) - 1000);
    EXPECT_EQ(ChangedBy(second).asked_ownership().owner(), kNoor);
  }
  EXPECT_EQ(Why(Claim(report, Noor())), "CONFLICT claimed_already");
  EXPECT_EQ(Why(Claim(report, Seeing(Noor(), seen))), "CONFLICT changed_since");
  EXPECT_EQ(head(), before);
  EXPECT_EQ(Now(report).owner(), kColleague);
}

// A meeting comes by itself, a moment after the report: it is nobody's change.
TEST_F(Ownership, IsNotClaimedInVainBecauseAMeetingWasNoted) {
  const auto received = Submit(Red());
  const uint64_t seen = Shown(received.report(), Colleague()).version();
  Plan(received.report(), base::ToMs(bench_.now) + 60'000);
  EXPECT_GT(Shown(received.report(), Colleague()).version(), seen);
  EXPECT_EQ(Why(Claim(received.report(), Seeing(Colleague(), seen))), "OK");
  EXPECT_EQ(Why(Claim(received.report(), Seeing(Noor(), seen + 100))), "CONFLICT changed_since");
}

TEST_F(Ownership, IsNotClaimedTwiceByTheSamePerson) {
  const std::string report = Submit(Answered()).report();
  Claim(report, Colleague());
  const uint64_t before = head();
  EXPECT_EQ(Why(Claim(report, Colleague())), "OK");
  EXPECT_EQ(head(), before);
}

TEST_F(Ownership, SenderWhoClaimsTheirOwnTakesItOutOfTheQueue) {
  const std::string report = Submit(Answered()).report();
  const int64_t since = base::ToMs(bench_.now);
  bench_.now += std::chrono::minutes(1);
  EXPECT_EQ(Why(Claim(report, Noor())), "OK");
  EXPECT_FALSE(Now(report).open());
  EXPECT_EQ(Now(report).since_ms(), since);
}

TEST_F(Ownership, OfAStrangersReportIsNotFound) {  // invariant 10
  const std::string report = Submit(Answered()).report();
  const std::string absent = "rpt_00000000000000000000000000";
  const std::vector<std::function<Decided(const std::string&)>> asks = {
      [&](const std::string& id) { return Claim(id, Stranger()); },
      [&](const std::string& id) { return HandOver(id, Stranger(), kStranger); },
      [&](const std::string& id) { return HandOver(id, Stranger(), kNobody); },
      [&](const std::string& id) { return HandBack(id, Stranger()); },
      [&](const std::string& id) { return Settle(id, Stranger(), v1::OUTCOME_ADVICE); },
      [&](const std::string& id) { return Settle(id, Stranger(), v1::OUTCOME_UNSPECIFIED); },
      [&](const std::string& id) { return Confirm(id, Stranger()); },
      [&](const std::string& id) { return Hold(id, Stranger(), v1::FIRST_STEP_NONE, ""); },
      [&](const std::string& id) { return SetCircle(id, Stranger(), {kNobody}); }};
  for (const auto& ask : asks) {
    const Decided hidden = ask(report);
    const Decided missing = ask(absent);
    EXPECT_EQ(Why(hidden), "NOT_FOUND not_found report");
    EXPECT_EQ(Why(missing), Why(hidden));
    EXPECT_EQ(missing.response, hidden.response);
    EXPECT_EQ(missing.version, hidden.version);
    EXPECT_TRUE(hidden.hidden);
    EXPECT_EQ(hidden.subject, report);
    EXPECT_FALSE(missing.hidden);
  }
}

TEST_F(Ownership, HandedToAPersonStaysUntilTheyClaim) {  // P.16
  const std::string report = Submit(Answered()).report();
  Claim(report, Noor());
  EXPECT_EQ(Why(HandOver(report, Noor(), kStranger, "Kind woont in Kwikstaart")), "OK");
  EXPECT_EQ(Now(report).owner(), kNoor);
  EXPECT_EQ(Now(report).offered_to(), kStranger);
  EXPECT_EQ(Shown(report, Stranger()).private_().afterwards().ownership_note(),
            "Kind woont in Kwikstaart");
  EXPECT_FALSE(bench_.IsReadable("Kwikstaart"));
  EXPECT_EQ(Why(Claim(report, Colleague())), "CONFLICT claimed_already");
  bench_.now += std::chrono::minutes(1);
  EXPECT_EQ(Why(Claim(report, Stranger())), "OK");
  EXPECT_EQ(Now(report).owner(), kStranger);
  EXPECT_EQ(Now(report).offered_to(), "");
  EXPECT_EQ(Now(report).desk(), kOtherDesk);
  EXPECT_THAT(Queue(Guest()), ElementsAre(report));  // The desk of the new owner knows it too.
  ExpectReplayable();
}

TEST_F(Ownership, HandedToAnotherDeskLiesInItsQueueWhileTheOwnerKeepsIt) {  // P.13, P.16
  const std::string report = Submit(Answered()).report();
  EXPECT_EQ(Why(HandOver(report, Noor(), kOtherDesk)), "OK");
  EXPECT_EQ(Now(report).owner(), kNoor);
  EXPECT_THAT(Queue(Stranger()), ElementsAre(report));
  EXPECT_THAT(Queue(Colleague()), IsEmpty());
  EXPECT_EQ(Why(Claim(report, Colleague())), "REFUSED not_your_desk");
  EXPECT_EQ(Why(Claim(report, Stranger())), "OK");
  EXPECT_EQ(Now(report).owner(), kStranger);
}

TEST_F(Ownership, WithdrawnBeforeItWasClaimedIsForgottenByTheOtherDesk) {
  const std::string report = Submit(Answered()).report();
  HandOver(report, Noor(), kOtherDesk);
  EXPECT_EQ(Why(Show(report, Stranger())), "OK");
  EXPECT_EQ(Why(HandBack(report, Noor())), "OK");
  EXPECT_EQ(Why(Show(report, Stranger())), "NOT_FOUND not_found report");
  EXPECT_THAT(Queue(Stranger()), IsEmpty());
  EXPECT_THAT(Queue(Colleague()), ElementsAre(report));
}

TEST_F(Ownership, AskedOfSomebodyElseIsForgottenByWhoWasAskedFirst) {
  const std::string report = Submit(Answered()).report();
  Claim(report, Noor());
  HandOver(report, Noor(), kStranger);
  EXPECT_EQ(Why(Show(report, Stranger())), "OK");
  HandOver(report, Noor(), kColleague);
  EXPECT_EQ(Why(Show(report, Stranger())), "NOT_FOUND not_found report");
}

TEST_F(Ownership, PassedOnLeavesFormerOwnersOnlyWhatDeskOrSenderGive) {
  const std::string report = Submit(Answered()).report();
  HandOver(report, Noor(), kStranger);
  Claim(report, Stranger());
  HandOver(report, Stranger(), kDesk);
  Claim(report, Colleague());
  EXPECT_EQ(Why(Show(report, Stranger())), "NOT_FOUND not_found report");
  EXPECT_EQ(Why(Show(report, Guest())), "NOT_FOUND not_found report");
  EXPECT_EQ(Why(Show(report, Noor())), "OK");
  ExpectReplayable();
}

TEST_F(Ownership, IsHandedOnlyToWhoeverCanClaimIt) {
  const std::string report = Submit(Answered()).report();
  EXPECT_EQ(Why(HandOver(report, Noor(), "")), "INVALID missing to");
  EXPECT_EQ(Why(HandOver(report, Noor(), kNobody)), "INVALID unknown_professional to");
  EXPECT_EQ(Why(HandOver(report, Noor(), kTable)), "INVALID unknown_professional to");
  EXPECT_EQ(Why(HandOver(report, Noor(), kThirdDesk)), "INVALID unknown_organisation to");
  EXPECT_EQ(Why(HandOver(report, Noor(), kNoor)), "REFUSED owns_it_already");
  EXPECT_EQ(Now(report).offered_to(), "");
}

TEST_F(Ownership, IsGivenAwayByTheOwnerOrWhileOpenByTheDesk) {
  const std::string report = Submit(Answered()).report();
  EXPECT_EQ(Why(HandOver(report, Colleague(), kStranger)), "OK");  // Open: anyone of the desk.
  Claim(report, Noor());
  EXPECT_EQ(Why(HandOver(report, Colleague(), kStranger)), "REFUSED not_owner");
  EXPECT_EQ(Why(HandBack(report, Colleague())), "REFUSED not_owner");
  EXPECT_EQ(Why(HandOver(report, Noor(), kStranger)), "OK");
}

TEST_F(Ownership, IsNotChangedByTheSameHandOverTwice) {
  const std::string report = Submit(Answered()).report();
  HandOver(report, Noor(), kStranger);
  const uint64_t before = head();
  EXPECT_EQ(Why(HandOver(report, Noor(), kStranger)), "OK");
  EXPECT_EQ(head(), before);
  HandBack(report, Noor());
  const uint64_t back = head();
  EXPECT_EQ(Why(HandBack(report, Noor())), "OK");
  EXPECT_EQ(head(), back);
}

TEST_F(Ownership, HandedBackIsOpenAndStillTheOwners) {
  const std::string report = Submit(Answered()).report();
  Claim(report, Noor());
  EXPECT_EQ(Why(HandBack(report, Noor(), "Zwanenburg belt terug")), "OK");
  EXPECT_TRUE(Now(report).open());
  EXPECT_EQ(Now(report).owner(), kNoor);
  EXPECT_EQ(Shown(report, Colleague()).private_().afterwards().ownership_note(),
            "Zwanenburg belt terug");
  EXPECT_FALSE(bench_.IsReadable("Zwanenburg"));
  EXPECT_EQ(Why(Claim(report, Colleague())), "OK");
}

TEST_F(Ownership, SentForAnotherDeskLiesThereAndWithTheSender) {  // P.13, P.16
  v1::SubmitReport form = Answered();
  form.set_for_desk(kOtherDesk);
  const std::string report = Submit(form).report();
  EXPECT_EQ(Now(report).owner(), kNoor);
  EXPECT_EQ(Now(report).desk(), kOtherDesk);
  EXPECT_THAT(Queue(Stranger()), ElementsAre(report));
  EXPECT_EQ(Why(Show(report, Colleague())), "OK");  // The sender's desk took it.
  EXPECT_EQ(Why(Claim(report, Stranger())), "OK");
  EXPECT_EQ(Why(Show(report, Colleague())), "OK");
  ExpectReplayable();
}

TEST_F(Ownership, OfADeskThatIsNotThereIsRefused) {
  for (const char* nowhere : {kThirdDesk, "org_000000000000000000000000z9", "Bureau Oost"}) {
    v1::Request request;
    *request.mutable_submit_report() = Answered();
    request.mutable_submit_report()->set_for_desk(nowhere);
    EXPECT_EQ(Why(bench_.Ask(Noor(), request)), "INVALID unknown_organisation for_desk") << nowhere;
  }
  EXPECT_THAT(Listed(Noor()), IsEmpty());
}

TEST_F(Ownership, EndsWithAnOutcomeThatTheOwnerGives) {
  const std::string report = Submit(Answered()).report();
  EXPECT_EQ(Why(Settle(report, Colleague(), v1::OUTCOME_ADVICE)), "REFUSED not_owner");
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_UNSPECIFIED)), "INVALID missing outcome");
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_STOPPED)), "INVALID missing private.note");
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_STOPPED, "Rodenburg trok in")), "OK");
  const v1::ReportShown shown = Shown(report, Noor());
  EXPECT_EQ(shown.outcome(), v1::OUTCOME_STOPPED);
  EXPECT_EQ(shown.settled_at_ms(), base::ToMs(bench_.now));
  EXPECT_EQ(shown.private_().afterwards().outcome_note(), "Rodenburg trok in");
  EXPECT_FALSE(bench_.IsReadable("Rodenburg"));
  ExpectReplayable();
}

TEST_F(Ownership, EndedTakesNothingMore) {
  const std::string report = Submit(Answered()).report();
  Settle(report, Noor(), v1::OUTCOME_ADVICE);
  const uint64_t before = head();
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_ADVICE)), "OK");  // A repeat.
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_LOCAL_TEAM)), "REFUSED settled");
  EXPECT_EQ(Why(Claim(report, Colleague())), "REFUSED settled");
  EXPECT_EQ(Why(HandOver(report, Noor(), kStranger)), "REFUSED settled");
  EXPECT_EQ(Why(HandBack(report, Noor())), "REFUSED settled");
  EXPECT_EQ(head(), before);
  EXPECT_THAT(Queue(Noor()), IsEmpty());
}

TEST_F(Ownership, OfARedReportEndsAtATableOnly) {  // 003.14
  const std::string report = Submit(Red()).report();
  for (const v1::Outcome outcome : {v1::OUTCOME_LOCAL_TEAM, v1::OUTCOME_MEETING}) {
    EXPECT_EQ(Why(Settle(report, Noor(), outcome)), "REFUSED red_needs_a_table");
  }
  Plan(report, 0);  // Nobody could be found yet.
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_MEETING)), "REFUSED red_needs_a_table");
  Plan(report, base::ToMs(bench_.now) + 1000);
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_LOCAL_TEAM)), "REFUSED red_needs_a_table");
  Hold(report, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kNoor);
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_MEETING)), "OK");
}

// P.01: what left the queue nobody looks at any more.
TEST_F(Ownership, OfARedReportDoesNotEndWhileNobodyHoldsTheChild) {
  const std::string report = Submit(Red()).report();
  Plan(report, base::ToMs(bench_.now) + 1000);
  const uint64_t before = head();
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_MEETING)), "REFUSED no_first_step");
  EXPECT_THAT(Queue(Noor()), ElementsAre(report));
  EXPECT_EQ(head(), before);
  Hold(report, Noor(), v1::FIRST_STEP_NONE, "", "", "Het kind is bij oma");
  EXPECT_EQ(Why(Settle(report, Noor(), v1::OUTCOME_MEETING)), "OK");
}

TEST_F(Ownership, IsNotChangedOnWhatSomebodyElseHasChanged) {
  const std::string report = Submit(Answered()).report();
  const uint64_t seen = Shown(report, Noor()).version();
  HandOver(report, Colleague(), kStranger);
  const Decided handed = HandOver(report, Seeing(Noor(), seen), kColleague);
  EXPECT_EQ(Why(handed), "CONFLICT changed_since");
  EXPECT_EQ(ChangedBy(handed).ownership().offered_to(), kStranger);
  EXPECT_EQ(ChangedBy(handed).asked_ownership().offered_to(), kColleague);
  const Decided back = HandBack(report, Seeing(Noor(), seen));
  EXPECT_EQ(Why(back), "CONFLICT changed_since");
  EXPECT_EQ(ChangedBy(back).asked_ownership().offered_to(), "");
  const Decided settled = Settle(report, Seeing(Noor(), seen), v1::OUTCOME_ADVICE);
  EXPECT_EQ(Why(settled), "CONFLICT changed_since");
  EXPECT_EQ(ChangedBy(settled).outcome(), v1::OUTCOME_UNSPECIFIED);
  EXPECT_EQ(ChangedBy(settled).asked_outcome(), v1::OUTCOME_ADVICE);
  EXPECT_EQ(settled.version, ChangedBy(settled).version());
  const uint64_t now = Shown(report, Noor()).version();
  EXPECT_EQ(Why(Settle(report, Seeing(Noor(), now), v1::OUTCOME_ADVICE)), "OK");
}

// Whatever people do, in whatever order: somebody answers for each report, may know of it, and is
// registered.
TEST_F(Ownership, IsNeverNobodys) {
  const uint32_t seed = std::random_device()();
  std::mt19937 random(seed);
  const auto any = [&](size_t count) { return random() % count; };
  const Caller people[] = {Noor(), Colleague(), Stranger(), Guest()};
  const char* targets[] = {kNoor, kColleague, kStranger, kGuest, kDesk, kOtherDesk, kThirdDesk};
  std::vector<std::string> reports;
  for (int i = 0; i < 300; ++i) {
    bench_.now += std::chrono::seconds(1);
    const Caller& by = people[any(4)];
    if (reports.size() < 3) reports.push_back(Submit(Answered(), by).report());
    const std::string& report = reports[any(reports.size())];
    switch (any(5)) {
      case 0:
        Claim(report, by);
        break;
      case 1:
        HandBack(report, by);
        break;
      case 2:
        if (any(10) == 0) Settle(report, by, v1::OUTCOME_ADVICE);
        break;
      default:
        HandOver(report, by, targets[any(7)]);
    }
    for (const std::string& id : reports) {
      int owners = 0;
      for (const Caller& person : people) {
        v1::Request list;
        list.mutable_list_reports()->set_with_settled(true);
        const v1::Response listed = Desk::Of(bench_.Ask(person, list));
        for (const auto& line : listed.reports_listed().lines()) {
          if (line.report() != id) continue;
          owners += line.ownership().owner() == person.principal ? 1 : 0;
          EXPECT_NE(line.ownership().desk(), "") << "seed " << seed;
        }
      }
      ASSERT_EQ(owners, 1) << "seed " << seed << " step " << i;
    }
  }
  ExpectReplayable();
}

}  // namespace
}  // namespace samenspel::intake
