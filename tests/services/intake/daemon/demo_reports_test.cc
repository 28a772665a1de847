// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "clients/samenspel/json_form.h"
#include "common/base/file_system.h"
#include "common/time/local_date.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/domain/form.h"

// The invented reports of deploy/demo, as a desk would send them.
namespace samenspel::intake {
namespace {

constexpr size_t kLineBytesMax = 256 * 1024;

std::string Read(const std::filesystem::path& path) {
  const auto text = base::RealFileSystem()->Read(path.string());
  EXPECT_TRUE(text.ok()) << text.status().message();
  return *text;
}

const Crisismeter& Rules() {
  static const Crisismeter rules = [] {
    auto parsed = ParseCrisismeter(Read(CRISISMETER_TOML), "crisismeter.toml");
    EXPECT_TRUE(parsed.ok()) << parsed.status().message();
    return *parsed;
  }();
  return rules;
}

v1::SubmitReport FormIn(const std::string& json) {
  v1::SubmitReport form;
  const auto error = cli::ReadForm(json, form);
  EXPECT_FALSE(error.has_value()) << error->code << " " << error->path << " " << error->line;
  return form;
}

std::string ColourOf(const v1::SubmitReport& form) {
  const std::map<v1::Colour, std::string> words = {
      {v1::COLOUR_RED, "red"}, {v1::COLOUR_AMBER, "amber"}, {v1::COLOUR_GREEN, "green"}};
  return words.at(GradeOf(Rules(), form.answers()).colour());
}

void ExpectAccepted(const v1::SubmitReport& form) {
  for (const auto& reason : FaultsOf(form, Rules(), *time::ParseDate("2026-11-21"))) {
    ADD_FAILURE() << reason.code() << " " << reason.field();
  }
}

size_t Words(const std::string& text) {
  std::istringstream words(text);
  size_t count = 0;
  for (std::string word; words >> word;) ++count;
  return count;
}

std::map<std::string, v1::SubmitReport> Reports() {
  std::map<std::string, v1::SubmitReport> reports;
  for (const auto& file : std::filesystem::directory_iterator(DEMO_FOLDER "/reports")) {
    SCOPED_TRACE(file.path().filename().string());
    EXPECT_EQ(file.path().extension(), ".json");
    reports[file.path().stem().string()] = FormIn(Read(file.path()));
  }
  return reports;
}

TEST(DemoReports, AreAcceptedAndGradedAsTheyAreCalled) {  // 003.12
  const auto reports = Reports();
  EXPECT_GE(reports.size(), 16u);
  std::map<std::string, int> of_colour;
  for (const auto& [name, form] : reports) {
    SCOPED_TRACE(name);
    ExpectAccepted(form);
    EXPECT_EQ(ColourOf(form), name.substr(0, name.find('-')));
    ++of_colour[ColourOf(form)];
    // Each question was thought about; what is not known says so.
    EXPECT_EQ(static_cast<size_t>(form.answers_size()), Rules().indicators.size());
  }
  for (const char* colour : {"red", "amber", "green"}) EXPECT_GE(of_colour[colour], 4) << colour;
}

TEST(DemoReports, TellAsMuchAsARealOne) {
  for (const auto& [name, form] : Reports()) {
    const size_t words = Words(form.private_().happening().text());
    EXPECT_GE(words, 120u) << name;
    EXPECT_LE(words, 350u) << name;
  }
}

TEST(DemoReports, CoverTheCrisesThatTheRegionKnows) {  // 003.01, P.11
  std::set<std::string> answered_yes;
  for (const auto& [name, form] : Reports()) {
    for (const auto& answer : form.answers()) {
      if (answer.value() == v1::ANSWER_VALUE_YES) answered_yes.insert(answer.indicator());
    }
  }
  for (const Indicator& indicator : Rules().indicators) {
    EXPECT_TRUE(answered_yes.contains(indicator.id)) << indicator.id;
  }
}

TEST(DemoReports, HideWhereAFamilyOfParentsApartIs) {  // P.06
  const auto reports = Reports();
  const v1::SubmitReport& form = reports.at("amber-parents-apart-secret-address");
  const std::string& secret = form.secret().secret_location();
  ASSERT_FALSE(secret.empty());
  const std::string street = secret.substr(secret.find(", ") + 2, 12);
  EXPECT_EQ(form.private_().SerializeAsString().find(street), std::string::npos);
}

TEST(DemoReports, MayKnowNoMoreThanHalfAName) {  // P.02
  const v1::SubmitReport form = Reports().at("amber-half-a-name");
  EXPECT_TRUE(form.private_().child_now().unknown());
  EXPECT_EQ(form.private_().children(0).name().find(' '), std::string::npos);
  EXPECT_TRUE(form.private_().address().empty());
}

TEST(DemoBulk, HoldsFiftyDifferentReportsOfEachColourOneALine) {
  std::istringstream lines(Read(DEMO_FOLDER "/bulk/fifty.jsonl"));
  std::set<std::string> told;
  std::map<std::string, int> of_colour;
  int number = 0;
  for (std::string line; std::getline(lines, line); ++number) {
    SCOPED_TRACE("line " + std::to_string(number + 1));
    EXPECT_LT(line.size(), kLineBytesMax);
    const v1::SubmitReport form = FormIn(line);
    ExpectAccepted(form);
    told.insert(form.private_().happening().text());
    ++of_colour[ColourOf(form)];
    EXPECT_GE(Words(form.private_().happening().text()), 30u);
  }
  EXPECT_EQ(number, 50);
  EXPECT_EQ(told.size(), 50u);
  for (const char* colour : {"red", "amber", "green"}) EXPECT_GE(of_colour[colour], 8) << colour;
}

}  // namespace
}  // namespace samenspel::intake
