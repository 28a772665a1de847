// SPDX-License-Identifier: EUPL-1.2
// Every request, tried by everybody in every way (docs/testing.md). SAMENSPEL_ATTEMPTS=100000 for
// the long run, SAMENSPEL_SEED for another one.
#include "tests/battery/battery.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace samenspel::battery {
namespace {

uint64_t Number(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

void Print(const Plan& plan, const Result& result, double took) {
  std::printf(
      "seed %llu: %llu attempts in %llu worlds, %.1f s; %zu cells of the table, %zu pairs\n",
      static_cast<unsigned long long>(plan.seed), static_cast<unsigned long long>(result.attempts),
      static_cast<unsigned long long>(result.worlds), took, result.coverage.cells(),
      result.coverage.pairs());
  for (const auto& [answer, count] : result.answers) {
    std::printf("  %-10s %llu\n", answer.empty() ? "silence" : answer.c_str(),
                static_cast<unsigned long long>(count));
  }
}

TEST(Battery, LetsInWhomTheTableLetsInAndNobodyElse) {
  const Table table = Table::Of(TableText());
  const Plan plan{.seed = Number("SAMENSPEL_SEED", 1),
                  .attempts = Number("SAMENSPEL_ATTEMPTS", 20'000)};
  const auto began = std::chrono::steady_clock::now();
  const Result result = RunBattery(plan, table);
  Print(plan, result,
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  for (const std::string& finding : result.findings) ADD_FAILURE() << finding;
  if (plan.attempts < 20'000 || !result.findings.empty()) return;
  for (const std::string& missing : result.coverage.Missing(table)) {
    ADD_FAILURE() << "never met: " << missing;
  }
}

std::string Spoiled(const std::string& what, const std::string& instead) {
  std::string text = TableText();
  const size_t at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error("the table does not say " + what);
  return text.replace(at, what.size(), instead);
}

// What the battery says first with a table that is wrong in one place.
std::string FirstFinding(const std::string& table) {
  const Plan plan{.seed = 1, .attempts = 4'000, .findings_at_most = 1};
  const Result result = RunBattery(plan, Table::Of(table));
  return result.findings.empty() ? "nothing" : result.findings.front();
}

// As if the code let in somebody whom the table keeps out.
TEST(Battery, NoticesWhoIsLetInWrongly) {
  const std::string row = "name = \"meeting.show_coverage\"\nroles = [\"desk_worker\", ";
  const std::string finding =
      FirstFinding(Spoiled(row, "name = \"meeting.show_coverage\"\nroles = ["));
  EXPECT_NE(finding.find("answers \"ok\" instead of (roles) denied"), std::string::npos) << finding;
  EXPECT_NE(finding.find("kind=meeting.show_coverage"), std::string::npos) << finding;
}

// As if the code kept out somebody whom the table lets in.
TEST(Battery, NoticesWhoIsKeptOutWrongly) {
  const std::string row = "name = \"intake.check_report\"\nroles = [";
  const std::string finding = FirstFinding(Spoiled(row, row + "\"auditor\", "));
  EXPECT_NE(finding.find("answers \"denied\" instead of (answer 1) ok"), std::string::npos)
      << finding;
  EXPECT_NE(finding.find("kind=intake.check_report"), std::string::npos) << finding;
}

TEST(Battery, NoticesWhoLearnsThatACaseExists) {
  const std::string finding =
      FirstFinding(Spoiled("\"knows: ok\", \"not_found\"", "\"knows: ok\", \"refused\""));
  EXPECT_NE(finding.find("answers \"not_found\" instead of (answer 2) refused"), std::string::npos)
      << finding;
}

TEST(Battery, NoticesAReadingWithoutAMark) {
  const std::string finding = FirstFinding(Spoiled("\"auditor: ok marked\"", "\"auditor: ok\""));
  EXPECT_NE(finding.find("left an entry, or more than one"), std::string::npos) << finding;
}

}  // namespace
}  // namespace samenspel::battery
