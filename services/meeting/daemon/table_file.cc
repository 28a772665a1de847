// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/table_file.h"

#include <algorithm>
#include <set>

#include "common/daemon/toml_reader.h"
#include "common/tlog/sha256.h"

namespace samenspel::meeting {
namespace {

using daemon::TomlTable;
using std::chrono::days;
using std::chrono::minutes;

constexpr size_t kSeatsMax = 16;
constexpr size_t kIndicatorsMax = 32;
constexpr size_t kCodeMax = 64;
constexpr std::string_view kCasePlace = "{case}";
constexpr size_t kFileBytesMax = 48 * 1024;  // The whole file stands in one journal entry.

minutes OnGrid(TomlTable& table, std::string_view key, int64_t most) {
  const minutes value(table.Number(key, 5, most));
  if (value.count() % 5 != 0) table.Refuse(key, "is not a multiple of 5");
  return value;
}

bool IsCode(const std::string& text) {
  return !text.empty() && text.size() <= kCodeMax &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

std::vector<std::string> ReadIndicators(TomlTable& table) {
  auto ids = table.TextsOr("any_yes", {});
  if (ids.empty()) table.Refuse("any_yes", "is missing or empty");
  if (ids.size() > kIndicatorsMax) table.Refuse("any_yes", "holds more than 32 indicators");
  std::set<std::string> seen;
  for (const std::string& id : ids) {
    if (!IsCode(id)) table.Refuse("any_yes", "holds what cannot be the id of an indicator");
    if (!seen.insert(id).second) table.Refuse("any_yes", "holds an indicator twice");
  }
  return ids;
}

// Only a conditional seat must say why: a fixed one is asked for by every red report.
void ReadConditional(TomlTable& table, SeatRule& seat) {
  seat.any_yes = ReadIndicators(table);
  seat.ring_when_missing = table.BoolOr("ring_when_missing", false);
  seat.reason_nl = table.Text("reason_nl");
  seat.reason_en = table.Text("reason_en");
}

void ReadFixed(TomlTable& table, SeatRule& seat) {
  for (const char* key : {"any_yes", "ring_when_missing"}) {
    if (table.Has(key)) table.Refuse(key, "stands at a seat that is not conditional");
  }
  if (table.Has("reason_nl") || table.Has("reason_en")) {
    seat.reason_nl = table.Text("reason_nl");
    seat.reason_en = table.Text("reason_en");
  }
  for (TomlTable& trigger : table.Tables("trigger")) {
    seat.triggers.push_back(
        {.any_yes = ReadIndicators(trigger), .nl = trigger.Text("nl"), .en = trigger.Text("en")});
  }
}

SeatRule ReadSeat(TomlTable& table) {
  SeatRule seat;
  seat.function = table.Text("function");
  seat.nl = table.Text("nl");
  seat.en = table.Text("en");
  seat.subject_nl = table.Text("subject_nl");
  seat.subject_en = table.Text("subject_en");
  seat.source = table.Text("source");
  seat.conditional = table.BoolOr("conditional", false);
  seat.conditional ? ReadConditional(table, seat) : ReadFixed(table, seat);
  if (!seat.function.empty() && !IsCode(seat.function)) {
    table.Refuse("function", "is not a code of small letters, digits and _");
  }
  return seat;
}

void ReadSeats(TomlTable& table, TableRules& rules) {
  std::set<std::string> functions;
  for (TomlTable& seat : table.Tables("seat")) {
    rules.seats.push_back(ReadSeat(seat));
    if (!functions.insert(rules.seats.back().function).second)
      seat.Refuse("function", "stands twice");
  }
  if (rules.seats.empty() || rules.seats.size() > kSeatsMax)
    table.Refuse("", "a table has 1 to 16 seats");
  if (std::all_of(rules.seats.begin(), rules.seats.end(),
                  [](const SeatRule& seat) { return seat.conditional; })) {
    table.Refuse("", "a table has at least one fixed seat");
  }
}

// The function of a fixed seat that is named in the table `key`; empty: there is no such table.
std::string ReadDuty(TomlTable& table, std::string_view key, const TableRules& rules) {
  if (!table.Has(key)) return "";
  TomlTable duty = table.Table(key);
  std::string function = duty.Text("function");
  const bool fixed = std::any_of(rules.seats.begin(), rules.seats.end(), [&](const SeatRule& seat) {
    return !seat.conditional && seat.function == function;
  });
  if (!fixed) duty.Refuse("function", "is no fixed seat of this table");
  return function;
}

std::string ReadWay(TomlTable& table, std::string_view key) {
  std::string way = table.TextOr(key, "");
  std::string rest = way;
  for (size_t at = 0; (at = rest.find(kCasePlace)) != std::string::npos;) {
    rest.erase(at, kCasePlace.size());
  }
  if (rest.find_first_of("{}") != std::string::npos) {
    table.Refuse(key, "has an unknown place: only {case} is filled in");
  }
  return way;
}

JoinRule ReadJoin(TomlTable& table) {
  if (!table.Has("join")) return {};
  TomlTable ways = table.Table("join");
  JoinRule join{ReadWay(ways, "room"), ReadWay(ways, "phone"), ReadWay(ways, "link")};
  if (join.room.empty() && join.phone.empty() && join.link.empty()) {
    table.Refuse("join", "names no way to take part: room, phone or link");
  }
  return join;
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
  ReadSeats(table, rules);
  rules.chair = ReadDuty(table, "chair", rules);
  rules.notes = ReadDuty(table, "notes", rules);
  rules.join = ReadJoin(table);
  if (toml.size() > kFileBytesMax) table.Refuse("", "the file is larger than 48 KiB");
  SAMENSPEL_RETURN_IF_ERROR(table.Finish());
  return rules;
}

}  // namespace samenspel::meeting
