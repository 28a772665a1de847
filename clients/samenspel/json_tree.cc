// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/json_tree.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace samenspel::cli {
namespace {

using Kind = JsonValue::Kind;

constexpr size_t kDepthMax = 16;

// Bytes of the character that begins with `lead` (RFC 3629); 0: none does.
size_t CharacterLength(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

// Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
bool MayFollow(uint8_t lead, uint8_t second) {
  const uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= least && second <= most;
}

// The offset of the first character that is not UTF-8; the size when all is.
size_t FirstInvalidUtf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<uint8_t>(text[at]);
    const size_t length = CharacterLength(lead);
    if (length == 0 || at + length > text.size()) return at;
    for (size_t i = 1; i < length; ++i) {
      if ((static_cast<uint8_t>(text[at + i]) & 0xC0) != 0x80) return at;
    }
    if (length > 1 && !MayFollow(lead, static_cast<uint8_t>(text[at + 1]))) return at;
    at += length;
  }
  return at;
}

// Builds the tree while the library reads. The library's own messages quote the input and are
// dropped.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(std::string_view input) : input_(input) { open_.push_back({&root_, "", "", 0}); }

  bool null() override { return Put({}); }
  bool boolean(bool value) override { return Put({.kind = Kind::kBool, .flag = value}); }
  bool number_integer(number_integer_t value) override {
    return Put({.kind = Kind::kNumber, .number = value, .whole = true});
  }
  bool number_unsigned(number_unsigned_t value) override {
    const bool fits = value <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
    const int64_t number = fits ? static_cast<int64_t>(value) : 0;
    return Put({.kind = Kind::kNumber, .number = number, .whole = fits});
  }
  bool number_float(number_float_t, const string_t&) override {
    return Put({.kind = Kind::kNumber});
  }
  bool string(string_t& value) override {
    return Put({.kind = Kind::kText, .text = std::move(value)});
  }
  bool binary(binary_t&) override { return Refuse("malformed"); }

  bool start_object(size_t) override { return Enter(Kind::kObject); }
  bool end_object() override { return Leave(); }
  bool start_array(size_t) override { return Enter(Kind::kList); }
  bool end_array() override { return Leave(); }

  bool key(string_t& name) override {
    Open& object = open_.back();
    if (!object.names.insert(name).second) {
      return Refuse("duplicate_key", MemberPath(object.path, name));
    }
    object.key = name;
    return true;
  }

  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    const size_t invalid = FirstInvalidUtf8(input_);
    std::string code = "malformed";
    if (invalid < input_.size() && position >= invalid) code = "invalid_utf8";
    if (done_ && code == "malformed") code = "trailing_text";
    Refuse(code);
    const size_t seen = std::min(position, input_.size());
    error_.line = 1 + static_cast<size_t>(std::ranges::count(input_.substr(0, seen), '\n'));
    return false;
  }

  JsonValue& root() { return root_; }
  const FormError& error() const { return error_; }

 private:
  struct Open {
    JsonValue* value;
    std::string path;
    std::string key;
    size_t count;
    std::set<std::string> names = {};
  };

  // The path of the value that comes next.
  std::string Here() const {
    const Open& parent = open_.back();
    if (open_.size() == 1) return "";
    if (parent.value->kind == Kind::kList) return ItemPath(parent.path, parent.count);
    return MemberPath(parent.path, parent.key);
  }

  bool Refuse(const std::string& code) { return Refuse(code, Here()); }
  bool Refuse(const std::string& code, std::string path) {
    error_ = {.code = code, .path = std::move(path)};
    return false;
  }

  JsonValue* Place(JsonValue value) {
    Open& parent = open_.back();
    if (open_.size() == 1) {
      *parent.value = std::move(value);
      done_ = true;
      return parent.value;
    }
    if (parent.value->kind == Kind::kList) {
      ++parent.count;
      return &parent.value->items.emplace_back(std::move(value));
    }
    return &parent.value->members.emplace_back(parent.key, std::move(value)).second;
  }

  bool Put(JsonValue value) {
    Place(std::move(value));
    return true;
  }

  bool Enter(Kind kind) {
    std::string path = Here();
    if (open_.size() > kDepthMax) return Refuse("too_deep", std::move(path));
    JsonValue* value = Place({.kind = kind});
    done_ = false;
    // A child's address holds while it is open: its parent gets no other member before it is
    // closed.
    open_.push_back({value, std::move(path), "", 0});
    return true;
  }

  bool Leave() {
    open_.pop_back();
    done_ = open_.size() == 1;
    return true;
  }

  std::string_view input_;
  JsonValue root_;
  std::vector<Open> open_;
  bool done_ = false;  // The root value is complete.
  FormError error_;
};

}  // namespace

std::string MemberPath(const std::string& parent, std::string_view name) {
  return parent.empty() ? std::string(name) : parent + "." + std::string(name);
}

std::string ItemPath(const std::string& parent, size_t index) {
  return parent + "[" + std::to_string(index) + "]";
}

std::variant<JsonValue, FormError> ReadJson(std::string_view text) {
  Builder builder(text);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.error();
  return std::move(builder.root());
}

}  // namespace samenspel::cli
