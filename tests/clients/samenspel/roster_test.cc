// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "clients/samenspel/roster_file.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kOrg[] = "org_00000000000000000000000001";
constexpr char kAnne[] = "pro_00000000000000000000000a01";
constexpr char kBram[] = "pro_00000000000000000000000b01";

json Shift(const std::string& from, const std::string& until) {
  return {{"from", from}, {"until", until}};
}

json Person(const std::string& id, const std::string& name) {
  return {{"id", id},
          {"name", name},
          {"employer", kOrg},
          {"organisation", kOrg},
          {"functions", {"protection_worker"}}};
}

json Good() {
  return {{"organisations", {{{"id", kOrg}, {"name", "Rietdam"}, {"kind", "local_team"}}}},
          {"professionals", {Person(kAnne, "Anne Vos"), Person(kBram, "Bram Dekker")}},
          {"shifts",
           {{{"professional", kAnne},
             {"shifts",
              {Shift("2026-11-22T07:00+01:00", "2026-11-22T15:00+01:00"),
               Shift("2026-11-21T20:00:00.000Z", "2026-11-22T06:00:00Z")}}}}}};
}

FormError Refused(const json& file) {
  const auto read = ReadRoster(file.dump());
  EXPECT_TRUE(std::holds_alternative<FormError>(read)) << file.dump();
  return std::holds_alternative<FormError>(read) ? std::get<FormError>(read) : FormError{};
}

TEST(RosterFile, ReadsLocalAndUtcTimesAndSortsTheShifts) {
  const auto read = ReadRoster(Good().dump());
  ASSERT_TRUE(std::holds_alternative<demo::Region>(read)) << std::get<FormError>(read).path;
  const auto& roster = std::get<demo::Region>(read);
  ASSERT_EQ(roster.shifts.size(), 1U);
  const auto& shifts = roster.shifts[0].shifts();
  ASSERT_EQ(shifts.size(), 2);
  EXPECT_EQ(IsoTime(base::FromMs(shifts[0].from_ms())), "2026-11-21T21:00:00.000+01:00");
  EXPECT_EQ(shifts[0].until_ms(), shifts[1].from_ms());
}

TEST(RosterFile, RefusesWhatItDoesNotKnowWithItsPath) {
  json file = Good();
  file["shifts"][0]["shifts"][1]["unitl"] = "x";
  const FormError wrong = Refused(file);
  EXPECT_EQ(wrong.code, "unknown_field");
  EXPECT_EQ(wrong.path, "shifts[0].shifts[1].unitl");
  EXPECT_EQ(wrong.known, "from, until");
  file = Good();
  file["teams"] = json::array();
  EXPECT_EQ(Refused(file).path, "teams");
}

TEST(RosterFile, RefusesShiftsThatOverlap) {
  json file = Good();
  file["shifts"][0]["shifts"].push_back(Shift("2026-11-22T14:59+01:00", "2026-11-22T16:00+01:00"));
  EXPECT_EQ(Refused(file).code, "shifts_overlap");
  EXPECT_EQ(Refused(file).path, "shifts[0].shifts[2]");
  file["shifts"][0]["shifts"][2]["from"] = "2026-11-22T15:00+01:00";  // Touching is fine.
  EXPECT_TRUE(std::holds_alternative<demo::Region>(ReadRoster(file.dump())));
}

TEST(RosterFile, RefusesBadTimesIdsAndDoubles) {
  json file = Good();
  file["shifts"][0]["shifts"][0]["until"] = "2026-11-22T07:00+01:00";
  EXPECT_EQ(Refused(file).code, "shift_ends_before_start");
  for (const std::string time :
       {"2026-11-22T07:00", "2026-11-22", "22-11-2026", "2026-13-22T07:00Z", "2026-02-30T07:00Z",
        "2026-11-22T24:00Z", "2026-11-22T07:00+1:00", "2026-11-22T07:00Zx", "", "soon"}) {
    file = Good();
    file["shifts"][0]["shifts"][0]["from"] = time;
    EXPECT_EQ(Refused(file).code, "not_a_time") << time;
    EXPECT_EQ(Refused(file).path, "shifts[0].shifts[0].from");
  }
  file = Good();
  file["professionals"][0]["id"] = "anne";
  EXPECT_EQ(Refused(file).code, "bad_id");
  file = Good();
  file["professionals"][1]["id"] = kAnne;
  EXPECT_EQ(Refused(file).code, "stands_twice");
  EXPECT_EQ(Refused(file).path, "professionals[1].id");
  file = Good();
  file["professionals"][1].erase("functions");
  EXPECT_EQ(Refused(file).code, "missing");
  file = Good();
  file["professionals"][1]["functions"] = {1};
  EXPECT_EQ(Refused(file).path, "professionals[1].functions[0]");
  EXPECT_EQ(Refused(json::array()).code, "wrong_type");
}

// P.06
TEST(RosterFile, ReadsTheNumberOfAnOrganisation) {
  json file = Good();
  EXPECT_EQ(std::get<demo::Region>(ReadRoster(file.dump())).organisations[0].phone(), "");
  file["organisations"][0]["phone"] = "0900-0000 (invented)";
  const auto read = std::get<demo::Region>(ReadRoster(file.dump()));
  EXPECT_EQ(read.organisations[0].phone(), "0900-0000 (invented)");
  EXPECT_EQ(RosterJson(read)["organisations"][0]["phone"], "0900-0000 (invented)");
}

TEST(RosterFile, ReadsBackWhatItWrites) {
  const auto read = std::get<demo::Region>(ReadRoster(Good().dump()));
  const std::string written = RosterJson(read).dump();
  EXPECT_EQ(RosterJson(std::get<demo::Region>(ReadRoster(written))).dump(), written);
}

TEST(ParseTime, TakesLocalTimesAndDays) {
  const auto iso = [](const char* text) {
    const auto time = ParseTime(text);
    return time ? IsoTime(*time) : "none";
  };
  EXPECT_EQ(iso("2026-11-21"), "2026-11-21T00:00:00.000+01:00");
  EXPECT_EQ(iso("2026-07-01 08:30"), "2026-07-01T08:30:00.000+02:00");
  EXPECT_EQ(iso("2026-10-25 02:30"), "2026-10-25T02:30:00.000+02:00");  // The first of the two.
  EXPECT_EQ(iso("2026-11-21T20:45:00+01:00"), "2026-11-21T20:45:00.000+01:00");
  EXPECT_EQ(iso("2026-11-21T20:45-05:00"), "2026-11-22T02:45:00.000+01:00");
  EXPECT_EQ(iso("tomorrow"), "none");
}

// Meeting's daemon with a roster of its own.
class Roster : public testing::Test {
 protected:
  Roster() {
    world.answer = [this](const std::string&, const common::v1::Envelope& envelope) {
      return Answer(envelope);
    };
    EXPECT_TRUE(world.files->Replace("/roster.json", Good().dump()).ok());
  }
  FakeWorld::Answer Answer(const common::v1::Envelope& envelope) {
    meeting::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(envelope.request()));
    meeting::v1::Response response;
    if (request.has_show_roster()) {
      asked = request.show_roster();
      auto& shown = *response.mutable_roster_shown();
      // A person a page.
      const size_t page = asked.page().after().empty() ? 0 : 1;
      if (page < lines.size()) *shown.add_lines() = lines[page];
      for (const auto& one : organisations) *shown.add_organisations() = one;
      if (page + 1 < lines.size()) shown.set_next("1");
      return ReplyWith(response);
    }
    if (request.has_show_coverage()) {
      asked_coverage = request.show_coverage();
      *response.mutable_coverage_shown() = coverage;
      return ReplyWith(response);
    }
    changes.push_back(request);
    return change_answer;
  }
  // As if the file had been loaded before.
  void HaveAll() {
    const auto file = std::get<demo::Region>(ReadRoster(Good().dump()));
    organisations = file.organisations;
    for (const auto& person : file.professionals) {
      lines.emplace_back();
      *lines.back().mutable_professional() = person;
    }
    for (const auto& shift : file.shifts[0].shifts()) *lines[0].add_shifts() = shift;
  }
  int Load() { return world.Run({"roster", "load", "/roster.json"}); }
  std::vector<int> Kinds() const {
    std::vector<int> kinds;
    for (const auto& change : changes) kinds.push_back(change.kind_case());
    return kinds;
  }

  FakeWorld world;
  std::vector<meeting::v1::Organisation> organisations;
  std::vector<meeting::v1::RosterLine> lines;
  std::vector<meeting::v1::Request> changes;
  meeting::v1::ShowRoster asked;
  meeting::v1::ShowCoverage asked_coverage;
  meeting::v1::CoverageShown coverage;
  FakeWorld::Answer change_answer = ReplyWith(common::v1::STATUS_OK);
};

using Kind = meeting::v1::Request;

TEST_F(Roster, LoadsOrganisationsThenPeopleThenShifts) {
  EXPECT_EQ(Load(), 0) << world.err();
  EXPECT_THAT(Kinds(), ElementsAre(Kind::kRegisterOrganisation, Kind::kRegisterProfessional,
                                   Kind::kRegisterProfessional, Kind::kSetShifts));
  EXPECT_THAT(world.out(), HasSubstr("organisations 1/1, professionals 2/2, shifts of 1/1 people"));
  for (const Sent& one : world.sent) EXPECT_EQ(one.envelope.purpose(), "region_setup");
  world.language = "nl";
  EXPECT_EQ(Load(), 0);
  EXPECT_THAT(world.out(), HasSubstr("Nieuw of veranderd: organisaties 1/1"));
}

TEST_F(Roster, LoadsOnlyWhatDiffers) {
  HaveAll();
  EXPECT_EQ(Load(), 0);
  EXPECT_THAT(changes, IsEmpty());
  EXPECT_THAT(world.out(), HasSubstr("Nothing was changed"));
  lines[1].mutable_professional()->set_name("Bram Visser");
  lines[0].mutable_shifts(0)->set_from_ms(1);
  EXPECT_EQ(Load(), 0);
  EXPECT_THAT(Kinds(), ElementsAre(Kind::kRegisterProfessional, Kind::kSetShifts));
  EXPECT_EQ(changes[0].register_professional().professional().name(), "Bram Dekker");
}

TEST_F(Roster, SetsAnOldRosterBackAgain) {
  // The same content twice, with another in between, must not count as a repeat.
  Load();
  Load();
  std::set<std::string> ids;
  for (const Sent& one : world.sent) ids.insert(one.envelope.request_id());
  EXPECT_EQ(ids.size(), world.sent.size());
}

TEST_F(Roster, RegistersADeputyBeforeNamingThem) {
  json file = Good();
  file["professionals"][0]["deputy"] = kBram;
  ASSERT_TRUE(world.files->Replace("/roster.json", file.dump()).ok());
  EXPECT_EQ(Load(), 0) << world.err();
  EXPECT_THAT(Kinds(), ElementsAre(Kind::kRegisterOrganisation, Kind::kRegisterProfessional,
                                   Kind::kRegisterProfessional, Kind::kRegisterProfessional,
                                   Kind::kSetShifts));
  EXPECT_EQ(changes[1].register_professional().professional().deputy(), "");
  EXPECT_EQ(changes[3].register_professional().professional().deputy(), kBram);
}

TEST_F(Roster, NamesAnUnknownOrganisationBeforeItSendsAnything) {
  json file = Good();
  file["professionals"][1]["organisation"] = "org_00000000000000000000000009";
  ASSERT_TRUE(world.files->Replace("/roster.json", file.dump()).ok());
  EXPECT_EQ(Load(), 2);
  EXPECT_THAT(world.err(), HasSubstr("professionals[1].organisation"));
  EXPECT_THAT(world.err(), HasSubstr("this organisation is not known"));
  file = Good();
  file["professionals"][1]["deputy"] = "pro_00000000000000000000000z09";
  ASSERT_TRUE(world.files->Replace("/roster.json", file.dump()).ok());
  EXPECT_EQ(Load(), 2);
  EXPECT_THAT(world.err(), HasSubstr("professionals[1].deputy"));
  EXPECT_THAT(changes, IsEmpty());
}

TEST_F(Roster, SaysWhatIsWrongWithTheFileBeforeAskingAnybody) {
  ASSERT_TRUE(world.files->Replace("/roster.json", "{\"teams\": []}").ok());
  EXPECT_EQ(Load(), 2);
  EXPECT_THAT(world.err(), HasSubstr("teams"));
  EXPECT_EQ(world.Run({"roster", "load", "/nowhere.json"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(Roster, RefusesAFileWithNothingInIt) {
  for (const std::string nothing : {"{}", R"({"shifts": []})"}) {
    ASSERT_TRUE(world.files->Replace("/roster.json", nothing).ok());
    EXPECT_EQ(Load(), 2);
    EXPECT_THAT(world.err(), HasSubstr("There are no organisations, people or shifts"));
  }
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(Roster, SpeaksOfARosterAndNotOfAForm) {
  const auto said = [&](const std::string& text) {
    EXPECT_TRUE(world.files->Replace("/roster.json", text).ok());
    EXPECT_EQ(Load(), 2);
    EXPECT_THAT(world.err(), Not(HasSubstr("form")));
    return world.err();
  };
  EXPECT_THAT(said("[]"), HasSubstr("file: another kind of value"));
  EXPECT_THAT(said("{} {}"), HasSubstr("something follows after the roster"));
  EXPECT_THAT(said(R"({"teams": []})"), HasSubstr("teams: a roster file does not know"));
  EXPECT_THAT(
      said(R"({"organisations": [{"id": "x"}]})"),
      AllOf(HasSubstr("organisations[0].name: this must be filled in"), Not(HasSubstr("unknown"))));
}

TEST_F(Roster, TellsRefusalAbsenceAndSilenceApart) {
  change_answer = ReplyWith(common::v1::STATUS_DENIED, "not_permitted", "");
  EXPECT_EQ(Load(), 5);
  EXPECT_EQ(changes.size(), 1U);
  change_answer = Silent();
  EXPECT_EQ(Load(), 7);
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(Load(), 6);
}

TEST_F(Roster, LoadsTheDemoRegionAsItIsPrinted) {
  ASSERT_EQ(world.Run({"region", "demo", "--print", "--professionals", "8", "--days", "2"}), 0);
  ASSERT_TRUE(world.files->Replace("/roster.json", world.out()).ok());
  EXPECT_EQ(Load(), 0) << world.err();
}

TEST_F(Roster, ShowsWhoIsOnDutyOverAllPages) {
  HaveAll();
  EXPECT_EQ(world.Run({"roster", "show"}), 0) << world.err();
  EXPECT_THAT(world.out(), HasSubstr("Rietdam"));
  EXPECT_THAT(world.out(), HasSubstr("Anne Vos"));
  EXPECT_THAT(world.out(), HasSubstr("child protection worker"));
  EXPECT_THAT(world.out(), HasSubstr("Sun 22 Nov 07:00 - 15:00 (+01:00)"));
  EXPECT_THAT(world.out(), HasSubstr("not on duty"));
  EXPECT_EQ(asked.until_ms() - asked.from_ms(), 24 * 3600 * 1000);
  world.language = "nl";
  EXPECT_EQ(world.Run({"roster", "show"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("geen dienst"));
}

// Ids, for commands that take one where a name is not enough.
TEST_F(Roster, ShowsIdsWhenAsked) {
  HaveAll();
  EXPECT_EQ(world.Run({"roster", "show"}), 0);
  EXPECT_EQ(world.out().find(kAnne), std::string::npos);
  EXPECT_EQ(world.Run({"roster", "show", "--ids"}), 0);
  EXPECT_THAT(world.out(), HasSubstr(std::string("Anne Vos     ") + kAnne));
  EXPECT_THAT(world.out(), HasSubstr(kBram));
}

// "Nobody" about a function that nobody can have would reassure for nothing.
TEST_F(Roster, RefusesAFunctionOrOrganisationThatDoesNotExist) {
  HaveAll();
  lines[1].mutable_professional()->add_functions("interpreter");
  EXPECT_EQ(world.Run({"roster", "show", "--function", "nonsense"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--function: there is no function nonsense."));
  EXPECT_THAT(world.err(), HasSubstr("police_liaison"));
  EXPECT_THAT(world.err(), HasSubstr("interpreter"));
  EXPECT_EQ(world.Run({"roster", "show", "--function", "interpreter"}), 0);
  EXPECT_EQ(world.Run({"roster", "show", "--organisation", "Nowhere"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("--organisation: there is no Nowhere in the roster."));
  EXPECT_THAT(world.err(), HasSubstr("Rietdam"));
  EXPECT_EQ(world.Run({"roster", "show", "--organisation", "Rietdam"}), 0);
  EXPECT_EQ(asked.organisation(), kOrg);
}

TEST_F(Roster, StaysWithinTheTerminalAndWholeInAPipe) {
  HaveAll();
  organisations[0].set_name("Jeugdbescherming Rietdam en omstreken");
  lines[0].mutable_professional()->add_functions("duty_manager");
  lines[0].mutable_shifts(0)->set_until_ms(lines[0].shifts(0).until_ms() + 12 * 3600 * 1000);
  EXPECT_EQ(world.Run({"roster", "show"}), 0);
  EXPECT_GT(WidestLine(world.out()), 100U);
  EXPECT_THAT(world.out(), HasSubstr("child protection worker, manager on duty"));
  world.columns = 80;
  EXPECT_EQ(world.Run({"roster", "show"}), 0);
  EXPECT_LE(WidestLine(world.out()), 80U);
}

TEST_F(Roster, AsksForWhatWasNamed) {
  EXPECT_EQ(world.Run({"roster", "show", "--function", "legal_counsel", "--organisation", kOrg,
                       "--from", "2026-12-01", "--until", "2026-12-02 12:00"}),
            0);
  EXPECT_EQ(asked.function(), "legal_counsel");
  EXPECT_EQ(asked.organisation(), kOrg);
  EXPECT_EQ(IsoTime(base::FromMs(asked.from_ms())), "2026-12-01T00:00:00.000+01:00");
  EXPECT_EQ(IsoTime(base::FromMs(asked.until_ms())), "2026-12-02T12:00:00.000+01:00");
  EXPECT_EQ(world.Run({"roster", "show", "--on-duty"}), 0);
  EXPECT_TRUE(asked.on_duty());
  EXPECT_EQ(asked.until_ms() - asked.from_ms(), 1);  // Now.
  EXPECT_EQ(world.Run({"roster", "show", "--from", "soon"}), 2);
  EXPECT_EQ(world.Run({"roster", "show", "--from", "2026-12-02", "--until", "2026-12-02"}), 2);
}

meeting::v1::Hole& AddHole(meeting::v1::CoverageShown& coverage, meeting::v1::MissingCause cause) {
  auto& hole = *coverage.add_holes();
  hole.set_function("confidential_physician");
  hole.set_from_ms(1795302000000);  // 22 November 2026, 00:00 in Amsterdam.
  hole.set_until_ms(1795330800000);
  hole.set_cause(cause);
  return hole;
}

TEST_F(Roster, NamesEachHoleWithItsCause) {
  coverage.add_functions("veilig_thuis_expert");
  coverage.add_functions("confidential_physician");
  AddHole(coverage, meeting::v1::MISSING_CAUSE_NOBODY_ON_DUTY);
  EXPECT_EQ(world.Run({"roster", "coverage"}), 1);
  EXPECT_THAT(world.out(), HasSubstr("confidential physician"));
  EXPECT_THAT(world.out(), HasSubstr("■ Sun 22 Nov 00:00 - 08:00 (+01:00)  nobody is on duty"));
  EXPECT_THAT(world.out(), HasSubstr("● Veilig Thuis expert     always filled"));
  EXPECT_EQ(asked_coverage.until_ms() - asked_coverage.from_ms(), 14LL * 24 * 3600 * 1000);
  EXPECT_EQ(world.Run({"roster", "coverage", "--json"}), 1);
  EXPECT_EQ(json::parse(world.out())["holes"][0]["cause"], "nobody_on_duty");
  world.language = "nl";
  EXPECT_EQ(world.Run({"roster", "coverage", "--weeks", "4"}), 1);
  EXPECT_THAT(world.out(), HasSubstr("niemand heeft dienst"));
  EXPECT_EQ(asked_coverage.until_ms() - asked_coverage.from_ms(), 28LL * 24 * 3600 * 1000);
}

// The worst first, and one line for what comes back each night.
TEST_F(Roster, FoldsEqualCausesAndGivesTheTotalsFirst) {
  coverage.add_functions("veilig_thuis_expert");
  coverage.add_functions("legal_counsel");
  coverage.add_functions("confidential_physician");
  for (int night = 0; night < 14; ++night) {
    auto& hole = AddHole(coverage, meeting::v1::MISSING_CAUSE_NOBODY_ON_DUTY);
    hole.set_from_ms(hole.from_ms() + night * 24LL * 3600 * 1000);
    hole.set_until_ms(hole.until_ms() + night * 24LL * 3600 * 1000);
    auto& thin = AddHole(coverage, meeting::v1::MISSING_CAUSE_UNSPECIFIED);
    thin.set_only(night % 2 == 0 ? kAnne : kBram);
    thin.set_from_ms(hole.until_ms());
    thin.set_until_ms(hole.until_ms() + 3600 * 1000);
  }
  AddHole(coverage, meeting::v1::MISSING_CAUSE_NOBODY_HOLDS);
  auto& once = AddHole(coverage, meeting::v1::MISSING_CAUSE_ALL_BOOKED);
  once.set_function("legal_counsel");
  once.set_until_ms(once.from_ms() + 3600 * 1000);
  world.columns = 80;
  EXPECT_EQ(world.Run({"roster", "coverage"}), 1);
  const std::string text = world.out();
  EXPECT_LT(std::ranges::count(text, '\n'), 20);
  EXPECT_LE(WidestLine(text), 80U);
  EXPECT_THAT(text, HasSubstr("■ confidential physician  empty: 15 x, 5 d in all"));
  EXPECT_THAT(text, HasSubstr("14 x, 4 d in all:\n    nobody is on duty"));
  EXPECT_THAT(text, HasSubstr("nobody in the region has this function"));
  EXPECT_THAT(text, HasSubstr("rests on one person each time: "));
  EXPECT_LT(text.find("There are holes"), text.find("■ confidential physician"));
  EXPECT_LT(text.find("■ confidential physician"), text.find("■ lawyer"));
  EXPECT_LT(text.find("■ lawyer"), text.find("● Veilig Thuis expert"));
}

TEST_F(Roster, SaysOnWhomASeatRests) {
  HaveAll();
  coverage.add_functions("confidential_physician");
  AddHole(coverage, meeting::v1::MISSING_CAUSE_UNSPECIFIED).set_only(kBram);
  EXPECT_EQ(world.Run({"roster", "coverage"}), 0);  // Thin, but no hole.
  EXPECT_THAT(world.out(), HasSubstr("▲"));
  EXPECT_THAT(world.out(), HasSubstr("rests on one person: Bram Dekker"));
}

TEST_F(Roster, PassesRefusalAndSilenceOfMeetingOn) {
  for (const std::string verb : {"show", "coverage"}) {
    world.answer = [](const std::string&, const common::v1::Envelope&) {
      return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "not_permitted", ""));
    };
    EXPECT_EQ(world.Run({"roster", verb}), 5);
    world.answer = [](const std::string&, const common::v1::Envelope&) {
      return FakeWorld::Answer(Away());
    };
    EXPECT_EQ(world.Run({"roster", verb}), 6);
  }
}

}  // namespace
}  // namespace samenspel::cli
