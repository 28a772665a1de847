// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/clocks.h"

#include <algorithm>
#include <cstdlib>

namespace samenspel::simulation::model {
namespace {

constexpr int64_t kBelievedMs = 60'000;  // Off by no more: it is followed.
constexpr int64_t kRightForMs = 60'000;
constexpr const char* kAcceptKind = "accept_clock";

bool IsBelieved(int64_t off_ms) { return std::abs(off_ms) <= kBelievedMs; }

}  // namespace

void Clocks::Shows(size_t service, base::Instant wall, base::milliseconds since_boot) {
  Own& own = own_[service];
  const int64_t moved =
      own.now ? (base::ToMs(wall) - own.now->wall_ms) - (since_boot.count() - own.now->boot_ms) : 0;
  const bool jumped = !IsBelieved(moved);
  if (!jumped) own.nudged_ms += std::abs(moved);
  own.now = Reading{base::ToMs(wall), since_boot.count()};
  if (!own.base) own.base = own.now, own.base_ms = own.now->wall_ms;
  if (jumped) own.right_at_ms = own.overdue_at_ms = std::nullopt;
}

void Clocks::Restarted(size_t service) {
  Own& own = own_[service];
  own.runs = false;
  own.wrong_at_ms = own.right_at_ms = own.overdue_at_ms = std::nullopt;
}

void Clocks::Started(size_t service) {
  Own& own = own_[service];
  own.runs = true;
  own.accepted_at_ms.reset();
  if (!own.now) return;
  own.base = own.now;
  own.base_ms = std::max(own.now->wall_ms, own.floor_ms);
}

int64_t Clocks::OwnNow(const Own& own) const {
  return own.base_ms + (own.now->boot_ms - own.base->boot_ms);
}

void Clocks::Take(const Seen& seen) {
  Own& own = own_[seen.service];
  CheckStamp(seen, own);
  CheckPace(seen, own);
  bool accepted = false;
  for (const common::v1::ClockSeen& event : seen.clocks()) {
    accepted |= event.accepted();
    event.accepted() ? Accepted(seen, own, event) : Said(seen, own, event);
  }
  if (seen.header().kind() == kAcceptKind) CheckTries(seen, own, accepted);
  CheckSilence(seen, own);
}

void Clocks::CheckStamp(const Seen& seen, Own& own) {
  const bool ends_turn = !seen.ok() || (seen.IsOwn() && seen.header().kind() == "close");
  if (own.accepted_at_ms == seen.stamp() && ends_turn) return;
  own.accepted_at_ms.reset();
  if (seen.stamp() < own.floor_ms) {
    Find(seen, "is stamped " + std::to_string(own.floor_ms - seen.stamp()) +
                   " ms before what came before it");
  }
  own.floor_ms = std::max(own.floor_ms, seen.stamp());
}

void Clocks::CheckPace(const Seen& seen, Own& own) {
  if (!own.runs || !own.now || own.accepted_at_ms) return;
  const int64_t ahead = seen.stamp() - OwnNow(own);
  if (std::abs(ahead) > kBelievedMs + own.nudged_ms) {
    Find(seen, "is stamped " + std::to_string(ahead) + " ms off the time that goes on");
  }
  own.base = own.now;
  own.base_ms = seen.stamp();
  own.nudged_ms = 0;
}

void Clocks::Said(const Seen& seen, Own& own, const common::v1::ClockSeen& event) {
  if (!seen.IsOwn() || seen.header().kind() != "clock" || event.at_ms() != seen.stamp()) {
    Find(seen, "says of the clock what is not its own");
  }
  const bool wrong = event.off_ms() != 0;
  if (wrong == own.disbelieved) Find(seen, "says twice what it thinks of the clock");
  if (wrong && IsBelieved(event.off_ms())) Find(seen, "does not believe a clock that is right");
  if (own.runs && own.now) {
    const int64_t off = own.now->wall_ms - seen.stamp();
    if (wrong ? event.off_ms() != off : !IsBelieved(off)) {
      Find(seen, "says that the clock is off by " + std::to_string(event.off_ms()) +
                     " ms where it is by " + std::to_string(off));
    }
  }
  own.disbelieved = wrong;
}

void Clocks::Accepted(const Seen& seen, Own& own, const common::v1::ClockSeen& event) {
  if (seen.header().kind() != kAcceptKind || !seen.ok() || event.at_ms() != seen.stamp() ||
      seen.header().events_size() != 1) {
    Find(seen, "accepts a clock by the way");
  }
  if (!people_.Known(seen.service, seen.person()).Has("operator")) {
    Find(seen, seen.person() + " accepted a clock and is no operator");
  }
  if (!own.disbelieved || IsBelieved(event.off_ms()))
    Find(seen, "accepts a clock that is believed");
  if (own.runs && own.now && event.off_ms() != own.now->wall_ms - seen.stamp()) {
    Find(seen, "accepts another clock than the machine shows");
  }
  own.disbelieved = false;
  own.wrong_at_ms = own.right_at_ms = own.overdue_at_ms = std::nullopt;
  own.accepted_at_ms = seen.stamp();
  own.floor_ms = event.at_ms() + event.off_ms();
  own.base_ms = own.floor_ms;
}

void Clocks::CheckTries(const Seen& seen, const Own& own, bool accepted) {
  if (seen.ok() != accepted) Find(seen, "accepts a clock and does not say so");
  if (seen.ok()) return;
  const bool may = people_.Known(seen.service, seen.person()).Has("operator");
  if (may == (seen.header().outcome() == common::v1::STATUS_DENIED)) {
    Find(seen, seen.person() + (may ? " is an operator and may not accept"
                                    : " may not accept, and " + std::string("is told more")));
  }
  const std::string code = seen.header().reasons().empty() ? "" : seen.header().reasons(0).code();
  if (!may || !own.runs || !own.now || own.accepted_at_ms) return;
  if ((code == "clock_believed") != IsBelieved(own.now->wall_ms - seen.stamp())) {
    Find(seen, "answers " + code + ", which is not so");
  }
}

// What is said of the clock stands in the turn that saw it, maybe after this entry.
void Clocks::CheckSilence(const Seen& seen, Own& own) {
  if (!own.runs || !own.now || own.accepted_at_ms) return;
  const int64_t stamp = seen.stamp();
  const bool right = IsBelieved(own.now->wall_ms - stamp);
  if (right || own.disbelieved) own.wrong_at_ms.reset();
  if (!right || !own.disbelieved) own.right_at_ms = own.overdue_at_ms = std::nullopt;
  if (!right && !own.disbelieved) {
    if (own.wrong_at_ms && *own.wrong_at_ms < stamp)
      Find(seen, "has not said that its clock is off");
    own.wrong_at_ms = own.wrong_at_ms.value_or(stamp);
  }
  if (!right || !own.disbelieved) return;
  own.right_at_ms = own.right_at_ms.value_or(stamp);
  if (stamp < *own.right_at_ms + kRightForMs) return;
  if (own.overdue_at_ms && *own.overdue_at_ms < stamp) {
    Find(seen, "has not said that its clock is right again");
  }
  own.overdue_at_ms = own.overdue_at_ms.value_or(stamp);
}

void Clocks::AtEnd(base::Instant true_time) {
  for (size_t service = 0; service < kPlaces; ++service) {
    const Own& own = own_[service];
    const std::string name = kNames[service];
    if (own.disbelieved) notebook_.Find(name + " does not believe its clock at the end");
    if (!own.now) continue;
    const int64_t off = OwnNow(own) - base::ToMs(true_time);
    if (!IsBelieved(off)) {
      notebook_.Find(name + " is " + std::to_string(off) + " ms off the right time at the end");
    }
  }
}

}  // namespace samenspel::simulation::model
