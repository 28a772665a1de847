// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/glossary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class GlossaryTest : public testing::Test {  // P.14
 protected:
  std::vector<std::string> Found(const std::string& term) {
    std::vector<std::string> titles;
    for (const GlossaryEntry* entry : FindTerm(all, term)) titles.push_back(entry->title);
    return titles;
  }
  std::vector<GlossaryEntry> all = ReadGlossary(GlossaryText());
};

TEST_F(GlossaryTest, HoldsEveryTermOfTheList) {
  EXPECT_GT(all.size(), 100U);
  for (const GlossaryEntry& entry : all) {
    EXPECT_FALSE(entry.text.empty()) << entry.title;
    EXPECT_FALSE(entry.names.empty()) << entry.title;
    EXPECT_FALSE(entry.text_nl.empty()) << entry.title;
    EXPECT_NE(entry.text, entry.text_nl) << entry.title;
    EXPECT_EQ(entry.text.find("nl:"), std::string::npos) << entry.title;
  }
}

TEST_F(GlossaryTest, FindsDutchAndEnglishWhateverTheCapitals) {
  EXPECT_THAT(Found("vertrouwensarts"), ElementsAre("Vertrouwensarts"));
  EXPECT_THAT(Found("CONFIDENTIAL PHYSICIAN"), ElementsAre("Vertrouwensarts"));
  EXPECT_THAT(Found("confidential_physician"), ElementsAre("Vertrouwensarts"));
  EXPECT_THAT(Found("barriere"), ElementsAre("Barrière"));
  EXPECT_THAT(Found("vt"), ElementsAre("Veilig Thuis (VT)"));
  EXPECT_THAT(Found("achterwacht"), ElementsAre("Achterwacht"));
  EXPECT_THAT(Found("xyzzy"), IsEmpty());
}

TEST_F(GlossaryTest, HoldsTheProgramsOwnWordsInBothLanguages) {
  for (const auto& [english, dutch] :
       std::vector<std::pair<std::string, std::string>>{{"owner", "eigenaar"},
                                                        {"queue", "werkvoorraad"},
                                                        {"first step", "eerste stap"},
                                                        {"term", "termijn"},
                                                        {"claim", "nemen"},
                                                        {"provisional", "voorlopig"},
                                                        {"hand over", "overdragen"},
                                                        {"case list", "zaaklijst"},
                                                        {"break-glass", "openen met spoed"},
                                                        {"sender", "afzender"},
                                                        {"desk", "meldpunt"},
                                                        {"settle", "afronden"}}) {
    EXPECT_THAT(Found(english), testing::SizeIs(testing::Ge(1))) << english;
    EXPECT_THAT(Found(dutch), Contains(Found(english).back())) << dutch;
  }
  EXPECT_THAT(Found("alarm"), ElementsAre("Alarm"));
}

TEST_F(GlossaryTest, GivesAllThatGoByOneName) {
  EXPECT_THAT(Found("local team"), ElementsAre("Lokaal team", "Wijkteam"));
}

TEST(ReadGlossary, JoinsLinesAndTakesThePartsApart) {
  const auto all = ReadGlossary(
      "# Title\n\nwords\n\n- **One, two** (`code_a`, `code_b`): First *line*,\n  second. [P.01]\n"
      "- **Bare**: Text.\n- no term\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_THAT(all[0].names, ElementsAre("One", "two", "One, two", "code_a", "code_b"));
  EXPECT_EQ(all[0].text, "First line, second.");
  EXPECT_EQ(all[0].source, "P.01");
  EXPECT_EQ(all[1].text, "Text.");
}

TEST(GlossaryCommand, ExplainsATermWithoutConfigOrDaemon) {
  FakeWorld world;
  ASSERT_TRUE(world.files->Replace(kConfigPath, "broken = ").ok());
  EXPECT_EQ(world.Run({"glossary", "crisismeter"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("Crisismeter"));
  EXPECT_THAT(world.out(), HasSubstr("Source: 003.12"));
  EXPECT_THAT(world.sent, IsEmpty());
  world.language = "nl";
  EXPECT_EQ(world.Run({"glossary", "crisismeter"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("Bron: 003.12"));
}

TEST(ReadGlossary, TakesTheDutchWordAndWords) {
  const auto all = ReadGlossary(
      "- **Queue** (`queue`): What\n  lies there. [P.16]\n  - nl, **Werkvoorraad, lijst**: Wat\n"
      "    daar ligt.\n- **Besluit**: What was decided.\n  - nl: Wat is besloten.\n");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].text, "What lies there.");
  EXPECT_EQ(all[0].source, "P.16");
  EXPECT_EQ(all[0].title_nl, "Werkvoorraad, lijst");
  EXPECT_EQ(all[0].text_nl, "Wat daar ligt.");
  EXPECT_THAT(all[0].names, ElementsAre("Queue", "queue", "Werkvoorraad", "lijst"));
  EXPECT_EQ(all[1].title_nl, "");
  EXPECT_EQ(all[1].text_nl, "Wat is besloten.");
}

TEST(GlossaryCommand, SpeaksTheUsersLanguageAndIsFoundByEither) {
  FakeWorld world;
  for (const std::string term : {"queue", "werkvoorraad"}) {
    world.language = "nl";
    EXPECT_EQ(world.Run({"glossary", term}), 0);
    EXPECT_THAT(world.out(), HasSubstr("Werkvoorraad  (Queue"));
    EXPECT_THAT(world.out(), HasSubstr("Wat er bij een meldpunt ligt"));
    world.language = "en";
    EXPECT_EQ(world.Run({"glossary", term}), 0);
    EXPECT_THAT(world.out(), HasSubstr("What lies with a desk"));
  }
  world.language = "nl";
  EXPECT_EQ(world.Run({"glossary"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("Watermerk\n"));
}

TEST(GlossaryCommand, OffersWhatIsNear) {
  FakeWorld world;
  EXPECT_EQ(world.Run({"glossary", "vertrouwenarts"}), 3);
  EXPECT_THAT(world.err(), HasSubstr("Vertrouwensarts"));
  EXPECT_EQ(world.Run({"glossary", "regie", "--json"}), 3);
  EXPECT_THAT(json::parse(world.out())["error"]["near"], Contains("Casusregie"));
  EXPECT_EQ(world.Run({"glossary", "qqqqqqqq"}), 3);
}

TEST(GlossaryCommand, ListsAllTermsWithoutOne) {
  FakeWorld world;
  EXPECT_EQ(world.Run({"glossary"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("Achterwacht\n"));
  EXPECT_THAT(world.out(), HasSubstr("Watermark\n"));
}

}  // namespace
}  // namespace samenspel::cli
