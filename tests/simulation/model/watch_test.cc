// SPDX-License-Identifier: EUPL-1.2
// The model itself: a good morning leaves it silent, and whatever is changed in one makes it speak.
#include "tests/simulation/model/watch.h"

#include <gmock/gmock.h>

#include "tests/simulation/model/told.h"

namespace samenspel::simulation::model {
namespace {

using common::v1::EntryHeader;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using Intake = intake::v1::Event;
using Meeting = meeting::v1::Event;
using Escalation = escalation::v1::Event;
using Audit = audit::v1::Event;

TEST(Watch, SaysNothingOfAGoodMorning) { EXPECT_THAT(GoodMorning().Hear(), IsEmpty()); }

class WatchNotices : public testing::TestWithParam<Wrong> {};

TEST_P(WatchNotices, WhatIsWrong) {
  Told told = GoodMorning();
  GetParam().change(told);
  EXPECT_THAT(told.Hear(), Contains(HasSubstr(GetParam().says)));
}

std::string NameOf(const testing::TestParamInfo<Wrong>& info) { return info.param.name; }

// --- chain ---

const Wrong kChain[] = {
    {"GapInTheNumbers", "follows on entry",
     [](Told& told) {
       told.Find("look").finish = [](store::Stored& entry) {
         entry.header.set_sequence(entry.header.sequence() + 1);
       };
     }},
    {"BrokenChain", "breaks the chain",
     [](Told& told) {
       told.Find("look").finish = [](store::Stored& entry) {
         entry.header.set_previous_hash("another");
       };
     }},
    {"WrongHash", "does not have the hash of its bytes",
     [](Told& told) {
       told.Find("look").finish = [](store::Stored& entry) { entry.hash = "another"; };
     }},
    {"EpochThatFalls", "the epoch falls",
     [](Told& told) {
       told.Find("look").finish = [](store::Stored& entry) { entry.header.set_epoch(0); };
     }},
    {"EntryOfAnotherService", "is an entry of meeting",
     [](Told& told) {
       told.Find("look").finish = [](store::Stored& entry) { entry.header.set_service("meeting"); };
     }},
    {"DamagedPart", "holds a part that it does not commit to",
     [](Told& told) {
       told.Find("red").finish = [](store::Stored& entry) { entry.sealed.front() += '!'; };
     }},
    {"MissingPart", "lacks a part",
     [](Told& told) {
       told.Find("red").finish = [](store::Stored& entry) { entry.sealed.clear(); };
     }},
    {"HeaderThatIsTooLong", "has a header of 64 KiB or more",
     [](Told& told) {
       told.Find("look").header.set_response(std::string(size_t{64} * 1024, 'x'));
     }},
    {"EntryThatIsTooLong", "is larger than 512 KiB",
     [](Told& told) { told.Find("red").sealed.push_back(std::string(size_t{512} * 1024, 'x')); }},
    {"UnreadableEvent", "holds an event that cannot be read",
     [](Told& told) { told.Find("look").header.mutable_events(0)->set_kind(99); }},
    {"VersionThatJumps", "goes from version",
     [](Told& told) {
       told.Find("look").finish = [](store::Stored& entry) {
         entry.header.mutable_events(0)->set_version(99);
       };
     }},
    {"EventOfARefusal", "was not granted and changes things",
     [](Told& told) { told.Find("look").header.set_outcome(common::v1::STATUS_REFUSED); }},
};
INSTANTIATE_TEST_SUITE_P(Chain, WatchNotices, testing::ValuesIn(kChain), NameOf);

// --- effects ---

const Wrong kEffects[] = {
    {"SecondEffectOfOneCause", "that had an effect already",
     [](Told& told) { told.Repeat("red met", "red met"); }},
    {"EffectThatComesLate", "effects of later entries went before",
     [](Told& told) { told.Repeat("red met", "settle seen"); }},
    {"EffectOfNothing", "that is not there yet",
     [](Told& told) {
       told.Find("accept heard").finish = [](store::Stored& entry) {
         entry.header.mutable_cause()->set_sequence(99);
       };
     }},
    {"EffectOfAnotherEpoch", "that is of another epoch",
     [](Told& told) {
       told.Find("accept heard").finish = [](store::Stored& entry) {
         entry.header.mutable_cause()->set_epoch(2);
       };
     }},
    {"EffectOfWhoIsNotFollowed", "follows from a service that it does not follow",
     [](Told& told) {
       told.Find("accept heard").finish = [](store::Stored& entry) {
         entry.header.mutable_cause()->set_service("audit");
       };
     }},
};
INSTANTIATE_TEST_SUITE_P(Effects, WatchNotices, testing::ValuesIn(kEffects), NameOf);

// --- acknowledged (invariant 1) ---

class WatchOfAnswers : public testing::Test {
 protected:
  static common::v1::Reply ReplyTo(const Told& told, const std::string& name) {
    common::v1::Reply reply;
    *reply.mutable_entry() = told.RefOf(name);
    reply.set_request_id(told.HeaderOf(name).request_id());
    reply.set_status(told.HeaderOf(name).outcome());
    reply.set_response(told.HeaderOf(name).response());
    return reply;
  }
  using Change = std::function<void(common::v1::Reply& reply)>;
  // What is said when desk1 is answered to its claim, and once more with another answer.
  static Findings Said(const Change& change, const std::string& who = "desk1") {
    Told told = GoodMorning();
    return told.Hear([&](Watch& watch) {
      common::v1::Reply reply = ReplyTo(told, "claim");
      change(reply);
      watch.Answered(who, kIntake, reply);
    });
  }
};

TEST_F(WatchOfAnswers, SaysNothingOfGoodOnes) {
  EXPECT_THAT(Said([](auto&) {}), IsEmpty());
}

TEST_F(WatchOfAnswers, NoticesAnEntryThatIsNotThere) {
  EXPECT_THAT(Said([](auto& reply) { reply.mutable_entry()->set_sequence(999); }),
              Contains(HasSubstr("was acknowledged to desk1 and is not there")));
}

TEST_F(WatchOfAnswers, NoticesAnotherRequestOrPerson) {
  EXPECT_THAT(Said([](auto&) {}, "desk2"),
              Contains(HasSubstr("is not the request that was acknowledged")));
}

TEST_F(WatchOfAnswers, NoticesAnotherAnswer) {
  EXPECT_THAT(Said([](auto& reply) { reply.set_response("another"); }),
              Contains(HasSubstr("does not hold the answer that desk1 was given")));
  EXPECT_THAT(Said([](auto& reply) { reply.set_status(common::v1::STATUS_CONFLICT); }),
              Contains(HasSubstr("does not hold the answer")));
}

TEST_F(WatchOfAnswers, NoticesTwoAnswersToOneRequest) {
  Told told = GoodMorning();
  const Findings said = told.Hear([&](Watch& watch) {
    common::v1::Reply reply = ReplyTo(told, "claim");
    watch.Answered("desk1", kIntake, reply);
    *reply.mutable_entry() = told.RefOf("stranger");
    reply.set_response("another");
    watch.Answered("desk1", kIntake, reply);
  });
  EXPECT_THAT(said, Contains(HasSubstr("got two answers to the request")));
}

// What is said when desk2, who looked at the red report, is shown it in that way, so much later.
Findings SaidOfReading(const std::function<void(Reading& reading)>& change,
                       base::milliseconds later = {}) {
  Told told = GoodMorning();
  return told.Hear(
      [&](Watch& watch) {
        Reading reading{.reader = "desk2", .report = "rpt_red", .purpose = "child_safety"};
        change(reading);
        const int64_t looked = told.HeaderOf("look").received_at_ms();
        watch.Shown(reading, base::FromMs(looked) + later);
      },
      false);
}

TEST(WatchOfReadings, SaysNothingOfOneWithAMark) {
  EXPECT_THAT(SaidOfReading([](Reading&) {}), IsEmpty());
}

TEST(WatchOfReadings, NoticesOneWithoutAMark) {
  const auto without = Contains(HasSubstr("there is no mark of it"));
  EXPECT_THAT(SaidOfReading([](Reading& reading) { reading.reader = "desk1"; }), without);
  EXPECT_THAT(SaidOfReading([](Reading& reading) { reading.report = "rpt_amber"; }), without);
  EXPECT_THAT(SaidOfReading([](Reading& reading) { reading.purpose = "privacy_review"; }), without);
  EXPECT_THAT(SaidOfReading([](Reading& reading) { reading.secret = true; }), without);
  EXPECT_THAT(SaidOfReading([](Reading&) {}, std::chrono::hours(2)), without);
}

const Wrong kRequests[] = {
    {"RequestThatStandsTwice", "is a second entry of one request",
     [](Told& told) { told.Repeat("look", "look"); }},
};
INSTANTIATE_TEST_SUITE_P(Requests, WatchNotices, testing::ValuesIn(kRequests), NameOf);

// --- rules and grades ---

void ChangeGrade(Told& told, const std::string& entry, int event,
                 const std::function<void(intake::v1::ReportGraded&)>& change) {
  told.Change<Intake>(entry, event, [&](Intake& one) { change(*one.mutable_report_graded()); });
}

const Wrong kRules[] = {
    {"RulesUnderAnotherHash", "adopts rules under a hash that is not theirs",
     [](Told& told) {
       told.Change<Intake>(
           "terms", 0, [](Intake& event) { event.mutable_terms_adopted()->set_hash("another"); });
     }},
    {"RulesOfAPerson", "rules that the daemon did not adopt itself",
     [](Told& told) { told.Find("terms").header.set_principal("desk1"); }},
    {"RulesThatWereNeverAdopted", "used rules that were never adopted",
     [](Told& told) { told.Find("red").header.add_rule_hashes("another"); }},
    {"GradeByOtherRules", "was not graded with the rules in force",
     [](Told& told) {
       ChangeGrade(told, "red", 1,
                   [](auto& graded) { graded.mutable_grade()->set_rules_hash("another"); });
     }},
    {"GradeWithoutNamingRules", "was graded without naming the rules",
     [](Told& told) { told.Find("red").header.clear_rule_hashes(); }},
    {"WrongColour", "where its answers give",
     [](Told& told) {
       ChangeGrade(told, "amber", 1, [](auto& graded) {
         graded.mutable_grade()->set_colour(intake::v1::COLOUR_GREEN);
       });
     }},
    {"RegradedHistory", "was graded otherwise later",
     [](Told& told) {
       ChangeGrade(told, "confirm", 0, [](auto& graded) { graded.mutable_grade()->set_weight(7); });
     }},
    {"WrongTerms", "has other terms than terms.toml gives",
     [](Told& told) {
       ChangeGrade(told, "red", 1, [](auto& graded) {
         graded.mutable_terms()->set_first_step_due_ms(kStart + 99 * kMinute);
       });
     }},
    {"WrongTermsWhenFinal", "terms.toml gives when it became final",
     [](Told& told) {
       ChangeGrade(told, "confirm", 0,
                   [](auto& graded) { graded.mutable_terms()->set_meeting_due_ms(1); });
     }},
};
INSTANTIATE_TEST_SUITE_P(Rules, WatchNotices, testing::ValuesIn(kRules), NameOf);

// --- reports (003.14, P.17) ---

const Wrong kReports[] = {
    {"ReportThatStandsTwice", "was sent before", [](Told& told) { told.Repeat("red", "red"); }},
    {"SharedCaseNumber", "shares its case number",
     [](Told& told) {
       told.Change<Intake>("amber", 0, [](Intake& event) {
         event.mutable_report_submitted()->set_case_number("2026-000003-C");
       });
       told.Change<Intake>("red", 0, [](Intake& event) {
         event.mutable_report_submitted()->set_case_number("2026-000003-C");
       });
     }},
    {"CaseNumberThatIsNone", "has no case number",
     [](Told& told) {
       told.Change<Intake>("amber", 0, [](Intake& event) {
         event.mutable_report_submitted()->set_case_number("twelve");
       });
     }},
    {"AnotherSender", "is not recorded as its sender sent it",
     [](Told& told) { told.Find("amber").header.set_principal("desk2"); }},
    {"ReportWithoutAGrade", "was not graded when it came in",
     [](Told& told) { told.Find("amber").header.mutable_events()->DeleteSubrange(1, 1); }},
    {"GradeOfAnotherCase", "is graded as another report",
     [](Told& told) {
       ChangeGrade(told, "red", 1, [](auto& graded) { graded.set_household("hh_other"); });
     }},
    {"RedThatIsNotUrgent", "urgent is not what red is",
     [](Told& told) { told.Find("red").header.mutable_events(1)->set_urgent(false); }},
    {"FinalGradeGivenAgain", "its grade was final",
     [](Told& told) {
       auto& again = told.Repeat("confirm", "confirm");
       again.header.set_request_id("another id......");
     }},
    {"ConveningByItselfTooSoon", "convenes by itself before its term has passed",
     [](Told& told) { told.Find("confirm").header.set_principal("svc_intake"); }},
    {"FinalByAnythingElse", "was made final by claim_report",
     [](Told& told) { told.Find("confirm").header.set_kind("claim_report"); }},
    {"ProvisionalBeyondItsTerm", "is provisionally red beyond its term",
     [](Told& told) {
       told.Drop("confirm");
       for (int minute = 80; minute < 84; ++minute) {
         told.Entry("later look " + std::to_string(minute), kIntake, kStart + minute * kMinute,
                    "turned_away");
       }
     }},
    {"FirstStepThatNobodyNamed", "has a first step that nobody named then",
     [](Told& told) {
       told.Change<Intake>("red hold", 0, [](Intake& event) {
         event.mutable_first_step_named()->mutable_first_step()->set_named_by("desk2");
       });
     }},
    {"ChangeOfNoReport", "there is no such report",
     [](Told& told) {
       told.Change<Intake>("red hold", 0, [](Intake& event) {
         event.mutable_first_step_named()->set_report("rpt_none");
       });
     }},
};
INSTANTIATE_TEST_SUITE_P(Reports, WatchNotices, testing::ValuesIn(kReports), NameOf);

// --- owners (P.13, P.16) ---

void ChangeOwner(Told& told, const std::string& entry, int event,
                 const std::function<void(intake::v1::Ownership&)>& change) {
  told.Change<Intake>(entry, event, [&](Intake& one) {
    change(*one.mutable_owner_changed()->mutable_ownership());
  });
}

const Wrong kOwners[] = {
    {"NobodyOwns", "has no owner",
     [](Told& told) { ChangeOwner(told, "claim", 0, [](auto& own) { own.clear_owner(); }); }},
    {"NotTheSendersAtFirst", "is not its sender's at first",
     [](Told& told) { ChangeOwner(told, "red", 2, [](auto& own) { own.set_owner("desk2"); }); }},
    {"PassedOnBySomebodyElse", "was passed on by somebody else",
     [](Told& told) {
       told.Change<Intake>("offer", 0,
                           [](Intake& event) { event.mutable_owner_changed()->set_by("desk2"); });
     }},
    {"ClaimedByWhoWasNotAsked", "to whom it was not open",
     [](Told& told) { told.Find("claim").header.set_principal("desk2"); }},
    {"ClaimedForSomebodyElse", "is not the claimer's own",
     [](Told& told) { ChangeOwner(told, "claim", 0, [](auto& own) { own.set_owner("far"); }); }},
    {"PassedOnByWhoDoesNotOwn", "who does not own it",
     [](Told& told) { told.Find("offer").header.set_principal("desk2"); }},
    {"LostBeforeAClaim", "loses its owner before somebody has claimed it",
     [](Told& told) { ChangeOwner(told, "offer", 0, [](auto& own) { own.set_owner("desk1"); }); }},
    {"PassedOnToNobody", "was passed on to nobody",
     [](Told& told) { ChangeOwner(told, "offer", 0, [](auto& own) { own.clear_offered_to(); }); }},
    {"PassedOnByAnythingElse", "changes owner or desk by show_report",
     [](Told& told) { told.Find("offer").header.set_kind("show_report"); }},
    {"OwnerAfterSettling", "changes owner or desk after it was settled",
     [](Told& told) { told.Repeat("claim", "settle"); }},
    {"SettledTwice", "is settled twice", [](Told& told) { told.Repeat("settle", "settle"); }},
    {"SettledByWhoDoesNotOwn", "is settled by who does not own it",
     [](Told& told) { told.Find("settle").header.set_principal("far"); }},
    {"SettledWithoutOutcome", "is settled without an outcome",
     [](Told& told) {
       told.Change<Intake>("settle", 0,
                           [](Intake& event) { event.mutable_report_settled()->clear_outcome(); });
     }},
    {"RedSettledWithoutAFirstStep", "is red and settled without a first step",
     [](Told& told) {
       auto& early = told.Repeat("settle", "red noted");
       (void)early;
       told.Change<Intake>("settle again", 0, [](Intake& event) {
         event.mutable_report_settled()->set_report("rpt_red");
       });
     }},
    {"RedSettledWithoutAStart", "is red and settled without a start of its meeting",
     [](Told& told) {
       told.Repeat("settle", "red");
       told.Change<Intake>("settle again", 0, [](Intake& event) {
         event.mutable_report_settled()->set_report("rpt_red");
       });
     }},
    {"ProvisionalSettled", "is settled while provisionally red",
     [](Told& told) {
       told.Repeat("settle", "later");
       told.Change<Intake>("settle again", 0, [](Intake& event) {
         event.mutable_report_settled()->set_report("rpt_later");
       });
     }},
};
INSTANTIATE_TEST_SUITE_P(Owners, WatchNotices, testing::ValuesIn(kOwners), NameOf);

}  // namespace
}  // namespace samenspel::simulation::model
