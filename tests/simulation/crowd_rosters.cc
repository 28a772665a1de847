// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_rosters.h"

#include <utility>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using common::v1::STATUS_INVALID;
using meeting::v1::Professional;
using meeting::v1::Request;

constexpr size_t kSteps = 3;
constexpr uint32_t kLimit = 20;

Request Registering(const Professional& professional) {
  Request request;
  *request.mutable_register_professional()->mutable_professional() = professional;
  return request;
}

}  // namespace

Rosters::Rosters(Stage& stage) : stage_(stage), shifts_(stage.region.shifts) {
  for (const Professional& one : stage.region.deputies) known_[one.id()] = one;
  for (const Professional& one : Stage::Colleagues(stage.region)) known_[one.id()] = one;
}

std::vector<Request> Rosters::RequestsOf(size_t step) const {
  std::vector<Request> requests;
  if (step == 0) {
    for (const auto& organisation : stage_.region.organisations) {
      *requests.emplace_back().mutable_register_organisation()->mutable_organisation() =
          organisation;
    }
  } else if (step == 1) {
    for (auto [id, professional] : known_) {
      professional.clear_deputy();
      requests.push_back(Registering(professional));
    }
  } else if (step == 2) {
    for (const auto& [id, professional] : known_) {
      if (!professional.deputy().empty()) requests.push_back(Registering(professional));
    }
    for (const auto& shifts : shifts_) {
      *requests.emplace_back().mutable_set_shifts() = shifts;
    }
  }
  return requests;
}

void Rosters::SetUp(size_t step) {
  if (step == kSteps) {
    set_up_ = true;
    return;
  }
  const auto requests = RequestsOf(step);
  const auto left = std::make_shared<size_t>(requests.size());
  for (const Request& request : requests) {
    Send(request, "set up", [this, left, step](const Reply&) {
      if (--*left == 0) SetUp(step + 1);
    });
  }
}

void Rosters::Renew(int days) {
  if (!set_up_) return;
  shifts_ = demo::Generate(stage_.size.seed, CrowdSize::kProfessionals, days,
                           stage_.world.timeline().instant())
                .shifts;
  ill_.clear();
  for (const auto& shifts : shifts_) {
    Request request;
    *request.mutable_set_shifts() = shifts;
    Send(request, "renew shifts");
  }
}

void Rosters::Send(const Request& request, const std::string& what, Stage::Then then) {
  stage_.Begin(*stage_.manager, AskOf(kMeeting, request, kSetup), what, Fine(), std::move(then));
}

// One after another: what comes later must hold. False: something is still under way.
bool Rosters::Change(const Request& request, const std::string& what, Rights rights) {
  if (!set_up_ || under_way_ > 0) return false;
  ++under_way_;
  stage_.manager->Begin(AskOf(kMeeting, request, kSetup),
                        [this, what, rights = std::move(rights)](const Reply& reply) {
                          --under_way_;
                          stage_.Expect(*stage_.manager, what, reply, rights);
                          return true;
                        });
  return true;
}

void Rosters::ChangeSome() {
  Request request;
  if (!ill_.empty() && stage_.chance.OneIn(3)) {
    *request.mutable_set_shifts() = ill_.begin()->second;
    if (Change(request, "back on duty", Fine())) ill_.erase(ill_.begin());
  } else if (stage_.chance.OneIn(2)) {
    const auto& shifts = stage_.Pick(shifts_);
    request.mutable_set_shifts()->set_professional(shifts.professional());
    if (Change(request, "ill", Fine())) ill_[shifts.professional()] = shifts;
  } else {
    Professional& someone = known_.at(stage_.Pick(stage_.region.professionals).id());
    Professional next = someone;
    const auto& deputy = stage_.Pick(stage_.region.professionals);
    if (deputy.id() != next.id()) next.set_deputy(deputy.id());
    if (Change(Registering(next), "another deputy", Fine())) someone = next;
  }
}

void Rosters::RunDry() {
  if (!set_up_) return;
  stage_.Count("roster ran dry");
  const std::string function(demo::kSeatFunctions[stage_.chance.Below(4)]);
  for (size_t i = 0; i < stage_.region.professionals.size(); ++i) {
    if (stage_.region.professionals[i].functions(0) != function) continue;
    const auto& shifts = shifts_[i];
    ill_[shifts.professional()] = shifts;
    Request request;
    request.mutable_set_shifts()->set_professional(shifts.professional());
    Send(request, "off duty");
  }
}

void Rosters::Restore() {
  for (const auto& [id, shifts] : std::exchange(ill_, {})) {
    Request request;
    *request.mutable_set_shifts() = shifts;
    Send(request, "on duty again");
  }
}

void Rosters::ShowSome() {
  if (!set_up_) return;
  switch (stage_.chance.Below(4)) {
    case 0:
      return ShowCoverage();
    case 1:
      return ShowNames();
    default:
      return ShowRoster();
  }
}

void Rosters::ShowRoster() {
  Request request;
  auto& wish = *request.mutable_show_roster();
  wish.mutable_page()->set_limit(kLimit);
  wish.set_function(std::string(demo::kSeatFunctions[stage_.chance.Below(4)]));
  Person& who = stage_.chance.OneIn(2) ? *stage_.manager : *stage_.Pick(stage_.desks);
  const bool quiet = under_way_ == 0;
  stage_.Look(who, kMeeting, request, who.Is("region_manager") ? kSetup : kSafety, "show roster",
              Fine(), [this, &who, wish, quiet](const Reply& reply) {
                const auto shown = ResponseIn<meeting::v1::Response>(reply).roster_shown();
                for (const auto& line : shown.lines()) {
                  const Professional& person = line.professional();
                  const auto known = known_.find(person.id());
                  if (known == known_.end() || person.functions(0) != wish.function()) {
                    who.Complain("a roster shows somebody who was not asked for");
                  } else if (quiet && under_way_ == 0 && person.name() != known->second.name()) {
                    who.Complain("a roster shows another name than was registered");
                  }
                }
              });
}

void Rosters::ShowNames() {
  Request request;
  auto& wish = *request.mutable_show_names();
  std::vector<std::string> expected;
  for (int i = 0; i < 3; ++i) {
    const auto& one = stage_.Pick(stage_.region.professionals);
    wish.add_ids(one.id());
    expected.push_back(one.name());
  }
  wish.add_ids("pro_00000000000000000000000000");
  auto& people = stage_.chance.OneIn(2) ? stage_.operators : stage_.desks;
  Person& who = *stage_.Pick(people);
  stage_.Look(who, kMeeting, request, kSafety, "show names", Fine(),
              [&who, expected](const Reply& reply) {
                const auto shown = ResponseIn<meeting::v1::Response>(reply).names_shown();
                std::vector<std::string> names;
                for (const auto& named : shown.names()) names.push_back(named.name());
                if (names != expected) who.Complain("other names than were registered");
              });
}

void Rosters::ShowCoverage() {
  Request request;
  auto& wish = *request.mutable_show_coverage();
  const int64_t now = base::ToMs(stage_.world.timeline().instant());
  wish.set_from_ms(now);
  wish.set_until_ms(now + int64_t{24} * 3'600'000);
  Person& who =
      stage_.chance.OneIn(2) ? *stage_.Pick(stage_.duty_managers) : *stage_.Pick(stage_.desks);
  stage_.Look(who, kMeeting, request, kSafety, "show coverage", Fine(),
              [&who, wish](const Reply& reply) {
                const auto shown = ResponseIn<meeting::v1::Response>(reply).coverage_shown();
                for (const auto& hole : shown.holes()) {
                  if (hole.until_ms() <= hole.from_ms() || hole.from_ms() < wish.from_ms() ||
                      hole.until_ms() > wish.until_ms()) {
                    who.Complain("a hole in the roster that was not asked for");
                  }
                }
              });
}

void Rosters::Mistake() {
  Request request;
  std::string code;
  const auto& shifts = stage_.Pick(shifts_);
  switch (stage_.chance.Below(4)) {
    case 0: {
      auto& wrong = *request.mutable_set_shifts();
      wrong.set_professional(shifts.professional());
      wrong.add_shifts()->set_from_ms(2000);
      wrong.mutable_shifts(0)->set_until_ms(1000);
      code = "shift_ends_before_start";
      break;
    }
    case 1: {
      auto& wrong = *request.mutable_set_shifts();
      wrong.set_professional("pro_00000000000000000000000000");
      code = "unknown_professional";
      break;
    }
    case 2: {
      Professional alone = known_.at(shifts.professional());
      alone.set_deputy(alone.id());
      request = Registering(alone);
      code = "unknown_professional";
      break;
    }
    default: {
      Professional nameless = known_.at(shifts.professional());
      nameless.clear_name();
      request = Registering(nameless);
      code = "missing";
    }
  }
  Change(request, "mistake in a roster", {{STATUS_INVALID, code}});
}

}  // namespace samenspel::simulation
