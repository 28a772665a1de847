// SPDX-License-Identifier: EUPL-1.2
// As watch_test.cc: meetings, rights, copies, alarms and the log.
#include <gmock/gmock.h>

#include "tests/simulation/model/told.h"

namespace samenspel::simulation::model {
namespace {

using testing::Contains;
using testing::HasSubstr;
using Intake = intake::v1::Event;
using Meeting = meeting::v1::Event;
using Escalation = escalation::v1::Event;
using Audit = audit::v1::Event;

class WatchSees : public testing::TestWithParam<Wrong> {};

TEST_P(WatchSees, WhatIsWrong) {
  Told told = GoodMorning();
  GetParam().change(told);
  EXPECT_THAT(told.Hear(), Contains(HasSubstr(GetParam().says)));
}

std::string NameOf(const testing::TestParamInfo<Wrong>& info) { return info.param.name; }

// The event of a meeting stands behind the three rights that the report gave.
constexpr int kMdo = 3;

void ChangeMdo(Told& told, const std::function<void(meeting::v1::Mdo&)>& change,
               const std::string& entry = "red met", int event = kMdo) {
  told.Change<Meeting>(entry, event,
                       [&](Meeting& one) { change(*one.mutable_mdo_planned()->mutable_mdo()); });
}

// --- meetings (invariants 2 and 3) ---

const Wrong kTables[] = {
    {"RedWithoutAMeeting", "and has no meeting",
     [](Told& told) { told.Find("red met").header.mutable_events()->DeleteSubrange(kMdo, 1); }},
    {"RedThatIsPassedOver", "which meeting has heard of, and has no meeting",
     [](Told& told) { told.Drop("red met"); }},
    {"SecondMeeting", "is a second meeting of a report",
     [](Told& told) {
       ChangeMdo(
           told, [](auto& mdo) { mdo.set_report("rpt_red"); }, "confirm met", 0);
     }},
    {"MeetingOfAmber", "is convened by a grade that is not red",
     [](Told& told) {
       told.Find("amber met")
           .header.mutable_events()
           ->Add()
           ->CopyFrom(told.Find("red met").header.events(kMdo));
       told.Change<Meeting>("amber met", kMdo, [](Meeting& event) {
         event.mutable_mdo_planned()->mutable_mdo()->set_report("rpt_amber");
         event.mutable_mdo_planned()->mutable_mdo()->set_mdo("mdo_amber");
       });
     }},
    {"MeetingOfProvisional", "is convened by a grade that is not red, or provisional",
     [](Told& told) {
       *told.Find("later met").header.add_events() = told.Find("confirm met").header.events(0);
     }},
    {"MeetingOfTwoReports", "is a meeting of two reports",
     [](Told& told) {
       ChangeMdo(
           told, [](auto& mdo) { mdo.set_mdo("mdo_red"); }, "confirm met", 0);
     }},
    {"MeetingConvenedAnew", "is convened anew",
     [](Told& told) { told.Repeat("red met", "red table seen"); }},
    {"SeatThatNobodyAskedFor", "is there and not asked for",
     [](Told& told) {
       told.Change<Intake>("red", 0, [](Intake& event) {
         event.mutable_report_submitted()->mutable_answers(0)->set_value(
             intake::v1::ANSWER_VALUE_UNKNOWN);
       });
     }},
    {"WrongNotes", "has other notes than the table file says",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.set_notes("worker"); }); }},
    {"MeetingOfAnotherCase", "is convened for another case",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.set_household("hh_other"); }); }},
    {"MeetingOfNoReport", "is about no report",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.set_report("rpt_none"); }); }},
    {"MeetingThatMoves", "is planned though it has a start",
     [](Told& told) {
       auto& again = told.Repeat("red met", "red table seen");
       again.cause.clear();
       again.header.mutable_events()->DeleteSubrange(0, kMdo);
     }},
    {"MeetingConvenedAtAnotherTime", "is convened at another time",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.set_convened_at_ms(1); }); }},
    {"PlannedWithoutAStart", "is planned without a start",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.set_starts_at_ms(0); }); }},
    {"UnplannableForNoReason", "names no seat that keeps it from one",
     [](Told& told) {
       told.Change<Meeting>("red met", kMdo, [](Meeting& event) {
         const meeting::v1::Mdo mdo = event.mdo_planned().mdo();
         *event.mutable_mdo_unplannable()->mutable_mdo() = mdo;
         event.mutable_mdo_unplannable()->mutable_mdo()->set_starts_at_ms(0);
       });
     }},
    {"OffTheGrid", "is off the grid",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) { mdo.set_starts_at_ms(mdo.starts_at_ms() + kMinute); });
     }},
    {"TooSoon", "starts too soon",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.set_starts_at_ms(kStart); }); }},
    {"TooLong", "lasts too long",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) { mdo.set_ends_at_ms(mdo.ends_at_ms() + kMinute); });
     }},
    {"BeyondTheHorizon", "starts after the horizon",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) { mdo.set_starts_at_ms(kStart + 50'000 * kMinute); });
     }},
    {"EmptySeat", "has nobody as worker",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.mutable_seats()->RemoveLast(); }); }},
    {"PersonInTwoSeats", "has a seat or a person twice",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) { mdo.mutable_seats(1)->set_professional("expert"); });
     }},
    {"PersonOfAnotherFunction", "sits there as worker and is not",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) { mdo.mutable_seats(1)->set_professional("manager"); });
     }},
    {"PersonOffDuty", "worker sits there off duty",
     [](Told& told) {
       told.Change<Meeting>("person worker", 1, [](Meeting& event) {
         event.mutable_shifts_set()->mutable_shifts(0)->set_until_ms(kStart + 20 * kMinute);
       });
     }},
    {"DoubleBooking", "is booked twice, also by mdo_red",
     [](Told& told) {
       ChangeMdo(
           told,
           [](auto& mdo) {
             mdo.set_starts_at_ms(kStart + 100 * kMinute);
             mdo.set_ends_at_ms(kStart + 190 * kMinute);
           },
           "confirm met", 0);
     }},
    {"WrongChair", "is chaired by somebody else",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.set_chair("expert"); }); }},
    {"TableThatIsNotInForce", "was not planned with the table in force",
     [](Told& told) { told.Find("red met").header.clear_rule_hashes(); }},
    {"SeatThatIsNotMissed", "is asked for and neither there nor missed",
     [](Told& told) { ChangeMdo(told, [](auto& mdo) { mdo.clear_missing(); }); }},
    {"SeatMissedForAWrongReason", "is missed for a wrong reason",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) {
         mdo.mutable_missing(0)->set_cause(meeting::v1::MISSING_CAUSE_ALL_BOOKED);
       });
     }},
    {"MissingSeatThatDoesNotRing", "may not be missed so",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) { mdo.mutable_missing(0)->set_rings(false); });
     }},
    {"SeatTheTableDoesNotKnow", "has a seat that the table does not know",
     [](Told& told) {
       ChangeMdo(told, [](auto& mdo) { mdo.add_missing()->set_function("juggler"); });
     }},
    {"SeatTakenByAnother", "a seat is taken by somebody else than its person",
     [](Told& told) { told.Find("accept").header.set_principal("worker"); }},
    {"SeatTakenTwice", "a seat is taken twice",
     [](Told& told) { told.Repeat("accept", "accept"); }},
    {"SeatOfNoMeeting", "a seat of no meeting is taken",
     [](Told& told) {
       told.Change<Meeting>(
           "accept", 0, [](Meeting& event) { event.mutable_seat_taken()->set_mdo("mdo_none"); });
     }},
    {"SeatTakenAfterTheEnd", "a seat is taken after it ended",
     [](Told& told) {
       auto& late = told.Find("accept");
       late.at_ms = kStart + 200 * kMinute;
     }},
    {"MeetingThatIntakeDidNotNote", "intake has not noted its meeting",
     [](Told& told) { told.Drop("red noted"); }},
};
INSTANTIATE_TEST_SUITE_P(Tables, WatchSees, testing::ValuesIn(kTables), NameOf);

// --- need to know (invariants 10 and 12) ---

void ChangeMark(Told& told, const std::string& entry,
                const std::function<void(intake::v1::ReportAccessed&)>& change) {
  told.Change<Intake>(entry, 0, [&](Intake& one) { change(*one.mutable_report_accessed()); });
}

void ChangeGlass(Told& told, const std::function<void(intake::v1::GlassBroken&)>& change) {
  told.Change<Intake>("glass", 0, [&](Intake& one) { change(*one.mutable_glass_broken()); });
}

const Wrong kRights[] = {
    {"StrangerWhoReads", "has no part in hh_red and was answered to show_report",
     [](Told& told) { told.Drop("glass"); }},
    {"ReaderWhoseTimeIsOver", "has no part in hh_red and was answered to show_report",
     [](Told& told) {
       told.Repeat("glass look", "review");
       told.Find("glass look again").header.set_request_id("another id......");
     }},
    {"RefusalThatTellsOfACase", "has no part in hh_red and was answered to show_report",
     [](Told& told) { told.Find("stranger").header.set_outcome(common::v1::STATUS_REFUSED); }},
    {"ReaderOfAnotherOrganisation", "has no part in hh_red and was answered to show_report",
     [](Told& told) { told.Find("look").header.set_organisation("org_b"); }},
    {"ChangeByBreakGlassAlone", "did hand_over by break-glass alone",
     [](Told& told) { told.Find("glass look").header.set_kind("hand_over"); }},
    {"MarkOfAnotherReader", "the mark of a reading is not its reader's",
     [](Told& told) { ChangeMark(told, "look", [](auto& mark) { mark.set_reader("desk1"); }); }},
    {"ShownByAnythingElse", "was shown a case by list_reports",
     [](Told& told) { told.Find("look").header.set_kind("list_reports"); }},
    {"SecretOutsideItsCircle", "read a secret outside its circle",
     [](Told& told) {
       ChangeMark(told, "glass look", [](auto& mark) { mark.add_shown("secret"); });
     }},
    {"SecretByBreakGlass", "read a secret by break-glass",
     [](Told& told) {
       ChangeMark(told, "glass look", [](auto& mark) { mark.add_shown("secret"); });
     }},
    {"RightOutOfNothing", "a right out of nothing",
     [](Told& told) {
       told.Change<Intake>("accept heard", 0, [](Intake& event) {
         event.mutable_involvement_set()->mutable_involvement()->set_person("far");
       });
     }},
    {"RightOfNobody", "a right of nobody",
     [](Told& told) {
       told.Change<Intake>("accept heard", 0, [](Intake& event) {
         event.mutable_involvement_set()->mutable_involvement()->clear_person();
       });
     }},
    {"GlassOpenTooLong", "is not open or reviewed as terms.toml says",
     [](Told& told) {
       ChangeGlass(told, [](auto& glass) { glass.set_until_ms(glass.until_ms() + kMinute); });
     }},
    {"GlassOfAnother", "was broken by somebody else",
     [](Told& told) { ChangeGlass(told, [](auto& glass) { glass.set_reader("desk2"); }); }},
    {"GlassThatOpensNothing", "opens nothing",
     [](Told& told) { told.Find("glass").header.mutable_events()->RemoveLast(); }},
    {"GlassBrokenByWhoIsInvolved", "was broken by who is involved anyhow",
     [](Told& told) {
       told.Find("glass").header.set_principal("desk1");
       told.Find("glass").header.set_organisation("org_a");
     }},
    {"GlassBrokenTwice", "was broken before", [](Told& told) { told.Repeat("glass", "glass"); }},
    {"ReviewOfNothing", "was reviewed, never broken", [](Told& told) { told.Drop("glass"); }},
    {"ReviewedTwice", "was reviewed twice", [](Told& told) { told.Repeat("review", "review"); }},
    {"ReviewedByWhoMayNot", "was reviewed by who may not",
     [](Told& told) { told.Find("review").header.set_principal("desk2"); }},
    {"NotJustifiedAndOpen", "was not justified and stays open",
     [](Told& told) { told.Find("review").header.mutable_events()->RemoveLast(); }},
    {"RoleThatMayNot", "may not send hold_report",
     [](Told& told) { told.Find("red hold").header.set_principal("auditor"); }},
    {"PurposeThatMayNot", "may not send hold_report for audit",
     [](Told& told) { told.Find("red hold").header.set_purpose("audit"); }},
    {"InternalKindOfAPerson", "deadline_passed came from desk1",
     [](Told& told) {
       told.Find("look").header.set_principal("desk1");
       told.Find("look").header.set_kind("deadline_passed");
     }},
    {"SomebodyWhoIsNotRegistered", "is not registered",
     [](Told& told) { told.Find("red hold").header.set_principal("nobody"); }},
    {"LogReadByAStranger", "and read its log",
     [](Told& told) {
       told.Find("log").header.set_principal("far");
       told.Change<Audit>("log", 0,
                          [](Audit& event) { event.mutable_log_read()->set_reader("far"); });
     }},
    {"MarkOfAnotherInTheLog", "the mark of a look into the log is not its reader's",
     [](Told& told) { told.Find("log").header.set_principal("desk1"); }},
};
INSTANTIATE_TEST_SUITE_P(Rights, WatchSees, testing::ValuesIn(kRights), NameOf);

// --- copies ---

const Wrong kCopies[] = {
    {"RightThatIsNotCopied", "is not so in the copy",
     [](Told& told) { told.Find("accept heard met").header.clear_events(); }},
    {"RightThatACopyInvents", "gives a right that intake did not give",
     [](Told& told) { told.Find("accept heard met").cause.clear(); }},
    {"ReportCopiedOtherwise", "otherwise than intake",
     [](Told& told) {
       told.Change<Escalation>("red seen", 3, [](Escalation& event) {
         event.mutable_report_copied()->set_owner("desk2");
       });
     }},
    {"MeetingCopiedOtherwise", "otherwise than meeting",
     [](Told& told) {
       told.Change<Escalation>("red table seen", 0, [](Escalation& event) {
         event.mutable_report_copied()->set_meeting_starts_at_ms(1);
       });
     }},
    {"ReportThatIsNotCopied", "escalation keeps nothing of rpt_amber",
     [](Told& told) { told.Find("amber seen").header.mutable_events()->DeleteSubrange(3, 1); }},
    {"ReportNotHeardToTheEnd", "at the end: escalation has rpt_amber otherwise than intake",
     [](Told& told) { told.Drop("settle seen"); }},
    {"MeetingNotedOtherwise", "notes another meeting of rpt_red",
     [](Told& told) {
       told.Change<Intake>("red noted", 0, [](Intake& event) {
         event.mutable_meeting_noted()->mutable_meeting()->set_ends_at_ms(1);
       });
     }},
    {"FirstStepThatIsNotCopied", "meeting has not copied the first step",
     [](Told& told) { told.Find("red hold met").header.clear_events(); }},
};
INSTANTIATE_TEST_SUITE_P(Copies, WatchSees, testing::ValuesIn(kCopies), NameOf);

// --- alarms (invariant 11, P.01) ---

void ChangeRaised(Told& told, const std::function<void(escalation::v1::Alarm&)>& change) {
  told.Change<Escalation>(
      "rings", 0, [&](Escalation& one) { change(*one.mutable_alarm_raised()->mutable_alarm()); });
}

// Escalation lives on for some minutes.
void LiveOn(Told& told, int64_t from_minute) {
  for (int64_t minute = from_minute; minute < from_minute + 4; ++minute) {
    told.Entry("lives " + std::to_string(minute), kEscalation, kStart + minute * kMinute,
               "turned_away");
  }
}

const Wrong kAlarms[] = {
    {"RedThatNobodyWatches", "nobody watches no_first_step of rpt_red",
     [](Told& told) { told.Find("red seen").header.mutable_events()->DeleteSubrange(4, 1); }},
    {"WatchByAnotherInstant", "is watched by another instant than the term",
     [](Told& told) {
       told.Change<Escalation>("red seen", 4, [](Escalation& event) {
         event.mutable_watch_set()->mutable_alarm()->set_due_at_ms(kStart + 90 * kMinute);
       });
     }},
    {"WatchForLongerThanItsTerm", "watches no_first_step for 5340000 ms, its term is 600000",
     [](Told& told) {
       told.Change<Escalation>("red seen", 4, [](Escalation& event) {
         event.mutable_watch_set()->mutable_alarm()->set_due_at_ms(kStart + 90 * kMinute + 1000);
       });
     }},
    {"TermsOfAnIntakeThatIsAhead", "escalation has rpt_red otherwise than intake",
     [](Told& told) {  // By two minutes, and its terms are taken as they are.
       auto& red = told.Find("red");
       red.at_ms += 2 * kMinute;
     }},
    {"WatchOfNothing", "is watched though nothing asks for term_near of rpt_red",
     [](Told& told) {
       told.Find("red seen")
           .header.mutable_events()
           ->Add()
           ->CopyFrom(told.Find("red seen").header.events(4));
       told.Change<Escalation>("red seen", 7, [](Escalation& event) {
         event.mutable_watch_set()->set_watch("wch other");
         event.mutable_watch_set()->mutable_alarm()->set_kind("term_near");
       });
     }},
    {"SecondWatchOfOneThing", "is a second watch of one thing",
     [](Told& told) {
       told.Find("red seen")
           .header.mutable_events()
           ->Add()
           ->CopyFrom(told.Find("red seen").header.events(4));
       told.Change<Escalation>("red seen", 7, [](Escalation& event) {
         event.mutable_watch_set()->set_watch("wch other");
       });
     }},
    {"DueAndDoesNotRing", "is due and does not ring: no_first_step of rpt_red",
     [](Told& told) {
       for (const char* name : {"rings", "acknowledged", "passed on"}) told.Drop(name);
     }},
    {"RingsTooSoon", "rings before it is due",
     [](Told& told) { told.Find("rings").at_ms = kStart + 10 * kMinute; }},
    {"RingsForNothing", "rings and nothing was watched",
     [](Told& told) { told.Find("red seen").header.mutable_events()->DeleteSubrange(4, 1); }},
    {"RingsForAnotherThing", "rings for something else than was watched",
     [](Told& told) { ChangeRaised(told, [](auto& alarm) { alarm.set_subject("rpt_x"); }); }},
    {"RingsTwice", "is raised while it rings", [](Told& told) { told.Repeat("rings", "rings"); }},
    {"RingsBesideAnother", "for one cause",
     [](Told& told) {
       told.Repeat("rings", "rings");
       told.Change<Escalation>("rings again", 0, [](Escalation& event) {
         event.mutable_alarm_raised()->mutable_alarm()->set_alarm("alm other");
       });
     }},
    {"RaisedAtAnotherTime", "was raised at another time",
     [](Told& told) { ChangeRaised(told, [](auto& alarm) { alarm.set_raised_at_ms(1); }); }},
    {"DoesNotAskTheManager", "does not ask manager",
     [](Told& told) {
       ChangeRaised(told, [](auto& alarm) { alarm.mutable_asked()->RemoveLast(); });
     }},
    {"AsksAnybody", "whom its steps do not name",
     [](Told& told) {
       ChangeRaised(told, [](auto& alarm) { alarm.mutable_asked(1)->set_person("far"); });
     }},
    {"AsksSomebodyTwice", "asks desk1 twice",
     [](Told& told) {
       ChangeRaised(told, [](auto& alarm) { alarm.mutable_asked(1)->set_person("desk1"); });
     }},
    {"AsksAtAnotherTime", "asks desk1 at another time",
     [](Told& told) {
       ChangeRaised(told, [](auto& alarm) { alarm.mutable_asked(0)->set_since_ms(1); });
     }},
    {"WrongNextStep", "is passed on at another time than its steps say",
     [](Told& told) { ChangeRaised(told, [](auto& alarm) { alarm.set_next_at_ms(0); }); }},
    {"NoStep", "is at no step",
     [](Told& told) { ChangeRaised(told, [](auto& alarm) { alarm.set_step(0); }); }},
    {"AcknowledgedByWhoWasNotAsked", "is acknowledged by who was not asked",
     [](Told& told) { told.Find("acknowledged").header.set_principal("far"); }},
    {"AcknowledgedTwice", "is acknowledged twice by desk1",
     [](Told& told) { told.Repeat("acknowledged", "acknowledged"); }},
    {"AcknowledgedInSilence", "is acknowledged and does not ring",
     [](Told& told) { told.Repeat("acknowledged", "red hold seen"); }},
    {"DoesNotHoldBack", "does not hold back the next in line",
     [](Told& told) {
       told.Change<Escalation>("acknowledged", 0, [](Escalation& event) {
         event.mutable_seen_by_person()->set_next_at_ms(kStart + 16 * kMinute);
       });
     }},
    {"PassedOnTooSoon", "asks the next in line too soon",
     [](Told& told) { told.Find("passed on").at_ms = kStart + 26 * kMinute; }},
    {"PassedOnTooLate", "is not passed on in time",
     [](Told& told) {
       told.Drop("passed on");
       told.Drop("red hold seen");
       LiveOn(told, 55);
     }},
    {"PassedOnInSilence", "is passed on and does not ring",
     [](Told& told) { told.Repeat("passed on", "red hold seen"); }},
    {"PassedOnToNobody", "is passed on to nobody",
     [](Told& told) {
       told.Repeat("passed on", "passed on");
       told.Change<Escalation>("passed on again", 0, [](Escalation& event) {
         event.mutable_alarm_passed_on()->clear_asked();
       });
     }},
    {"GoesBackAStep", "goes back a step",
     [](Told& told) {
       told.Repeat("passed on", "passed on");
       told.Change<Escalation>("passed on again", 0, [](Escalation& event) {
         event.mutable_alarm_passed_on()->set_step(1);
       });
     }},
    {"FallsSilentByItself", "falls silent by first_step_named, which is not so",
     [](Told& told) {
       auto& early = told.Repeat("red hold seen", "acknowledged");
       early.cause.clear();
       early.header.mutable_events()->DeleteSubrange(0, 1);
     }},
    {"EndsInSilence", "ends and does not ring",
     [](Told& told) {
       auto& again = told.Repeat("red hold seen", "red hold seen");
       again.cause.clear();
     }},
    {"RingsOnForNothing", "rings though nothing asks for no_first_step of rpt_red",
     [](Told& told) { told.Find("red hold seen").header.mutable_events()->DeleteSubrange(1, 1); }},
    {"WatchThatEndsTwice", "a watch ended that there is not",
     [](Told& told) {
       auto& again = told.Repeat("settle seen", "settle seen");
       again.cause.clear();
     }},
    {"ReviewThatNobodyWatches", "was broken and nobody watches its review",
     [](Told& told) { told.Find("glass seen").header.mutable_events()->RemoveLast(); }},
    {"ReviewedAndWatchedOn", "was reviewed and is watched on",
     [](Told& told) { told.Find("review seen").header.mutable_events()->RemoveLast(); }},
    {"OpeningThatIsPassedOver", "escalation passed over",
     [](Told& told) { told.Drop("glass seen"); }},
    {"OpeningNotHeardToTheEnd", "escalation has not heard of it at the end",
     [](Told& told) {
       const auto glass = told.Find("glass");
       told.Repeat("glass", "log");
     }},
    {"SilentAtTheEnd", "is red, nobody is named, and no alarm rings",
     [](Told& told) {
       told.Drop("red hold");
       for (const char* name : {"rings", "acknowledged", "passed on"}) told.Drop(name);
     }},
    {"LaggingAtTheEnd", "rings at the end though all are level",
     [](Told& told) {
       Escalation watch;
       watch.mutable_watch_set()->set_watch("wch lag");
       watch.mutable_watch_set()->mutable_alarm()->set_kind("follower_lagging");
       Escalation event;
       event.mutable_alarm_raised()->set_watch("wch lag");
       event.mutable_alarm_raised()->mutable_alarm()->set_alarm("alm lag");
       event.mutable_alarm_raised()->mutable_alarm()->set_kind("follower_lagging");
       told.Entry("lag", kEscalation, kStart + 54 * kMinute, "follow_heard")
           .Says("wch lag", watch)
           .Says("alm lag", event);
     }},
    {"SeatRungAfterTheMeeting", "rings on after its time", [](Told& told) { LiveOn(told, 300); }},
};
INSTANTIATE_TEST_SUITE_P(Alarms, WatchSees, testing::ValuesIn(kAlarms), NameOf);

// --- the log (invariant 7) ---

void ChangeLeaves(Told& told, const std::function<void(audit::v1::LeavesAppended&)>& change) {
  told.change_leaves = [change](audit::v1::LeavesAppended& appended) {
    if (appended.size() > 40) change(appended);
  };
}

const Wrong kLog[] = {
    {"AnotherRoot", "signs another root",
     [](Told& told) {
       ChangeLeaves(told, [](auto& leaves) { leaves.mutable_root()->back() ^= 1; });
     }},
    {"AnotherSize", "signs size",
     [](Told& told) {
       ChangeLeaves(told, [](auto& leaves) { leaves.set_size(leaves.size() + 1); });
     }},
    {"BadSignature", "the signature does not hold",
     [](Told& told) {
       ChangeLeaves(told, [](auto& leaves) { leaves.mutable_signature()->back() ^= 1; });
     }},
    {"RunThatStandsTwice", "is no leaf in order",
     [](Told& told) {
       ChangeLeaves(told, [](auto& leaves) { *leaves.add_runs() = leaves.runs(0); });
     }},
    {"RunOfNothing", "a run of nothing",
     [](Told& told) {
       ChangeLeaves(told, [](auto& leaves) { leaves.mutable_runs(0)->set_service("desk"); });
     }},
    {"RunWithAnotherEnd", "a run ends with another hash",
     [](Told& told) {
       ChangeLeaves(
           told, [](auto& leaves) { leaves.mutable_runs(0)->mutable_last()->set_hash("another"); });
     }},
    {"LeafThatIsLeftOut",
     "the log lacks intake:", [](Told& told) { told.Find("settle").left_out = true; }},
    {"LeavesAmongOtherEvents", "leaves were not appended by audit alone",
     [](Told& told) {
       Audit event;
       event.mutable_leaves_appended()->set_size(1);
       told.Find("log").header.mutable_events(0)->set_kind(1);
       told.Find("log").header.mutable_events(0)->set_payload(event.SerializeAsString());
     }},
};
INSTANTIATE_TEST_SUITE_P(Log, WatchSees, testing::ValuesIn(kLog), NameOf);

}  // namespace
}  // namespace samenspel::simulation::model
