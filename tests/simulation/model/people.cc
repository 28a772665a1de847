// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/people.h"

#include <algorithm>

#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/options.pb.h"
#include "proto/escalation/v1/requests.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::simulation::model {
namespace {

const google::protobuf::Descriptor* RequestOf(size_t service) {
  if (service == kIntake) return intake::v1::Request::descriptor();
  if (service == kMeeting) return meeting::v1::Request::descriptor();
  if (service == kEscalation) return escalation::v1::Request::descriptor();
  return audit::v1::Request::descriptor();
}

bool HasAny(const google::protobuf::RepeatedPtrField<std::string>& wanted,
            const google::protobuf::RepeatedPtrField<std::string>& given) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
    return std::find(given.begin(), given.end(), one) != given.end();
  });
}

template <class Events, class Visit>
void EachRegistry(const Events& events, const Visit& visit) {
  for (const auto& event : events) {
    if (event.has_registry_changed()) visit(event.registry_changed());
  }
}

}  // namespace

void People::Take(const Seen& seen) {
  const auto change = [&](const common::v1::RegistryChanged& one) { Change(seen.service, one); };
  EachRegistry(seen.intake, change);
  EachRegistry(seen.meeting, change);
  EachRegistry(seen.escalation, change);
  EachRegistry(seen.audit, change);
  CheckPolicy(seen);
}

// Whoever was removed stays known: their last request may be recorded beside it.
void People::Change(size_t service, const common::v1::RegistryChanged& change) {
  for (const auto& one : change.added()) known_[service][one.principal()] = one;
}

Asker People::Known(size_t service, const std::string& person) const {
  const auto found = known_[service].find(person);
  if (found == known_[service].end()) return {person, {}, {}};
  const auto& key = found->second;
  return {person, key.organisation(), {key.roles().begin(), key.roles().end()}};
}

Asker People::AskerOf(const Seen& seen) const {
  Asker asker = Known(seen.service, seen.header().principal());
  asker.organisation = seen.header().organisation();
  return asker;
}

void People::CheckPolicy(const Seen& seen) {
  const auto& header = seen.header();
  const bool counts = header.outcome() == common::v1::STATUS_OK ||
                      header.outcome() == common::v1::STATUS_REFUSED ||
                      header.outcome() == common::v1::STATUS_CONFLICT;
  const auto* field = RequestOf(seen.service)->FindFieldByName(header.kind());
  if (!counts || field == nullptr || header.has_cause()) return;
  const auto& policy = field->message_type()->options().GetExtension(common::v1::policy);
  if (policy.internal() != seen.IsOwn()) {
    return notebook_.Find(seen.where() + ": " + header.kind() + " came from " + header.principal());
  }
  if (policy.internal()) return;
  const auto found = known_[seen.service].find(header.principal());
  if (found == known_[seen.service].end()) {
    return notebook_.Find(seen.where() + ": " + header.principal() + " is not registered");
  }
  if (!HasAny(policy.roles(), found->second.roles()) ||
      std::find(policy.purposes().begin(), policy.purposes().end(), header.purpose()) ==
          policy.purposes().end()) {
    notebook_.Find(seen.where() + ": " + header.principal() + " may not send " + header.kind() +
                   " for " + header.purpose());
  }
}

}  // namespace samenspel::simulation::model
