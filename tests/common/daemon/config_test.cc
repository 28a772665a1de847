// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "proto/intake/v1/events.pb.h"
#include "services/audit/daemon/service.h"
#include "services/escalation/daemon/service.h"
#include "services/intake/daemon/service.h"
#include "services/meeting/daemon/service.h"
#include "tests/support/changed.h"

namespace samenspel::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kWhole = R"(service = "intake"
data = "/data/intake"
keys = "/data/intake-keys"
secrets = "/secrets/intake"
registry = "/registry"
listen = "tcp://127.0.0.1:7101"
rules = "/config/crisismeter.toml"

[[follow]]
service = "meeting"
endpoint = "tcp://127.0.0.1:7102"

[[grant]]
principal = "svc_meeting"
view = "clear"
kinds = ["report_graded"]

[[grant]]
principal = "svc_audit"
view = "sealed"
every_entry = true
)";

base::Result<Config> Load(const std::string& content, const std::string& service = "intake") {
  const auto files = base::MemoryFileSystem();
  EXPECT_TRUE(files->Replace("intake.toml", content).ok());
  return LoadConfig(*files, "intake.toml", service);
}
std::string Changed(const std::string& what, const std::string& by) {
  return support::Changed(kWhole, what, by);
}
std::string Fault(const std::string& content) {
  const auto config = Load(content);
  EXPECT_FALSE(config.ok());
  return config.status().message();
}

TEST(Config, ReadsAWholeFile) {
  const auto config = Load(kWhole);
  ASSERT_TRUE(config.ok()) << config.status().message();
  EXPECT_EQ(config->service, "intake");
  EXPECT_EQ(config->keys, "/data/intake-keys");
  EXPECT_EQ(config->listen, "tcp://127.0.0.1:7101");
  EXPECT_EQ(config->log_level, "info");
  EXPECT_EQ(config->write_buffer_mb, 32);
  EXPECT_EQ(config->disk_floor_mb, 1024);
  EXPECT_EQ(config->disk_ballast_mb, 0);
  ASSERT_EQ(config->follow.size(), 1U);
  EXPECT_EQ(config->follow[0].endpoint, "tcp://127.0.0.1:7102");
  ASSERT_EQ(config->grants.size(), 2U);
  EXPECT_THAT(config->grants[0].kinds, ElementsAre("report_graded"));
  EXPECT_TRUE(config->grants[1].every_entry);
}

TEST(Config, RefusesAnUnknownKeyWithFileAndLine) {
  EXPECT_EQ(Fault(Changed("rules =", "rulez =")), "intake.toml:7: unknown key rulez");
  EXPECT_EQ(Fault(Changed("endpoint =", "endpoint = \"a\"\nport =")),
            "intake.toml:12: unknown key port");
}

TEST(Config, RefusesAFileOfAnotherService) {
  const auto config = Load(kWhole, "meeting");
  ASSERT_FALSE(config.ok());
  EXPECT_EQ(config.status().message(), "intake.toml:1: service is not meeting");
}

TEST(Config, RefusesAFileThatIsNotThere) {
  const auto files = base::MemoryFileSystem();
  const auto config = LoadConfig(*files, "none.toml", "intake");
  ASSERT_FALSE(config.ok());
  EXPECT_THAT(config.status().message(), HasSubstr("none.toml"));
}

TEST(Config, AsksForEveryPlace) {
  for (const char* key : {"data", "keys", "secrets", "registry", "listen"}) {
    std::string content = kWhole;
    const size_t at = content.find("\n" + std::string(key) + " =") + 1;
    content.erase(at, content.find('\n', at) - at);
    EXPECT_THAT(Fault(content), HasSubstr(std::string(key) + " is missing")) << key;
  }
}

TEST(Config, RefusesAGrantWithNeitherKindsNorEveryEntry) {
  EXPECT_THAT(Fault(Changed("kinds = [\"report_graded\"]", "")),
              HasSubstr("either kinds or every_entry"));
}

TEST(Config, RefusesAGrantWithBoth) {
  EXPECT_THAT(Fault(Changed("kinds = [\"report_graded\"]",
                            "kinds = [\"report_graded\"]\nevery_entry = true")),
              HasSubstr("either kinds or every_entry"));
}

TEST(Config, RefusesAViewOrLogLevelThatDoesNotExist) {
  EXPECT_EQ(Fault(Changed("view = \"clear\"", "view = \"naked\"")),
            "intake.toml:15: view is not clear, sealed or opened");
  EXPECT_THAT(Fault(Changed("rules =", "log_level = \"loud\"\nrules =")),
              HasSubstr("intake.toml:7: log_level"));
}

TEST(Config, RefusesAWriteBufferOfNothing) {
  EXPECT_THAT(Fault(Changed("rules =", "write_buffer_mb = 0\nrules =")),
              HasSubstr("intake.toml:7: write_buffer_mb"));
}

TEST(Config, ReadsHowMuchOfTheDiskIsKeptFree) {
  const auto config = Load(Changed("rules =", "disk_floor_mb = 0\ndisk_ballast_mb = 64\nrules ="));
  ASSERT_TRUE(config.ok()) << config.status().message();
  EXPECT_EQ(config->disk_floor_mb, 0);
  EXPECT_EQ(config->disk_ballast_mb, 64);
  EXPECT_THAT(Fault(Changed("rules =", "disk_ballast_mb = -1\nrules =")),
              HasSubstr("intake.toml:7: disk_ballast_mb"));
}

TEST(Config, TurnsNamesOfKindsIntoNumbers) {
  const auto grants = GrantsOf(*Load(kWhole), intake::v1::Event::default_instance());
  ASSERT_TRUE(grants.ok());
  ASSERT_EQ(grants->size(), 2U);
  EXPECT_THAT((*grants)[0].kinds, ElementsAre(intake::v1::Event::kReportGraded));
  EXPECT_EQ((*grants)[0].view, common::v1::VIEW_CLEAR);
  EXPECT_TRUE((*grants)[1].every_entry);
  EXPECT_EQ((*grants)[1].view, common::v1::VIEW_SEALED);
}

TEST(Config, RefusesKindsThatTheServiceDoesNotHave) {
  const auto config = Load(Changed("report_graded", "mdo_planned"));
  ASSERT_TRUE(config.ok());
  const auto grants = GrantsOf(*config, intake::v1::Event::default_instance());
  ASSERT_FALSE(grants.ok());
  EXPECT_THAT(grants.status().message(), HasSubstr("intake has no event mdo_planned"));
}

std::vector<FollowWish> Wishes(const std::vector<std::string>& services) {
  std::vector<FollowWish> wishes;
  for (const std::string& service : services) {
    wishes.emplace_back();
    wishes.back().service = service;
  }
  return wishes;
}

// The core counts its sockets in the order of its wishes; the file may have any order.
TEST(Config, PutsWhatIsFollowedInTheOrderInWhichTheServiceWishesIt) {
  Config config;
  config.service = "audit";
  config.follow = {{"meeting", "tcp://m"}, {"intake", "tcp://i"}};
  const auto follows = FollowsOf(config, Wishes({"intake", "meeting"}));
  ASSERT_TRUE(follows.ok());
  EXPECT_EQ((*follows)[0].endpoint, "tcp://i");
  EXPECT_EQ((*follows)[1].endpoint, "tcp://m");
}

TEST(Config, RefusesAFollowThatIsMissingUnwishedOrThereTwice) {
  Config config;
  config.service = "audit";
  config.follow = {{"intake", "tcp://i"}};
  EXPECT_THAT(FollowsOf(config, Wishes({"intake", "meeting"})).status().message(),
              HasSubstr("lacks a [[follow]] of meeting"));
  EXPECT_FALSE(FollowsOf(config, Wishes({})).ok());
  config.follow.push_back({"intake", "tcp://j"});
  EXPECT_FALSE(FollowsOf(config, Wishes({"intake"})).ok());
}

TEST(Secrets, AreReadWithoutTheirLineEnd) {
  const auto files = base::MemoryFileSystem();
  ASSERT_TRUE(files->Replace("key", "abcd\r\n").ok());
  EXPECT_EQ(*ReadSecret(*files, "key", 4), "abcd");
  const auto refused = ReadSecret(*files, "key", 5);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.status().message(), testing::Not(HasSubstr("abcd"))) << "never quoted";
  EXPECT_FALSE(ReadSecret(*files, "none", 4).ok());
}

TEST(FromHex, TakesPairsOfSmallHexadecimalDigitsOnly) {
  EXPECT_EQ(FromHex("00ff1a"), std::string("\x00\xff\x1a", 3));
  for (const char* text : {"", "0", "0g", "0G", " 0", "FF"}) EXPECT_EQ(FromHex(text), "") << text;
}

std::string SampleOf(const std::string& service) {
  std::ifstream file(std::string(SAMENSPEL_SOURCE) + "/deploy/config/daemons/" + service +
                     ".toml.in");
  std::stringstream content;
  content << file.rdbuf();
  EXPECT_FALSE(content.str().empty()) << service;
  return content.str();
}

/// Every sample that is installed is taken, and names only kinds and services that exist.
void ExpectFits(const std::string& name, Service& service) {
  const auto config = Load(SampleOf(name), name);
  ASSERT_TRUE(config.ok()) << config.status().message();
  const auto grants = GrantsOf(*config, service.event_type());
  EXPECT_TRUE(grants.ok()) << grants.status().message();
  const auto follows = FollowsOf(*config, service.follows());
  EXPECT_TRUE(follows.ok()) << follows.status().message();
}

/// A service made from the rule file that is installed.
template <class ServiceOf>
std::unique_ptr<Service> Made(const char* rules) {
  const auto files = base::RealFileSystem();
  Config config;
  const std::string folder = std::string(SAMENSPEL_SOURCE) + "/deploy/config/";
  config.rules = folder + rules;
  config.terms = folder + "terms.toml";
  auto service = ServiceOf::Make({config, *files});
  EXPECT_TRUE(service.ok()) << service.status().message();
  return *std::move(service);
}

TEST(Samples, FitTheirServices) {
  ExpectFits("intake", *Made<intake::Service>("crisismeter.toml"));
  ExpectFits("meeting", *Made<meeting::Service>("table.toml"));
  ExpectFits("escalation", *Made<escalation::Service>("alarms.toml"));
  audit::Service audit("samenspel.example/test",
                       *tlog::SigningKey::FromSeed("samenspel.example/test", std::string(32, 's')));
  ExpectFits("audit", audit);
}

}  // namespace
}  // namespace samenspel::daemon
