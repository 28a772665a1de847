// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/meeting/domain/decider.h"
#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ShowNames : public testing::Test {
 protected:
  ShowNames() {
    v1::Organisation desk;
    desk.set_id(kDesk);
    desk.set_name("Veilig Thuis Maasveen");
    roster_.SetOrganisation(desk);
    OnDuty(roster_, "Anna", {"a"}, {});
    OnDuty(roster_, "Bram", {"b"}, {Minutes(0, 100)});
  }
  Decision Ask(const std::vector<std::string>& ids) {
    Facts facts;
    facts.roster = &roster_;
    v1::ShowNames request;
    for (const std::string& id : ids) request.add_ids(id);
    return DecideShowNames(facts, request);
  }
  // "id name" of each.
  std::vector<std::string> Names(const std::vector<std::string>& ids) {
    const Decision decision = Ask(ids);
    EXPECT_THAT(Why(decision), IsEmpty());
    std::vector<std::string> names;
    for (const v1::Named& named : std::get<Accepted>(decision).response.names_shown().names()) {
      names.push_back(named.id() + " " + named.name());
    }
    return names;
  }

  Roster roster_;
};

TEST_F(ShowNames, TellsWhatAPersonIsCalled) {
  EXPECT_THAT(Names({"pro_Anna"}), ElementsAre("pro_Anna Anna"));
}

TEST_F(ShowNames, TellsWhatAnOrganisationIsCalled) {
  EXPECT_THAT(Names({kDesk}), ElementsAre(std::string(kDesk) + " Veilig Thuis Maasveen"));
}

TEST_F(ShowNames, LeavesOutWhatIsNotRegistered) {
  EXPECT_THAT(Names({"pro_Nobody", kOtherDesk, "", kHousehold, "pro_Bram"}),
              ElementsAre("pro_Bram Bram"));
  EXPECT_THAT(Names({}), IsEmpty());
}

TEST_F(ShowNames, GoesByTheOrderAsked) {
  const std::string desk = std::string(kDesk) + " Veilig Thuis Maasveen";
  EXPECT_THAT(Names({"pro_Bram", kDesk, "pro_Anna"}),
              ElementsAre("pro_Bram Bram", desk, "pro_Anna Anna"));
  EXPECT_THAT(Names({"pro_Anna", "pro_Bram", kDesk}),
              ElementsAre("pro_Anna Anna", "pro_Bram Bram", desk));
}

TEST_F(ShowNames, TakesTwoHundredIdsAndNotOneMore) {
  std::vector<std::string> ids(199, "pro_Nobody");
  ids.push_back("pro_Anna");
  EXPECT_THAT(Names(ids), ElementsAre("pro_Anna Anna"));
  ids.push_back("pro_Bram");
  const Decision refused = Ask(ids);
  EXPECT_THAT(Why(refused), ElementsAre("too_many_ids ids"));
  EXPECT_EQ(std::get<Refusal>(refused).status, common::v1::STATUS_INVALID);
}

}  // namespace
}  // namespace samenspel::meeting
