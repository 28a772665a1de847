// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/toml_reader.h"

#include <toml++/toml.h>

#include <cstdio>
#include <set>

#include "common/base/toml_depth.h"

namespace samenspel::daemon {

using base::Code;
using base::Result;
using base::Status;

struct TomlTable::Faults {
  std::string name;
  std::shared_ptr<toml::table> root;  // Keeps every node alive.
  Status first;
  std::vector<std::shared_ptr<Node>> tables;

  void Add(const toml::source_region& where, const std::string& sentence) {
    if (!first.ok()) return;
    first = {Code::kInvalid, name + ":" + std::to_string(where.begin.line) + ": " + sentence};
  }
};

struct TomlTable::Node {
  const toml::table* table;  // Null after a fault: all reads give empty values.
  std::set<std::string, std::less<>> asked;
};

TomlTable::TomlTable(std::shared_ptr<Node> node, std::shared_ptr<Faults> faults)
    : node_(std::move(node)), faults_(std::move(faults)) {
  faults_->tables.push_back(node_);
}

Result<TomlTable> TomlTable::Parse(std::string_view content, std::string name) {
  auto faults = std::make_shared<Faults>();
  faults->name = std::move(name);
  if (const auto line = base::TooDeepLine(content)) {
    return Status(Code::kInvalid,
                  faults->name + ":" + std::to_string(*line) + ": is nested too deeply here");
  }
  try {
    faults->root = std::make_shared<toml::table>(toml::parse(content));
  } catch (const toml::parse_error& error) {
    faults->Add(error.source(), "is not valid TOML here");
    return faults->first;
  }
  auto node = std::make_shared<Node>();
  node->table = faults->root.get();
  return TomlTable(std::move(node), std::move(faults));
}

namespace {

const toml::node* Find(const toml::table* table, std::string_view key) {
  return table == nullptr ? nullptr : table->get(key);
}

}  // namespace

bool TomlTable::Has(std::string_view key) const { return Find(node_->table, key) != nullptr; }

void TomlTable::Refuse(std::string_view key, const std::string& sentence) {
  if (node_->table == nullptr) return;
  const toml::node* at = Find(node_->table, key);
  faults_->Add(at == nullptr ? node_->table->source() : at->source(),
               key.empty() ? sentence : std::string(key) + " " + sentence);
}

std::string TomlTable::Text(std::string_view key) {
  node_->asked.emplace(key);
  const toml::node* at = Find(node_->table, key);
  const auto text = at == nullptr ? std::nullopt : at->value_exact<std::string>();
  if (!text || text->empty()) Refuse(key, "is missing or not a text");
  return text.value_or("");
}

std::string TomlTable::TextOr(std::string_view key, std::string fallback) {
  node_->asked.emplace(key);
  return Has(key) ? Text(key) : std::move(fallback);
}

int64_t TomlTable::Number(std::string_view key, int64_t least, int64_t most) {
  node_->asked.emplace(key);
  const toml::node* at = Find(node_->table, key);
  const auto number = at == nullptr ? std::nullopt : at->value_exact<int64_t>();
  if (!number || *number < least || *number > most) {
    Refuse(key, "is missing or not a whole number from " + std::to_string(least) + " to " +
                    std::to_string(most));
    return least;
  }
  return *number;
}

bool TomlTable::BoolOr(std::string_view key, bool fallback) {
  node_->asked.emplace(key);
  const toml::node* at = Find(node_->table, key);
  if (at == nullptr) return fallback;
  const auto value = at->value_exact<bool>();
  if (!value) Refuse(key, "is not true or false");
  return value.value_or(fallback);
}

std::string TomlTable::Date(std::string_view key) {
  node_->asked.emplace(key);
  const toml::node* at = Find(node_->table, key);
  const auto date = at == nullptr ? std::nullopt : at->value_exact<toml::date>();
  if (!date) {
    Refuse(key, "is missing or not a date (YYYY-MM-DD, without quotes)");
    return "";
  }
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date->year % 10000, date->month % 100,
                date->day % 100);
  return text;
}

std::vector<std::string> TomlTable::TextsOr(std::string_view key,
                                            std::vector<std::string> fallback) {
  node_->asked.emplace(key);
  const toml::node* at = Find(node_->table, key);
  if (at == nullptr) return fallback;
  std::vector<std::string> texts;
  const toml::array* list = at->as_array();
  if (list == nullptr) Refuse(key, "is not a list");
  for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const auto text = list->get(i)->value_exact<std::string>();
    if (!text || text->empty()) Refuse(key, "holds something that is not a text");
    texts.push_back(text.value_or(""));
  }
  return texts;
}

TomlTable TomlTable::Table(std::string_view key) {
  node_->asked.emplace(key);
  const toml::node* at = Find(node_->table, key);
  const toml::table* table = at == nullptr ? nullptr : at->as_table();
  if (table == nullptr) Refuse(key, "is missing or not a table");
  auto node = std::make_shared<Node>();
  node->table = table;
  return {std::move(node), faults_};
}

std::vector<TomlTable> TomlTable::Tables(std::string_view key) {
  node_->asked.emplace(key);
  std::vector<TomlTable> tables;
  const toml::node* at = Find(node_->table, key);
  if (at == nullptr) return tables;
  const toml::array* list = at->as_array();
  if (list == nullptr) Refuse(key, "is not a list of tables");
  for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const toml::table* table = list->get(i)->as_table();
    if (table == nullptr) Refuse(key, "is not a list of tables");
    auto node = std::make_shared<Node>();
    node->table = table;
    tables.push_back({std::move(node), faults_});
  }
  return tables;
}

Status TomlTable::Finish() {
  for (const auto& node : faults_->tables) {
    if (node->table == nullptr) continue;
    for (const auto& [key, value] : *node->table) {
      if (!node->asked.contains(key.str())) {
        faults_->Add(value.source(), "unknown key " + std::string(key.str()));
      }
    }
  }
  return faults_->first;
}

}  // namespace samenspel::daemon
