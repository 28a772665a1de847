// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_clocks.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using base::milliseconds;
using common::v1::Reply;
using common::v1::ServiceStatus;
using common::v1::STATUS_DENIED;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;
using std::chrono::hours;
using std::chrono::minutes;

// An answer may have been on its way for some minutes.
constexpr minutes kLooksRight{10};
constexpr minutes kFarFrom{30};
constexpr hours kLateAtMost{2};
constexpr Micros kRestart{2'000'000};

// While it was asked the clock may have been put right, or have jumped once more.
Rights MayHaveChanged() {
  return {{STATUS_OK, {}}, {STATUS_REFUSED, "clock_believed"}, {STATUS_REFUSED, "clock_moved"}};
}

}  // namespace

void Clocks::Ask(Person& who, size_t server, std::function<void(const ServiceStatus&)> seen) {
  who.AskStatus(server, [this, &who, server, seen = std::move(seen)](const Reply& reply) {
    const ServiceStatus& status = reply.service_status();
    const milliseconds off(status.clock_off_ms());
    if (reply.status() != STATUS_OK || status.service() != kServices[server]) {
      who.Complain("asked how a service is and was told something else");
    } else if (off != milliseconds(0) && std::chrono::abs(off) <= minutes(1)) {
      who.Complain("a clock that is off by less than a minute is not believed");
    } else {
      stage_.Count(off == milliseconds(0) ? "clock seen right" : "clock seen wrong");
      seen(status);
    }
    return true;
  });
}

Clocks::Look Clocks::LookAt(const ServiceStatus& status) const {
  const milliseconds off(status.clock_off_ms());
  const base::Instant wall = base::FromMs(status.now_ms()) + off;
  return {off, std::chrono::abs(wall - stage_.world.timeline().instant()) <= kLooksRight};
}

// All services, because they take over each other's terms. Now and then only one.
void Clocks::LookSome() {
  Person& who = *stage_.Pick(stage_.operators);
  const bool one = stage_.chance.OneIn(4);
  const size_t only = stage_.chance.Below(kMachines);
  for (size_t server = 0; server < kMachines; ++server) {
    if (one && server != only) continue;
    Ask(who, server, [this, &who, server](const ServiceStatus& status) {
      Seen(who, server, status, !stage_.chance.OneIn(3));
    });
  }
}

void Clocks::Seen(Person& who, size_t server, const ServiceStatus& status, bool at_once) {
  const Look look = LookAt(status);
  if (look.off == milliseconds(0)) return;
  // A machine that is wrong is set right, and there is nothing to accept. Some do not see that.
  if (!look.right && !stage_.chance.OneIn(5)) return;
  const std::string what = look.right ? "accept a right clock" : "accept a wrong clock";
  if (at_once) return AcceptNow(who, server, look.off, what);
  const Micros later(stage_.chance.Below(static_cast<uint64_t>(Micros(kLateAtMost).count())));
  stage_.world.timeline().In(later, [this, &who, server, look, what] {
    Accept(who, server, look.off, what + " late", MayHaveChanged());
  });
}

// Now and then both operators do it, and some restart the service although nothing asks for it.
void Clocks::AcceptNow(Person& who, size_t server, milliseconds off, const std::string& what) {
  if (stage_.chance.OneIn(4)) {
    stage_.Count("restarts a service right after a clock was accepted");
    stage_.world.CrashAfterCommit(server, kRestart);
  }
  Accept(who, server, off, what, MayHaveChanged());
  if (!stage_.chance.OneIn(4)) return;
  for (Person* other : stage_.operators) {
    if (other != &who) Accept(*other, server, off, what, MayHaveChanged());
  }
}

void Clocks::Accept(Person& who, size_t server, milliseconds off, const std::string& what,
                    const Rights& rights) {
  who.AcceptClock(server, off, [this, &who, what, rights](const Reply& reply) {
    stage_.Expect(who, what, reply, rights);
    return true;
  });
}

void Clocks::Meddle() {
  const size_t server = stage_.chance.Below(kMachines);
  Person* others[] = {stage_.Pick(stage_.desks),
                      stage_.Pick(stage_.table),
                      stage_.Pick(stage_.officers),
                      stage_.Pick(stage_.duty_managers),
                      stage_.manager,
                      stage_.auditor,
                      stage_.stranger};
  Person& other = *others[stage_.chance.Below(std::size(others))];
  const bool may = stage_.chance.OneIn(3);
  Person& who = may ? *stage_.Pick(stage_.operators) : other;
  Ask(who, server, [this, &who, server, may](const ServiceStatus& status) {
    if (may) return Forge(who, server, status);
    Accept(who, server, milliseconds(status.clock_off_ms()), "accept a clock without the right",
           {{STATUS_DENIED, "not_permitted"}});
  });
}

// By an operator, and not as they saw it.
void Clocks::Forge(Person& who, size_t server, const ServiceStatus& status) {
  const milliseconds off = milliseconds(status.clock_off_ms()) + kFarFrom;
  Rights rights = {{STATUS_REFUSED, "clock_moved"}, {STATUS_REFUSED, "clock_believed"}};
  Accept(who, server, off, "accept another clock", rights);
}

void Clocks::SettleAll() {
  Person& who = *stage_.operators.front();
  for (size_t server = 0; server < kMachines; ++server) {
    Ask(who, server, [this, &who, server](const ServiceStatus& status) {
      const Look look = LookAt(status);
      right_[server] = look.off == milliseconds(0) && look.right;
      if (look.off == milliseconds(0) && !look.right) {
        who.Complain("a clock is believed that is wrong, at the end");
      }
      if (look.off == milliseconds(0)) return;
      Accept(who, server, look.off, "accept a right clock at the end", MayHaveChanged());
    });
  }
}

bool Clocks::AllRight() const {
  return std::all_of(right_.begin(), right_.end(), [](bool right) { return right; });
}

}  // namespace samenspel::simulation
