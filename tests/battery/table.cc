// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/table.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "common/base/file_system.h"
#include "common/daemon/toml_reader.h"

namespace samenspel::battery {
namespace {

using daemon::TomlTable;

std::set<std::string> Split(const std::string& text, char at) {
  std::set<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.insert(part);
  return parts;
}

Verdict VerdictOf(const std::string& text, size_t number) {
  static const std::set<std::string> known = {"ok",        "refused",  "denied",
                                              "not_found", "conflict", "invalid"};
  std::istringstream in(text);
  std::string answers;
  std::string marked;
  in >> answers >> marked;
  Verdict verdict{Split(answers, '|'), marked == "marked", "answer " + std::to_string(number)};
  for (const std::string& one : verdict.answers) {
    if (!known.contains(one)) throw std::runtime_error("no such verdict: " + one);
  }
  return verdict;
}

Line LineOf(const std::string& text, const std::set<std::string>& facts, size_t number) {
  Line line;
  const size_t colon = text.find(':');
  line.verdict = VerdictOf(colon == std::string::npos ? text : text.substr(colon + 1), number);
  std::istringstream in(colon == std::string::npos ? "" : text.substr(0, colon));
  for (std::string fact; in >> fact;) {
    const std::string name = fact[0] == '!' ? fact.substr(1) : fact;
    if (!facts.contains(name)) throw std::runtime_error("no such fact: " + name);
    line.facts.push_back(fact);
  }
  return line;
}

Row RowOf(TomlTable& kind, const std::set<std::string>& facts) {
  Row row;
  row.name = kind.Text("name");
  row.roles = kind.TextsOr("roles", {});
  row.purposes = kind.TextsOr("purposes", {});
  row.change = kind.Text("effect") == "change";
  row.target = kind.Text("target");
  kind.Text("source");
  const bool mark = kind.BoolOr("mark", false);
  for (const std::string& text : kind.TextsOr("answers", {})) {
    row.lines.push_back(LineOf(text, facts, row.lines.size() + 1));
    row.lines.back().verdict.marked |= mark;
  }
  return row;
}

}  // namespace

Table Table::Of(const std::string& toml) {
  auto file = TomlTable::Parse(toml, "verdicts.toml");
  if (!file.ok()) throw std::runtime_error(file.status().message());
  std::set<std::string> facts;
  for (TomlTable& fact : file->Tables("fact")) {
    facts.insert(fact.Text("name"));
    fact.Text("means");
  }
  Table table;
  for (TomlTable& kind : file->Tables("kind")) table.rows_.push_back(RowOf(kind, facts));
  const base::Status well = file->Finish();
  if (!well.ok()) throw std::runtime_error(well.message());
  return table;
}

const Row& Table::At(const std::string& name) const {
  const auto found = std::ranges::find_if(rows_, [&](const Row& row) { return row.name == name; });
  if (found == rows_.end()) throw std::runtime_error("the table has no row " + name);
  return *found;
}

std::string TableText() {
  return *base::RealFileSystem()->Read(SAMENSPEL_SOURCE "/tests/battery/verdicts.toml");
}

}  // namespace samenspel::battery
