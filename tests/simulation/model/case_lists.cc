// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/case_lists.h"

#include <algorithm>

namespace samenspel::simulation::model {
namespace {

using common::v1::Involvement;
using common::v1::InvolvementSet;

std::string KeyOf(const InvolvementSet& event) {
  return event.household() + " " + event.involvement().id();
}

// By name, while acting for the organisation that it was given for; or by organisation and role.
bool IsOf(const Involvement& involvement, const Asker& asker) {
  if (!involvement.person().empty()) {
    return involvement.person() == asker.person &&
           (involvement.organisation().empty() || involvement.organisation() == asker.organisation);
  }
  return involvement.organisation() == asker.organisation &&
         (involvement.role().empty() || asker.Has(involvement.role()));
}

bool Covers(const Involvement& involvement, int64_t ms) {
  return involvement.until_ms() == 0 || ms < involvement.until_ms();
}

const InvolvementSet* SetBy(const Seen& seen, size_t i) {
  if (seen.service == kIntake && seen.intake[i].has_involvement_set()) {
    return &seen.intake[i].involvement_set();
  }
  if (seen.service == kMeeting && seen.meeting[i].has_involvement_set()) {
    return &seen.meeting[i].involvement_set();
  }
  if (seen.service == kEscalation && seen.escalation[i].has_involvement_set()) {
    return &seen.escalation[i].involvement_set();
  }
  return nullptr;
}

}  // namespace

bool Asker::Has(const std::string& role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

void CaseLists::Take(const Seen& seen) {
  for (size_t i = 0; i < static_cast<size_t>(seen.header().events_size()); ++i) {
    const InvolvementSet* set = SetBy(seen, i);
    if (set == nullptr) continue;
    if (seen.service == kIntake) {
      lists_[set->household()][set->involvement().id()].push_back(
          {seen.sequence(), set->involvement()});
      sets_.push_back({seen.sequence(), KeyOf(*set), set->involvement().SerializeAsString()});
    } else {
      if (!seen.IsCausedBy(kIntake)) {
        notebook_.Find(seen.where() + " gives a right that intake did not give");
      }
      copies_[seen.service][KeyOf(*set)] = set->involvement().SerializeAsString();
    }
  }
  const bool copies = seen.service == kMeeting || seen.service == kEscalation;
  if (copies && seen.IsCausedBy(kIntake)) {
    Compare(seen.service, seen.where(), seen.header().cause().sequence());
  }
}

void CaseLists::Compare(size_t service, const std::string& where, uint64_t heard) {
  std::map<std::string, const Set*> last;
  size_t& at = compared_[service];
  for (; at < sets_.size() && sets_[at].sequence <= heard; ++at) last[sets_[at].key] = &sets_[at];
  for (const auto& [key, set] : last) {
    if (copies_[service][key] == set->bytes) continue;
    notebook_.Find(where + ": the right " + key + " of " + Where(kIntake, set->sequence) +
                   " is not so in the copy");
  }
}

CaseLists::Right CaseLists::RightOf(const Asker& asker, const std::string& household, int64_t ms,
                                    uint64_t from) const {
  const auto list = lists_.find(household);
  if (list == lists_.end()) return Right::kNone;
  Right right = Right::kNone;
  for (const auto& [id, forms] : list->second) {
    for (size_t i = 0; i < forms.size(); ++i) {
      const bool replaced = i + 1 < forms.size() && forms[i + 1].sequence <= from;
      const Involvement& form = forms[i].involvement;
      if (replaced || !IsOf(form, asker) || !Covers(form, ms)) continue;
      if (form.kind() != common::v1::INVOLVEMENT_KIND_BREAK_GLASS) return Right::kByRule;
      right = Right::kBreakGlass;
    }
  }
  return right;
}

bool CaseLists::IsOpenTo(const std::string& household, const std::string& person,
                         int64_t ms) const {
  const auto list = lists_.find(household);
  if (list == lists_.end()) return false;
  return std::any_of(list->second.begin(), list->second.end(), [&](const auto& one) {
    const Involvement& last = one.second.back().involvement;
    return last.kind() == common::v1::INVOLVEMENT_KIND_BREAK_GLASS && last.person() == person &&
           Covers(last, ms);
  });
}

bool CaseLists::HasPart(const std::string& household, const std::string& person, int64_t ms) const {
  const auto list = lists_.find(household);
  if (list == lists_.end()) return false;
  return std::any_of(list->second.begin(), list->second.end(), [&](const auto& one) {
    const Involvement& last = one.second.back().involvement;
    return last.kind() != common::v1::INVOLVEMENT_KIND_BREAK_GLASS && last.person() == person &&
           Covers(last, ms);
  });
}

const Involvement* CaseLists::Find(const std::string& household, const std::string& id) const {
  const auto list = lists_.find(household);
  if (list == lists_.end()) return nullptr;
  const auto found = list->second.find(id);
  return found == list->second.end() ? nullptr : &found->second.back().involvement;
}

void CaseLists::AtEnd(base::Instant /*true_time*/) {
  for (const size_t service : {kMeeting, kEscalation}) {
    Compare(service, std::string(kNames[service]) + " at the end", UINT64_MAX);
  }
}

}  // namespace samenspel::simulation::model
