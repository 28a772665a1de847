// SPDX-License-Identifier: EUPL-1.2
#include "tests/scenarios/stage.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
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

// The service that reads a rule file.
std::string ReaderOf(const std::string& rules) {
  if (rules == "table.toml") return "meeting";
  return rules == "alarms.toml" ? "escalation" : "intake";
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
  const support::Outcome outcome = RunClient(bindings_.Fill(step.text));
  EXPECT_EQ(outcome.code, step.exit_code);
  const std::vector<std::string> lines = Split(outcome.output, '\n');
  if (const auto differs = bindings_.Difference(step.output, lines)) {
    ADD_FAILURE() << "it differs at:\n  " << *differs << "\nwhat came out:\n" << Joined(lines);
  }
}

support::Outcome Stage::RunClient(const std::string& typed) const {
  std::vector<std::string> words = Split(typed, ' ');
  if (words.front() != "samenspel") throw std::runtime_error("cannot type: " + typed);
  words.erase(words.begin());
  support::Program program = region_.Client(who_, words);
  program.folder = desk_.path();
  return support::RunToEnd(program);
}

void Stage::Happen(const std::string& what) {
  const std::vector<std::string> words = Split(what, ' ');
  const std::string& verb = words.front();
  const std::string about = words.size() == 2 ? words[1] : "";
  if (verb == "edit") return Edit(what);
  if (verb == "until") return Until(what);
  if (verb == "write") return Write(what);
  if (verb == "rules") return ChangeRules(what);
  if (verb == "half" || verb == "whole") return BreakRules(about, verb == "whole");
  if (verb == "as") {
    who_ = about;
  } else if (verb == "stop") {
    EXPECT_EQ(region_.Stop(about), 0);
  } else if (verb == "start") {
    region_.Launch(about);
    region_.AwaitReady(about);
  } else if (verb == "kill") {
    region_.Daemon(about).Kill();
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

// What a service does by itself comes when it comes: looks until the words are there.
void Stage::Until(const std::string& what) {
  static const std::regex until(R"(until (samenspel .+) shows (.+))");
  std::smatch match;
  if (!std::regex_match(what, match, until)) throw std::runtime_error("cannot read: @ " + what);
  const auto end = std::chrono::steady_clock::now() + support::kPatience;
  std::string output;
  while (std::chrono::steady_clock::now() < end) {
    output = RunClient(match[1]).output;
    if (output.find(match[2].str()) != std::string::npos) return;
  }
  ADD_FAILURE() << "never came: " << match[2] << "\nlast:\n" << output;
}

void Stage::Reload(const std::string& rules, const std::string& text) {
  const std::string service = ReaderOf(rules);
  const auto reloads = [&] {
    const std::string log = region_.LogText(service);
    size_t count = 0;
    for (size_t at = 0; (at = log.find("event=reload", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  const size_t before = reloads();
  support::WriteFile(region_.folder() + "/config/" + rules, text);
  region_.Daemon(service).Signal(SIGHUP);
  const auto end = std::chrono::steady_clock::now() + support::kPatience;
  while (reloads() == before && std::chrono::steady_clock::now() < end) {
  }
  EXPECT_GT(reloads(), before) << "the daemon did not reload";
}

void Stage::ChangeRules(const std::string& what) {
  static const std::regex change(R"(rules (\S+): (.+) -> (.+))");
  std::smatch match;
  if (!std::regex_match(what, match, change)) throw std::runtime_error("cannot read: @ " + what);
  std::string text = support::ReadFile(region_.folder() + "/config/" + match[1].str());
  const size_t at = text.find(match[2].str());
  if (at == std::string::npos)
    throw std::runtime_error(match[1].str() + " lacks " + match[2].str());
  Reload(match[1], text.replace(at, match[2].length(), match[3].str()));
}

// As an editor leaves it that was cut short, or as it was delivered.
void Stage::BreakRules(const std::string& name, bool whole) {
  const std::string text = support::ReadFile(support::SourcePath("deploy/config/" + name));
  Reload(name, whole ? text : text.substr(0, text.size() / 2));
}

void Stage::Write(const std::string& what) {
  static const std::regex write(R"(write (\S+): (.+))");
  std::smatch match;
  if (!std::regex_match(what, match, write)) throw std::runtime_error("cannot read: @ " + what);
  support::WriteFile(desk_.path() + "/" + match[1].str(), match[2].str() + "\n");
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
