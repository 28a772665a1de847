// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/ids.h"
#include "services/meeting/domain/decider.h"
#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kAnna = "pro_00000000000000000000000a00";

std::string Id(const char* kind, int number) {
  base::IdBytes bytes{};
  bytes[14] = static_cast<uint8_t>(number >> 8);
  bytes[15] = static_cast<uint8_t>(number);
  return base::MakeId(kind, bytes);
}

class MdoList : public testing::Test {
 protected:
  // A meeting from `start` on for half an hour, without start when it is less than zero, convened
  // `number` minutes after midnight. Anna has a seat at it.
  void Add(int number, int start, bool accepted = false) {
    state::Mdo state;
    v1::Mdo& mdo = *state.mutable_mdo();
    mdo.set_mdo(Id("mdo", number));
    mdo.set_household(Id("hh", number));
    mdo.set_case_number(base::CaseNumber(2026, static_cast<uint32_t>(900 - number)));
    mdo.set_convened_at_ms(base::ToMs(Minute(number)));
    if (start >= 0) {
      mdo.set_starts_at_ms(base::ToMs(Minute(start)));
      mdo.set_ends_at_ms(base::ToMs(Minute(start + 30)));
      mdo.add_seats()->set_professional(kAnna);
      if (accepted) mdo.mutable_seats(0)->set_accepted_at_ms(1);
    }
    state.set_sender(kSender);
    meetings.Set(LineOf(state));
    kept[mdo.mdo()] = mdo;
  }
  void Open(int number, const std::string& person) {
    auto set = Opened("inv_1", common::v1::INVOLVEMENT_KIND_OWNER, person);
    set.set_household(Id("hh", number));
    common::v1::CaseList cases;
    decide::Evolve(cases, set, 1);
    meetings.SetCases(cases);
  }
  Decision Ask(const v1::ListMdos& request, const std::string& who = kSender, int at = 0) {
    Facts facts;
    facts.meetings = &meetings;
    facts.find_mdo = [this](const std::string& id) { return kept.at(id); };
    return DecideListMdos(facts, By(who, kDesk, Minute(at)), request);
  }
  v1::MdosListed Listed(const v1::ListMdos& request, const std::string& who = kSender, int at = 0) {
    const Decision decision = Ask(request, who, at);
    EXPECT_THAT(Why(decision), IsEmpty());
    return std::get<Accepted>(decision).response.mdos_listed();
  }
  std::vector<int> Numbers(const v1::MdosListed& listed) {
    std::vector<int> numbers;
    for (const v1::Mdo& mdo : listed.mdos()) {
      numbers.push_back(static_cast<int>((mdo.convened_at_ms() - base::ToMs(Minute(0))) / 60'000));
    }
    return numbers;
  }

  Meetings meetings;
  std::map<std::string, v1::Mdo> kept;
};

TEST_F(MdoList, PutsThoseWithoutStartBeforeAllAndThenTheNext) {
  Add(1, 300);
  Add(2, -1);
  Add(3, 200);
  v1::ListMdos request;
  EXPECT_THAT(Numbers(Listed(request)), ElementsAre(2, 3, 1));
  request.set_order(v1::MDO_ORDER_NEWEST);
  EXPECT_THAT(Numbers(Listed(request)), ElementsAre(3, 2, 1));
  request.set_order(v1::MDO_ORDER_CASE);  // Case numbers run the other way here.
  EXPECT_THAT(Numbers(Listed(request)), ElementsAre(3, 2, 1));
  EXPECT_EQ(Listed(request).total(), 3u);
}

TEST_F(MdoList, HoldsOnlyWhatTheAskerMayKnowOf) {  // Invariant 10
  Add(1, 100);
  Add(2, 100);
  Open(2, kAnna);  // Intake told of this case: the sender has no right by themself any more.
  EXPECT_THAT(Numbers(Listed({})), ElementsAre(1));
  EXPECT_EQ(Listed({}).total(), 1u);
  EXPECT_THAT(Numbers(Listed({}, kAnna)), ElementsAre(1, 2));
  EXPECT_THAT(Numbers(Listed({}, "pro_00000000000000000000000x00")), IsEmpty());
  EXPECT_EQ(Listed({}, "pro_00000000000000000000000x00").total(), 0u);
}

TEST_F(MdoList, KeepsToATimeAndAlwaysShowsThoseWithoutStart) {
  Add(1, 100);
  Add(2, -1);
  Add(3, 200);
  const auto between = [&](int from, int until) {
    v1::ListMdos request;
    if (from >= 0) request.set_from_ms(base::ToMs(Minute(from)));
    if (until >= 0) request.set_until_ms(base::ToMs(Minute(until)));
    return Numbers(Listed(request));
  };
  EXPECT_THAT(between(129, -1), ElementsAre(2, 1, 3));
  EXPECT_THAT(between(130, -1), ElementsAre(2, 3));  // It ended then.
  EXPECT_THAT(between(-1, 201), ElementsAre(2, 1, 3));
  EXPECT_THAT(between(-1, 200), ElementsAre(2, 1));
}

TEST_F(MdoList, ShowsSeatsThatWaitForAYes) {  // P.25
  Add(1, 100, true);
  Add(2, 200);
  Add(3, 300);
  Open(3, kSender);
  v1::ListMdos request;
  request.set_my_seat(true);
  EXPECT_THAT(Numbers(Listed(request)), IsEmpty());
  EXPECT_THAT(Numbers(Listed(request, kAnna)), ElementsAre(1, 2, 3));
  request.set_to_accept(true);
  EXPECT_THAT(Numbers(Listed(request, kAnna, 229)), ElementsAre(2, 3));
  EXPECT_THAT(Numbers(Listed(request, kAnna, 230)), ElementsAre(3));  // Over.
}

TEST_F(MdoList, GoesOnAfterAPage) {
  for (int i = 1; i <= 250; ++i) Add(i, i < 20 ? -1 : 500 - i / 10);
  for (const auto order : {v1::MDO_ORDER_UNSPECIFIED, v1::MDO_ORDER_NEWEST, v1::MDO_ORDER_CASE}) {
    v1::ListMdos request;
    request.set_order(order);
    request.mutable_page()->set_limit(7);
    std::set<int> seen;
    int pages = 0;
    do {
      const v1::MdosListed listed = Listed(request);
      EXPECT_EQ(listed.total(), 250u);
      for (const int number : Numbers(listed)) EXPECT_TRUE(seen.insert(number).second);
      request.mutable_page()->set_after(listed.next());
      ++pages;
    } while (!request.page().after().empty());
    EXPECT_EQ(seen.size(), 250u);
    EXPECT_EQ(pages, 36);
  }
  v1::ListMdos all;
  EXPECT_EQ(Listed(all).mdos_size(), 200);
  all.mutable_page()->set_limit(1000);
  EXPECT_EQ(Listed(all).mdos_size(), 200);
}

TEST_F(MdoList, CutsAPageThatWouldNotFitAFrame) {
  for (int i = 1; i <= 100; ++i) {
    Add(i, 100);
    kept[Id("mdo", i)].mutable_join()->set_room(std::string(20'000, 'x'));
  }
  const v1::MdosListed listed = Listed({});
  EXPECT_LT(listed.ByteSizeLong(), 512u * 1024);
  EXPECT_LT(listed.mdos_size(), 100);
  EXPECT_FALSE(listed.next().empty());
}

TEST_F(MdoList, RefusesATokenThatItCannotRead) {
  Add(1, 100);
  Add(2, 200);
  v1::ListMdos request;
  request.mutable_page()->set_limit(1);
  const std::string token = Listed(request).next();
  EXPECT_EQ(Listed(request).mdos_size(), 1);
  v1::ListMdos other;
  other.set_order(v1::MDO_ORDER_CASE);  // The token of another order is none here.
  other.mutable_page()->set_after(token);
  EXPECT_THAT(Why(Ask(other)), ElementsAre("bad_page page.after"));
  for (const std::string& bad : {std::string("x"), token.substr(1), token + "x"}) {
    request.mutable_page()->set_after(bad);
    EXPECT_THAT(Why(Ask(request)), ElementsAre("bad_page page.after"));
  }
}

TEST(Meetings, CountsWhatIsOpen) {
  Meetings meetings;
  state::Mdo state;
  v1::Mdo& mdo = *state.mutable_mdo();
  mdo.set_mdo(Id("mdo", 1));
  mdo.set_starts_at_ms(base::ToMs(Minute(10)));
  mdo.set_ends_at_ms(base::ToMs(Minute(40)));
  mdo.add_seats();
  mdo.add_seats()->set_accepted_at_ms(1);
  mdo.add_missing();
  meetings.Set(LineOf(state));
  state::Mdo waiting;
  waiting.mutable_mdo()->set_mdo(Id("mdo", 2));
  meetings.Set(LineOf(waiting));
  const auto before = meetings.CountsAt(Minute(40) - milliseconds(1));
  EXPECT_EQ(before.planned, 1u);
  EXPECT_EQ(before.without_start, 1u);
  EXPECT_EQ(before.with_missing_seats, 1u);
  EXPECT_EQ(before.seats_to_accept, 1u);
  const auto after = meetings.CountsAt(Minute(40));
  EXPECT_EQ(after.planned, 1u);
  EXPECT_EQ(after.with_missing_seats, 0u);
  EXPECT_EQ(after.seats_to_accept, 0u);
}

class RosterList : public testing::Test {
 protected:
  RosterList() {
    AddOrganisation(kDesk, "Veilig Thuis");
    AddOrganisation(kOtherDesk, "Arendhuis");
    AddPerson(1, "Zoë", kDesk, "a", {Minutes(0, 60), Minutes(60, 120)});
    AddPerson(2, "Bram", kDesk, "b", {});
    AddPerson(3, "Cees", kOtherDesk, "a", {Minutes(200, 300)});
  }
  void AddOrganisation(const std::string& id, const std::string& name) {
    v1::Organisation organisation;
    organisation.set_id(id);
    organisation.set_name(name);
    roster.SetOrganisation(organisation);
  }
  void AddPerson(int number, const std::string& name, const std::string& organisation,
                 const std::string& function, const std::vector<Interval>& shifts) {
    v1::Professional professional;
    professional.set_id(Id("pro", number));
    professional.set_name(name);
    professional.set_employer(kDesk);
    professional.set_organisation(organisation);
    professional.add_functions(function);
    if (number == 1) professional.set_deputy(Id("pro", 2));
    roster.SetPerson(professional);
    roster.SetShifts(professional.id(), shifts);
  }
  v1::RosterShown Shown(const v1::ShowRoster& request) {
    Facts facts;
    facts.roster = &roster;
    const Decision decision = DecideShowRoster(facts, request);
    EXPECT_THAT(Why(decision), IsEmpty());
    return std::get<Accepted>(decision).response.roster_shown();
  }
  std::vector<std::string> Names(const v1::RosterShown& shown) {
    std::vector<std::string> names;
    for (const auto& line : shown.lines()) names.push_back(line.professional().name());
    return names;
  }

  Roster roster;
};

TEST_F(RosterList, GoesByOrganisationThenName) {
  const v1::RosterShown shown = Shown({});
  EXPECT_THAT(Names(shown), ElementsAre("Cees", "Bram", "Zoë"));
  EXPECT_EQ(shown.organisations_size(), 2);
  EXPECT_EQ(shown.lines(2).professional().deputy(), Id("pro", 2));
  EXPECT_EQ(shown.lines(2).shifts_size(), 2);                  // As they were set.
  EXPECT_EQ(shown.lines(0).professional().employer(), kDesk);  // P.05
  EXPECT_EQ(shown.lines(0).professional().organisation(), kOtherDesk);
}

TEST_F(RosterList, ShowsShiftsThatOverlapATime) {
  v1::ShowRoster request;
  request.set_from_ms(base::ToMs(Minute(60)));
  request.set_until_ms(base::ToMs(Minute(200)));
  EXPECT_EQ(Shown(request).lines(2).shifts_size(), 1);
  EXPECT_EQ(Shown(request).lines(0).shifts_size(), 0);  // Begins as the time ends.
  request.set_on_duty(true);
  EXPECT_THAT(Names(Shown(request)), ElementsAre("Zoë"));
  request.set_until_ms(base::ToMs(Minute(200)) + 1);
  EXPECT_THAT(Names(Shown(request)), ElementsAre("Cees", "Zoë"));
}

TEST_F(RosterList, KeepsToAFunctionOrAnOrganisation) {
  v1::ShowRoster request;
  request.set_function("a");
  EXPECT_THAT(Names(Shown(request)), ElementsAre("Cees", "Zoë"));
  request.set_organisation(kDesk);
  EXPECT_THAT(Names(Shown(request)), ElementsAre("Zoë"));
}

TEST_F(RosterList, GoesOnAfterAPage) {
  v1::ShowRoster request;
  request.mutable_page()->set_limit(2);
  const v1::RosterShown first = Shown(request);
  EXPECT_THAT(Names(first), ElementsAre("Cees", "Bram"));
  request.mutable_page()->set_after(first.next());
  EXPECT_THAT(Names(Shown(request)), ElementsAre("Zoë"));
  EXPECT_TRUE(Shown(request).next().empty());
  request.mutable_page()->set_after("nonsense");
  Facts facts;
  facts.roster = &roster;
  EXPECT_THAT(Why(DecideShowRoster(facts, request)), ElementsAre("bad_page page.after"));
}

}  // namespace
}  // namespace samenspel::meeting
