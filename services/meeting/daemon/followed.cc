// SPDX-License-Identifier: EUPL-1.2
#include <map>

#include "common/daemon/decided.h"
#include "common/decide/parsed.h"
#include "services/meeting/daemon/service.h"
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {
namespace {

using daemon::Decided;
using daemon::View;

// What one entry of intake comes to. Its records are decided one after another, each on the effects
// of those before it; the view knows only of what was decided before the entry.
class Heard {
 public:
  Heard(const View& view, const Facts& facts, base::Instant now) : view_(view), facts_(facts) {
    stamp_.received_at = now;
  }

  void Take(const intake::v1::Event& event) {
    if (event.has_report_graded()) return Graded(event.report_graded());
    if (event.has_involvement_set()) return Involved(event.involvement_set());
    if (event.has_first_step_named()) return FirstStep(event.first_step_named());
  }
  bool convened() const { return convened_; }
  std::vector<Happened> happened() && { return std::move(happened_); }

 private:
  void Graded(const intake::v1::ReportGraded& graded) {
    if (convened_ || view_.Index("r/" + graded.report())) return;  // One meeting (invariant 2).
    for (Happened& one : Convene(facts_, stamp_, graded)) {
      convened_ = true;
      happened_.push_back(std::move(one));
    }
  }

  void Involved(const common::v1::InvolvementSet& set) {
    auto [at, fresh] = cases_.try_emplace(set.household());
    if (fresh) {
      at->second = Known<common::v1::CaseList>(view_, "hh", set.household())
                       .value_or(common::v1::CaseList());
    }
    auto copied = CopyInvolvement(at->second, set);
    if (!copied) return;
    decide::Evolve(at->second, set, copied->version);
    happened_.push_back(std::move(*copied));
  }

  void FirstStep(const intake::v1::FirstStepNamed& named) {
    auto [at, fresh] = reports_.try_emplace(named.report());
    if (fresh) {
      at->second =
          Known<state::ReportCopy>(view_, "rpt", named.report()).value_or(state::ReportCopy());
    }
    auto copied = CopyFirstStep(at->second, named);
    if (!copied) return;
    at->second.set_version(copied->version);
    *at->second.mutable_first_step() = named.first_step();
    happened_.push_back(std::move(*copied));
  }

  const View& view_;
  const Facts& facts_;
  Stamp stamp_;
  bool convened_ = false;
  std::map<std::string, common::v1::CaseList> cases_;
  std::map<std::string, state::ReportCopy> reports_;
  std::vector<Happened> happened_;
};

}  // namespace

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant now) {
  const Facts facts = Gather();
  Heard heard(view, facts, now);
  for (const auto& record : entry.entry->header.events()) {
    const decide::Parsed<intake::v1::Event> event(record.payload());
    if (event.ok()) heard.Take(*event);
  }
  Decided decided;
  if (heard.convened()) decided.rule_hashes = HashesUsed();
  for (Happened& happened : std::move(heard).happened()) {
    decided.events.push_back(daemon::Recorded(std::move(happened)));
  }
  if (decided.events.empty()) return std::nullopt;
  return decided;
}

std::vector<daemon::FollowWish> Service::follows() const {
  daemon::FollowWish intake;
  intake.service = "intake";
  intake.kinds = {intake::v1::Event::kReportGraded, intake::v1::Event::kFirstStepNamed,
                  intake::v1::Event::kInvolvementSet};
  intake.urgent_kinds = {intake::v1::Event::kReportGraded};
  return {intake};
}

}  // namespace samenspel::meeting
