// SPDX-License-Identifier: EUPL-1.2
#include "tests/scenarios/stage.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace samenspel::scenarios {
namespace {

constexpr int kProfessionals = 30;
constexpr int kDays = 3;

std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

// "\xff" is that byte, "x*65537" so many times x.
std::string Unfolded(const std::string& text) {
  static const std::regex times(R"((.)\*([0-9]+))");
  std::smatch match;
  if (std::regex_match(text, match, times)) {
    return std::string(std::stoul(match[2]), match[1].str().front());
  }
  if (text.starts_with("\\x")) {
    return std::string(1, static_cast<char>(std::stoi(text.substr(2), nullptr, 16)));
  }
  return text;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

}  // namespace

Stage::Stage() {
  for (const auto& file :
       std::filesystem::directory_iterator(support::SourcePath("deploy/demo/reports"))) {
    std::filesystem::copy(file, desk_.path() + "/" + file.path().filename().string());
  }
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
}

void Stage::Play(const Step& step) {
  SCOPED_TRACE("line " + std::to_string(step.line) + ": " + step.text);
  step.command ? Type(step) : Happen(bindings_.Fill(step.text));
}

void Stage::Type(const Step& step) {
  std::vector<std::string> words = Split(bindings_.Fill(step.text), ' ');
  ASSERT_EQ(words.front(), "samenspel");
  words.erase(words.begin());
  support::Program program = region_.Client(who_, words);
  program.folder = desk_.path();
  const support::Outcome outcome = support::RunToEnd(program);
  EXPECT_EQ(outcome.code, step.exit_code);
  const std::vector<std::string> lines = Split(outcome.output, '\n');
  if (const auto differs = bindings_.Difference(step.output, lines)) {
    ADD_FAILURE() << "it differs at:\n  " << *differs << "\nwhat came out:\n" << Joined(lines);
  }
}

void Stage::Happen(const std::string& what) {
  const std::vector<std::string> words = Split(what, ' ');
  const std::string& verb = words.front();
  const std::string about = words.size() == 2 ? words[1] : "";
  if (verb == "edit") return Edit(what);
  if (verb == "as") {
    who_ = about;
  } else if (verb == "stop") {
    EXPECT_EQ(region_.Stop(about), 0);
  } else if (verb == "start") {
    region_.Launch(about);
    region_.AwaitReady(about);
  } else if (verb == "hang") {
    region_.Daemon(about).Hang();
  } else if (verb == "resume") {
    region_.Daemon(about).Resume();
  } else if (verb == "settle") {
    region_.Settle();
  } else {
    throw std::runtime_error("a story cannot say: @ " + what);
  }
}

void Stage::Edit(const std::string& what) {
  static const std::regex edit(R"(edit (\S+) to (\S+): (.+) -> (.+))");
  std::smatch match;
  if (!std::regex_match(what, match, edit)) throw std::runtime_error("cannot read: @ " + what);
  std::string text = support::ReadFile(desk_.path() + "/" + match[1].str());
  const std::string from = match[3].str();
  const size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error(match[1].str() + " lacks " + from);
  text.replace(at, from.size(), Unfolded(match[4].str()));
  support::WriteFile(desk_.path() + "/" + match[2].str(), text);
}

}  // namespace samenspel::scenarios
