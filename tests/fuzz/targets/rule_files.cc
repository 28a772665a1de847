// SPDX-License-Identifier: EUPL-1.2
// Rule files: what is adopted from them decides, so what is read must be fit to decide with.
#include <algorithm>
#include <set>

#include "services/escalation/daemon/alarms_file.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/daemon/terms_file.h"
#include "services/meeting/daemon/table_file.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/toml.h"

namespace samenspel::fuzz {
namespace {

constexpr const char* kPath = "rules.toml";
constexpr size_t kEntryRoom = 48 * 1024;

template <class Rules>
bool IsRead(const base::Result<Rules>& rules, std::string_view input) {
  if (!rules.ok()) {
    PromisePlace(rules.status().message(), kPath, input);
    return false;
  }
  Promise(input.size() <= kEntryRoom, "rules fit into a journal entry");
  Promise(!rules->version.empty() && !rules->adopted_by.empty() && rules->adopted_on.size() == 10 &&
              rules->hash.size() == 32,
          "rules say which they are");
  return true;
}

intake::v1::Colour Graded(const intake::Crisismeter& rules, intake::v1::AnswerValue value) {
  intake::Answers answers;
  for (const intake::Indicator& indicator : rules.indicators) {
    auto& answer = *answers.Add();
    answer.set_indicator(indicator.id);
    answer.set_value(value);
  }
  const intake::v1::Grade grade = intake::GradeOf(rules, answers);
  Promise(grade.colour() != intake::v1::COLOUR_UNSPECIFIED, "every report gets a colour");
  return grade.colour();
}

void RunCrisismeter(std::string_view input) {
  const auto rules = intake::ParseCrisismeter(input, kPath);
  if (!IsRead(rules, input)) return;
  std::set<std::string> ids;
  for (const auto& one : rules->indicators) Promise(ids.insert(one.id).second, "ids stand once");
  // In the order of the enum amber is more than green, and red more than amber.
  const auto none = Graded(*rules, intake::v1::ANSWER_VALUE_NO);
  const auto unknown = Graded(*rules, intake::v1::ANSWER_VALUE_UNKNOWN);
  const auto all = Graded(*rules, intake::v1::ANSWER_VALUE_YES);
  Promise(none <= unknown && unknown <= all, "what is worse never lowers the colour");
}

void RunTerms(std::string_view input) {
  const auto rules = intake::ParseTerms(input, kPath);
  if (!IsRead(rules, input)) return;
  Promise(rules->red.table >= rules->red.meeting_planned, "a table is planned before it meets");
  Promise(rules->amber.warn_before < rules->amber.settle, "a warning comes after the beginning");
}

void RunTable(std::string_view input) {
  const auto rules = meeting::ParseTable(input, kPath);
  if (!IsRead(rules, input)) return;
  Promise(!rules->seats.empty() && rules->seats.size() <= 16, "a table has seats");
  Promise(std::ranges::any_of(rules->seats, [](const auto& seat) { return !seat.conditional; }),
          "somebody is always asked");
  Promise(rules->start_step.count() > 0 && 60 % rules->start_step.count() == 0 &&
              rules->timebox.count() > 0,
          "starts stand on a grid");
  std::set<std::string> functions;
  for (const auto& seat : rules->seats) {
    Promise(functions.insert(seat.function).second, "a function has one seat");
    Promise(!seat.conditional || !seat.any_yes.empty(), "a conditional seat has its condition");
  }
}

void RunAlarms(std::string_view input) {
  const auto rules = escalation::ParseAlarms(input, kPath);
  if (!IsRead(rules, input)) return;
  std::set<std::string> kinds;
  for (const auto& kind : rules->kinds) {
    Promise(kinds.insert(kind.kind).second, "a kind stands once");
    Promise(!kind.steps.empty() && kind.steps.front().after.count() == 0,
            "somebody is asked at once");
  }
  for (const std::string_view kind : escalation::kind::kAll) {
    Promise(kinds.contains(std::string(kind)), "every kind has its alarm");
  }
}

// Small ones: the shipped crisismeter and table are read once, then cut to `bytes_max`.
std::vector<std::string> CrisismeterSeeds() {
  return {SourceFile("tests/services/intake/daemon/former_crisismeter.toml"),
          SourceFile("tests/fuzz/small/crisismeter.toml"),
          SourceFile("deploy/config/crisismeter.toml")};
}
std::vector<std::string> TermsSeeds() { return {SourceFile("deploy/config/terms.toml")}; }
std::vector<std::string> TableSeeds() {
  return {SourceFile("tests/fuzz/small/table.toml"), SourceFile("deploy/config/table.toml")};
}
std::vector<std::string> AlarmsSeeds() { return {SourceFile("deploy/config/alarms.toml")}; }

}  // namespace

const Target kCrisismeterFile{.name = "crisismeter_file",
                              .run = RunCrisismeter,
                              .seeds = CrisismeterSeeds,
                              .bytes_max = 5000};
const Target kTermsFile{.name = "terms_file", .run = RunTerms, .seeds = TermsSeeds};
const Target kTableFile{.name = "table_file", .run = RunTable, .seeds = TableSeeds};
const Target kAlarmsFile{
    .name = "alarms_file", .run = RunAlarms, .seeds = AlarmsSeeds, .bytes_max = 5000};

}  // namespace samenspel::fuzz
