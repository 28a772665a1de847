// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/crisismeter_file.h"

#include <set>

#include "common/daemon/toml_reader.h"
#include "common/tlog/sha256.h"

namespace samenspel::intake {
namespace {

using daemon::TomlTable;

// The whole file stands in one journal entry.
constexpr size_t kFileBytesMax = 48 * 1024;

v1::Colour ColourOf(TomlTable& table) {
  const std::string word = table.Text("colour");
  if (word == "red") return v1::COLOUR_RED;
  if (word == "amber") return v1::COLOUR_AMBER;
  if (word == "green") return v1::COLOUR_GREEN;
  table.Refuse("colour", "is not red, amber or green");
  return v1::COLOUR_UNSPECIFIED;
}

Indicator ReadIndicator(TomlTable& table) {
  return {.id = table.Text("id"),
          .domain = table.Text("domain"),
          .nl = table.Text("nl"),
          .en = table.Text("en"),
          .help_nl = table.Text("help_nl"),
          .help_en = table.Text("help_en"),
          .source = table.Text("source")};
}

Rule ReadRule(TomlTable& table, const std::set<std::string>& asked, std::set<std::string>& used) {
  Rule rule{.id = table.Text("id"),
            .colour = ColourOf(table),
            .any_yes = table.TextsOr("any_yes", {}),
            .nl = table.Text("nl"),
            .en = table.Text("en")};
  if (rule.any_yes.empty()) table.Refuse("", "a rule names at least one indicator in any_yes");
  if (rule.colour == v1::COLOUR_GREEN) table.Refuse("colour", "of a knock-out cannot be green");
  if (rule.id == "unknown" || rule.id == "clear")
    table.Refuse("id", "is taken by [unknown] or [clear]");
  for (const std::string& indicator : rule.any_yes) {
    if (!asked.contains(indicator)) table.Refuse("any_yes", "names an indicator that is not asked");
    used.insert(indicator);
  }
  return rule;
}

Verdict ReadVerdict(TomlTable table) {
  return {.colour = ColourOf(table), .nl = table.Text("nl"), .en = table.Text("en")};
}

}  // namespace

base::Result<Crisismeter> ParseCrisismeter(std::string_view toml, const std::string& name) {
  auto parsed = TomlTable::Parse(toml, name);
  if (!parsed.ok()) return parsed.status();
  TomlTable& table = *parsed;
  if (table.Text("name") != "crisismeter") table.Refuse("name", "is not crisismeter");
  Crisismeter rules;
  rules.version = table.Text("version");
  rules.adopted_on = table.Date("adopted_on");
  rules.adopted_by = table.Text("adopted_by");
  rules.hash = tlog::Sha256(toml);
  std::set<std::string> asked;
  for (TomlTable& indicator : table.Tables("indicator")) {
    rules.indicators.push_back(ReadIndicator(indicator));
    if (!asked.insert(rules.indicators.back().id).second) indicator.Refuse("id", "stands twice");
  }
  std::set<std::string> used;
  std::set<std::string> ids;
  for (TomlTable& rule : table.Tables("rule")) {
    rules.rules.push_back(ReadRule(rule, asked, used));
    if (!ids.insert(rules.rules.back().id).second) rule.Refuse("id", "stands twice");
  }
  if (asked != used) table.Refuse("", "an indicator is asked that no rule uses");
  if (asked.empty()) table.Refuse("", "no indicator is asked");
  TomlTable unknown = table.Table("unknown");
  rules.unknown = ReadVerdict(unknown);
  // Not knowing must never look like safety.
  if (rules.unknown.colour == v1::COLOUR_GREEN)
    unknown.Refuse("colour", "of unknown cannot be green");
  rules.clear = ReadVerdict(table.Table("clear"));
  if (toml.size() > kFileBytesMax) table.Refuse("", "the file is larger than 48 KiB");
  SAMENSPEL_RETURN_IF_ERROR(table.Finish());
  return rules;
}

}  // namespace samenspel::intake
