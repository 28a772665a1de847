// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace samenspel::cli {

/// A JSON value, its members in the order in which they stood.
struct JsonValue {
  enum class Kind { kNull, kBool, kNumber, kText, kList, kObject };
  Kind kind = Kind::kNull;
  bool flag = false;
  int64_t number = 0;  ///< Only whole numbers are kept; see `whole`.
  bool whole = false;  ///< False for 1.5, 1e3 and what does not fit.
  std::string text = {};
  std::vector<JsonValue> items = {};
  std::vector<std::pair<std::string, JsonValue>> members = {};
};

/// Why a form is refused. Quotes nothing of it: what was typed may be about a family.
struct FormError {
  std::string code = {};  ///< A reason code, as daemons send them.
  std::string path = {};  ///< Such as "private.children[0].birth_date"; empty: the form as a whole.
  size_t line = 0;        ///< 0: not known.
  std::string known = {};  ///< For an unknown field or choice: those that do exist there.
};

/// Reads one JSON value that fills `text`. Refuses what JSON does not allow, names that stand twice
/// in one object, invalid UTF-8, and nesting of more than 16 levels.
std::variant<JsonValue, FormError> ReadJson(std::string_view text);

/// The path of a member or an item: "private" + "children" + 0 = "private.children[0]".
std::string MemberPath(const std::string& parent, std::string_view name);
std::string ItemPath(const std::string& parent, size_t index);

}  // namespace samenspel::cli
