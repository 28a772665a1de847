// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/base/ids.h"
#include "common/tlog/sha256.h"
#include "tests/simulation/model/told.h"

namespace samenspel::simulation::model {
namespace {

using common::v1::InvolvementKind;
using escalation::v1::ReportCopied;

constexpr int64_t kSecond = 1000;
constexpr int64_t kHour = 60 * kMinute;

constexpr const char* kMeter = R"(
[[indicator]]
id = "fresh_injury"
domain = "injury"
direct = true
[[indicator]]
id = "worry"
domain = "injury"
[[rule]]
colour = "red"
any_yes = ["fresh_injury"]
[[rule]]
colour = "amber"
any_yes = ["worry"]
[unknown]
colour = "amber"
[clear]
colour = "green"
)";

constexpr const char* kTerms = R"(
[red]
first_step_minutes = 10
meeting_planned_minutes = 5
table_minutes = 120
confirm_minutes = 30
[amber]
settle_hours = 24
warn_hours_before = 4
[green]
settle_working_days = 5
warn_hours_before = 24
[break_glass]
minutes = 60
review_hours = 72
)";

constexpr const char* kTable = R"(
timebox_minutes = 90
notice_minutes = 10
start_step_minutes = 5
horizon_days = 30
red_term_minutes = 120
[chair]
function = "worker"
[notes]
function = "expert"
[[seat]]
function = "expert"
[[seat]]
function = "worker"
[[seat]]
function = "jurist"
conditional = true
ring_when_missing = true
any_yes = ["fresh_injury"]
)";

constexpr const char* kAlarms = R"(
acknowledged_minutes = 15
again_minutes = 30
[[alarm]]
kind = "no_first_step"
[[alarm.step]]
ask = ["owner", "duty_manager"]
after_minutes = 0
[[alarm.step]]
ask = ["deputy"]
after_minutes = 5
[[alarm]]
kind = "seat_empty"
[[alarm.step]]
ask = ["duty_manager"]
after_minutes = 0
[[alarm]]
kind = "provisional_red"
[[alarm.step]]
ask = ["owner"]
after_minutes = 0
)";

std::string CaseOf(const std::string& id) {
  const uint32_t number = id == "red" ? 1 : id == "later" ? 2 : 3;
  return base::CaseNumber(2026, number);
}

// Tells the morning; `at` counts from kStart.
class Morning {
 public:
  Told Tell() {
    SetUp();
    Red();
    Ring();
    Hold("red", "desk1", 30 * kMinute);
    Seat();
    Glass();
    Provisional();
    Amber();
    told_.Entry("log", kAudit, At(54 * kMinute), "show_entries")
        .By("auditor", "org_region", "audit");
    audit::v1::Event read;
    auto& mark = *read.mutable_log_read();
    mark.set_reader("auditor");
    mark.set_purpose("audit");
    mark.set_what("rpt_red");
    mark.set_at_ms(At(54 * kMinute));
    told_.Says("!read", read);
    return std::move(told_);
  }

 private:
  static int64_t At(int64_t offset) { return kStart + offset; }

  void Register(size_t service) {
    common::v1::RegistryChanged registry;
    const auto add = [&](const char* who, const char* organisation, const char* role) {
      auto& one = *registry.add_added();
      one.set_principal(who);
      one.set_organisation(organisation);
      one.add_roles(role);
    };
    add("desk1", "org_a", "desk_worker");
    add("desk2", "org_a", "desk_worker");
    add("far", "org_b", "desk_worker");
    add("manager", "org_a", "duty_manager");
    add("expert", "org_a", "table_member");
    add("region", "org_region", "region_manager");
    add("privacy", "org_a", "privacy_officer");
    add("auditor", "org_region", "auditor");
    told_.Entry(std::string("registry of ") + kNames[service], service, At(0), "registry");
    const auto say = [&](auto event) {
      *event.mutable_registry_changed() = registry;
      told_.Says("!registry", event);
    };
    if (service == kIntake) say(intake::v1::Event());
    if (service == kMeeting) say(meeting::v1::Event());
    if (service == kEscalation) say(escalation::v1::Event());
    if (service == kAudit) say(audit::v1::Event());
  }

  template <class Event, class Adopted>
  void Adopt(const char* name, size_t service, const char* toml, Event& event, Adopted& adopted) {
    adopted.set_toml(toml);
    adopted.set_hash(tlog::Sha256(toml));
    told_.Entry(name, service, At(0), std::string("adopt_") + name).Says(name, event);
  }

  void SetUp() {
    for (size_t service = 0; service < kPlaces; ++service) Register(service);
    intake::v1::Event meter;
    Adopt("crisismeter", kIntake, kMeter, meter, *meter.mutable_crisismeter_adopted());
    intake::v1::Event terms;
    Adopt("terms", kIntake, kTerms, terms, *terms.mutable_terms_adopted());
    meeting::v1::Event table;
    Adopt("table", kMeeting, kTable, table, *table.mutable_table_adopted());
    escalation::v1::Event alarms;
    Adopt("alarms", kEscalation, kAlarms, alarms, *alarms.mutable_alarms_adopted());
    Person("expert", "org_a", "expert", "");
    Person("worker", "org_b", "worker", "");
    Person("manager", "org_a", "duty_manager", "");
    Person("desk1", "org_a", "desk", "desk2");
  }

  // Registered, on duty all day, and copied by escalation.
  void Person(const std::string& id, const char* organisation, const char* function,
              const char* deputy) {
    meeting::v1::Event registered;
    auto& professional = *registered.mutable_professional_registered()->mutable_professional();
    professional.set_id(id);
    professional.set_organisation(organisation);
    professional.add_functions(function);
    professional.set_deputy(deputy);
    meeting::v1::Event shifts;
    shifts.mutable_shifts_set()->set_professional(id);
    auto& shift = *shifts.mutable_shifts_set()->add_shifts();
    shift.set_from_ms(At(-kHour));
    shift.set_until_ms(At(20 * kHour));
    told_.Entry("person " + id, kMeeting, At(0), "register_professional")
        .By("region", "org_region", "region_setup")
        .Says("pro_" + id, registered)
        .Says("pro_" + id, shifts);
    escalation::v1::Event copied;
    copied.mutable_person_copied()->set_id(id);
    *copied.mutable_person_copied()->mutable_professional() = professional;
    *copied.mutable_person_copied()->add_shifts() = shift;
    copied.mutable_person_copied()->set_with_shifts(true);
    told_.Entry("person " + id + " seen", kEscalation, At(0), "followed")
        .From("person " + id)
        .Says("pro_" + id, copied);
  }

  void Right(const std::string& report, InvolvementKind kind, const std::string& person,
             int64_t until = 0) {
    intake::v1::Event event;
    auto& set = *event.mutable_involvement_set();
    set.set_household("hh_" + report);
    auto& right = *set.mutable_involvement();
    right.set_id("inv " + std::to_string(kind) + " " + person);
    right.set_kind(kind);
    right.set_until_ms(until);
    if (kind == common::v1::INVOLVEMENT_KIND_DESK) {
      right.set_organisation(person);
      right.set_role("desk_worker");
    } else {
      right.set_person(person);
      right.set_organisation(person == "far" ? "org_b" : "org_a");
    }
    told_.Says("hh_" + report, event);
  }

  // The next entry of a follower: with the rights that its cause gives.
  void Follow(const std::string& cause, size_t service, int64_t at) {
    const std::string name = cause + (service == kMeeting ? " met" : " seen");
    const common::v1::EntryHeader header = told_.Find(cause).header;
    told_.Entry(name, service, At(at), "followed").From(cause);
    for (const auto& record : header.events()) {
      intake::v1::Event event;
      if (!event.ParseFromString(record.payload()) || !event.has_involvement_set()) continue;
      if (service == kMeeting) {
        meeting::v1::Event copy;
        *copy.mutable_involvement_set() = event.involvement_set();
        told_.Says(record.stream(), copy);
      } else {
        escalation::v1::Event copy;
        *copy.mutable_involvement_set() = event.involvement_set();
        told_.Says(record.stream(), copy);
      }
    }
  }
  void Followed(const std::string& cause, int64_t at) {
    Follow(cause, kMeeting, at);
    Follow(cause, kEscalation, at);
  }

  static intake::v1::Terms TermsOf(bool red, bool provisional, int64_t received, int64_t final) {
    intake::v1::Terms terms;
    if (red) {
      terms.set_first_step_due_ms(received + 10 * kMinute);
      if (provisional) terms.set_confirm_due_ms(received + 30 * kMinute);
      if (!provisional) terms.set_meeting_due_ms(final + 5 * kMinute);
      if (!provisional) terms.set_settle_due_ms(final + 120 * kMinute);
    } else {
      terms.set_settle_due_ms(received + 24 * kHour);
      terms.set_warn_at_ms(received + 20 * kHour);
    }
    return terms;
  }

  intake::v1::ReportGraded Graded(const std::string& id, const std::string& sender,
                                  const std::string& organisation, bool red, bool provisional,
                                  int64_t received, int64_t final) {
    intake::v1::ReportGraded graded;
    graded.set_report("rpt_" + id);
    graded.set_household("hh_" + id);
    graded.set_case_number(CaseOf(id));
    graded.set_sender(sender);
    graded.set_organisation(organisation);
    graded.set_received_at_ms(At(received));
    graded.mutable_grade()->set_colour(red ? intake::v1::COLOUR_RED : intake::v1::COLOUR_AMBER);
    graded.mutable_grade()->set_rules_hash(tlog::Sha256(kMeter));
    graded.set_provisional(provisional);
    *graded.mutable_terms() = TermsOf(red, provisional, At(received), At(final));
    return graded;
  }

  // A report with all that stands beside it, and escalation's first copy.
  void Submit(const std::string& id, const std::string& sender, const std::string& organisation,
              bool red, bool provisional, int64_t at) {
    const intake::v1::ReportGraded graded =
        Graded(id, sender, organisation, red, provisional, at, at);
    intake::v1::Event submitted;
    auto& report = *submitted.mutable_report_submitted();
    report.set_report(graded.report());
    report.set_household(graded.household());
    report.set_case_number(graded.case_number());
    report.set_sender(sender);
    report.set_organisation(organisation);
    report.set_received_at_ms(At(at));
    for (const char* indicator : {"fresh_injury", "worry"}) {
      auto& answer = *report.add_answers();
      answer.set_indicator(indicator);
      const bool yes = red == (std::string(indicator) == "fresh_injury");
      answer.set_value(yes ? intake::v1::ANSWER_VALUE_YES : intake::v1::ANSWER_VALUE_NO);
    }
    intake::v1::Event grade;
    *grade.mutable_report_graded() = graded;
    ReportCopied& copy = copies_[id];
    copy.set_report(graded.report());
    copy.set_colour(graded.grade().colour());
    copy.set_provisional(provisional);
    *copy.mutable_terms() = graded.terms();
    copy.set_owner(sender);
    copy.set_organisation(organisation);
    told_.Entry(id, kIntake, At(at), "submit_report")
        .By(sender, organisation)
        .Rules(kMeter)
        .Says(graded.report(), submitted)
        .Says(graded.report(), grade, red)
        .Seals("family of " + id);
    Own(id, sender, organisation, false, "", sender, at);
    Right(id, common::v1::INVOLVEMENT_KIND_SENDER, sender);
    Right(id, common::v1::INVOLVEMENT_KIND_DESK, organisation);
    Right(id, common::v1::INVOLVEMENT_KIND_OWNER, sender);
  }

  void Own(const std::string& id, const std::string& owner, const std::string& desk, bool open,
           const std::string& offered_to, const std::string& by, int64_t since) {
    intake::v1::Event event;
    auto& changed = *event.mutable_owner_changed();
    changed.set_report("rpt_" + id);
    changed.set_by(by);
    changed.mutable_ownership()->set_owner(owner);
    changed.mutable_ownership()->set_desk(desk);
    changed.mutable_ownership()->set_open(open);
    changed.mutable_ownership()->set_offered_to(offered_to);
    changed.mutable_ownership()->set_since_ms(At(since));
    copies_[id].set_owner(owner);
    copies_[id].set_organisation(desk);
    told_.Says("rpt_" + id, event);
  }

  void Copy(const std::string& id) {
    escalation::v1::Event event;
    *event.mutable_report_copied() = copies_[id];
    told_.Says("rpt_" + id, event);
  }

  escalation::v1::Alarm AlarmOf(const std::string& id, const std::string& kind, int64_t due) {
    escalation::v1::Alarm alarm;
    alarm.set_alarm("alm " + kind + " " + id);
    alarm.set_kind(kind);
    alarm.set_subject("rpt_" + id);
    alarm.set_report("rpt_" + id);
    if (kind == "seat_empty") alarm.set_detail("jurist");
    alarm.set_due_at_ms(At(due));
    return alarm;
  }

  void WatchFor(const std::string& id, const std::string& kind, int64_t due) {
    escalation::v1::Event event;
    event.mutable_watch_set()->set_watch("wch " + kind + " " + id);
    *event.mutable_watch_set()->mutable_alarm() = AlarmOf(id, kind, due);
    event.mutable_watch_set()->set_organisation("org_a");
    told_.Says("wch " + kind + " " + id, event);
  }
  void Unwatch(const std::string& id, const std::string& kind) {
    escalation::v1::Event event;
    event.mutable_watch_ended()->set_watch("wch " + kind + " " + id);
    told_.Says("wch " + kind + " " + id, event);
  }
  void Raise(const std::string& id, const std::string& kind, int64_t due, int64_t at,
             const std::vector<std::string>& asked, int64_t next) {
    escalation::v1::Event event;
    event.mutable_alarm_raised()->set_watch("wch " + kind + " " + id);
    auto& alarm = *event.mutable_alarm_raised()->mutable_alarm();
    alarm = AlarmOf(id, kind, due);
    alarm.set_raised_at_ms(At(at));
    alarm.set_step(1);
    alarm.set_times(1);
    if (next != 0) alarm.set_next_at_ms(At(next));
    for (const std::string& person : asked) {
      alarm.add_asked()->set_person(person);
      alarm.mutable_asked(alarm.asked_size() - 1)->set_since_ms(At(at));
    }
    told_.Says(alarm.alarm(), event);
  }
  void EndAlarm(const std::string& id, const std::string& kind, const std::string& why,
                int64_t at) {
    escalation::v1::Event event;
    event.mutable_alarm_ended()->set_alarm("alm " + kind + " " + id);
    event.mutable_alarm_ended()->set_ended_by(why);
    event.mutable_alarm_ended()->set_at_ms(At(at));
    event.mutable_alarm_ended()->set_report("rpt_" + id);
    told_.Says("alm " + kind + " " + id, event);
  }

  // Meeting hears of a grade that convenes, escalation of the meeting, and intake notes it.
  void Convene(const std::string& id, const std::string& grade, int64_t at, int64_t start) {
    Follow(grade, kMeeting, at);
    meeting::v1::Event planned;
    auto& mdo = *planned.mutable_mdo_planned()->mutable_mdo();
    mdo.set_mdo("mdo_" + id);
    mdo.set_report("rpt_" + id);
    mdo.set_household("hh_" + id);
    mdo.set_case_number(CaseOf(id));
    mdo.set_colour(intake::v1::COLOUR_RED);
    mdo.set_convened_at_ms(At(at));
    mdo.set_starts_at_ms(At(start));
    mdo.set_ends_at_ms(At(start + 90 * kMinute));
    mdo.set_chair("worker");
    mdo.set_notes("expert");
    for (const auto& [person, organisation] : {std::pair("expert", "org_a"), {"worker", "org_b"}}) {
      auto& seat = *mdo.add_seats();
      seat.set_function(person);
      seat.set_professional(person);
      seat.set_organisation(organisation);
    }
    auto& missing = *mdo.add_missing();
    missing.set_function("jurist");
    missing.set_cause(meeting::v1::MISSING_CAUSE_NOBODY_HOLDS);
    missing.set_rings(true);
    told_.Says("mdo_" + id, planned, true).Rules(kTable);
    copies_[id].set_mdo(mdo.mdo());
    copies_[id].set_meeting_starts_at_ms(mdo.starts_at_ms());
    copies_[id].set_meeting_ends_at_ms(mdo.ends_at_ms());
    copies_[id].add_empty_seats("jurist");
    intake::v1::Event noted;
    noted.mutable_meeting_noted()->set_report("rpt_" + id);
    auto& note = *noted.mutable_meeting_noted()->mutable_meeting();
    note.set_mdo(mdo.mdo());
    note.set_starts_at_ms(mdo.starts_at_ms());
    note.set_ends_at_ms(mdo.ends_at_ms());
    told_.Entry(id + " noted", kIntake, At(at), "followed").From(grade + " met");
    told_.Says("rpt_" + id, noted);
  }
  void SeeTable(const std::string& id, const std::string& grade, int64_t at) {
    told_.Entry(id + " table seen", kEscalation, At(at), "followed").From(grade + " met");
    Copy(id);
    Unwatch(id, "meeting_not_planned");
    Unwatch(id, "term_passed");
    WatchFor(id, "seat_empty", at);
    Raise(id, "seat_empty", at, at, {"manager"}, 0);
    told_.Entry(id + " seat rung", kIntake, At(at), "followed").From(id + " table seen");
    Right(id, common::v1::INVOLVEMENT_KIND_ALARM, "manager");
    Followed(id + " seat rung", at);
  }

  void Red() {
    const int64_t at = kMinute + kSecond;
    Submit("red", "desk1", "org_a", true, false, kMinute);
    const ReportCopied graded = copies_["red"];
    Convene("red", "red", at, 15 * kMinute);
    const ReportCopied planned = std::exchange(copies_["red"], graded);
    Follow("red", kEscalation, at);
    Copy("red");
    WatchFor("red", "no_first_step", 11 * kMinute);
    WatchFor("red", "meeting_not_planned", 6 * kMinute);
    WatchFor("red", "term_passed", 121 * kMinute);
    copies_["red"] = planned;
    SeeTable("red", "red", at);
  }

  void Ring() {
    told_.Entry("rings", kEscalation, At(11 * kMinute), "deadline_passed");
    Raise("red", "no_first_step", 11 * kMinute, 11 * kMinute, {"desk1", "manager"}, 16 * kMinute);
    told_.Entry("rings heard", kIntake, At(11 * kMinute), "followed").From("rings");
    Right("red", common::v1::INVOLVEMENT_KIND_ALARM, "desk1");
    Followed("rings heard", 11 * kMinute);
    escalation::v1::Event seen;
    seen.mutable_seen_by_person()->set_alarm("alm no_first_step red");
    seen.mutable_seen_by_person()->set_person("desk1");
    seen.mutable_seen_by_person()->set_at_ms(At(12 * kMinute));
    seen.mutable_seen_by_person()->set_next_at_ms(At(27 * kMinute));
    told_.Entry("acknowledged", kEscalation, At(12 * kMinute), "acknowledge_alarm")
        .By("desk1", "org_a")
        .Says("alm no_first_step red", seen);
    escalation::v1::Event passed;
    passed.mutable_alarm_passed_on()->set_alarm("alm no_first_step red");
    passed.mutable_alarm_passed_on()->set_step(2);
    passed.mutable_alarm_passed_on()->add_asked()->set_person("desk2");
    passed.mutable_alarm_passed_on()->mutable_asked(0)->set_since_ms(At(27 * kMinute));
    told_.Entry("passed on", kEscalation, At(27 * kMinute), "deadline_passed")
        .Says("alm no_first_step red", passed);
    told_.Entry("passed on heard", kIntake, At(27 * kMinute), "followed").From("passed on");
    Right("red", common::v1::INVOLVEMENT_KIND_ALARM, "desk2");
    Followed("passed on heard", 27 * kMinute);
  }

  void Hold(const std::string& id, const std::string& who, int64_t at) {
    intake::v1::Event event;
    auto& named = *event.mutable_first_step_named();
    named.set_report("rpt_" + id);
    named.mutable_first_step()->set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
    named.mutable_first_step()->set_named_by(who);
    named.mutable_first_step()->set_named_at_ms(At(at));
    told_.Entry(id + " hold", kIntake, At(at), "hold_report")
        .By(who, "org_a")
        .Says("rpt_" + id, event);
    Follow(id + " hold", kMeeting, at);
    meeting::v1::Event copy;
    copy.mutable_first_step_copied()->set_report("rpt_" + id);
    *copy.mutable_first_step_copied()->mutable_first_step() = named.first_step();
    told_.Says("rpt_" + id, copy);
    Follow(id + " hold", kEscalation, at);
    copies_[id].set_first_step_named(true);
    Copy(id);
    if (id == "red") {
      EndAlarm(id, "no_first_step", "first_step_named", at);
    } else {
      Unwatch(id, "no_first_step");
    }
  }

  void Seat() {
    meeting::v1::Event taken;
    taken.mutable_seat_taken()->set_mdo("mdo_red");
    taken.mutable_seat_taken()->set_report("rpt_red");
    taken.mutable_seat_taken()->set_household("hh_red");
    taken.mutable_seat_taken()->set_function("expert");
    taken.mutable_seat_taken()->set_professional("expert");
    taken.mutable_seat_taken()->set_at_ms(At(31 * kMinute));
    told_.Entry("accept", kMeeting, At(31 * kMinute), "accept_seat")
        .By("expert", "org_a")
        .Says("mdo_red", taken);
    told_.Entry("accept heard", kIntake, At(31 * kMinute), "followed").From("accept");
    Right("red", common::v1::INVOLVEMENT_KIND_SEAT, "expert");
    Followed("accept heard", 31 * kMinute);
  }

  void Look(const std::string& name, const std::string& who, const std::string& organisation,
            int64_t at) {
    intake::v1::Event event;
    auto& mark = *event.mutable_report_accessed();
    mark.set_report("rpt_red");
    mark.set_household("hh_red");
    mark.set_reader(who);
    mark.set_purpose("child_safety");
    mark.add_shown("private");
    mark.set_at_ms(At(at));
    told_.Entry(name, kIntake, At(at), "show_report").By(who, organisation).Says("hh_red", event);
  }

  void Glass() {
    Look("look", "desk2", "org_a", 32 * kMinute);
    intake::v1::Event broken;
    auto& glass = *broken.mutable_glass_broken();
    glass.set_household("hh_red");
    glass.set_opening("brk_1");
    glass.set_reader("far");
    glass.set_organisation("org_b");
    glass.set_keeper("org_a");
    glass.set_at_ms(At(33 * kMinute));
    glass.set_until_ms(At(93 * kMinute));
    glass.set_review_due_ms(At(33 * kMinute + 72 * kHour));
    told_.Entry("glass", kIntake, At(33 * kMinute), "break_glass")
        .By("far", "org_b")
        .Says("hh_red", broken);
    Right("red", common::v1::INVOLVEMENT_KIND_BREAK_GLASS, "far", At(93 * kMinute));
    Followed("glass", 33 * kMinute);
    escalation::v1::Event watch;
    watch.mutable_watch_set()->set_watch("wch review");
    auto& alarm = *watch.mutable_watch_set()->mutable_alarm();
    alarm.set_kind("break_glass_review");
    alarm.set_subject("brk_1");
    alarm.set_report("rpt_red");
    alarm.set_due_at_ms(glass.review_due_ms());
    told_.Says("wch review", watch);
    Look("glass look", "far", "org_b", 34 * kMinute);
    intake::v1::Event reviewed;
    reviewed.mutable_glass_reviewed()->set_household("hh_red");
    reviewed.mutable_glass_reviewed()->set_opening("brk_1");
    reviewed.mutable_glass_reviewed()->set_reviewer("privacy");
    told_.Entry("review", kIntake, At(35 * kMinute), "review_opening")
        .By("privacy", "org_a", "privacy_review")
        .Says("hh_red", reviewed);
    Right("red", common::v1::INVOLVEMENT_KIND_BREAK_GLASS, "far", At(35 * kMinute));
    Followed("review", 35 * kMinute);
    escalation::v1::Event ended;
    ended.mutable_watch_ended()->set_watch("wch review");
    told_.Says("wch review", ended);
    told_.Entry("stranger", kIntake, At(36 * kMinute), "show_report")
        .By("far", "org_b")
        .Outcome(common::v1::STATUS_DENIED, "rpt_red");
  }

  void Provisional() {
    const int64_t at = 40 * kMinute;
    Submit("later", "desk2", "org_a", true, true, at);
    Followed("later", at);
    Copy("later");
    WatchFor("later", "no_first_step", at + 10 * kMinute);
    WatchFor("later", "provisional_red", at);
    Raise("later", "provisional_red", at, at, {"desk2"}, 0);
    told_.Entry("later rung", kIntake, At(at), "followed").From("later seen");
    Right("later", common::v1::INVOLVEMENT_KIND_ALARM, "desk2");
    Followed("later rung", at);
    const int64_t confirmed = at + 2 * kMinute;
    intake::v1::Event grade;
    *grade.mutable_report_graded() = Graded("later", "desk2", "org_a", true, false, at, confirmed);
    told_.Entry("confirm", kIntake, At(confirmed), "confirm_grade")
        .By("desk1", "org_a")
        .Rules(kMeter)
        .Says("rpt_later", grade, true);
    ReportCopied graded = copies_["later"];
    graded.set_provisional(false);
    *graded.mutable_terms() = grade.report_graded().terms();
    copies_["later"] = graded;
    Convene("later", "confirm", confirmed + kSecond, 105 * kMinute);
    const ReportCopied planned = std::exchange(copies_["later"], graded);
    Follow("confirm", kEscalation, confirmed + kSecond);
    Copy("later");
    EndAlarm("later", "provisional_red", "grade_confirmed", confirmed + kSecond);
    WatchFor("later", "meeting_not_planned", confirmed + 5 * kMinute);
    WatchFor("later", "term_passed", confirmed + 120 * kMinute);
    copies_["later"] = planned;
    SeeTable("later", "confirm", confirmed + kSecond);
    Hold("later", "desk2", 45 * kMinute);
  }

  void Amber() {
    const int64_t at = 50 * kMinute;
    Submit("amber", "far", "org_b", false, false, at);
    Followed("amber", at);
    Copy("amber");
    WatchFor("amber", "term_near", at + 20 * kHour);
    WatchFor("amber", "term_passed", at + 24 * kHour);
    told_.Entry("offer", kIntake, At(51 * kMinute), "hand_over").By("far", "org_b");
    Own("amber", "far", "org_b", false, "desk1", "far", at);
    Right("amber", common::v1::INVOLVEMENT_KIND_OWNER, "desk1");
    Followed("offer", 51 * kMinute);
    told_.Entry("claim", kIntake, At(52 * kMinute), "claim_report").By("desk1", "org_a");
    Own("amber", "desk1", "org_a", false, "", "desk1", 52 * kMinute);
    Right("amber", common::v1::INVOLVEMENT_KIND_OWNER, "far", At(52 * kMinute));
    Followed("claim", 52 * kMinute);
    Copy("amber");
    intake::v1::Event settled;
    settled.mutable_report_settled()->set_report("rpt_amber");
    settled.mutable_report_settled()->set_outcome(intake::v1::OUTCOME_LOCAL_TEAM);
    settled.mutable_report_settled()->set_by("desk1");
    settled.mutable_report_settled()->set_at_ms(At(53 * kMinute));
    told_.Entry("settle", kIntake, At(53 * kMinute), "settle_report")
        .By("desk1", "org_a")
        .Says("rpt_amber", settled);
    Follow("settle", kEscalation, 53 * kMinute);
    copies_["amber"].set_settled(true);
    Copy("amber");
    Unwatch("amber", "term_near");
    Unwatch("amber", "term_passed");
  }

  Told told_;
  std::map<std::string, ReportCopied> copies_;
};

}  // namespace

Told GoodMorning() { return Morning().Tell(); }

}  // namespace samenspel::simulation::model
