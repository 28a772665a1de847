// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/meeting/domain/decider.h"
#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kOrganisation = "org_00000000000000000000000001";
constexpr const char* kProfessional = "pro_00000000000000000000000001";

v1::RegisterOrganisation Organisation() {
  v1::RegisterOrganisation request;
  request.mutable_organisation()->set_id(kOrganisation);
  request.mutable_organisation()->set_name("Veilig Thuis Waterrand");
  request.mutable_organisation()->set_kind("veilig_thuis");
  return request;
}

v1::RegisterProfessional Professional() {
  v1::RegisterProfessional request;
  v1::Professional& professional = *request.mutable_professional();
  professional.set_id(kProfessional);
  professional.set_name("Anna Bakker");
  professional.set_employer(kOrganisation);
  professional.set_organisation(kOrganisation);
  professional.add_functions("veilig_thuis_expert");
  return request;
}

v1::SetShifts Shifts(const std::vector<std::pair<int64_t, int64_t>>& shifts) {
  v1::SetShifts request;
  request.set_professional(kProfessional);
  for (const auto& [from, until] : shifts) {
    request.add_shifts()->set_from_ms(from);
    request.mutable_shifts()->rbegin()->set_until_ms(until);
  }
  return request;
}

const Roster kNobody;

Facts Known(const Roster& roster = kNobody) {
  Facts facts;
  facts.roster = &roster;
  facts.employer_known = true;
  facts.professional.emplace();
  facts.professional->set_version(3);
  *facts.professional->mutable_professional() = Professional().professional();
  return facts;
}

const std::vector<Happened>& EventsOf(const Decision& decision) {
  EXPECT_THAT(Why(decision), IsEmpty());
  return std::get<Accepted>(decision).events;
}

TEST(RegisterOrganisation, TakesANewOne) {
  const Decision decision = DecideRegisterOrganisation(Facts(), Organisation());
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  EXPECT_EQ(EventsOf(decision)[0].stream, kOrganisation);
  EXPECT_EQ(EventsOf(decision)[0].version, 1u);
  EXPECT_EQ(EventsOf(decision)[0].event.organisation_registered().organisation().name(),
            "Veilig Thuis Waterrand");
}

TEST(RegisterOrganisation, RecordsAChangeOnceAndTheSameNever) {
  Facts facts;
  facts.organisation.emplace();
  facts.organisation->set_version(3);
  *facts.organisation->mutable_organisation() = Organisation().organisation();
  EXPECT_THAT(EventsOf(DecideRegisterOrganisation(facts, Organisation())), IsEmpty());
  v1::RegisterOrganisation changed = Organisation();
  changed.mutable_organisation()->set_name("Veilig Thuis Waterstad");
  const Decision decision = DecideRegisterOrganisation(facts, changed);
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  EXPECT_EQ(EventsOf(decision)[0].version, 4u);
}

TEST(RegisterOrganisation, RefusesWhatIsNotWhole) {
  v1::RegisterOrganisation request = Organisation();
  request.mutable_organisation()->set_id(kProfessional);
  EXPECT_THAT(Why(DecideRegisterOrganisation(Facts(), request)),
              ElementsAre("bad_id organisation.id"));
  request = Organisation();
  request.mutable_organisation()->clear_name();
  EXPECT_THAT(Why(DecideRegisterOrganisation(Facts(), request)),
              ElementsAre("missing organisation.name"));
  for (const std::string& kind :
       {std::string(), std::string("Veilig Thuis"), std::string(65, 'a')}) {
    request = Organisation();
    request.mutable_organisation()->set_kind(kind);
    EXPECT_THAT(Why(DecideRegisterOrganisation(Facts(), request)),
                ElementsAre("missing organisation.kind"));
  }
}

TEST(RegisterProfessional, KeepsEmployerApartFromTheOrganisationActedFor) {  // P.05
  Facts facts;
  facts.employer_known = true;
  facts.roster = &kNobody;
  v1::RegisterProfessional request = Professional();
  request.mutable_professional()->set_organisation("org_00000000000000000000000002");
  const Decision decision = DecideRegisterProfessional(facts, request);
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  EXPECT_EQ(EventsOf(decision)[0].stream, kProfessional);
  const v1::Professional& recorded =
      EventsOf(decision)[0].event.professional_registered().professional();
  EXPECT_EQ(recorded.employer(), kOrganisation);
  EXPECT_EQ(recorded.organisation(), "org_00000000000000000000000002");
}

TEST(RegisterProfessional, RecordsAChangeOnceAndTheSameNever) {
  EXPECT_THAT(EventsOf(DecideRegisterProfessional(Known(), Professional())), IsEmpty());
  v1::RegisterProfessional changed = Professional();
  changed.mutable_professional()->add_functions("protection_worker");
  const Decision decision = DecideRegisterProfessional(Known(), changed);
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  EXPECT_EQ(EventsOf(decision)[0].version, 4u);
}

TEST(RegisterProfessional, RefusesWhatIsNotWhole) {
  const Facts known = Known();
  v1::RegisterProfessional request = Professional();
  request.mutable_professional()->set_id("pro_anna");
  EXPECT_THAT(Why(DecideRegisterProfessional(known, request)),
              ElementsAre("bad_id professional.id"));
  request = Professional();
  request.mutable_professional()->clear_name();
  EXPECT_THAT(Why(DecideRegisterProfessional(known, request)),
              ElementsAre("missing professional.name"));
  request = Professional();
  request.mutable_professional()->clear_functions();
  EXPECT_THAT(Why(DecideRegisterProfessional(known, request)),
              ElementsAre("missing professional.functions"));
  request = Professional();
  request.mutable_professional()->add_functions("Jeugdbeschermer!");
  EXPECT_THAT(Why(DecideRegisterProfessional(known, request)),
              ElementsAre("unknown_function professional.functions[1]"));
  EXPECT_THAT(Why(DecideRegisterProfessional(Facts(), Professional())),
              ElementsAre("unknown_organisation professional.organisation"));
}

TEST(RegisterProfessional, NamesSomebodyKnownAsDeputyAndNeverOneself) {
  Roster roster;
  OnDuty(roster, "Bram", {"a"}, {});
  v1::Professional known;
  known.set_id(kProfessional);
  roster.SetPerson(known);
  v1::RegisterProfessional request = Professional();
  request.mutable_professional()->set_deputy("pro_Bram");
  const Decision decision = DecideRegisterProfessional(Known(roster), request);
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  EXPECT_EQ(EventsOf(decision)[0].event.professional_registered().professional().deputy(),
            "pro_Bram");
  for (const char* nobody : {"pro_Cees", kProfessional, "table"}) {
    request.mutable_professional()->set_deputy(nobody);
    EXPECT_THAT(Why(DecideRegisterProfessional(Known(roster), request)),
                ElementsAre("unknown_professional professional.deputy"));
  }
}

TEST(SetShifts, ReplacesAllShifts) {
  Facts facts = Known();
  *facts.professional->mutable_shifts() = Shifts({{1, 2}}).shifts();
  const Decision decision = DecideSetShifts(facts, Shifts({{10, 20}, {20, 30}}));
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  EXPECT_EQ(EventsOf(decision)[0].stream, kProfessional);
  EXPECT_EQ(EventsOf(decision)[0].version, 4u);
  EXPECT_EQ(EventsOf(decision)[0].event.shifts_set().professional(), kProfessional);
  EXPECT_EQ(EventsOf(decision)[0].event.shifts_set().shifts_size(), 2);  // Touching is fine.
  EXPECT_THAT(EventsOf(DecideSetShifts(facts, Shifts({}))), SizeIs(1));
}

TEST(SetShifts, SaysNothingWhenNothingChanges) {
  Facts facts = Known();
  EXPECT_THAT(EventsOf(DecideSetShifts(facts, Shifts({}))), IsEmpty());
  *facts.professional->mutable_shifts() = Shifts({{10, 20}}).shifts();
  EXPECT_THAT(EventsOf(DecideSetShifts(facts, Shifts({{10, 20}}))), IsEmpty());
}

TEST(SetShifts, RefusesTimesThatCannotBe) {
  EXPECT_THAT(Why(DecideSetShifts(Facts(), Shifts({{10, 20}}))),
              ElementsAre("unknown_professional professional"));
  EXPECT_THAT(Why(DecideSetShifts(Known(), Shifts({{10, 20}, {30, 30}}))),
              ElementsAre("shift_ends_before_start shifts[1]"));
  EXPECT_THAT(Why(DecideSetShifts(Known(), Shifts({{10, 9}}))),
              ElementsAre("shift_ends_before_start shifts[0]"));
  EXPECT_THAT(Why(DecideSetShifts(Known(), Shifts({{10, 20}, {19, 30}}))),
              ElementsAre("shifts_overlap shifts[1]"));
  EXPECT_THAT(Why(DecideSetShifts(Known(), Shifts({{50, 60}, {10, 20}}))),
              ElementsAre("shifts_overlap shifts[1]"));  // Not sorted.
}

TEST(AdoptTable, PutsTheFileItselfIntoTheEvent) {
  Facts facts;
  facts.table_version = 1;
  TableRules rules = Table({"a"});
  rules.adopted_on = "2026-11-21";
  rules.adopted_by = "Demo region";
  v1::AdoptTable request;
  request.set_toml("name = \"table\"\n");
  const Decision decision = DecideAdoptTable(facts, request, rules);
  const Happened& happened = EventsOf(decision).at(0);
  EXPECT_EQ(happened.stream, "table");
  EXPECT_EQ(happened.version, 2u);
  const v1::TableAdopted& adopted = happened.event.table_adopted();
  EXPECT_EQ(adopted.toml(), request.toml());
  EXPECT_EQ(adopted.hash(), rules.hash);
  EXPECT_EQ(adopted.version(), "test.1");
  EXPECT_EQ(adopted.adopted_on(), "2026-11-21");
  EXPECT_EQ(adopted.adopted_by(), "Demo region");
}

}  // namespace
}  // namespace samenspel::meeting
