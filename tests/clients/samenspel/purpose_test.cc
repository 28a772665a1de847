// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "clients/samenspel/table.h"
#include "tests/clients/samenspel/fake_services.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kKept = "/run/me/samenspel/purpose-" + std::string(kPrincipal);

class Purpose : public testing::Test {  // P.72
 protected:
  Purpose() {
    world.environment["XDG_RUNTIME_DIR"] = "/run/me";
    std::string config = *world.files->Read(kConfigPath);
    const std::string line = "purpose = \"child_safety\"\n";
    config.erase(config.find(line), line.size());
    EXPECT_TRUE(world.files->Replace(kConfigPath, config).ok());
  }
  void AtATerminal(const std::string& typed) {
    world.in_is_terminal = world.err_is_terminal = true;
    world.Type(typed);
  }
  int Ask() {
    world.sent.clear();
    return world.Run({"meeting", "show", kReport});
  }
  std::string Sent() { return world.sent.empty() ? "" : world.sent[0].envelope.purpose(); }

  FakeWorld world;
  FakeServices services{world};
};

TEST_F(Purpose, IsAskedOnceASessionAndKept) {
  AtATerminal("1\n");
  EXPECT_EQ(Ask(), 0) << world.err();
  EXPECT_THAT(world.err(), HasSubstr("the safety of a child"));
  EXPECT_EQ(Sent(), "child_safety");
  EXPECT_EQ(*world.files->Read(kKept), "child_safety\n");
  AtATerminal("");
  EXPECT_EQ(Ask(), 0);
  EXPECT_EQ(world.err(), "");
  EXPECT_EQ(Sent(), "child_safety");
}

TEST_F(Purpose, IsAskedInTheUsersLanguage) {
  AtATerminal("child_safety\n");
  world.language = "nl";
  EXPECT_EQ(Ask(), 0);
  EXPECT_THAT(world.err(), HasSubstr("Waarvoor vraagt u dit?"));
  EXPECT_THAT(world.err(), HasSubstr("de veiligheid van een kind"));
}

TEST_F(Purpose, IsAskedAgainAfterATypingError) {
  AtATerminal("9\nsafety\naudit\n");
  EXPECT_EQ(Ask(), 0);
  EXPECT_EQ(Sent(), "audit");
}

TEST_F(Purpose, IsNotGuessedWhenNoneIsChosen) {
  for (const std::string typed : {"", "\n\n\n", "x\ny\nz\n1\n"}) {
    AtATerminal(typed);
    EXPECT_EQ(Ask(), 2);
    EXPECT_THAT(world.sent, IsEmpty());
  }
}

TEST_F(Purpose, MustBeGivenWhereNobodyCanBeAsked) {
  EXPECT_EQ(Ask(), 2);
  EXPECT_THAT(world.err(), HasSubstr("--purpose CODE"));
  EXPECT_THAT(world.err(), HasSubstr("SAMENSPEL_PURPOSE"));
  EXPECT_THAT(world.err(), HasSubstr("privacy_review"));
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(Purpose, IsAskedButNotKeptWithoutASession) {
  world.environment.erase("XDG_RUNTIME_DIR");
  AtATerminal("1\n");
  EXPECT_EQ(Ask(), 0);
  AtATerminal("");
  EXPECT_EQ(Ask(), 2);
}

TEST_F(Purpose, IsTakenFromFlagThenEnvironmentThenSessionThenConfig) {
  std::string config = *world.files->Read(kConfigPath);
  ASSERT_TRUE(world.files->Replace(kConfigPath, "purpose = \"audit\"\n" + config).ok());
  Ask();
  EXPECT_EQ(Sent(), "audit");
  EXPECT_EQ(world.Run({"purpose", "set", "privacy_review"}), 0) << world.err();
  Ask();
  EXPECT_EQ(Sent(), "privacy_review");
  world.environment["SAMENSPEL_PURPOSE"] = "region_setup";
  Ask();
  EXPECT_EQ(Sent(), "region_setup");
  world.sent.clear();
  world.Run({"meeting", "show", kReport, "--purpose", "child_safety"});
  EXPECT_EQ(Sent(), "child_safety");
}

TEST_F(Purpose, IsShownSetAndForgotten) {
  EXPECT_EQ(world.Run({"purpose"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("No purpose has been chosen yet"));
  EXPECT_EQ(world.Run({"purpose", "set", "audit"}), 0);
  EXPECT_EQ(world.Run({"purpose", "show"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("audit: supervision of what was recorded"));
  EXPECT_THAT(world.out(), HasSubstr(kKept));
  EXPECT_EQ(world.Run({"purpose", "forget"}), 0);
  EXPECT_FALSE(world.files->Exists(kKept));
  EXPECT_EQ(world.Run({"purpose", "forget"}), 0);
}

TEST_F(Purpose, IsOneOfAFixedList) {
  EXPECT_EQ(world.Run({"purpose", "set", "curiosity"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("child_safety"));
  EXPECT_FALSE(world.files->Exists(kKept));
  ASSERT_TRUE(world.files->Replace(kKept, "curiosity\n").ok());
  EXPECT_EQ(Ask(), 2);
}

TEST_F(Purpose, HasNowhereToBeKeptWithoutSessionOrPrincipal) {
  world.environment["SAMENSPEL_PRINCIPAL"] = "../somebody";
  EXPECT_EQ(world.Run({"purpose", "set", "audit"}), 1);
  world.environment.erase("SAMENSPEL_PRINCIPAL");
  world.environment.erase("XDG_RUNTIME_DIR");
  EXPECT_EQ(world.Run({"purpose", "set", "audit"}), 1);
}

TEST_F(Purpose, IsNotAskedForWhatNeedsNone) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"status"},
                                             {"top", "--once"},
                                             {"config", "show"},
                                             {"policy"},
                                             {"glossary"},
                                             {"manual"},
                                             {"completion", "bash"},
                                             {"purpose"}}) {
    world.Run(arguments);
    EXPECT_THAT(world.err(), testing::Not(HasSubstr("--purpose"))) << arguments[0];
  }
}

class ConfigShow : public testing::Test {
 protected:
  std::string OriginOf(const std::string& name) {
    EXPECT_EQ(world.Run({"config", "show", "--origin", "--json"}), 0);
    const json object = json::parse(world.out());
    for (const auto& one : object["settings"]) {
      if (one["name"] == name) {
        return one["source"].get<std::string>() + " " + one["place"].get<std::string>();
      }
    }
    return "nowhere";
  }
  FakeWorld world;
};

TEST_F(ConfigShow, SaysWhereEachSettingComesFrom) {
  const std::string file = kConfigPath;
  EXPECT_EQ(OriginOf("principal"), "file " + file + ":1");
  EXPECT_EQ(OriginOf("server.intake.endpoint"), "file " + file + ":6");
  EXPECT_EQ(OriginOf("language"), "flag --lang");
  EXPECT_EQ(OriginOf("timeout"), "flag --timeout");
  EXPECT_EQ(OriginOf("audit_key"), "default ");
  EXPECT_EQ(OriginOf("config"), "default ");
  world.environment["SAMENSPEL_PRINCIPAL"] = "pro_other";
  world.environment["SAMENSPEL_CONFIG"] = file;
  EXPECT_EQ(OriginOf("principal"), "environment SAMENSPEL_PRINCIPAL");
  EXPECT_EQ(OriginOf("config"), "environment SAMENSPEL_CONFIG");
  world.environment["XDG_RUNTIME_DIR"] = "/run/me";
  ASSERT_EQ(world.Run({"purpose", "set", "audit"}), 0);
  EXPECT_EQ(OriginOf("purpose"), "session /run/me/samenspel/purpose-pro_other");
}

TEST_F(ConfigShow, ShowsSecretsAsPathsOnly) {
  EXPECT_EQ(world.Run({"config", "show"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("/secrets/me/curve.secret"));
  const std::string secret = *world.files->Read("/secrets/me/curve.secret");
  EXPECT_THAT(world.out(), testing::Not(HasSubstr(secret.substr(0, 20))));
}

TEST_F(ConfigShow, TellsInWords) {
  EXPECT_EQ(world.Run({"config", "show", "--origin"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("Setting"));
  EXPECT_THAT(world.out(), HasSubstr("command line --lang"));
  EXPECT_THAT(world.out(), HasSubstr("file, line 6\n"));
  world.language = "nl";
  EXPECT_EQ(world.Run({"config", "show", "--origin"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("opdrachtregel --lang"));
}

TEST_F(ConfigShow, StaysWithinTheTerminal) {
  world.environment["SAMENSPEL_AUDIT_KEY"] = "samenspel.example/demo+" + std::string(60, 'k');
  for (const size_t columns : {0, 80}) {
    world.columns = columns;
    EXPECT_EQ(world.Run({"config", "show", "--origin"}), 0);
    EXPECT_EQ(WidestLine(world.out()) <= 80, columns == 80);
  }
}

TEST_F(ConfigShow, RefusesABrokenFileWithItsLine) {
  ASSERT_TRUE(world.files->Replace(kConfigPath, "principal = 3\n").ok());
  EXPECT_EQ(world.Run({"config", "show"}), 2);
  EXPECT_THAT(world.err(), HasSubstr(":1:"));
}

}  // namespace
}  // namespace samenspel::cli
