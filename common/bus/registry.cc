// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/registry.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/toml_depth.h"
#include "common/bus/keys.h"
#include "common/tlog/base64.h"

// The keys of a file: docs/formats/registry.md. No message quotes what a file holds.
namespace samenspel::bus {
namespace {

using base::Code;
using base::Instant;
using base::Status;

constexpr std::string_view kSuffix = ".toml";
constexpr size_t kIdentifierMax = 128;
constexpr std::string_view kIdentifierCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
constexpr size_t kEd25519Bytes = 32;
constexpr std::array<std::string_view, 12> kKnownKeys = {
    "principal",       "employer",    "organisation", "function",    "roles",      "curve_key",
    "other_curve_key", "ed25519_key", "valid_from",   "valid_until", "revoked_at", "may_act_for"};

Status Wrong(const std::string& file, size_t line, const std::string& why) {
  return {Code::kInvalid, file + ":" + std::to_string(line) + ": " + why};
}

bool IsIdentifier(std::string_view text) {
  return !text.empty() && text.size() <= kIdentifierMax &&
         text.find_first_not_of(kIdentifierCharacters) == std::string_view::npos;
}

bool IsEd25519Key(const std::string& text) {
  const auto bytes = tlog::DecodeBase64(text);
  return bytes && bytes->size() == kEd25519Bytes;
}

// UTC in whole milliseconds only: what was stored is what was written.
std::optional<Instant> InstantOf(const toml::date_time& moment) {
  using std::chrono::day, std::chrono::month, std::chrono::year;
  constexpr uint32_t kNanosecondsInMs = 1'000'000;
  if (!moment.offset || moment.offset->minutes != 0) return std::nullopt;
  if (moment.time.nanosecond % kNanosecondsInMs != 0) return std::nullopt;
  const std::chrono::year_month_day date{year{moment.date.year}, month{moment.date.month},
                                         day{moment.date.day}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(moment.time.hour) +
         std::chrono::minutes(moment.time.minute) + std::chrono::seconds(moment.time.second) +
         base::milliseconds(moment.time.nanosecond / kNanosecondsInMs);
}

// Reads one file. The first thing that is wrong stays; what is read after it does not count.
class Reader {
 public:
  Reader(std::string file, const toml::table& table) : file_(std::move(file)), table_(table) {}

  base::Result<Principal> Read() {
    RefuseUnknownKeys();
    Principal principal;
    principal.id = Identifier("principal");
    principal.employer = Identifier("employer");
    principal.organisation = Identifier("organisation");
    principal.function = Identifier("function");
    principal.roles = Identifiers("roles", true);
    principal.curve_key = Key("curve_key", IsCurveKey, true, "must be 40 characters of Z85");
    principal.other_curve_key =
        Key("other_curve_key", IsCurveKey, false, "must be 40 characters of Z85");
    principal.ed25519_key =
        Key("ed25519_key", IsEd25519Key, false, "must be the base64 of 32 bytes");
    principal.valid_from = Moment("valid_from", true).value_or(Instant{});
    principal.valid_until = Moment("valid_until", true).value_or(Instant{});
    principal.revoked_at = Moment("revoked_at", false);
    principal.may_act_for = Identifiers("may_act_for", false);
    if (wrong_.ok() && principal.valid_until <= principal.valid_from) {
      Note(LineOf("valid_until"), "valid_until must be later than valid_from");
    }
    if (!wrong_.ok()) return wrong_;
    return principal;
  }

  size_t LineOf(std::string_view key) const {
    const toml::node* node = table_.get(key);
    return node == nullptr ? 1 : node->source().begin.line;
  }

 private:
  void Note(size_t line, const std::string& why) {
    if (wrong_.ok()) wrong_ = Wrong(file_, line, why);
  }

  void RefuseUnknownKeys() {
    for (const auto& [key, node] : table_) {
      const bool known = std::ranges::find(kKnownKeys, key.str()) != kKnownKeys.end();
      if (!known) Note(key.source().begin.line, "this key has no meaning here");
    }
  }

  const toml::node* Find(std::string_view key, bool required) {
    const toml::node* node = table_.get(key);
    if (node == nullptr && required) Note(1, std::string(key) + " is missing");
    return node;
  }

  std::string Identifier(std::string_view key) {
    const toml::node* node = Find(key, true);
    return node == nullptr ? "" : Identifier(key, *node);
  }

  std::string Identifier(std::string_view key, const toml::node& node) {
    const auto text = node.value_exact<std::string>();
    if (text && IsIdentifier(*text)) return *text;
    Note(node.source().begin.line, std::string(key) + " must be text of letters, digits, _ . -");
    return "";
  }

  std::vector<std::string> Identifiers(std::string_view key, bool required) {
    std::vector<std::string> texts;
    const toml::node* node = Find(key, required);
    if (node == nullptr) return texts;
    const toml::array* list = node->as_array();
    if (list == nullptr) {
      Note(node->source().begin.line, std::string(key) + " must be a list of texts");
      return texts;
    }
    for (const toml::node& item : *list) texts.push_back(Identifier(key, item));
    return texts;
  }

  template <class IsKey>
  std::string Key(std::string_view key, const IsKey& is_key, bool required,
                  const std::string& rule) {
    const toml::node* node = Find(key, required);
    if (node == nullptr) return "";
    const auto text = node->value_exact<std::string>();
    if (text && is_key(*text)) return *text;
    Note(node->source().begin.line, std::string(key) + " " + rule);
    return "";
  }

  std::optional<Instant> Moment(std::string_view key, bool required) {
    const toml::node* node = Find(key, required);
    if (node == nullptr) return std::nullopt;
    const auto* moment = node->as_date_time();
    auto instant = moment == nullptr ? std::nullopt : InstantOf(moment->get());
    if (!instant) {
      Note(node->source().begin.line,
           std::string(key) + " must be a date and time in UTC, such as 2026-01-31T09:00:00Z");
    }
    return instant;
  }

  const std::string file_;
  const toml::table& table_;
  Status wrong_;
};

// Where each id and key was seen first, to refuse the second.
class Seen {
 public:
  Status Add(const std::string& what, const std::string& value, const std::string& file,
             size_t line) {
    if (value.empty()) return base::Ok();
    std::string place = file;
    place += ":" + std::to_string(line);
    const auto [first, is_new] = places_.emplace(std::pair(what, value), std::move(place));
    if (is_new) return base::Ok();
    return Wrong(file, line, "this " + what + " stands in " + first->second + " too");
  }

 private:
  std::map<std::pair<std::string, std::string>, std::string> places_;
};

base::Result<Principal> ReadFile(const std::string& file, const std::string& content, Seen& seen) {
  if (const auto line = base::TooDeepLine(content)) {
    return Wrong(file, *line, "this is nested too deeply");
  }
  try {
    const toml::table table = toml::parse(content);
    Reader reader(file, table);
    auto principal = reader.Read();
    if (!principal.ok()) return principal;
    SAMENSPEL_RETURN_IF_ERROR(
        seen.Add("principal", principal->id, file, reader.LineOf("principal")));
    SAMENSPEL_RETURN_IF_ERROR(
        seen.Add("key", principal->curve_key, file, reader.LineOf("curve_key")));
    SAMENSPEL_RETURN_IF_ERROR(
        seen.Add("key", principal->other_curve_key, file, reader.LineOf("other_curve_key")));
    SAMENSPEL_RETURN_IF_ERROR(
        seen.Add("key", principal->ed25519_key, file, reader.LineOf("ed25519_key")));
    return principal;
  } catch (const toml::parse_error& error) {
    return Wrong(file, error.source().begin.line, "this is not TOML");  // Its own words quote.
  }
}

}  // namespace

bool Principal::HasRole(std::string_view role) const {
  return std::ranges::find(roles, role) != roles.end();
}

bool Principal::MayActFor(std::string_view organisation_id) const {
  return std::ranges::find(may_act_for, organisation_id) != may_act_for.end();
}

base::Result<std::shared_ptr<const Registry>> Registry::Load(base::FileSystem& files,
                                                             const std::string& directory) {
  const auto names = files.List(directory);
  if (!names.ok()) return names.status();
  std::vector<Principal> principals;
  Seen seen;
  for (const std::string& name : *names) {
    if (!name.ends_with(kSuffix)) continue;
    const std::string file = directory + "/" + name;
    const auto content = files.Read(file);
    if (!content.ok()) return content.status();
    auto principal = ReadFile(file, *content, seen);
    if (!principal.ok()) return principal.status();
    principals.push_back(*std::move(principal));
  }
  return Of(std::move(principals));
}

base::Result<std::shared_ptr<const Registry>> Registry::Of(std::vector<Principal> principals) {
  auto registry = std::make_shared<Registry>();
  for (Principal& principal : principals) {
    const std::string id = principal.id;
    if (id.empty() || principal.curve_key.empty()) {
      return Status(Code::kInvalid, "make a registry: a principal has no id or no key");
    }
    const auto [at, is_new] = registry->principals_.emplace(id, std::move(principal));
    if (!is_new) return Status(Code::kInvalid, "make a registry: " + id + " stands twice");
    for (const std::string& key : {at->second.curve_key, at->second.other_curve_key}) {
      if (key.empty() || registry->by_key_.emplace(key, &at->second).second) continue;
      return Status(Code::kInvalid, "make a registry: the key of " + id + " stands twice");
    }
  }
  return std::shared_ptr<const Registry>(std::move(registry));
}

const Principal* Registry::ById(std::string_view id) const {
  const auto found = principals_.find(id);
  return found == principals_.end() ? nullptr : &found->second;
}

const Principal* Registry::ByKey(std::string_view curve_key) const {
  const auto found = by_key_.find(std::string(curve_key));
  return found == by_key_.end() ? nullptr : found->second;
}

}  // namespace samenspel::bus
