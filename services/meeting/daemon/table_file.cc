// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/table_file.h"

#include <set>

#include "common/daemon/toml_reader.h"
#include "common/tlog/sha256.h"

namespace samenspel::meeting {
namespace {

using daemon::TomlTable;
using std::chrono::days;
using std::chrono::minutes;

constexpr size_t kSeatsMax = 16;
constexpr size_t kFileBytesMax = 48 * 1024;  // The whole file stands in one journal entry.

minutes OnGrid(TomlTable& table, std::string_view key, int64_t most) {
  const minutes value(table.Number(key, 5, most));
  if (value.count() % 5 != 0) table.Refuse(key, "is not a multiple of 5");
  return value;
}

SeatRule ReadSeat(TomlTable& table) {
  return {.function = table.Text("function"),
          .nl = table.Text("nl"),
          .en = table.Text("en"),
          .subject_nl = table.Text("subject_nl"),
          .subject_en = table.Text("subject_en"),
          .source = table.Text("source")};
}

}  // namespace

base::Result<TableRules> ParseTable(std::string_view toml, const std::string& name) {
  auto parsed = TomlTable::Parse(toml, name);
  if (!parsed.ok()) return parsed.status();
  TomlTable& table = *parsed;
  if (table.Text("name") != "table") table.Refuse("name", "is not table");
  TableRules rules;
  rules.version = table.Text("version");
  rules.adopted_on = table.Date("adopted_on");
  rules.adopted_by = table.Text("adopted_by");
  rules.hash = tlog::Sha256(toml);
  rules.timebox = OnGrid(table, "timebox_minutes", 8 * 60);
  rules.start_step = OnGrid(table, "start_step_minutes", 60);
  rules.notice = minutes(table.Number("notice_minutes", 0, 24 * 60));
  rules.red_term = minutes(table.Number("red_term_minutes", 1, 7 * 24 * 60));
  rules.horizon = days(table.Number("horizon_days", 1, 90));
  if (60 % rules.start_step.count() != 0)
    table.Refuse("start_step_minutes", "does not divide an hour");
  std::set<std::string> functions;
  for (TomlTable& seat : table.Tables("seat")) {
    rules.seats.push_back(ReadSeat(seat));
    if (!functions.insert(rules.seats.back().function).second)
      seat.Refuse("function", "stands twice");
  }
  if (rules.seats.empty() || rules.seats.size() > kSeatsMax)
    table.Refuse("", "a table has 1 to 16 seats");
  if (toml.size() > kFileBytesMax) table.Refuse("", "the file is larger than 48 KiB");
  SAMENSPEL_RETURN_IF_ERROR(table.Finish());
  return rules;
}

}  // namespace samenspel::meeting
