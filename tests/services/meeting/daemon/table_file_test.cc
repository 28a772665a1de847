// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/table_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/file_system.h"
#include "common/tlog/sha256.h"

namespace samenspel::meeting {
namespace {

using std::chrono::days;
using std::chrono::minutes;

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

std::string Changed(const std::string& from, const std::string& to) {
  std::string toml = kGood;
  const size_t at = toml.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return toml.replace(at, from.size(), to);
}

struct Refusal {
  const char* from;
  const char* to;
  const char* message;
};

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
                "10: unknown key chair"},
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

TEST(TableFile, ShippedTableSeatsTheThreeOrganisationsAndTheDoctor) {  // 003.18
  const auto toml = base::RealFileSystem()->Read(TABLE_TOML);
  ASSERT_TRUE(toml.ok()) << toml.status().message();
  const auto rules = ParseTable(*toml, "table.toml");
  ASSERT_TRUE(rules.ok()) << rules.status().message();
  std::vector<std::string> functions;
  for (const SeatRule& seat : rules->seats) functions.push_back(seat.function);
  EXPECT_THAT(functions,
              testing::ElementsAre("veilig_thuis_expert", "protection_worker",
                                   "child_protection_board_adviser", "confidential_physician"));
}

}  // namespace
}  // namespace samenspel::meeting
