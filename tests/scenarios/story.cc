// SPDX-License-Identifier: EUPL-1.2
#include "tests/scenarios/story.h"

#include <algorithm>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace samenspel::scenarios {
namespace {

// The shape of each kind of placeholder.
const std::map<std::string, std::string, std::less<>>& Shapes() {
  static const std::map<std::string, std::string, std::less<>> shapes{
      {"report", "rpt_[0-9a-z]{26}"},
      {"mdo", "mdo_[0-9a-z]{26}"},
      {"case", "[0-9]{4}-[0-9]{6}-[0-9A-Z]"},
      {"time", "[A-Za-z]{2,3} .*[0-9]{2}:[0-9]{2} \\(.[0-9:]+\\)"},
      {"span", "[A-Za-z]{2,3} .*[0-9]{2}:[0-9]{2} \\(.[0-9:]+\\)"},
      {"who", "\\S.*\\S"},
      {"alarm", "alm_[0-9a-z]{26}"},
      {"opening", "brk_[0-9a-z]{26}"},
      {"date", "[0-9]{4}-[0-9]{2}-[0-9]{2}"},
      {"left", "[0-9]+ (min|h|d|days|hours|day|hour)( [0-9]+ (min|h))?"},
      {"port", "[0-9]+"},
      {"ms", "[0-9]+"},
      {"n", "[0-9]+"}};
  return shapes;
}

// A placeholder, or a character that means something in a pattern.
const std::regex& Special() {
  static const std::regex special(R"(<([a-z]+)([0-9]*)>|[\\^$.|?*+(){}\[\]])");
  return special;
}

std::string Plain(const std::string& line) {
  static const std::regex blanks("[ \t]+");
  std::string plain = std::regex_replace(line, blanks, " ");
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

std::string Escaped(const std::string& text) {
  static const std::regex special(R"([\\^$.|?*+(){}\[\]])");
  return std::regex_replace(text, special, R"(\$&)");
}

[[noreturn]] void Refuse(size_t line, const std::string& why) {
  throw std::runtime_error("line " + std::to_string(line) + ": " + why);
}

void TakeExitCode(Step& step) {
  while (!step.output.empty() && step.output.back().empty()) step.output.pop_back();
  static const std::regex exit("exit ([0-9]+)");
  std::smatch match;
  if (step.output.empty() || !std::regex_match(step.output.back(), match, exit)) return;
  step.exit_code = std::stoi(match[1]);
  step.output.pop_back();
}

}  // namespace

std::vector<Step> ReadStory(std::string_view text) {
  std::vector<Step> steps;
  std::istringstream lines{std::string(text)};
  std::string line;
  bool in_output = false;
  for (size_t number = 1; std::getline(lines, line); ++number) {
    const std::string mark = line.substr(0, 2);
    if (mark == "$ " || mark == "@ ") {
      in_output = false;
      Step& step = steps.emplace_back();
      step.line = number;
      step.command = mark == "$ ";
      step.text = line.substr(2);
    } else if (line == "----") {
      if (steps.empty() || !steps.back().command) Refuse(number, "no command stands before this");
      in_output = true;
    } else if (mark == "# " || line == "#") {
      in_output = false;
    } else if (in_output) {
      steps.back().output.push_back(line);
    } else if (!line.empty()) {
      Refuse(number, "is neither a command nor what came out of one");
    }
  }
  for (Step& step : steps) TakeExitCode(step);
  return steps;
}

bool Bindings::Match(const std::string& expected, const std::string& line) {
  const std::string text = Plain(expected);
  std::string pattern;
  std::vector<std::string> groups;  // Placeholders without a meaning, in the order of the pattern.
  auto rest = text.cbegin();
  for (std::sregex_iterator at(text.begin(), text.end(), Special()), end; at != end; ++at) {
    pattern.append(rest, (*at)[0].first);
    rest = (*at)[0].second;
    const std::string found = at->str();
    const auto shape = Shapes().find((*at)[1].str());
    const auto group = std::ranges::find(groups, found);
    if (shape == Shapes().end()) {
      pattern += Escaped(found);
    } else if (const auto value = values_.find(found); value != values_.end()) {
      pattern += Escaped(value->second);
    } else if (group != groups.end()) {
      pattern += "\\" + std::to_string(group - groups.begin() + 1);
    } else {
      groups.push_back(found);
      pattern += "(" + shape->second + ")";
    }
  }
  pattern.append(rest, text.cend());
  std::smatch match;
  const std::string plain = Plain(line);
  if (!std::regex_match(plain, match, std::regex(pattern))) return false;
  for (size_t i = 0; i < groups.size(); ++i) values_[groups[i]] = match[i + 1].str();
  return true;
}

namespace {

constexpr std::string_view kWhatever = "...";

bool InAnyOrder(const std::string& expected) {
  return expected.starts_with("* ") || expected.starts_with("? ");
}

}  // namespace

std::optional<std::string> Bindings::Difference(const std::vector<std::string>& expected,
                                                const std::vector<std::string>& lines) {
  auto line = lines.begin();
  for (auto at = expected.begin(); at != expected.end();) {
    if (*at == kWhatever) {
      if (++at == expected.end()) return std::nullopt;
      while (line != lines.end() && !Match(*at, *line)) ++line;
      if (line == lines.end()) return Fill(*at);
      ++at;
      ++line;
      continue;
    }
    if (!InAnyOrder(*at)) {
      if (line == lines.end() || !Match(*at, *line)) return Fill(*at);
      ++at;
      ++line;
      continue;
    }
    const auto end = std::find_if_not(at, expected.end(), InAnyOrder);
    std::vector<std::string> open(at, end);
    const bool others = std::ranges::find(open, "? ...") != open.end();
    const auto ends = [&] { return end != expected.end() && Match(*end, *line); };
    const auto comes = [&](const std::string& one) { return Match(one.substr(2), *line); };
    for (; line != lines.end(); ++line) {
      const auto found = std::ranges::find_if(open, comes);
      if (found != open.end()) {
        open.erase(found);
      } else if (!others || ends()) {
        break;
      }
    }
    for (const std::string& one : open) {
      if (one.starts_with("* ")) return Fill(one);
    }
    at = end;
  }
  if (line != lines.end()) return *line;
  return std::nullopt;
}

std::string Bindings::Fill(const std::string& text) const {
  std::string filled = text;
  for (const auto& [name, value] : values_) {
    for (size_t at = 0; (at = filled.find(name, at)) != std::string::npos; at += value.size()) {
      filled.replace(at, name.size(), value);
    }
  }
  return filled;
}

}  // namespace samenspel::scenarios
