// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/table_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "common/base/file_system.h"
#include "common/daemon/toml_reader.h"
#include "common/tlog/sha256.h"
#include "tests/support/changed.h"

namespace samenspel::meeting {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using support::Refusal;

// Its lines are counted from 1 in the refusals below.
const std::string kGood = R"(name = "table"
version = "1"
adopted_on = 2026-11-21
adopted_by = "Demo"
timebox_minutes = 90
notice_minutes = 10
start_step_minutes = 5
horizon_days = 30
red_term_minutes = 120

[[seat]]
function = "doctor"
nl = "Arts"
en = "Doctor"
subject_nl = "Lichaam"
subject_en = "Body"
source = "003.18"
)";

std::string FaultOf(const std::string& toml) {
  const auto parsed = ParseTable(toml, "table.toml");
  return parsed.ok() ? "" : parsed.status().message();
}

// kGood with one change.
std::string Changed(const std::string& from, const std::string& to) {
  return support::Changed(kGood, from, to);
}

class RefusedTable : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedTable, NamesFileAndLine) {
  const Refusal& refusal = GetParam();
  EXPECT_EQ(FaultOf(Changed(refusal.from, refusal.to)),
            std::string("table.toml:") + refusal.message);
}

INSTANTIATE_TEST_SUITE_P(
    Each, RefusedTable,
    testing::Values(
        Refusal{"name = \"table\"", "name = \"crisismeter\"", "1: name is not table"},
        Refusal{"version = \"1\"\n", "", "1: version is missing or not a text"},
        Refusal{"2026-11-21", "2026-11-21T10:00:00",
                "3: adopted_on is missing or not a date (YYYY-MM-DD, without quotes)"},
        Refusal{"adopted_by = \"Demo\"\n", "", "1: adopted_by is missing or not a text"},
        Refusal{"timebox_minutes = 90", "timebox_minutes = 0",
                "5: timebox_minutes is missing or not a whole number from 5 to 480"},
        Refusal{"timebox_minutes = 90", "timebox_minutes = 485",
                "5: timebox_minutes is missing or not a whole number from 5 to 480"},
        Refusal{"timebox_minutes = 90", "timebox_minutes = 90.0",
                "5: timebox_minutes is missing or not a whole number from 5 to 480"},
        Refusal{"timebox_minutes = 90", "timebox_minutes = 91",
                "5: timebox_minutes is not a multiple of 5"},
        Refusal{"notice_minutes = 10", "notice_minutes = -1",
                "6: notice_minutes is missing or not a whole number from 0 to 1440"},
        Refusal{"start_step_minutes = 5", "start_step_minutes = 7",
                "7: start_step_minutes is not a multiple of 5"},
        Refusal{"start_step_minutes = 5", "start_step_minutes = 25",
                "7: start_step_minutes does not divide an hour"},
        Refusal{"start_step_minutes = 5\n", "",
                "1: start_step_minutes is missing or not a whole number from 5 to 60"},
        Refusal{"horizon_days = 30", "horizon_days = 91",
                "8: horizon_days is missing or not a whole number from 1 to 90"},
        Refusal{"red_term_minutes = 120", "red_term_minutes = 0",
                "9: red_term_minutes is missing or not a whole number from 1 to 10080"},
        Refusal{"red_term_minutes = 120", "red_term_minutes = 120\nchair = \"doctor\"",
                "10: chair is missing or not a table"},
        Refusal{"source = \"003.18\"", "source = \"003.18\"\nbrand = \"x\"",
                "18: unknown key brand"},
        Refusal{"function = \"doctor\"\n", "", "11: function is missing or not a text"},
        Refusal{"nl = \"Arts\"\n", "", "11: nl is missing or not a text"},
        Refusal{"en = \"Doctor\"", "en = \"\"", "14: en is missing or not a text"},
        Refusal{"subject_nl = \"Lichaam\"\n", "", "11: subject_nl is missing or not a text"},
        Refusal{"subject_en = \"Body\"\n", "", "11: subject_en is missing or not a text"},
        Refusal{"source = \"003.18\"\n", "", "11: source is missing or not a text"},
        Refusal{"[[seat]]", "[seat]", "11: seat is not a list of tables"},
        Refusal{"[[seat]]", "[[seat]", "11: is not valid TOML here"}));

std::string Seat(const std::string& function) {
  std::string seat = kGood.substr(kGood.find("[[seat]]"));
  return seat.replace(seat.find("doctor"), 6, function);
}

TEST(TableFile, RefusesAFunctionThatStandsInTwoSeats) {
  EXPECT_EQ(FaultOf(kGood + Seat("doctor")), "table.toml:19: function stands twice");
}

TEST(TableFile, HasOneToSixteenSeats) {
  EXPECT_EQ(FaultOf(kGood.substr(0, kGood.find("[[seat]]"))),
            "table.toml:1: a table has 1 to 16 seats");
  std::string toml = kGood;
  for (int i = 2; i <= 16; ++i) toml += Seat("seat_" + std::to_string(i));
  EXPECT_EQ(FaultOf(toml), "");
  EXPECT_EQ(FaultOf(toml + Seat("seat_17")), "table.toml:1: a table has 1 to 16 seats");
}

TEST(TableFile, RefusesMoreThanFitsOneEntry) {
  EXPECT_EQ(FaultOf(kGood + "# " + std::string(48 * 1024, 'x') + "\n"),
            "table.toml:1: the file is larger than 48 KiB");
}

TEST(TableFile, ReadsAllOfIt) {
  const auto rules = ParseTable(kGood, "table.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  EXPECT_EQ(rules->version, "1");
  EXPECT_EQ(rules->adopted_on, "2026-11-21");
  EXPECT_EQ(rules->adopted_by, "Demo");
  EXPECT_EQ(rules->hash, tlog::Sha256(kGood));
  EXPECT_EQ(rules->timebox, minutes(90));
  EXPECT_EQ(rules->notice, minutes(10));
  EXPECT_EQ(rules->start_step, minutes(5));
  EXPECT_EQ(rules->horizon, days(30));
  EXPECT_EQ(rules->red_term, minutes(120));
  ASSERT_EQ(rules->seats.size(), 1u);
  EXPECT_EQ(rules->seats[0].function, "doctor");
  EXPECT_EQ(rules->seats[0].subject_nl, "Lichaam");
}

TEST(TableFile, MeansWhatItMeantBeforeThereWereConditionalSeats) {
  const auto rules = ParseTable(kGood, "table.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  EXPECT_FALSE(rules->seats[0].conditional);
  EXPECT_EQ(rules->seats[0].reason_nl, "");
  EXPECT_TRUE(rules->seats[0].any_yes.empty());
  EXPECT_EQ(rules->chair, "");
  EXPECT_EQ(rules->notes, "");
  EXPECT_EQ(rules->join.room + rules->join.phone + rules->join.link, "");
}

// Its lines are counted from 1 in the refusals below.
const std::string kAll = kGood + R"(reason_nl = "Altijd."
reason_en = "Always."

[[seat.trigger]]
any_yes = ["fresh_injury"]
nl = "Letsel."
en = "Injury."

[[seat]]
conditional = true
function = "lawyer"
any_yes = ["abduction_risk", "debts"]
nl = "Jurist"
en = "Lawyer"
subject_nl = "Recht"
subject_en = "Law"
reason_nl = "Ontvoering."
reason_en = "Abduction."
source = "003.18"

[chair]
function = "doctor"

[notes]
function = "doctor"

[join]
room = "Kamer 1"
phone = "0900-0000, noem {case}"
link = "https://x.example/{case}"
)";

TEST(TableFile, ReadsConditionalSeatsDutiesAndHowToTakePart) {  // P.03, P.20, P.21
  const auto rules = ParseTable(kAll, "table.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  ASSERT_EQ(rules->seats.size(), 2u);
  EXPECT_EQ(rules->seats[0].reason_nl, "Altijd.");
  ASSERT_EQ(rules->seats[0].triggers.size(), 1u);
  EXPECT_THAT(rules->seats[0].triggers[0].any_yes, testing::ElementsAre("fresh_injury"));
  EXPECT_EQ(rules->seats[0].triggers[0].en, "Injury.");
  EXPECT_TRUE(rules->seats[1].conditional);
  EXPECT_THAT(rules->seats[1].any_yes, testing::ElementsAre("abduction_risk", "debts"));
  EXPECT_EQ(rules->seats[1].reason_en, "Abduction.");
  EXPECT_EQ(rules->chair, "doctor");
  EXPECT_EQ(rules->notes, "doctor");
  EXPECT_EQ(rules->join.room, "Kamer 1");
  EXPECT_EQ(rules->join.phone, "0900-0000, noem {case}");
  EXPECT_EQ(rules->join.link, "https://x.example/{case}");
}

class RefusedNewTable : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedNewTable, NamesFileAndLine) {
  const Refusal& refusal = GetParam();
  std::string toml = kAll;
  const size_t at = toml.find(refusal.from);
  ASSERT_NE(at, std::string::npos) << refusal.from;
  EXPECT_EQ(FaultOf(toml.replace(at, std::string(refusal.from).size(), refusal.to)),
            std::string("table.toml:") + refusal.message);
}

INSTANTIATE_TEST_SUITE_P(
    Each, RefusedNewTable,
    testing::Values(
        Refusal{"any_yes = [\"abduction_risk\", \"debts\"]\n", "",
                "26: any_yes is missing or empty"},
        Refusal{"[\"abduction_risk\", \"debts\"]", "[]", "29: any_yes is missing or empty"},
        Refusal{"\"debts\"]", "\"Debts?\"]",
                "29: any_yes holds what cannot be the id of an indicator"},
        Refusal{"\"debts\"]", "\"abduction_risk\"]", "29: any_yes holds an indicator twice"},
        Refusal{"\"debts\"]", "7]", "29: any_yes holds something that is not a text"},
        Refusal{"reason_nl = \"Ontvoering.\"\n", "", "26: reason_nl is missing or not a text"},
        Refusal{"reason_en = \"Abduction.\"\n", "", "26: reason_en is missing or not a text"},
        Refusal{"reason_en = \"Always.\"\n", "", "11: reason_en is missing or not a text"},
        Refusal{"conditional = true", "conditional = \"yes\"",
                "27: conditional is not true or false"},
        Refusal{"conditional = true\n", "", "28: any_yes stands at a seat that is not conditional"},
        Refusal{"function = \"lawyer\"", "function = \"Lawyer\"",
                "28: function is not a code of small letters, digits and _"},
        Refusal{"function = \"lawyer\"", "function = \"doctor\"", "28: function stands twice"},
        Refusal{"nl = \"Letsel.\"\n", "", "21: nl is missing or not a text"},
        Refusal{"any_yes = [\"fresh_injury\"]", "any_yes = []", "22: any_yes is missing or empty"},
        Refusal{"[chair]\nfunction = \"doctor\"", "[chair]\nfunction = \"lawyer\"",
                "39: function is no fixed seat of this table"},
        Refusal{"[notes]\nfunction = \"doctor\"", "[notes]\nfunction = \"nurse\"",
                "42: function is no fixed seat of this table"},
        Refusal{"[chair]\n", "[chair]\nbrand = \"x\"\n", "39: unknown key brand"},
        Refusal{"noem {case}", "noem {report}",
                "46: phone has an unknown place: only {case} is filled in"},
        Refusal{"example/{case}", "example/{case",
                "47: link has an unknown place: only {case} is filled in"},
        Refusal{"room = \"Kamer 1\"", "roof = \"Kamer 1\"", "45: unknown key roof"}));

TEST(TableFile, NeedsAFixedSeatAndAWayToTakePart) {
  std::string toml =
      kGood + "conditional = true\nany_yes = [\"x\"]\nreason_nl = \"r\"\nreason_en = \"r\"\n";
  EXPECT_EQ(FaultOf(toml), "table.toml:1: a table has at least one fixed seat");
  EXPECT_EQ(FaultOf(kGood + "[join]\n"),
            "table.toml:18: join names no way to take part: room, phone or link");
  EXPECT_EQ(FaultOf(kGood + "[join]\nlink = \"https://x.example\"\n"), "");
}

TableRules Shipped() {
  const auto toml = base::RealFileSystem()->Read(TABLE_TOML);
  EXPECT_TRUE(toml.ok()) << toml.status().message();
  const auto rules = ParseTable(*toml, "table.toml");
  EXPECT_TRUE(rules.ok()) << rules.status().message();
  return rules.ok() ? *rules : TableRules();
}

TEST(TableFile, ShippedTableSeatsTheThreeOrganisationsAndTheDoctor) {  // 003.18
  std::vector<std::string> fixed;
  for (const SeatRule& seat : Shipped().seats) {
    if (!seat.conditional) fixed.push_back(seat.function);
  }
  EXPECT_THAT(fixed,
              testing::ElementsAre("veilig_thuis_expert", "protection_worker",
                                   "child_protection_board_adviser", "confidential_physician"));
}

TEST(TableFile, ShippedTableAsksForOthersWhenTheCaseDoes) {  // 003.18, 003.24, P.21
  std::vector<std::string> conditional;
  for (const SeatRule& seat : Shipped().seats) {
    if (seat.conditional) conditional.push_back(seat.function);
  }
  EXPECT_THAT(conditional, testing::UnorderedElementsAre(
                               "legal_counsel", "honour_violence_expert", "sexual_violence_expert",
                               "debt_counsellor", "police_liaison", "hospital_paediatrician",
                               "youth_health_care", "mental_health_care", "addiction_care",
                               "local_team_worker", "behavioural_scientist", "school_liaison"));
}

TEST(TableFile, ShippedTableNamesWhoChairsWhoNotesAndHowToTakePart) {  // P.03
  const TableRules rules = Shipped();
  EXPECT_EQ(rules.chair, "protection_worker");
  EXPECT_EQ(rules.notes, "veilig_thuis_expert");
  EXPECT_NE(rules.join.link.find("{case}"), std::string::npos);
}

// The crisismeter is intake's: only this test looks at both.
TEST(TableFile, ShippedTableAsksOnlyForWhatTheCrisismeterKnows) {
  const auto toml = base::RealFileSystem()->Read(CRISISMETER_TOML);
  ASSERT_TRUE(toml.ok()) << toml.status().message();
  auto crisismeter = daemon::TomlTable::Parse(*toml, "crisismeter.toml");
  ASSERT_TRUE(crisismeter.ok()) << crisismeter.status().message();
  std::set<std::string> indicators;
  for (daemon::TomlTable& one : crisismeter->Tables("indicator")) indicators.insert(one.Text("id"));
  const auto expect_known = [&](const std::vector<std::string>& any_yes) {
    for (const std::string& id : any_yes) EXPECT_TRUE(indicators.contains(id)) << id;
  };
  for (const SeatRule& seat : Shipped().seats) {
    expect_known(seat.any_yes);
    for (const Trigger& trigger : seat.triggers) expect_known(trigger.any_yes);
  }
}

}  // namespace
}  // namespace samenspel::meeting
