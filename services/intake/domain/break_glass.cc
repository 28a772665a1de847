// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/base/mutant.h"
#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/new_id.h"
#include "services/intake/domain/report_change.h"

namespace samenspel::intake {
namespace {

using decide::Invalid;

constexpr const char* kReviewerRole = "privacy_officer";
constexpr std::ptrdiff_t kReasonMax = 4000;

// Of a text in UTF-8: every byte but those that go on with a character.
std::ptrdiff_t Characters(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; });
}

// The actor's own opening, by which they know of the case now.
const state::Opening* Running(const state::Case& kase, const Stamp& stamp) {
  const auto& all = kase.openings();
  const auto last = std::find_if(all.rbegin(), all.rend(), [&](const state::Opening& one) {
    return one.reader() == stamp.actor && one.organisation() == stamp.organisation;
  });
  const bool runs = last != all.rend() && base::ToMs(stamp.received_at) < last->until_ms();
  return runs ? &*last : nullptr;
}

// What GlassBroken and the state say alike of an opening.
template <class Opening>
v1::GlassOpened Opened(const std::string& report, const std::string& case_number,
                       const Opening& opening) {
  v1::GlassOpened opened;
  opened.set_report(report);
  opened.set_case_number(case_number);
  opened.set_opening(opening.opening());
  opened.set_until_ms(opening.until_ms());
  opened.set_review_due_ms(opening.review_due_ms());
  return opened;
}

v1::GlassBroken Broken(const Facts& facts, const Stamp& stamp, const v1::BreakGlass& request) {
  const auto& rules = facts.terms->break_glass;
  v1::GlassBroken broken;
  broken.set_household(facts.report->household());
  broken.set_case_number(facts.report->case_number());
  broken.set_opening(IdFrom("brk", stamp));
  broken.set_reader(stamp.actor);
  broken.set_organisation(stamp.organisation);
  broken.set_keeper(facts.report->organisation());
  broken.set_at_ms(base::ToMs(stamp.received_at));
  broken.set_until_ms(base::ToMs(stamp.received_at + rules.open));
  broken.set_review_due_ms(base::ToMs(stamp.received_at + rules.review));
  *broken.mutable_private_() = request.private_();
  return broken;
}

bool IsOfficer(const state::Opening& opening, const Stamp& stamp) {
  return opening.keeper() == stamp.organisation &&
         std::find(stamp.roles.begin(), stamp.roles.end(), kReviewerRole) != stamp.roles.end();
}

v1::GlassReviewed Reviewed(const Facts& facts, const state::Opening& opening, const Stamp& stamp,
                           const v1::ReviewOpening& request) {
  v1::GlassReviewed reviewed;
  reviewed.set_household(facts.kase.list().household());
  reviewed.set_case_number(facts.kase.list().case_number());
  reviewed.set_opening(opening.opening());
  reviewed.set_reviewer(stamp.actor);
  reviewed.set_justified(request.justified());
  reviewed.set_at_ms(base::ToMs(stamp.received_at));
  if (request.has_private_()) *reviewed.mutable_private_() = request.private_();
  return reviewed;
}

// What a reader was let in by and should not have been ends with the judgement, not by itself.
std::vector<Happened> EndsOf(const Facts& facts, const state::Opening& opening, base::Instant now) {
  std::vector<Happened> ends;
  const common::v1::CaseList& list = facts.kase.list();
  for (const common::v1::Involvement& one : list.involvements()) {
    if (one.kind() != common::v1::INVOLVEMENT_KIND_BREAK_GLASS ||
        one.person() != opening.reader() || !decide::Covers(one, now)) {
      continue;
    }
    Happened& end = ends.emplace_back();
    end.stream = list.household();
    end.version = list.version() + 1 + ends.size();  // After the review itself.
    end.keeper = opening.keeper();
    common::v1::InvolvementSet& set = *end.event.mutable_involvement_set();
    set.set_household(list.household());
    set.set_case_number(list.case_number());
    *set.mutable_involvement() = one;
    set.mutable_involvement()->set_until_ms(base::ToMs(now));
  }
  return ends;
}

}  // namespace

Decision DecideBreakGlass(const Facts& facts, const Stamp& stamp, const v1::BreakGlass& request) {
  // Four eyes: who opens, and who judges that, must each stand there by their own name.
  if (!stamp.by.empty()) return RefusedBy("only_in_person");
  if (request.private_().reason().empty()) return Invalid("missing", "private.reason");
  if (Characters(request.private_().reason()) > kReasonMax) {
    return Invalid("text_too_long", "private.reason");
  }
  if (!facts.report) return NotKnown(facts);
  if (facts.terms == nullptr) return decide::Refuse(common::v1::STATUS_UNAVAILABLE, "no_rules");
  const auto right = RightTo(facts, stamp);
  if (right && IsByRule(*right)) return RefusedBy("already_involved");
  const std::string& report = facts.report->report();
  const std::string& case_number = facts.report->case_number();
  Accepted accepted;
  v1::GlassOpened& opened = *accepted.response.mutable_glass_opened();
  if (const state::Opening* running = right ? Running(facts.kase, stamp) : nullptr) {
    opened = Opened(report, case_number, *running);
    return accepted;
  }
  const v1::GlassBroken broken = Broken(facts, stamp, request);
  opened = Opened(report, case_number, broken);
  Changes changes(*facts.report, facts.kase, stamp.received_at);
  *changes.OnCase().mutable_glass_broken() = broken;
  const bool unending = base::Mutated(base::Mutant::kGlassUnending);
  changes.Open(common::v1::INVOLVEMENT_KIND_BREAK_GLASS, stamp.actor, stamp.organisation, "",
               unending ? 0 : broken.until_ms());
  accepted.events = changes.Take();
  return accepted;
}

bool MayReview(const state::Opening& opening, const Stamp& stamp) {
  return IsOfficer(opening, stamp) && opening.reader() != stamp.actor;
}

Decision DecideReviewOpening(const Facts& facts, const Stamp& stamp,
                             const v1::ReviewOpening& request) {
  if (!stamp.by.empty()) return RefusedBy("only_in_person");
  const auto& all = facts.kase.openings();
  const auto opening = std::find_if(all.begin(), all.end(), [&](const state::Opening& one) {
    return one.opening() == request.opening();
  });
  if (opening == all.end()) return decide::NotFound("opening");
  if (!IsOfficer(*opening, stamp)) {
    return decide::NotFound("opening", facts.kase.list().household());
  }
  if (!MayReview(*opening, stamp)) return RefusedBy("own_opening");
  if (opening->reviewed()) return RefusedBy("already_reviewed");
  Happened happened;
  happened.stream = facts.kase.list().household();
  happened.version = facts.kase.list().version() + 1;
  happened.keeper = opening->keeper();
  *happened.event.mutable_glass_reviewed() = Reviewed(facts, *opening, stamp, request);
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  if (!request.justified()) {
    for (Happened& end : EndsOf(facts, *opening, stamp.received_at)) {
      accepted.events.push_back(std::move(end));
    }
  }
  *accepted.response.mutable_glass_opened() = Opened("", facts.kase.list().case_number(), *opening);
  return accepted;
}

}  // namespace samenspel::intake
