// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/alarms_file.h"

#include <algorithm>
#include <set>

#include "common/daemon/toml_reader.h"
#include "common/tlog/sha256.h"

namespace samenspel::escalation {
namespace {

using daemon::TomlTable;
using std::chrono::minutes;

constexpr int64_t kDayMinutes = 24 * 60;
constexpr size_t kStepsMax = 8;
constexpr int64_t kHouseholdsMax = 200;  // Each entry about a reader names so many.
constexpr int64_t kReadingHoursMax = 7 * 24;
constexpr size_t kFileBytesMax = 48 * 1024;  // The whole file stands in one journal entry.

template <class Codes>
bool IsOneOf(const Codes& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

AlarmStep ReadStep(TomlTable& table, bool first, std::set<std::string>& asked_before) {
  AlarmStep step;
  step.ask = table.TextsOr("ask", {});
  step.after = minutes(table.Number("after_minutes", 0, kDayMinutes));
  if (step.ask.empty()) table.Refuse("ask", "names nobody");
  bool adds = false;
  for (const std::string& code : step.ask) {
    if (!IsOneOf(ask::kAll, code)) table.Refuse("ask", "holds an unknown code");
    adds |= asked_before.insert(code).second;
  }
  if (first && step.after.count() != 0) table.Refuse("after_minutes", "of the first step is not 0");
  if (!first && step.after.count() == 0) {
    table.Refuse("after_minutes", "is 0: this step belongs to the one before it");
  }
  if (!adds) table.Refuse("ask", "asks only whom the steps before it ask: it is never reached");
  return step;
}

AlarmKind ReadKind(TomlTable& table) {
  AlarmKind kind;
  kind.kind = table.Text("kind");
  kind.nl = table.Text("nl");
  kind.en = table.Text("en");
  const std::string severity = table.Text("severity");
  kind.urgent = severity == "urgent";
  if (!IsOneOf(kind::kAll, kind.kind)) table.Refuse("kind", "is unknown");
  if (!kind.urgent && severity != "ordinary") table.Refuse("severity", "is not urgent or ordinary");
  std::set<std::string> asked;
  for (TomlTable& step : table.Tables("step")) {
    kind.steps.push_back(ReadStep(step, kind.steps.empty(), asked));
  }
  if (kind.steps.empty() || kind.steps.size() > kStepsMax) {
    table.Refuse("", "an alarm has 1 to 8 steps");
  }
  return kind;
}

// A file of before there was such an alarm: it is as another.
void AddLike(AlarmRules& rules, std::string_view other, std::string_view kind,
             std::set<std::string>& seen) {
  const auto like = std::ranges::find(rules.kinds, other, &AlarmKind::kind);
  if (like == rules.kinds.end() || !seen.insert(std::string(kind)).second) return;
  AlarmKind added = *like;
  added.kind = kind;
  rules.kinds.push_back(std::move(added));
}

}  // namespace

base::Result<AlarmRules> ParseAlarms(std::string_view toml, const std::string& name) {
  auto parsed = TomlTable::Parse(toml, name);
  if (!parsed.ok()) return parsed.status();
  TomlTable& table = *parsed;
  if (table.Text("name") != "alarms") table.Refuse("name", "is not alarms");
  AlarmRules rules;
  rules.version = table.Text("version");
  rules.adopted_on = table.Date("adopted_on");
  rules.adopted_by = table.Text("adopted_by");
  rules.hash = tlog::Sha256(toml);
  rules.acknowledged = minutes(table.Number("acknowledged_minutes", 1, kDayMinutes));
  rules.again = minutes(table.Number("again_minutes", 0, kDayMinutes));
  if (table.Has("households")) {
    rules.households = static_cast<size_t>(table.Number("households", 1, kHouseholdsMax));
  }
  if (table.Has("households_hours")) {
    rules.reading = std::chrono::hours(table.Number("households_hours", 1, kReadingHoursMax));
  }
  std::set<std::string> seen;
  for (TomlTable& one : table.Tables("alarm")) {
    rules.kinds.push_back(ReadKind(one));
    if (!seen.insert(rules.kinds.back().kind).second) one.Refuse("kind", "stands twice");
  }
  // Whoever hears of a service that is silent is asked, or who judges an opening.
  AddLike(rules, kind::kFollowerLagging, kind::kClockWrong, seen);
  AddLike(rules, kind::kBreakGlassReview, kind::kManyHouseholds, seen);
  for (const std::string_view kind : kind::kAll) {
    // Without it something could go wrong and nobody would be asked.
    if (!seen.contains(std::string(kind))) table.Refuse("", "lacks alarm " + std::string(kind));
  }
  if (toml.size() > kFileBytesMax) table.Refuse("", "the file is larger than 48 KiB");
  SAMENSPEL_RETURN_IF_ERROR(table.Finish());
  return rules;
}

}  // namespace samenspel::escalation
