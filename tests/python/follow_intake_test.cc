// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "tests/support/ask.h"
#include "tests/support/region.h"

namespace samenspel {
namespace {

using support::Outcome;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

// Debian's own, which has the packages; another Python may come first in a PATH.
constexpr const char* kPython = "/usr/bin/python3";
constexpr const char* kExample = "pro_00000000000000000000example";
constexpr const char* kCase = "2[0-9]{3}-[0-9]{6}-.";
constexpr const char* kHappening = "Zonnestraal viel van de trap";

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) lines.push_back(line);
  return lines;
}

// Intake with a desk that may follow it, and the messages as Python wants them.
class PythonClient : public testing::Test {
 protected:
  PythonClient() {
    region_.Enter("example", {kExample, region_.Organisation("veilig_thuis"), "veilig_thuis_desk",
                              "desk_worker", "child_safety"});
    std::filesystem::create_directory(Generated());
    support::Program protoc{
        {PROTOC, "-I" + support::SourcePath("."), "--python_out=" + Generated()}, {}, {}, {}};
    for (const char* folder : {"proto/common/v1", "proto/intake/v1"}) {
      for (const auto& file : std::filesystem::directory_iterator(support::SourcePath(folder))) {
        protoc.arguments.push_back(std::string(folder) + "/" + file.path().filename().string());
      }
    }
    const Outcome outcome = support::RunToEnd(protoc);
    EXPECT_EQ(outcome.code, 0) << outcome.output;
  }

  ~PythonClient() override { region_.StopAll(); }

  std::string Generated() const { return region_.folder() + "/generated"; }

  void Grant(const std::string& kinds) {
    const std::string path = region_.ConfigPath("intake");
    support::WriteFile(path, support::ReadFile(path) + "\n[[grant]]\nprincipal = \"" + kExample +
                                 "\"\nview = \"clear\"\nkinds = " + kinds + "\n");
  }

  void StartIntake() {
    region_.Launch("intake");
    region_.AwaitReady("intake");
  }

  Outcome Example(const std::vector<std::string>& words) const {
    support::Program program;
    program.arguments = {kPython, "-B", support::SourcePath("docs/examples/follow_intake.py")};
    program.arguments.insert(program.arguments.end(), words.begin(), words.end());
    program.environment = {"PYTHONPATH=" + Generated(), "PYTHONNOUSERSITE=1"};
    program.folder = region_.folder();
    return support::RunToEnd(program);
  }

  Outcome Send(const std::string& answer) const {
    return Example({region_.ConfigPath("example"), kHappening, answer});
  }

  support::Region region_;
};

TEST_F(PythonClient, SendsAReportAndFollowsWhatIntakeMakesOfIt) {  // 003.10, P.02
  Grant("[\"report_submitted\", \"report_graded\", \"owner_changed\"]");
  StartIntake();
  const Outcome first = Send("fresh_injury=yes");
  ASSERT_EQ(first.code, 0) << first.output;
  const Outcome second = Send("fresh_injury=no");
  ASSERT_EQ(second.code, 0) << second.output;

  const std::vector<std::string> lines = LinesOf(first.output);
  ASSERT_EQ(lines.size(), 3u) << first.output;
  EXPECT_THAT(lines[0], MatchesRegex("sent " + std::string(kCase)));
  const std::string number = lines[0].substr(5);
  EXPECT_EQ(lines[1], "report_submitted - " + number);
  EXPECT_EQ(lines[2], "report_graded red " + number);

  // The second one follows from the beginning, so it sees the first report as well.
  EXPECT_THAT(second.output, HasSubstr("report_graded red " + number + "\n"));
  const std::string other = LinesOf(second.output).front().substr(5);
  EXPECT_NE(other, number);
  EXPECT_THAT(second.output, testing::EndsWith("report_graded amber " + other + "\n"));
  EXPECT_THAT(second.output, Not(HasSubstr("Zonnestraal")));
}

TEST_F(PythonClient, SaysWhatIntakeHasAgainstAForm) {
  Grant("[\"report_submitted\", \"report_graded\", \"owner_changed\"]");
  StartIntake();
  const Outcome outcome = Send("weather=yes");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.output, "intake says STATUS_INVALID: unknown_indicator answers[0].indicator\n");
}

TEST_F(PythonClient, FollowsNothingWithoutAGrant) {
  StartIntake();
  const Outcome outcome = Send("fresh_injury=no");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, ContainsRegex("^sent " + std::string(kCase)));
  EXPECT_THAT(outcome.output, HasSubstr("intake does not let us follow: not_granted"));
  EXPECT_THAT(outcome.output, Not(HasSubstr("report_graded")));
}

TEST_F(PythonClient, TellsHowToUseIt) {
  const Outcome outcome = Example({});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, HasSubstr("fresh_injury=yes"));
}

}  // namespace
}  // namespace samenspel
