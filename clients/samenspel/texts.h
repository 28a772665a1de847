// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samenspel::cli {

enum class Language { kDutch, kEnglish };

/// A sentence of the table. `{name}` in it is a place for a value.
struct TextEntry {
  std::string_view key;
  std::string_view text;
};
/// All of a language: the tables one after another.
std::span<const TextEntry> DutchTexts();
std::span<const TextEntry> EnglishTexts();

// Each in a file of its own: general, daily work, what the log tells, operators, how to type.
std::span<const TextEntry> GeneralDutch();
std::span<const TextEntry> GeneralEnglish();
std::span<const TextEntry> DailyDutch();
std::span<const TextEntry> DailyEnglish();
std::span<const TextEntry> LogDutch();
std::span<const TextEntry> LogEnglish();
std::span<const TextEntry> OperateDutch();
std::span<const TextEntry> OperateEnglish();
std::span<const TextEntry> UsageDutch();
std::span<const TextEntry> UsageEnglish();

/// Values for the places in a text, by name.
using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

/// All that people read, in one language. Daemons send codes; the words for them are here.
class Texts {
 public:
  explicit Texts(Language language);

  /// The text of `key` with its places filled. Values are put in as they are, never read as text
  /// with places. A key that is not in the table is shown itself: better than nothing on a bad day,
  /// and a test finds it.
  std::string Say(std::string_view key, Values values = {}) const;

  /// The words for `code` of a kind ("reason", "status", "function"), or the code itself when we
  /// have none: a daemon may be newer than this command.
  std::string Word(std::string_view kind, std::string_view code) const;

  /// Every code of a kind that has words, as the table has them.
  std::vector<std::string> Codes(std::string_view kind) const;

  Language language() const { return language_; }

 private:
  const TextEntry* Find(std::string_view key) const;
  Language language_;
  std::span<const TextEntry> table_;
};

}  // namespace samenspel::cli
