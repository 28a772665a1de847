// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/result.h"

#include <algorithm>
#include <sstream>

namespace samenspel::simulation {
namespace {

constexpr size_t kFindingsShown = 8;

std::string OneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
  return text;
}

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
  return fields;
}

}  // namespace

RunResult PlayAndCheck(const SimulatedRun::Plan& plan, bool twice) {
  RunResult result;
  result.seed = plan.seed;
  SimulatedRun run(plan);
  result.findings = run.Play();
  if (result.findings.empty()) result.findings = run.CheckAfterwards();
  result.hours = std::chrono::duration<double, std::ratio<3600>>(run.length()).count();
  result.commands = static_cast<uint64_t>(run.commands());
  result.faults = run.faults().size();
  result.profile = run.ProfileName();
  result.counts = run.Counts();
  if (!plan.calm && !plan.only) result.missing = run.Missing();
  if (!twice || !result.findings.empty()) return result;
  SimulatedRun twin(plan);
  (void)twin.Play();
  if (run.world().trace() != twin.world().trace()) {
    result.findings.emplace_back("the same seed gave another run");
  }
  return result;
}

std::string Encode(const RunResult& result) {
  std::ostringstream out;
  out << "run\t" << result.seed << '\t' << result.hours << '\t' << result.commands << '\t'
      << result.faults << '\t' << result.profile;
  for (size_t i = 0; i < std::min(result.findings.size(), kFindingsShown); ++i) {
    out << "\tfinding\t" << OneLine(result.findings[i]);
  }
  for (const std::string& kind : result.missing) out << "\tmissing\t" << kind;
  for (const auto& [kind, count] : result.counts) out << '\t' << kind << '\t' << count;
  return out.str();
}

std::optional<RunResult> Decode(const std::string& line) {
  const std::vector<std::string> fields = Split(line);
  if (fields.size() < 6 || fields.size() % 2 != 0 || fields[0] != "run") return std::nullopt;
  RunResult result;
  result.seed = std::stoull(fields[1]);
  result.hours = std::stod(fields[2]);
  result.commands = std::stoull(fields[3]);
  result.faults = std::stoull(fields[4]);
  result.profile = fields[5];
  for (size_t i = 6; i + 1 < fields.size(); i += 2) {
    if (fields[i] == "finding") {
      result.findings.push_back(fields[i + 1]);
    } else if (fields[i] == "missing") {
      result.missing.push_back(fields[i + 1]);
    } else {
      result.counts[fields[i]] = std::stoull(fields[i + 1]);
    }
  }
  return result;
}

}  // namespace samenspel::simulation
