// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/samenspel/exit_code.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class SettingsTest : public testing::Test {
 protected:
  base::Result<Settings> Resolved() {
    World world = MakeWorld();
    return Resolve(options, world, Texts(Language::kEnglish));
  }
  Language Chosen(const std::string& lang, const std::string& configured) {
    return ChooseLanguage(lang, MakeWorld(), configured);
  }
  void Configure(const std::string& toml) {
    ASSERT_TRUE(fake.files->Replace(kConfigPath, toml).ok());
  }

  World MakeWorld() {
    return {.in = in,
            .out = out,
            .err = out,
            .out_is_terminal = true,
            .environment = fake.environment,
            .files = *fake.files,
            .clock = fake.clock,
            .entropy = fake.entropy,
            .connect = {},
            .pause = {}};
  }

  FakeWorld fake;
  Options options;
  std::istringstream in;
  std::ostringstream out;
};

TEST_F(SettingsTest, FlagsBeatEnvironmentBeatsSessionBeatsFile) {
  Configure("");
  EXPECT_EQ(Resolved()->purpose, "");  // Nobody's purpose is guessed (P.72).
  Configure("purpose = \"from_file\"\n");
  EXPECT_EQ(Resolved()->purpose, "from_file");
  fake.environment["SAMENSPEL_PRINCIPAL"] = kPrincipal;
  fake.environment["XDG_RUNTIME_DIR"] = "/run/me";
  ASSERT_TRUE(
      fake.files->Replace("/run/me/samenspel/purpose-" + std::string(kPrincipal), "audit\n").ok());
  EXPECT_EQ(Resolved()->purpose, "audit");
  fake.environment["SAMENSPEL_PURPOSE"] = "from_environment";
  EXPECT_EQ(Resolved()->purpose, "from_environment");
  options.purpose = "from_flag";
  EXPECT_EQ(Resolved()->purpose, "from_flag");
}

TEST_F(SettingsTest, TakesTheTimeoutFromFlagBeforeEnvironment) {
  EXPECT_EQ(Resolved()->timeout, std::chrono::seconds(10));
  fake.environment["SAMENSPEL_TIMEOUT"] = "3";
  EXPECT_EQ(Resolved()->timeout, std::chrono::seconds(3));
  options.timeout_s = 4;
  EXPECT_EQ(Resolved()->timeout, std::chrono::seconds(4));
}

TEST_F(SettingsTest, RefusesATimeoutThatIsNoNumber) {
  for (const std::string bad : {"soon", "0", "-1", "601", "3s", "99999999999999"}) {
    fake.environment["SAMENSPEL_TIMEOUT"] = bad;
    EXPECT_EQ(Resolved().status().code(), base::Code::kInvalid) << bad;
  }
}

TEST_F(SettingsTest, RefusesAnUnknownKeyWithFileAndLine) {
  Configure("principal = \"a\"\n\nspoool = \"/tmp\"\n");
  const auto status = Resolved().status();
  EXPECT_EQ(ExitOf(status), kExitInvalid);
  EXPECT_THAT(status.message(), StartsWith(std::string(kConfigPath) + ":3: "));
  EXPECT_THAT(status.message(), HasSubstr("spoool"));
}

TEST_F(SettingsTest, RefusesUnknownKeysInTablesToo) {
  Configure("[server.intake]\nendpoint = \"e\"\nkey = \"k\"\nport = \"1\"\n");
  EXPECT_THAT(Resolved().status().message(), HasSubstr(":4: "));
  Configure("[server.gossip]\nendpoint = \"e\"\nkey = \"k\"\n");
  EXPECT_THAT(Resolved().status().message(), HasSubstr(":1: "));
  Configure("\n[other]\na = 1\n");
  EXPECT_THAT(Resolved().status().message(), HasSubstr(":2: "));
}

TEST_F(SettingsTest, RefusesAValueOfAnotherTypeAndBrokenToml) {
  Configure("purpose = 3\n");
  EXPECT_THAT(Resolved().status().message(), HasSubstr(":1: "));
  Configure("principal = \"a\"\npurpose = \n");
  EXPECT_THAT(Resolved().status().message(), HasSubstr(":2: "));
  Configure("server = \"x\"\n");
  EXPECT_FALSE(Resolved().ok());
  Configure("[server]\nintake = \"x\"\n");
  EXPECT_FALSE(Resolved().ok());
}

TEST_F(SettingsTest, TakesTheNextKeyOfAServerToo) {
  Configure("[server.intake]\nendpoint = \"e\"\nkey = \"k\"\nnext_key = \"n\"\n");
  const auto settings = Resolved();
  ASSERT_TRUE(settings.ok()) << settings.status().message();
  EXPECT_EQ(settings->servers.find("intake")->second.server_key, "k");
  EXPECT_EQ(settings->servers.find("intake")->second.other_key, "n");
}

TEST_F(SettingsTest, RefusesAServerWithoutAKey) {
  Configure("[server.intake]\nendpoint = \"e\"\n");
  EXPECT_FALSE(Resolved().ok());
}

TEST_F(SettingsTest, DoesNotNeedTheDefaultFileButANamedOne) {
  ASSERT_TRUE(fake.files->Remove(kConfigPath).ok());
  EXPECT_TRUE(Resolved().ok());
  fake.environment["SAMENSPEL_CONFIG"] = "/nowhere.toml";
  EXPECT_FALSE(Resolved().ok());
}

TEST_F(SettingsTest, PrefersTheNamedConfigFile) {
  ASSERT_TRUE(fake.files->Replace("/env.toml", "purpose = \"env\"\n").ok());
  ASSERT_TRUE(fake.files->Replace("/flag.toml", "purpose = \"flag\"\n").ok());
  fake.environment["SAMENSPEL_CONFIG"] = "/env.toml";
  EXPECT_EQ(Resolved()->purpose, "env");
  options.config = "/flag.toml";
  EXPECT_EQ(Resolved()->purpose, "flag");
}

TEST_F(SettingsTest, ShowsColoursOnlyWhereTheyAreWanted) {
  EXPECT_TRUE(Resolved()->color);
  fake.environment["NO_COLOR"] = "1";
  EXPECT_FALSE(Resolved()->color);
  fake.environment.erase("NO_COLOR");
  options.no_color = true;
  EXPECT_FALSE(Resolved()->color);
}

TEST_F(SettingsTest, ChoosesTheLanguage) {
  EXPECT_EQ(Chosen("", ""), Language::kDutch);
  EXPECT_EQ(Chosen("", "en"), Language::kEnglish);
  fake.environment["LANG"] = "nl_NL.UTF-8";
  EXPECT_EQ(Chosen("", "en"), Language::kDutch);
  fake.environment["LC_MESSAGES"] = "en_GB.UTF-8";
  EXPECT_EQ(Chosen("", ""), Language::kEnglish);
  fake.environment["SAMENSPEL_LANGUAGE"] = "nl";
  EXPECT_EQ(Chosen("", ""), Language::kDutch);
  EXPECT_EQ(Chosen("en", ""), Language::kEnglish);
}

TEST_F(SettingsTest, PassesOverALocaleWithoutALanguage) {
  fake.environment["LANG"] = "C.UTF-8";
  EXPECT_EQ(Chosen("", "en"), Language::kEnglish);
}

TEST(ExitCodes, FollowTheStatusOfAReply) {
  EXPECT_EQ(ExitOf(common::v1::STATUS_OK), 0);
  EXPECT_EQ(ExitOf(common::v1::STATUS_REFUSED), 1);
  EXPECT_EQ(ExitOf(common::v1::STATUS_INVALID), 2);
  EXPECT_EQ(ExitOf(common::v1::STATUS_NOT_FOUND), 3);
  EXPECT_EQ(ExitOf(common::v1::STATUS_CONFLICT), 4);
  EXPECT_EQ(ExitOf(common::v1::STATUS_DENIED), 5);
  EXPECT_EQ(ExitOf(common::v1::STATUS_BUSY), 6);
  EXPECT_EQ(ExitOf(common::v1::STATUS_UNAVAILABLE), 6);
}

TEST(ExitCodes, AreNeverSuccessForAStatusWeDoNotKnow) {
  EXPECT_NE(ExitOf(common::v1::STATUS_UNSPECIFIED), 0);
  EXPECT_NE(ExitOf(static_cast<common::v1::Status>(77)), 0);
}

}  // namespace
}  // namespace samenspel::cli
