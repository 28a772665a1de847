// SPDX-License-Identifier: EUPL-1.2
// Who could talk to the daemon, and when, can be told from its journal.
#include "proto/intake/v1/events.pb.h"
#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class CoreRegistry : public CoreTest {
 protected:
  void Use(std::vector<bus::Principal> people) {
    intake_.core().UseRegistry(RegistryOf(std::move(people)));
  }
  /// The changes that were recorded from entry `from` on.
  std::vector<common::v1::RegistryChanged> Changes(uint64_t from) {
    std::vector<common::v1::RegistryChanged> changes;
    for (const auto& entry : intake_.Entries()) {
      if (entry.sequence() < from || entry.kind() != "registry") continue;
      EXPECT_EQ(entry.principal(), "svc_intake");
      intake::v1::Event event;
      EXPECT_TRUE(event.ParseFromString(entry.events(0).payload()));
      changes.push_back(event.registry_changed());
    }
    return changes;
  }
  std::vector<bus::Principal> Crowd(int count, const std::string& prefix = "pro_") {
    std::vector<bus::Principal> crowd;
    for (int i = 0; i < count; ++i) {
      crowd.push_back(Person(prefix + std::to_string(i), "org_north", {"desk_worker"}));
    }
    return crowd;
  }
};

TEST_F(CoreRegistry, RecordsEverybodyAtTheFirstStartAndNobodyAtTheNext) {
  const auto changes = Changes(1);
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_THAT(changes[0].added(), SizeIs(7));
  EXPECT_THAT(changes[0].removed(), IsEmpty());
  Restart();
  EXPECT_THAT(Changes(first_), IsEmpty());
}

TEST_F(CoreRegistry, RecordsWhoWasAdded) {
  people_.push_back(Person("pro_eva", "org_east", {"auditor"}));
  Use(people_);
  Settle();
  const auto changes = Changes(first_);
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_THAT(changes[0].removed(), IsEmpty());
  ASSERT_THAT(changes[0].added(), SizeIs(1));
  const auto& added = changes[0].added(0);
  EXPECT_EQ(added.principal(), "pro_eva");
  EXPECT_EQ(added.organisation(), "org_east");
  EXPECT_EQ(added.curve_key(), people_.back().curve_key);
  ASSERT_THAT(added.roles(), SizeIs(1));
  EXPECT_EQ(added.roles(0), "auditor");
  EXPECT_EQ(added.valid_until_ms(), base::ToMs(people_.back().valid_until));
}

TEST_F(CoreRegistry, RecordsWhoWasRemovedOrRevoked) {
  people_[0].revoked_at = now_;
  people_.erase(people_.begin() + 1);
  Use(people_);
  Settle();
  const auto changes = Changes(first_);
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_THAT(changes[0].added(), IsEmpty());
  EXPECT_THAT(changes[0].removed(), SizeIs(2));
}

TEST_F(CoreRegistry, RecordsAChangedRoleAsRemovedAndAdded) {
  people_[0].roles = {"desk_worker", "operator"};
  Use(people_);
  Settle();
  const auto changes = Changes(first_);
  ASSERT_THAT(changes, SizeIs(1));
  ASSERT_THAT(changes[0].removed(), SizeIs(1));
  ASSERT_THAT(changes[0].added(), SizeIs(1));
  EXPECT_THAT(changes[0].removed(0).roles(), SizeIs(1));
  EXPECT_THAT(changes[0].added(0).roles(), SizeIs(2));
}

TEST_F(CoreRegistry, RecordsNothingWhenTheFilesSayTheSame) {
  Use(people_);
  Settle();
  EXPECT_EQ(EntriesSinceStart(), 0U);
}

TEST_F(CoreRegistry, SpreadsManyChangesOverTurnsOfAHundredEach) {
  Use(Crowd(250));
  int turns = 0;
  for (Turn turn = Step({}); turn.wake_at <= now_; turn = Step({})) {
    ASSERT_LT(++turns, 10) << "it ends";
  }
  const auto changes = Changes(first_);
  ASSERT_THAT(changes, SizeIs(3));
  std::set<std::string> added;
  int removed = 0;
  for (const auto& change : changes) {
    EXPECT_LE(change.added_size() + change.removed_size(), 100);
    removed += change.removed_size();
    for (const auto& key : change.added()) added.insert(key.principal());
  }
  EXPECT_EQ(removed, 7);
  EXPECT_THAT(added, SizeIs(250));
}

TEST_F(CoreRegistry, KeepsEachEntryWithinItsBoundsWhenPeopleActForMany) {
  auto crowd = Crowd(60);
  for (auto& person : crowd) {
    for (int i = 0; i < 60; ++i) {
      person.may_act_for.push_back("org_00000000000000000000000" + std::to_string(100 + i));
    }
  }
  Use(crowd);
  int turns = 0;
  for (Turn turn = Step({}); turn.wake_at <= now_; turn = Step({})) {
    ASSERT_LT(++turns, 30) << "it ends";
  }
  int added = 0;
  for (const auto& change : Changes(first_)) added += change.added_size();
  EXPECT_EQ(added, 60);
}

TEST_F(CoreRegistry, DoesNotSpinOverOneWhoFitsInNoEntry) {
  auto person = Person("pro_everywhere", "org_north", {"desk_worker"});
  for (int i = 0; i < 3000; ++i) {
    person.may_act_for.push_back("org_0000000000000000000000" + std::to_string(1000 + i));
  }
  people_.push_back(person);
  Use(people_);
  const Turn turn = Step({});
  EXPECT_GT(turn.wake_at, now_);
  EXPECT_THAT(intake_.log, testing::Contains(testing::HasSubstr("event=entry_too_large")));
}

}  // namespace
}  // namespace samenspel::daemon
