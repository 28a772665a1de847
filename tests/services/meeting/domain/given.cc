// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/meeting/domain/given.h"

#include "common/base/ids.h"

namespace samenspel::meeting {

Instant Minute(int minute) {
  using namespace std::chrono;
  return sys_days(year(2026) / 11 / 23) + minutes(minute);
}

Interval Minutes(int from, int until) { return {Minute(from), Minute(until)}; }

TableRules Table(const std::vector<std::string>& functions) {
  TableRules rules;
  rules.version = "test.1";
  rules.hash = std::string(32, 't');
  rules.timebox = minutes(30);
  rules.notice = minutes(10);
  rules.start_step = minutes(5);
  rules.horizon = std::chrono::days(1);
  for (const std::string& function : functions) {
    rules.seats.emplace_back();
    rules.seats.back().function = function;
  }
  return rules;
}

void AddConditional(TableRules& rules, const std::string& function,
                    const std::vector<std::string>& any_yes) {
  SeatRule& seat = rules.seats.emplace_back();
  seat.function = function;
  seat.conditional = true;
  seat.any_yes = any_yes;
  seat.reason_nl = "Om " + function;
  seat.reason_en = "For " + function;
}

void OnDuty(Roster& roster, const std::string& name, const std::vector<std::string>& functions,
            const std::vector<Interval>& shifts) {
  v1::Professional professional;
  professional.set_id("pro_" + name);
  professional.set_name(name);
  professional.set_employer(kDesk);
  professional.set_organisation(kDesk);
  for (const std::string& function : functions) professional.add_functions(function);
  roster.SetPerson(professional);
  roster.SetShifts("pro_" + name, shifts);
}

Plan PlanFor(const TableRules& rules, const Roster& roster, Instant now,
             const std::vector<std::string>& yes) {
  const auto graded = Graded(intake::v1::COLOUR_RED, yes);
  return PlanTable(rules, SeatsFor(rules, graded.answers()), roster, now, now + rules.red_term);
}

std::string Said(const Plan& plan) {
  if (const auto* none = std::get_if<Unplannable>(&plan)) return "nobody for " + none->function;
  const auto& planned = std::get<Planned>(plan);
  std::string said =
      std::to_string(std::chrono::duration_cast<minutes>(planned.when.from - Minute(0)).count());
  for (size_t i = 0; i < planned.persons.size(); ++i) {
    const Person* person = planned.persons[i];
    said += (i == 0 ? ": " : ", ") + (person == nullptr ? "-" : person->name);
  }
  for (const EmptySeat& empty : planned.empty) {
    if (empty.cause == v1::MISSING_CAUSE_NOBODY_HOLDS) said += "; nobody holds it";
    if (empty.cause == v1::MISSING_CAUSE_NOBODY_ON_DUTY) said += "; nobody on duty";
    if (empty.cause == v1::MISSING_CAUSE_ALL_BOOKED) said += "; all booked";
  }
  return said;
}

Stamp By(const std::string& actor, const std::string& organisation, Instant at) {
  return {at, actor, organisation, {"desk_worker"}, "child_safety", std::string(16, 'r'), 0};
}

std::vector<std::string> Why(const Decision& decision) {
  std::vector<std::string> lines;
  if (const auto* refusal = std::get_if<Refusal>(&decision)) {
    for (const auto& reason : refusal->reasons) {
      lines.push_back(reason.code() + " " + reason.field());
    }
  }
  return lines;
}

intake::v1::ReportGraded Graded(intake::v1::Colour colour, const std::vector<std::string>& yes,
                                const std::vector<std::string>& no) {
  intake::v1::ReportGraded graded;
  graded.set_report(kReport);
  graded.set_case_number(base::CaseNumber(2026, 1));
  graded.set_household(kHousehold);
  graded.set_sender(kSender);
  graded.set_organisation(kDesk);
  graded.mutable_grade()->set_colour(colour);
  const auto add = [&](const std::string& indicator, intake::v1::AnswerValue value) {
    graded.add_answers()->set_indicator(indicator);
    graded.mutable_answers()->rbegin()->set_value(value);
  };
  for (const std::string& indicator : yes) add(indicator, intake::v1::ANSWER_VALUE_YES);
  for (const std::string& indicator : no) add(indicator, intake::v1::ANSWER_VALUE_NO);
  return graded;
}

state::Mdo StateOf(const Happened& happened) {
  state::Mdo state;
  const auto take = [&](const auto& event) {
    *state.mutable_mdo() = event.mdo();
    state.set_sender(event.sender());
    state.set_organisation(event.organisation());
    *state.mutable_answers() = event.answers();
  };
  state.set_version(happened.version);
  if (happened.event.has_mdo_planned()) take(happened.event.mdo_planned());
  if (happened.event.has_mdo_unplannable()) take(happened.event.mdo_unplannable());
  return state;
}

common::v1::InvolvementSet Opened(const std::string& id, common::v1::InvolvementKind kind,
                                  const std::string& who, Instant from, Instant until) {
  common::v1::InvolvementSet set;
  set.set_household(kHousehold);
  set.set_case_number(base::CaseNumber(2026, 1));
  common::v1::Involvement& involvement = *set.mutable_involvement();
  involvement.set_id(id);
  involvement.set_kind(kind);
  if (who.starts_with("org_")) {
    involvement.set_organisation(who);
    involvement.set_role("desk_worker");
  } else {
    involvement.set_person(who);
  }
  involvement.set_from_ms(base::ToMs(from));
  involvement.set_until_ms(base::ToMs(until));
  return set;
}

}  // namespace samenspel::meeting
