// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/terms_file.h"

#include "common/daemon/toml_reader.h"
#include "common/tlog/sha256.h"

namespace samenspel::intake {
namespace {

using daemon::TomlTable;
using std::chrono::hours;
using std::chrono::minutes;

constexpr size_t kFileBytesMax = 16 * 1024;  // The whole file stands in one journal entry.
constexpr int64_t kMinutesMax = 24 * 60;
constexpr int64_t kHoursMax = 30 * 24;
constexpr int64_t kWorkingDaysMax = 60;
constexpr int64_t kHoursADay = 24;

TermRules::Red ReadRed(TomlTable table) {
  const TermRules::Red red{
      .first_step = minutes(table.Number("first_step_minutes", 0, kMinutesMax)),
      .meeting_planned = minutes(table.Number("meeting_planned_minutes", 0, kMinutesMax)),
      .table = minutes(table.Number("table_minutes", 1, kMinutesMax)),
      .confirm = minutes(table.Number("confirm_minutes", 0, kMinutesMax))};
  if (red.table < red.meeting_planned) {
    table.Refuse("table_minutes", "is shorter than meeting_planned_minutes");
  }
  return red;
}

TermRules::Amber ReadAmber(TomlTable table) {
  const TermRules::Amber amber{
      .settle = hours(table.Number("settle_hours", 1, kHoursMax)),
      .warn_before = hours(table.Number("warn_hours_before", 0, kHoursMax))};
  if (amber.warn_before >= amber.settle) {
    table.Refuse("warn_hours_before", "is not shorter than settle_hours");
  }
  return amber;
}

// A term of working days lasts at least that many days.
TermRules::Green ReadGreen(TomlTable table) {
  const int64_t days = table.Number("settle_working_days", 1, kWorkingDaysMax);
  const int64_t warn = table.Number("warn_hours_before", 0, kHoursMax);
  if (warn > days * kHoursADay) {
    table.Refuse("warn_hours_before", "is longer than settle_working_days");
  }
  return {.settle_working_days = static_cast<int>(days), .warn_before = hours(warn)};
}

TermRules::BreakGlass ReadBreakGlass(TomlTable table) {
  return {.open = minutes(table.Number("minutes", 1, kMinutesMax)),
          .review = hours(table.Number("review_hours", 1, kHoursMax))};
}

}  // namespace

base::Result<TermRules> ParseTerms(std::string_view toml, const std::string& name) {
  auto parsed = TomlTable::Parse(toml, name);
  if (!parsed.ok()) return parsed.status();
  TomlTable& table = *parsed;
  if (table.Text("name") != "terms") table.Refuse("name", "is not terms");
  TermRules rules;
  rules.version = table.Text("version");
  rules.adopted_on = table.Date("adopted_on");
  rules.adopted_by = table.Text("adopted_by");
  rules.hash = tlog::Sha256(toml);
  rules.red = ReadRed(table.Table("red"));
  rules.amber = ReadAmber(table.Table("amber"));
  rules.green = ReadGreen(table.Table("green"));
  rules.break_glass = ReadBreakGlass(table.Table("break_glass"));
  if (toml.size() > kFileBytesMax) table.Refuse("", "the file is larger than 16 KiB");
  SAMENSPEL_RETURN_IF_ERROR(table.Finish());
  return rules;
}

}  // namespace samenspel::intake
