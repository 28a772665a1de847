// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <vector>

#include "common/bus/registry.h"
#include "tests/battery/attempt.h"

namespace samenspel::battery {

/// The registry as it is now, with what was drawn for whom.
struct Casting {
  std::map<std::string, bus::Principal> principals;  ///< Without those whose key is unknown.
  std::map<std::string, std::string> keys;  ///< Of everybody: valid, unknown, revoked, expired, ...
};

/// Who somebody is for the services: the person, and for which organisation and in which roles.
struct Asker {
  std::string person;
  std::string organisation;
  std::vector<std::string> roles;

  bool Has(std::string_view role) const;
};

/// Says what is to come of an attempt: from the table, from what was made to happen, and from the
/// registry. Knows nothing of the code.
class Monitor {
 public:
  Monitor(const Table& table, const Casting& casting, base::Instant now)
      : table_(table), casting_(casting), now_(now) {}

  /// No answers at all: nothing comes back.
  Verdict Expect(const Attempt& attempt) const;

  bool Knows(const Asker& asker, const Case& about) const;
  bool ByRight(const Asker& asker, const Case& about) const;
  bool HasSeat(const Asker& asker, const Case& about) const;
  bool InCircle(const Asker& asker, const Case& about) const;
  bool SeesAlarm(const Asker& asker, const AlarmFact& alarm, const Case* about) const;
  /// As whom the services take the sender; the behalf must be allowed.
  Asker AskerOf(const Attempt& attempt) const;
  /// The strongest tie that the person has, whoever they act for now; for coverage.
  std::string TieOf(const std::string& person, const Case& about) const;

 private:
  bool Allowed(const Attempt& attempt) const;
  bool Holds(const std::string& fact, const Attempt& attempt, const Asker& asker) const;
  bool HoldsOfCase(const std::string& fact, const Attempt& attempt, const Asker& asker) const;
  bool ActsFor(const Asker& asker, const std::string& person,
               const std::string& organisation) const {
    return asker.person == person && asker.organisation == organisation;
  }

  const Table& table_;
  const Casting& casting_;
  base::Instant now_;
};

/// For which organisation this person works when nothing else was drawn.
std::string HomeOf(const std::string& person);

}  // namespace samenspel::battery
