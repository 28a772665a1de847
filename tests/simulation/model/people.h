// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <map>
#include <string>

#include "tests/simulation/model/case_lists.h"

namespace samenspel::simulation::model {

/// The registry as each service recorded it, and the policy of each request kind as its schema has
/// it.
///
/// What a person was granted, refused by a rule or told to be a conflict was of a kind that one of
/// their roles may send, for one of its purposes; kinds that only the daemon sends to itself come
/// from nobody else. Lenient: a change of the registry counts from when it is recorded, within the
/// second in which it is.
class People : public Rule {
 public:
  explicit People(Notebook& notebook) : notebook_(notebook) {}

  void Take(const Seen& seen) override;

  /// Whoever made this entry.
  Asker AskerOf(const Seen& seen) const;
  /// Whoever has that id, as this service knows them.
  Asker Known(size_t service, const std::string& person) const;

 private:
  void Change(size_t service, const common::v1::RegistryChanged& change);
  void CheckPolicy(const Seen& seen);

  Notebook& notebook_;
  std::array<std::map<std::string, common::v1::PrincipalKey>, kPlaces> known_;
};

}  // namespace samenspel::simulation::model
