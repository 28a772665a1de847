// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/roster_file.h"

#include <algorithm>
#include <set>
#include <string>

#include "clients/samenspel/times.h"
#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

using Kind = JsonValue::Kind;

// Reads one object; the first fault stays, and what comes after it is passed over.
class Reader {
 public:
  std::optional<FormError> fault;

  void Wrong(const char* code, const std::string& path, const std::string& known = {}) {
    if (!fault) fault = FormError{.code = code, .path = path, .line = 0, .known = known};
  }

  // Every member must be one of `names`, and `required` must be there.
  bool Object(const JsonValue& value, const std::string& path,
              std::initializer_list<std::string_view> names,
              std::initializer_list<std::string_view> required) {
    if (value.kind != Kind::kObject) return Wrong("wrong_type", path), false;
    for (const auto& [name, member] : value.members) {
      if (std::ranges::find(names, name) != names.end()) continue;
      std::string known;
      for (const std::string_view one : names) known += (known.empty() ? "" : ", ") + Text(one);
      return Wrong("unknown_field", MemberPath(path, name), known), false;
    }
    for (const std::string_view name : required) {
      if (Find(value, name) == nullptr) return Wrong("missing", MemberPath(path, name)), false;
    }
    return !fault;
  }
  static const JsonValue* Find(const JsonValue& object, std::string_view name) {
    const auto found = std::ranges::find(
        object.members, name, [](const auto& member) { return std::string_view(member.first); });
    return found == object.members.end() ? nullptr : &found->second;
  }
  std::string TextOf(const JsonValue& object, const std::string& path, std::string_view name) {
    const JsonValue* value = Find(object, name);
    if (value == nullptr) return {};
    if (value->kind != Kind::kText) Wrong("wrong_type", MemberPath(path, name));
    return value->text;
  }
  std::string IdOf(const JsonValue& object, const std::string& path, std::string_view name,
                   std::string_view prefix) {
    std::string id = TextOf(object, path, name);
    if (!id.empty() && !base::IsId(prefix, id)) Wrong("bad_id", MemberPath(path, name));
    return id;
  }
  // The items of a list that may be left out.
  const std::vector<JsonValue>& Items(const JsonValue& object, const std::string& path,
                                      std::string_view name) {
    static const std::vector<JsonValue> none;
    const JsonValue* value = Find(object, name);
    if (value == nullptr) return none;
    if (value->kind != Kind::kList) Wrong("wrong_type", MemberPath(path, name));
    return value->items;
  }
  // An id may stand in each list once.
  void Once(std::set<std::string>& seen, const std::string& id, const std::string& path) {
    if (!seen.insert(id).second) Wrong("stands_twice", path);
  }

 private:
  static std::string Text(std::string_view text) { return std::string(text); }
};

void ReadOrganisations(Reader& reader, const JsonValue& file, demo::Region& roster) {
  std::set<std::string> seen;
  const auto& items = reader.Items(file, "", "organisations");
  for (size_t i = 0; i < items.size() && !reader.fault; ++i) {
    const std::string path = ItemPath("organisations", i);
    if (!reader.Object(items[i], path, {"id", "name", "kind", "phone"}, {"id", "name", "kind"})) {
      return;
    }
    auto& one = roster.organisations.emplace_back();
    one.set_id(reader.IdOf(items[i], path, "id", "org"));
    one.set_name(reader.TextOf(items[i], path, "name"));
    one.set_kind(reader.TextOf(items[i], path, "kind"));
    one.set_phone(reader.TextOf(items[i], path, "phone"));
    reader.Once(seen, one.id(), MemberPath(path, "id"));
  }
}

void ReadProfessionals(Reader& reader, const JsonValue& file, demo::Region& roster) {
  std::set<std::string> seen;
  const auto& items = reader.Items(file, "", "professionals");
  for (size_t i = 0; i < items.size() && !reader.fault; ++i) {
    const std::string path = ItemPath("professionals", i);
    if (!reader.Object(items[i], path,
                       {"id", "name", "employer", "organisation", "functions", "deputy"},
                       {"id", "name", "employer", "organisation", "functions"})) {
      return;
    }
    auto& one = roster.professionals.emplace_back();
    one.set_id(reader.IdOf(items[i], path, "id", "pro"));
    one.set_name(reader.TextOf(items[i], path, "name"));
    one.set_employer(reader.IdOf(items[i], path, "employer", "org"));
    one.set_organisation(reader.IdOf(items[i], path, "organisation", "org"));
    one.set_deputy(reader.IdOf(items[i], path, "deputy", "pro"));
    const auto& functions = reader.Items(items[i], path, "functions");
    for (size_t f = 0; f < functions.size(); ++f) {
      if (functions[f].kind != Kind::kText) {
        reader.Wrong("wrong_type", ItemPath(MemberPath(path, "functions"), f));
      }
      one.add_functions(functions[f].text);
    }
    reader.Once(seen, one.id(), MemberPath(path, "id"));
  }
}

int64_t TimeOf(Reader& reader, const JsonValue& shift, const std::string& path,
               std::string_view name) {
  const auto time = ParseInstant(reader.TextOf(shift, path, name));
  if (!time) reader.Wrong("not_a_time", MemberPath(path, name));
  return time ? base::ToMs(*time) : 0;
}

void ReadShifts(Reader& reader, const JsonValue& person, const std::string& path,
                meeting::v1::SetShifts& set) {
  struct Placed {
    meeting::v1::Shift shift;
    std::string path;
  };
  std::vector<Placed> placed;
  const auto& items = reader.Items(person, path, "shifts");
  for (size_t i = 0; i < items.size() && !reader.fault; ++i) {
    const std::string at = ItemPath(MemberPath(path, "shifts"), i);
    if (!reader.Object(items[i], at, {"from", "until"}, {"from", "until"})) return;
    meeting::v1::Shift shift;
    shift.set_from_ms(TimeOf(reader, items[i], at, "from"));
    shift.set_until_ms(TimeOf(reader, items[i], at, "until"));
    if (!reader.fault && shift.until_ms() <= shift.from_ms()) {
      reader.Wrong("shift_ends_before_start", at);
    }
    placed.push_back({shift, at});
  }
  std::ranges::stable_sort(placed, {}, [](const Placed& one) { return one.shift.from_ms(); });
  for (size_t i = 0; i < placed.size(); ++i) {
    if (i > 0 && placed[i].shift.from_ms() < placed[i - 1].shift.until_ms()) {
      reader.Wrong("shifts_overlap", placed[i].path);
    }
    *set.add_shifts() = placed[i].shift;
  }
}

void ReadAllShifts(Reader& reader, const JsonValue& file, demo::Region& roster) {
  std::set<std::string> seen;
  const auto& items = reader.Items(file, "", "shifts");
  for (size_t i = 0; i < items.size() && !reader.fault; ++i) {
    const std::string path = ItemPath("shifts", i);
    if (!reader.Object(items[i], path, {"professional", "shifts"}, {"professional", "shifts"})) {
      return;
    }
    auto& set = roster.shifts.emplace_back();
    set.set_professional(reader.IdOf(items[i], path, "professional", "pro"));
    reader.Once(seen, set.professional(), MemberPath(path, "professional"));
    ReadShifts(reader, items[i], path, set);
  }
}

template <class List>
void AddIds(std::set<std::string>& ids, const List& list) {
  for (const auto& one : list) ids.insert(one.id());
}

}  // namespace

std::variant<demo::Region, FormError> ReadRoster(std::string_view json) {
  auto tree = ReadJson(json);
  if (auto* wrong = std::get_if<FormError>(&tree)) return std::move(*wrong);
  const JsonValue& file = std::get<JsonValue>(tree);
  Reader reader;
  demo::Region roster;
  if (reader.Object(file, "", {"organisations", "professionals", "shifts"}, {})) {
    ReadOrganisations(reader, file, roster);
    ReadProfessionals(reader, file, roster);
    ReadAllShifts(reader, file, roster);
  }
  if (reader.fault) return *reader.fault;
  return roster;
}

std::optional<FormError> FindUnknown(const demo::Region& roster, const demo::Region& known) {
  std::set<std::string> ids;
  AddIds(ids, roster.organisations);
  AddIds(ids, roster.professionals);
  AddIds(ids, known.organisations);
  AddIds(ids, known.professionals);
  const auto wrong = [&](const std::string& id, const char* code, const std::string& path) {
    std::optional<FormError> fault;
    if (!id.empty() && !ids.contains(id)) fault = FormError{.code = code, .path = path};
    return fault;
  };
  for (size_t i = 0; i < roster.professionals.size(); ++i) {
    const auto& one = roster.professionals[i];
    const std::string path = ItemPath("professionals", i);
    for (const auto& [id, name] :
         {std::pair(one.employer(), "employer"), std::pair(one.organisation(), "organisation")}) {
      if (auto fault = wrong(id, "unknown_organisation", MemberPath(path, name))) return fault;
    }
    if (auto fault = wrong(one.deputy(), "unknown_professional", MemberPath(path, "deputy"))) {
      return fault;
    }
  }
  for (size_t i = 0; i < roster.shifts.size(); ++i) {
    const std::string path = MemberPath(ItemPath("shifts", i), "professional");
    if (auto fault = wrong(roster.shifts[i].professional(), "unknown_professional", path)) {
      return fault;
    }
  }
  return std::nullopt;
}

Json RosterJson(const demo::Region& roster) {
  Json object = {{"organisations", Json::array()},
                 {"professionals", Json::array()},
                 {"shifts", Json::array()}};
  for (const auto& one : roster.organisations) {
    Json organisation = {{"id", one.id()}, {"name", one.name()}, {"kind", one.kind()}};
    if (!one.phone().empty()) organisation["phone"] = one.phone();
    object["organisations"].push_back(std::move(organisation));
  }
  for (const auto& one : roster.deputies.empty() ? roster.professionals : roster.deputies) {
    Json person = {{"id", one.id()},
                   {"name", one.name()},
                   {"employer", one.employer()},
                   {"organisation", one.organisation()},
                   {"functions", std::vector(one.functions().begin(), one.functions().end())}};
    if (!one.deputy().empty()) person["deputy"] = one.deputy();
    object["professionals"].push_back(std::move(person));
  }
  for (const auto& set : roster.shifts) {
    Json shifts = Json::array();
    for (const auto& shift : set.shifts()) {
      shifts.push_back({{"from", IsoTime(base::FromMs(shift.from_ms()))},
                        {"until", IsoTime(base::FromMs(shift.until_ms()))}});
    }
    object["shifts"].push_back({{"professional", set.professional()}, {"shifts", shifts}});
  }
  return object;
}

}  // namespace samenspel::cli
