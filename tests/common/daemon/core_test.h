// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/common/daemon/core_rig.h"

namespace samenspel::daemon {

using base::milliseconds;

/// An intake daemon that has recorded its registry and adopted its rules.
class CoreTest : public testing::Test {
 protected:
  void SetUp() override {
    intake_.Start(now_, RegistryOf(people_));
    Settle();
    first_ = intake_.store().head().sequence + 1;
  }
  /// Turns until the daemon has nothing of its own left to do.
  void Settle() {
    Turn turn;
    do turn = intake_.Step(now_);
    while (turn.wake_at <= now_);
  }
  void Restart() {
    intake_.Kill();
    intake_.Start(now_, RegistryOf(people_));
    Settle();
  }
  common::v1::Reply Asked(const std::string& who, const common::v1::Envelope& envelope) {
    return intake_.AskOne(now_, From(who, envelope));
  }
  Turn Step(const std::vector<bus::Input>& inputs) { return intake_.Step(now_, inputs); }
  /// Of what was asked: nobody follows here, and that this is noted is the matter of other tests.
  std::vector<common::v1::EntryHeader> DecidedSinceStart() {
    std::vector<common::v1::EntryHeader> entries;
    for (const auto& entry : intake_.Entries()) {
      if (entry.sequence() >= first_ && entry.kind() != "follower") entries.push_back(entry);
    }
    return entries;
  }
  size_t EntriesSinceStart() { return DecidedSinceStart().size(); }

  base::Instant now_ = support::kMorning;
  std::vector<bus::Principal> people_ = Everybody();
  Rig intake_{"intake",
              {{.principal = "svc_meeting", .kinds = {2}},
               {.principal = "svc_audit",
                .kinds = {},
                .every_entry = true,
                .view = common::v1::VIEW_SEALED}}};
  uint64_t first_ = 0;  // The sequence of the first entry after the start.
};

/// A reply with this status whose first reason is {code, field}.
MATCHER_P3(Says, status, code, field, "") {
  *result_listener << arg.ShortDebugString();
  return arg.status() == status && arg.reasons_size() > 0 && arg.reasons(0).code() == code &&
         arg.reasons(0).field() == field;
}
MATCHER_P(HasStatus, status, "") {
  *result_listener << arg.ShortDebugString();
  return arg.status() == status;
}

}  // namespace samenspel::daemon
