// SPDX-License-Identifier: EUPL-1.2
// Where rights come from: what stands beside them, what they follow from, and break-glass.
#include <algorithm>

#include "tests/simulation/model/rights.h"

namespace samenspel::simulation::model {
namespace {

template <class Visit>
bool Any(const Seen& seen, const Visit& visit) {
  return std::any_of(seen.intake.begin(), seen.intake.end(), visit);
}

bool Has(const std::map<uint64_t, std::set<std::string>>& by_entry, const Seen& seen,
         const std::string& what) {
  const auto found = by_entry.find(seen.header().cause().sequence());
  return found != by_entry.end() && found->second.contains(what);
}

}  // namespace

bool Rights::HasOrigin(const Seen& seen, const common::v1::InvolvementSet& set) const {
  const auto& right = set.involvement();
  switch (right.kind()) {
    case common::v1::INVOLVEMENT_KIND_SENDER:
      return Any(seen, [&](const intake::v1::Event& event) {
        return event.report_submitted().household() == set.household() &&
               event.report_submitted().sender() == right.person();
      });
    case common::v1::INVOLVEMENT_KIND_DESK:
      return Any(seen, [&](const intake::v1::Event& event) {
        return event.report_submitted().organisation() == right.organisation() ||
               event.owner_changed().ownership().desk() == right.organisation();
      });
    case common::v1::INVOLVEMENT_KIND_OWNER:
      return Any(seen, [&](const intake::v1::Event& event) {
        const auto& ownership = event.owner_changed().ownership();
        return event.has_owner_changed() &&
               (ownership.owner() == right.person() || ownership.offered_to() == right.person());
      });
    case common::v1::INVOLVEMENT_KIND_FIRST_STEP:
      return Any(seen, [&](const intake::v1::Event& event) {
        return event.first_step_named().first_step().professional() == right.person();
      });
    case common::v1::INVOLVEMENT_KIND_SEAT:
      return seen.IsCausedBy(kMeeting) &&
             Has(seated_, seen, set.household() + " " + right.person());
    case common::v1::INVOLVEMENT_KIND_BREAK_GLASS:
      return Any(seen, [&](const intake::v1::Event& event) {
        return event.glass_broken().household() == set.household() &&
               event.glass_broken().reader() == right.person() &&
               event.glass_broken().until_ms() == right.until_ms();
      });
    case common::v1::INVOLVEMENT_KIND_ALARM:
      return seen.IsCausedBy(kEscalation) && Has(rung_, seen, right.person());
    default:
      return false;
  }
}

void Rights::CheckOrigin(const Seen& seen, const common::v1::InvolvementSet& set) {
  const auto& right = set.involvement();
  const bool of_a_desk = right.kind() == common::v1::INVOLVEMENT_KIND_DESK &&
                         !right.organisation().empty() && !right.role().empty();
  if (right.person().empty() && !of_a_desk) {
    return Find(seen, "a right of nobody by name, " + right.id());
  }
  const bool ended = right.until_ms() != 0 && right.until_ms() <= seen.stamp();
  const auto* before = lists_.Find(set.household(), right.id());
  const bool shorter = before != nullptr && before->person() == right.person() &&
                       before->organisation() == right.organisation() && right.until_ms() != 0 &&
                       (before->until_ms() == 0 || right.until_ms() <= before->until_ms());
  if (ended || shorter || HasOrigin(seen, set)) return;
  Find(seen, "a right out of nothing in " + set.household() + ": " + right.ShortDebugString());
}

void Rights::Broken(const Seen& seen, const intake::v1::GlassBroken& event) {
  const bool is_new = openings_
                          .emplace(event.opening(), Opening{event.household(), event.reader(),
                                                            event.keeper(), false})
                          .second;
  if (!is_new) Find(seen, event.opening() + " was broken before");
  if (seen.header().kind() != "break_glass" || event.reader() != seen.person() ||
      event.organisation() != seen.header().organisation()) {
    Find(seen, event.opening() + " was broken by somebody else");
  }
  if (event.at_ms() != seen.stamp() ||
      event.until_ms() != event.at_ms() + rules_.terms().glass_ms ||
      event.review_due_ms() != event.at_ms() + rules_.terms().review_ms) {
    Find(seen, event.opening() + " is not open or reviewed as terms.toml says");
  }
  const bool gives = Any(seen, [&](const intake::v1::Event& other) {
    const auto& right = other.involvement_set().involvement();
    return right.kind() == common::v1::INVOLVEMENT_KIND_BREAK_GLASS &&
           right.person() == event.reader() && right.until_ms() == event.until_ms();
  });
  if (!gives) Find(seen, event.opening() + " opens nothing");
  const CaseLists::Right right =
      lists_.RightOf(people_.AskerOf(seen), event.household(), seen.stamp());
  if (right == CaseLists::Right::kByRule) {
    Find(seen, event.opening() + " was broken by who is involved anyhow");
  }
}

void Rights::Reviewed(const Seen& seen, const intake::v1::GlassReviewed& event) {
  const auto found = openings_.find(event.opening());
  if (found == openings_.end()) return Find(seen, event.opening() + " was reviewed, never broken");
  Opening& opening = found->second;
  if (std::exchange(opening.reviewed, true)) Find(seen, event.opening() + " was reviewed twice");
  const Asker asker = people_.AskerOf(seen);
  if (event.reviewer() != seen.person() || event.reviewer() == opening.reader ||
      !asker.Has("privacy_officer") || asker.organisation != opening.keeper) {
    Find(seen, event.opening() + " was reviewed by who may not");
  }
  const bool was_open = lists_.IsOpenTo(opening.household, opening.reader, seen.stamp());
  const bool ends = Any(seen, [&](const intake::v1::Event& other) {
    const auto& right = other.involvement_set().involvement();
    return right.person() == opening.reader && right.until_ms() != 0 &&
           right.until_ms() <= seen.stamp();
  });
  if (!event.justified() && was_open && !ends) {
    Find(seen, event.opening() + " was not justified and stays open");
  }
}

}  // namespace samenspel::simulation::model
