// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace samenspel::daemon {

/// Strict reading of a TOML file: whoever reads names every key; what was not asked for is refused.
/// The first fault wins and is kept as "FILE:LINE: sentence"; after it, reads give empty values, so
/// that a reader needs no check per line.
class TomlTable {
 public:
  /// Parses `content`; `name` stands for the file in messages.
  static base::Result<TomlTable> Parse(std::string_view content, std::string name);

  std::string Text(std::string_view key);  ///< Required, not empty.
  std::string TextOr(std::string_view key, std::string fallback);
  int64_t Number(std::string_view key, int64_t least, int64_t most);  ///< Required.
  bool BoolOr(std::string_view key, bool fallback);
  std::string Date(std::string_view key);  ///< Required; YYYY-MM-DD.
  std::vector<std::string> TextsOr(std::string_view key, std::vector<std::string> fallback);
  TomlTable Table(std::string_view key);                ///< Required [key].
  std::vector<TomlTable> Tables(std::string_view key);  ///< [[key]], perhaps none.
  bool Has(std::string_view key) const;

  /// Records a fault at `key` (or at the table, when empty), for rules that the types cannot say.
  void Refuse(std::string_view key, const std::string& sentence);

  /// Ok when nothing was wrong and every key of this table, and of all tables taken from it, was
  /// asked for.
  base::Status Finish();

 private:
  struct Node;
  struct Faults;
  TomlTable(std::shared_ptr<Node> node, std::shared_ptr<Faults> faults);
  std::shared_ptr<Node> node_;
  std::shared_ptr<Faults> faults_;
};

}  // namespace samenspel::daemon
