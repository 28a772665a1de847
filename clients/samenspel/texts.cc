// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/texts.h"

#include <algorithm>
#include <vector>

namespace samenspel::cli {
namespace {

std::vector<TextEntry> Joined(std::initializer_list<std::span<const TextEntry>> tables) {
  std::vector<TextEntry> all;
  for (const auto& table : tables) all.insert(all.end(), table.begin(), table.end());
  return all;
}

}  // namespace

std::span<const TextEntry> DutchTexts() {
  static const auto all =
      Joined({GeneralDutch(), DailyDutch(), LogDutch(), OperateDutch(), UsageDutch()});
  return all;
}
std::span<const TextEntry> EnglishTexts() {
  static const auto all =
      Joined({GeneralEnglish(), DailyEnglish(), LogEnglish(), OperateEnglish(), UsageEnglish()});
  return all;
}

Texts::Texts(Language language)
    : language_(language), table_(language == Language::kDutch ? DutchTexts() : EnglishTexts()) {}

const TextEntry* Texts::Find(std::string_view key) const {
  const auto found = std::ranges::find(table_, key, &TextEntry::key);
  return found == table_.end() ? nullptr : &*found;
}

std::string Texts::Say(std::string_view key, Values values) const {
  const TextEntry* entry = Find(key);
  if (entry == nullptr) return std::string(key);
  std::string said;
  std::string_view left = entry->text;
  while (!left.empty()) {
    const size_t open = left.find('{');
    said += left.substr(0, open);
    if (open == std::string_view::npos) break;
    const size_t close = left.find('}', open);
    const std::string_view name = left.substr(open + 1, close - open - 1);
    const auto* value =
        std::ranges::find(values, name, [](const auto& pair) { return pair.first; });
    if (value != values.end()) said += value->second;
    left.remove_prefix(close == std::string_view::npos ? left.size() : close + 1);
  }
  return said;
}

std::vector<std::string> Texts::Codes(std::string_view kind) const {
  const std::string prefix = std::string(kind) + ".";
  std::vector<std::string> codes;
  for (const TextEntry& entry : table_) {
    if (entry.key.starts_with(prefix)) codes.emplace_back(entry.key.substr(prefix.size()));
  }
  return codes;
}

std::string Texts::Word(std::string_view kind, std::string_view code) const {
  const TextEntry* entry = Find(std::string(kind) + "." + std::string(code));
  return std::string(entry == nullptr ? code : entry->text);
}

}  // namespace samenspel::cli
