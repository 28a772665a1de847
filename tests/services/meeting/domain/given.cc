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

void OnDuty(Roster& roster, const std::string& name, const std::vector<std::string>& functions,
            const std::vector<Interval>& shifts) {
  roster.SetPerson("pro_" + name, name, kDesk, functions);
  roster.SetShifts("pro_" + name, shifts);
}

std::string Said(const Plan& plan) {
  if (const auto* none = std::get_if<Unplannable>(&plan)) return "nobody for " + none->function;
  const auto& planned = std::get<Planned>(plan);
  std::string said =
      std::to_string(std::chrono::duration_cast<minutes>(planned.when.from - Minute(0)).count());
  for (const Person* person : planned.persons) {
    said += (person == planned.persons.front() ? ": " : ", ") + person->name;
  }
  return said;
}

Stamp By(const std::string& actor, const std::string& organisation, Instant at) {
  return {at, actor, organisation};
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

intake::v1::ReportGraded Graded(intake::v1::Colour colour) {
  intake::v1::ReportGraded graded;
  graded.set_report(kReport);
  graded.set_case_number(base::CaseNumber(2026, 1));
  graded.set_household("hh_00000000000000000000000001");
  graded.set_sender(kSender);
  graded.set_organisation(kDesk);
  graded.mutable_grade()->set_colour(colour);
  return graded;
}

}  // namespace samenspel::meeting
