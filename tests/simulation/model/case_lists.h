// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "proto/common/v1/case.pb.h"
#include "tests/simulation/model/seen.h"

namespace samenspel::simulation::model {

/// Who asks: a principal with what the registry says of it.
struct Asker {
  std::string person;
  std::string organisation;  ///< The one acted for (P.05).
  std::vector<std::string> roles;
  bool Has(const std::string& role) const;
};

/// The case lists of intake, and the copies at meeting and escalation (decision 6).
///
/// What intake opened, lengthened or ended stands in the copy just so once a follower has an entry
/// that follows from there or later; nothing else changes a copy. Audit's copy makes no events.
class CaseLists : public Rule {
 public:
  explicit CaseLists(Notebook& notebook) : notebook_(notebook) {}

  void Take(const Seen& seen) override;
  void AtEnd(base::Instant true_time) override;

  enum class Right { kNone, kBreakGlass, kByRule };
  /// By what right somebody may know of the case at `ms` of the clock that is asked. Of each
  /// involvement every form counts that it had at intake after entry `from` or later: whoever is
  /// behind may go by an older one.
  Right RightOf(const Asker& asker, const std::string& household, int64_t ms,
                uint64_t from = UINT64_MAX) const;
  /// Whether broken glass lets this person in at `ms`, as intake has it now.
  bool IsOpenTo(const std::string& household, const std::string& person, int64_t ms) const;
  /// Whether an involvement other than by broken glass names this person and covers `ms`.
  bool HasPart(const std::string& household, const std::string& person, int64_t ms) const;
  bool IsListed(const std::string& household) const { return lists_.contains(household); }
  /// As it was last set; null: never.
  const common::v1::Involvement* Find(const std::string& household, const std::string& id) const;

 private:
  struct Form {
    uint64_t sequence;
    common::v1::Involvement involvement;
  };
  struct Set {
    uint64_t sequence;
    std::string key;  // Household and id.
    std::string bytes;
  };
  void Compare(size_t service, const std::string& where, uint64_t heard);

  Notebook& notebook_;
  std::map<std::string, std::map<std::string, std::vector<Form>>> lists_;
  std::vector<Set> sets_;
  std::array<std::map<std::string, std::string>, kPlaces> copies_;
  std::array<size_t, kPlaces> compared_{};  // Of sets_.
};

}  // namespace samenspel::simulation::model
