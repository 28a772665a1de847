// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/common_events.h"

#include <algorithm>
#include <map>

namespace samenspel::daemon {
namespace {

using common::v1::PrincipalKey;
using common::v1::RegistryChanged;
using google::protobuf::Message;

constexpr const char* kRegistryStream = "!registry";
constexpr const char* kTurnedAwayStream = "!turned-away";
constexpr const char* kClockStream = "!clock";

// At most this many changes an event, so that its entry stays small; the rest follows in the next
// turn.
constexpr int kChangesMax = 100;
constexpr size_t kChangeBytes = 32 * 1024;

// Keyed by the whole content: whoever changes in any way is removed and added.
using Keys = std::map<std::string, PrincipalKey>;

void Add(Keys& keys, const PrincipalKey& key) { keys[key.SerializeAsString()] = key; }

Keys Recorded(View& view) {
  Keys keys;
  const auto recorded = view.Load<RegistryChanged>(kRegistryStream);
  for (const PrincipalKey& key : recorded.added()) Add(keys, key);
  return keys;
}

// A principal that was revoked counts as removed: its key no longer opens anything.
Keys Present(const bus::Registry& registry) {
  Keys keys;
  for (const auto& [id, principal] : registry.all()) {
    if (principal.revoked_at) continue;
    PrincipalKey key;
    key.set_principal(id);
    key.set_organisation(principal.organisation);
    key.set_curve_key(principal.curve_key);
    key.set_other_curve_key(principal.other_curve_key);
    key.set_employer(principal.employer);
    key.set_function(principal.function);
    for (const std::string& role : principal.roles) key.add_roles(role);
    key.set_valid_from_ms(base::ToMs(principal.valid_from));
    key.set_valid_until_ms(base::ToMs(principal.valid_until));
    for (const std::string& other : principal.may_act_for) key.add_may_act_for(other);
    Add(keys, key);
  }
  return keys;
}

bool IsValidAt(const PrincipalKey& key, base::Instant now) {
  return base::ToMs(now) >= key.valid_from_ms() && base::ToMs(now) < key.valid_until_ms();
}

std::string FollowerStream(const std::string& principal) {
  return std::string(kFollowerRows) + principal;
}

std::shared_ptr<Message> Wrapped(const Service& service, const char* name, const Message& inner) {
  std::shared_ptr<Message> event(service.event_type().New());
  const auto* field = event->GetDescriptor()->FindFieldByName(name);
  event->GetReflection()->MutableMessage(event.get(), field)->CopyFrom(inner);
  return event;
}

// Of a message that holds nothing but instants.
template <class Moved>
void ForEach(Message& instants, const Moved& moved) {
  const auto* reflection = instants.GetReflection();
  for (int i = 0; i < instants.GetDescriptor()->field_count(); ++i) {
    const auto* field = instants.GetDescriptor()->field(i);
    reflection->SetInt64(&instants, field, moved(reflection->GetInt64(instants, field)));
  }
}

}  // namespace

bool EvolveCommon(View& view, const common::v1::EventRecord& record, const Message& event) {
  if (record.stream() == kTurnedAwayStream) return true;
  if (record.stream().starts_with(kFollowerRows)) {
    view.Save(record.stream(), static_cast<const common::v1::FollowerSeen&>(
                                   event.GetReflection()->GetMessage(event, KindOf(event))));
    return false;
  }
  if (record.stream() == kClockStream) {
    view.Save(record.stream(), static_cast<const common::v1::ClockSeen&>(
                                   event.GetReflection()->GetMessage(event, KindOf(event))));
    return false;
  }
  if (record.stream() != kRegistryStream) return false;
  const auto& changed =
      static_cast<const RegistryChanged&>(event.GetReflection()->GetMessage(event, KindOf(event)));
  Keys keys = Recorded(view);
  for (const PrincipalKey& key : changed.removed()) keys.erase(key.SerializeAsString());
  for (const PrincipalKey& key : changed.added()) Add(keys, key);
  RegistryChanged state;
  for (const auto& [name, key] : keys) *state.add_added() = key;
  view.Save(kRegistryStream, state);
  return true;
}

std::optional<NewEvent> RegistryChange(View& view, const Service& service,
                                       const bus::Registry& registry) {
  const Keys before = Recorded(view);
  const Keys now = Present(registry);
  RegistryChanged changed;
  const auto full = [&] {
    return changed.added_size() + changed.removed_size() >= kChangesMax ||
           changed.ByteSizeLong() >= kChangeBytes;
  };
  for (const auto& [name, key] : before) {
    if (!now.contains(name) && !full()) *changed.add_removed() = key;
  }
  for (const auto& [name, key] : now) {
    if (!before.contains(name) && !full()) *changed.add_added() = key;
  }
  if (changed.added().empty() && changed.removed().empty()) return std::nullopt;
  NewEvent event;
  event.stream = kRegistryStream;
  event.event = Wrapped(service, "registry_changed", changed);
  return event;
}

std::optional<NewEvent> FollowerSeenEvent(const Service& service,
                                          const common::v1::FollowerSeen& seen) {
  if (service.event_type().GetDescriptor()->FindFieldByName("follower_seen") == nullptr) {
    return std::nullopt;
  }
  NewEvent event;
  event.stream = FollowerStream(seen.principal());
  event.event = Wrapped(service, "follower_seen", seen);
  return event;
}

bool WasLagging(const View& view, const std::string& principal) {
  return view.Load<common::v1::FollowerSeen>(FollowerStream(principal)).lagging();
}

std::optional<NewEvent> ClockSeenEvent(const Service& service, const common::v1::ClockSeen& seen) {
  if (service.event_type().GetDescriptor()->FindFieldByName("clock_seen") == nullptr) {
    return std::nullopt;
  }
  NewEvent event;
  event.stream = kClockStream;
  event.event = Wrapped(service, "clock_seen", seen);
  return event;
}

bool WasDisbelieved(const View& view) {
  const auto seen = view.Load<common::v1::ClockSeen>(kClockStream);
  return seen.off_ms() != 0 && !seen.accepted();
}

std::optional<base::Instant> AcceptedTime(const View& view) {
  const auto seen = view.Load<common::v1::ClockSeen>(kClockStream);
  if (!seen.accepted()) return std::nullopt;
  return base::FromMs(seen.at_ms() + seen.off_ms());
}

int64_t MovedDue(const common::v1::ClockSeen& seen, int64_t due_at_ms) {
  const bool back = seen.accepted() && seen.off_ms() < 0;
  return back && due_at_ms > seen.at_ms() ? due_at_ms + seen.off_ms() : due_at_ms;
}

int64_t MovedEnd(const common::v1::ClockSeen& seen, int64_t end_ms) {
  const bool back = seen.accepted() && seen.off_ms() < 0;
  if (back && end_ms <= seen.at_ms()) return std::min(end_ms, seen.at_ms() + seen.off_ms());
  return MovedDue(seen, end_ms);
}

void MoveDues(const common::v1::ClockSeen& seen, Message& terms) {
  ForEach(terms, [&](int64_t due_at_ms) { return MovedDue(seen, due_at_ms); });
}

void MoveEnds(const common::v1::ClockSeen& seen, Message& terms) {
  ForEach(terms, [&](int64_t due_at_ms) { return MovedEnd(seen, due_at_ms); });
}

std::optional<PrincipalKey> RegisteredPerson(const View& view, const std::string& id,
                                             base::Instant now) {
  const auto registry = view.Load<RegistryChanged>(kRegistryStream);
  const auto found =
      std::find_if(registry.added().begin(), registry.added().end(),
                   [&](const auto& key) { return key.principal() == id && IsValidAt(key, now); });
  return found == registry.added().end() ? std::nullopt : std::optional(*found);
}

std::map<std::string, PrincipalKey> RegisteredPersons(const View& view,
                                                      const std::set<std::string>& ids,
                                                      base::Instant now) {
  const auto registry = view.Load<RegistryChanged>(kRegistryStream);
  std::map<std::string, PrincipalKey> persons;
  for (const PrincipalKey& key : registry.added()) {
    if (ids.contains(key.principal()) && IsValidAt(key, now)) {
      persons.try_emplace(key.principal(), key);
    }
  }
  return persons;
}

bool HasPersonWithRole(const View& view, const std::string& organisation, const std::string& role,
                       base::Instant now) {
  const auto registry = view.Load<RegistryChanged>(kRegistryStream);
  return std::any_of(registry.added().begin(), registry.added().end(), [&](const auto& key) {
    return key.organisation() == organisation && IsValidAt(key, now) &&
           std::find(key.roles().begin(), key.roles().end(), role) != key.roles().end();
  });
}

NewEvent TurnedAwayEvent(const Service& service, const std::string& principal, uint64_t count) {
  common::v1::TurnedAway turned_away;
  turned_away.set_principal(principal);
  turned_away.set_count(count);
  NewEvent event;
  event.stream = kTurnedAwayStream;
  event.event = Wrapped(service, "turned_away", turned_away);
  return event;
}

}  // namespace samenspel::daemon
