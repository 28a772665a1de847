// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "tests/support/ask.h"
#include "tests/support/journal.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using support::Outcome;
using support::ReadFile;
using support::WriteFile;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr int kWrongUse = 2;
constexpr int kCannotGoOn = 3;

// One line, from the daemon, with what is wrong.
void ExpectOneSentence(const Outcome& outcome, const std::string& service,
                       const std::string& about) {
  EXPECT_EQ(outcome.code, kCannotGoOn);
  EXPECT_THAT(outcome.output, StartsWith("samenspel-" + service + ": "));
  EXPECT_THAT(outcome.output, HasSubstr(about));
  EXPECT_EQ(outcome.output.find('\n'), outcome.output.size() - 1) << outcome.output;
}

class Starting : public testing::TestWithParam<const char*> {
 protected:
  void Change(const std::string& file, const std::string& from, const std::string& to) {
    std::string text = ReadFile(file);
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file << " lacks " << from;
    WriteFile(file, text.replace(at, from.size(), to));
  }
  size_t LineOf(const std::string& file, const std::string& what) {
    const std::string text = ReadFile(file);
    const auto at = static_cast<std::ptrdiff_t>(text.find(what));
    return 1 + static_cast<size_t>(std::count(text.begin(), text.begin() + at, '\n'));
  }

  const std::string service_ = GetParam();
  support::Region region_;
  const std::string config_ = region_.ConfigPath(service_);
};

TEST_P(Starting, ChecksTheDeliveredConfigWithoutTouchingTheDisk) {
  const Outcome outcome = region_.RunDaemon(service_, {"--check-config"});
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("well formed"));
  EXPECT_TRUE(std::filesystem::is_empty(region_.folder() + "/data"));
}

TEST_P(Starting, RefusesAConfigWithAnUnknownKeyByFileAndLine) {
  Change(config_, "log_level = \"info\"", "log_level = \"info\"\nlog_colour = \"red\"");
  const std::string place = config_ + ":" + std::to_string(LineOf(config_, "log_colour")) + ": ";
  for (const auto& flags : {std::vector<std::string>{"--check-config"}, {}}) {
    const Outcome outcome = region_.RunDaemon(service_, flags);
    EXPECT_EQ(outcome.code, kWrongUse);
    EXPECT_THAT(outcome.output, HasSubstr(place + "unknown key log_colour"));
  }
}

TEST_P(Starting, RefusesAPortThatIsTaken) {
  support::Port taken;
  taken.Listen();
  Change(config_, "listen = \"" + region_.PortOf(service_).endpoint(),
         "listen = \"" + taken.endpoint());
  ExpectOneSentence(region_.RunDaemon(service_, {}), service_, taken.endpoint());
}

TEST_P(Starting, RefusesDataThatAnotherInstanceUses) {
  region_.Launch(service_);
  region_.AwaitReady(service_);
  const support::Port other;
  Change(config_, "listen = \"" + region_.PortOf(service_).endpoint(),
         "listen = \"" + other.endpoint());
  ExpectOneSentence(region_.RunDaemon(service_, {}), service_, "in use");
  ExpectOneSentence(region_.RunDaemon(service_, {"--verify"}), service_, "in use");
  EXPECT_TRUE(region_.Daemon(service_).Runs());
  region_.AwaitReady(service_);
  EXPECT_EQ(region_.Stop(service_), 0);
  EXPECT_EQ(region_.RunDaemon(service_, {"--verify"}).code, 0);
}

// A file where the folder should be: refused to root as well.
TEST_P(Starting, RefusesADiskThatCannotBeWritten) {
  const std::string data = region_.folder() + "/data/" + service_;
  WriteFile(data, "in the way");
  ExpectOneSentence(region_.RunDaemon(service_, {}), service_, data);
  EXPECT_EQ(ReadFile(data), "in the way");
  std::filesystem::remove(data);
  std::filesystem::remove_all(data + "-keys");  // Which was made before.
  WriteFile(data + "-keys", "in the way");
  ExpectOneSentence(region_.RunDaemon(service_, {}), service_, data + "-keys");
}

TEST_P(Starting, EndsWellWhenAskedToAndGoesOnAfterwards) {
  for (const int signal : {SIGTERM, SIGINT}) {
    region_.Launch(service_);
    region_.AwaitReady(service_);
    region_.Daemon(service_).Signal(signal);
    EXPECT_EQ(region_.Daemon(service_).Wait(support::kPatience), 0);
    EXPECT_THAT(region_.LogText(service_), EndsWith("event=stopped why=asked\n"));
  }
  const Outcome verified = region_.RunDaemon(service_, {"--verify"});
  EXPECT_EQ(verified.code, 0) << verified.output;
}

INSTANTIATE_TEST_SUITE_P(Daemons, Starting,
                         testing::Values("intake", "meeting", "escalation", "audit"),
                         [](const auto& about) { return std::string(about.param); });

class StartingWithRules : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(StartingWithRules, RefusesAnUnknownKeyByFileAndLine) {
  support::Region region;
  const auto& [service, file] = GetParam();
  const std::string path = region.folder() + "/config/" + file;
  WriteFile(path, "colour_of_the_moon = \"red\"\n" + ReadFile(path));
  const Outcome outcome = region.RunDaemon(service, {"--check-config"});
  EXPECT_EQ(outcome.code, kWrongUse);
  EXPECT_THAT(outcome.output, HasSubstr(path + ":1: "));
}

INSTANTIATE_TEST_SUITE_P(Files, StartingWithRules,
                         testing::Values(std::pair("intake", "crisismeter.toml"),
                                         std::pair("intake", "terms.toml"),
                                         std::pair("meeting", "table.toml"),
                                         std::pair("escalation", "alarms.toml")),
                         [](const auto& about) {
                           const std::string file = about.param.second;
                           return file.substr(0, file.find('.'));
                         });

}  // namespace
}  // namespace samenspel::faults
