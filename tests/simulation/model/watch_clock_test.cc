// SPDX-License-Identifier: EUPL-1.2
// As watch_test.cc: the clocks of services (decision 8).
#include <gmock/gmock.h>

#include "tests/simulation/model/told.h"

namespace samenspel::simulation::model {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using Meeting = meeting::v1::Event;
using Escalation = escalation::v1::Event;

constexpr int64_t kHour = 60 * kMinute;

int64_t At(int64_t minutes) { return kStart + minutes * kMinute; }

template <class Event>
Event Clock(int64_t at_ms, int64_t off_ms, bool accepted) {
  Event event;
  auto& seen = *event.mutable_clock_seen();
  seen.set_at_ms(at_ms);
  seen.set_off_ms(off_ms);
  seen.set_accepted(accepted);
  return event;
}

void Try(Told& told, const std::string& name, const std::string& who, int64_t minutes,
         common::v1::Status status, const std::string& code) {
  told.Entry(name, kMeeting, At(minutes), "accept_clock")
      .By(who, "org_a", "")
      .Outcome(status)
      .In(At(minutes), -kHour);
  told.Find(name).header.clear_request_id();
  told.Find(name).header.add_reasons()->set_code(code);
}

// The machine of meeting loses an hour at minute 10; an operator accepts that at 30, which is
// wrong, and accepts the right time at 40.
Told ClockMorning() {
  Told told;
  Meeting registry;
  for (const char* role : {"operator", "desk_worker"}) {
    auto& one = *registry.mutable_registry_changed()->add_added();
    one.set_principal(role);
    one.set_organisation("org_a");
    one.add_roles(role);
  }
  told.Entry("registry", kMeeting, At(0), "registry").Says("!registry", registry);
  told.Entry("disbelieved", kMeeting, At(10), "clock")
      .In(At(10), -kHour)
      .Says("!clock", Clock<Meeting>(At(10), -kHour, false));
  Try(told, "denied", "desk_worker", 20, common::v1::STATUS_DENIED, "not_permitted");
  Try(told, "moved", "operator", 22, common::v1::STATUS_REFUSED, "clock_moved");
  told.Entry("accepted", kMeeting, At(30), "accept_clock")
      .By("operator", "org_a", "")
      .In(At(30), -kHour)
      .Says("!clock", Clock<Meeting>(At(30), -kHour, true));
  Try(told, "too late", "operator", 30, common::v1::STATUS_REFUSED, "clock_believed");
  told.Entry("after", kMeeting, At(-29), "turned_away").In(At(31), -kHour);
  told.Entry("disbelieved again", kMeeting, At(-25), "clock")
      .In(At(35))
      .Says("!clock", Clock<Meeting>(At(-25), kHour, false));
  told.Entry("accepted again", kMeeting, At(-20), "accept_clock")
      .By("operator", "org_a", "")
      .In(At(40))
      .Says("!clock", Clock<Meeting>(At(-20), kHour, true));
  told.Entry("at last", kMeeting, At(41), "turned_away");
  return told;
}

class WatchOfClocks : public testing::TestWithParam<Wrong> {};

TEST_P(WatchOfClocks, NoticesWhatIsWrong) {
  Told told = ClockMorning();
  GetParam().change(told);
  EXPECT_THAT(told.Hear(), Contains(HasSubstr(GetParam().says)));
}

TEST(WatchOfAClock, SaysNothingOfAGoodMorning) { EXPECT_THAT(ClockMorning().Hear(), IsEmpty()); }

void ChangeClock(Told& told, const std::string& entry,
                 const std::function<void(common::v1::ClockSeen&)>& change) {
  told.Change<Meeting>(entry, 0, [&](Meeting& event) { change(*event.mutable_clock_seen()); });
}

const Wrong kClocks[] = {
    {"StampThatGoesBack", "before what came before it",
     [](Told& told) { told.Find("denied").at_ms = At(9); }},
    {"StampBeforeWhatWasAccepted", "before what came before it",
     [](Told& told) { told.Find("after").at_ms = At(-31); }},
    {"TimeThatDidNotGoBack", "off the time that goes on",
     [](Told& told) { told.Find("after").at_ms = At(31); }},
    {"TimeThatLeaps", "off the time that goes on",
     [](Told& told) { told.Find("denied").at_ms = At(25); }},
    {"TimeThatStandsStill", "off the time that goes on",
     [](Told& told) { told.Find("denied").at_ms = At(10); }},
    {"WrongClockThatIsBelieved", "has not said that its clock is off",
     [](Told& told) { told.Drop("disbelieved"); }},
    {"RightClockThatIsNotBelieved", "has not said that its clock is right again",
     [](Told& told) {
       told.Find("denied").clock_off_ms = 0;
       told.Find("moved").clock_off_ms = 0;
       told.Find("too late").clock_off_ms = 0;
       told.Drop("accepted");
     }},
    {"SaidTwice", "says twice what it thinks of the clock",
     [](Told& told) { told.Repeat("disbelieved", "disbelieved"); }},
    {"SaidOfARightClock", "does not believe a clock that is right",
     [](Told& told) {
       ChangeClock(told, "disbelieved", [](auto& seen) { seen.set_off_ms(59'000); });
     }},
    {"SaidOfAnotherClock", "says that the clock is off by",
     [](Told& told) {
       ChangeClock(told, "disbelieved", [](auto& seen) { seen.set_off_ms(kHour); });
     }},
    {"SaidBySomebodyElse", "says of the clock what is not its own",
     [](Told& told) { told.Find("disbelieved").header.set_principal("operator"); }},
    {"AcceptedByADesk", "accepted a clock and is no operator",
     [](Told& told) { told.Find("accepted").header.set_principal("desk_worker"); }},
    {"AcceptedByTheWay", "accepts a clock by the way",
     [](Told& told) { told.Find("accepted").header.set_kind("set_shifts"); }},
    {"AcceptedAnotherClock", "accepts another clock than the machine shows",
     [](Told& told) {
       ChangeClock(told, "accepted", [](auto& seen) { seen.set_off_ms(-2 * kHour); });
     }},
    {"AcceptedWhatIsBelieved", "accepts a clock that is believed",
     [](Told& told) { told.Drop("disbelieved again"); }},
    {"AcceptedWithoutAWord", "accepts a clock and does not say so",
     [](Told& told) { told.Find("accepted").header.clear_events(); }},
    {"OperatorWhoMayNot", "is an operator and may not accept",
     [](Told& told) { told.Find("moved").header.set_outcome(common::v1::STATUS_DENIED); }},
    {"StrangerWhoIsToldMore", "may not accept, and is told more",
     [](Told& told) { told.Find("denied").header.set_outcome(common::v1::STATUS_REFUSED); }},
    {"WrongAnswer", "answers clock_believed, which is not so",
     [](Told& told) { told.Find("moved").header.mutable_reasons(0)->set_code("clock_believed"); }},
    {"NeverSettled", "meeting does not believe its clock at the end",
     [](Told& told) {
       told.Drop("accepted again");
       told.Find("at last").true_ms = At(41);
       told.Find("at last").at_ms = At(-19);
     }},
    {"WrongAtTheEnd", "ms off the right time at the end",
     [](Told& told) {
       for (const char* name : {"disbelieved again", "accepted again", "at last"}) told.Drop(name);
     }},
};
std::string NameOf(const testing::TestParamInfo<Wrong>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Clocks, WatchOfClocks, testing::ValuesIn(kClocks), NameOf);

// --- the alarm about escalation's own clock ---

Escalation WatchSet() {
  Escalation event;
  event.mutable_watch_set()->set_watch("wch clock");
  auto& alarm = *event.mutable_watch_set()->mutable_alarm();
  alarm.set_kind("clock_wrong");
  alarm.set_subject("svc_escalation");
  alarm.set_due_at_ms(At(60));
  return event;
}

Escalation Raised() {
  Escalation event;
  event.mutable_alarm_raised()->set_watch("wch clock");
  auto& alarm = *event.mutable_alarm_raised()->mutable_alarm();
  alarm = WatchSet().watch_set().alarm();
  alarm.set_alarm("alm clock");
  alarm.set_times(1);
  alarm.set_step(1);
  alarm.set_raised_at_ms(At(60));
  return event;
}

Escalation Ended() {
  Escalation event;
  event.mutable_alarm_ended()->set_alarm("alm clock");
  event.mutable_alarm_ended()->set_ended_by("clock_right");
  event.mutable_alarm_ended()->set_at_ms(At(70));
  return event;
}

void Quiet(Told& told, int64_t minutes, int64_t off_ms) {
  for (int i = 0; i < 4; ++i) {
    told.Entry("quiet " + std::to_string(minutes + i), kEscalation, At(minutes + i), "turned_away")
        .In(At(minutes + i), off_ms);
  }
}

// A morning after which escalation's machine gains an hour for ten minutes.
Told AlarmMorning() {
  Told told = GoodMorning();
  told.Entry("off", kEscalation, At(60), "clock")
      .In(At(60), kHour)
      .Says("!clock", Clock<Escalation>(At(60), kHour, false));
  told.Entry("watched", kEscalation, At(60), "clock_heard")
      .In(At(60), kHour)
      .Says("wch clock", WatchSet());
  told.Entry("rings for it", kEscalation, At(60), "deadline_passed")
      .In(At(60), kHour)
      .Says("alm clock", Raised());
  Quiet(told, 62, kHour);
  told.Entry("right", kEscalation, At(70), "clock")
      .Says("!clock", Clock<Escalation>(At(70), 0, false));
  told.Entry("silent", kEscalation, At(70), "clock_heard").Says("alm clock", Ended());
  Quiet(told, 72, 0);
  return told;
}

class WatchOfTheClockAlarm : public testing::TestWithParam<Wrong> {};

TEST_P(WatchOfTheClockAlarm, NoticesWhatIsWrong) {
  Told told = AlarmMorning();
  GetParam().change(told);
  EXPECT_THAT(told.Hear(), Contains(HasSubstr(GetParam().says)));
}

TEST(WatchOfAnAlarm, SaysNothingOfAGoodOne) { EXPECT_THAT(AlarmMorning().Hear(), IsEmpty()); }

const Wrong kAlarms[] = {
    {"NotToldOf", "is not told of to operators",
     [](Told& told) {
       for (const char* name : {"watched", "rings for it", "silent"}) told.Drop(name);
     }},
    {"RingsOn", "rings on though the clock is settled", [](Told& told) { told.Drop("silent"); }},
    {"RingsAtTheEnd", "rings at the end though the clock is right",
     [](Told& told) { told.Drop("silent"); }},
    {"EndsTooSoon", "falls silent by clock_right, which is not so",
     [](Told& told) { told.Drop("right"); }},
    {"WatchedForNothing", "is watched though the clock is believed",
     [](Told& told) { told.Drop("off"); }},
};
INSTANTIATE_TEST_SUITE_P(Alarm, WatchOfTheClockAlarm, testing::ValuesIn(kAlarms), NameOf);

}  // namespace
}  // namespace samenspel::simulation::model
