// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

// docs/requirements.md is complete and does not claim what nothing tests.
namespace {

using testing::IsEmpty;

const std::filesystem::path kRoot = SAMENSPEL_SOURCE_ROOT;

std::vector<std::string> Lines(const std::filesystem::path& path) {
  std::ifstream file(kRoot / path);
  EXPECT_TRUE(file.good()) << path;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

struct Row {
  std::string number;
  std::string asks;
  std::string state;
  std::string where;
  std::string test;
};

std::string Trimmed(const std::string& text) {
  const size_t from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

// The rows of all tables whose first cell is a number.
std::vector<Row> RowsOf(const std::vector<std::string>& lines) {
  static const std::regex number("[0-9]{3}\\.[0-9]{2}|P\\.[0-9]{2}");
  std::vector<Row> rows;
  for (const std::string& line : lines) {
    if (!line.starts_with("| ")) continue;
    std::vector<std::string> cells;
    std::istringstream in(line.substr(1));
    for (std::string cell; std::getline(in, cell, '|');) cells.push_back(Trimmed(cell));
    if (cells.size() != 5 || !std::regex_match(cells[0], number)) continue;
    rows.push_back({cells[0], cells[1], cells[2], cells[3], cells[4]});
  }
  return rows;
}

// Every `tests/...` in a cell.
std::vector<std::string> FilesIn(const std::string& cell) {
  static const std::regex quoted("`(tests/[^`]+)`");
  std::vector<std::string> files;
  for (std::sregex_iterator at(cell.begin(), cell.end(), quoted), end; at != end; ++at) {
    files.push_back((*at)[1]);
  }
  return files;
}

std::vector<std::string> FaultsOf(const std::vector<Row>& rows) {
  std::vector<std::string> faults;
  for (const Row& row : rows) {
    if (row.state != "works" && row.state != "not yet" && row.state != "organisational") {
      faults.push_back(row.number + " has no known state");
    }
    if (row.asks.empty() || row.where.empty()) faults.push_back(row.number + " is not filled in");
    const std::vector<std::string> files = FilesIn(row.test);
    if (row.state == "works" && files.empty()) faults.push_back(row.number + " works, untested");
    for (const std::string& file : files) {
      if (!std::filesystem::exists(kRoot / file)) {
        faults.push_back(row.number + " names " + file + ", which is not there");
      }
    }
  }
  return faults;
}

std::vector<Row> Documented() { return RowsOf(Lines("docs/requirements.md")); }

TEST(Requirements, HaveEachNumberExactlyOnce) {
  std::map<std::string, int> rows;
  for (const Row& row : Documented()) ++rows[row.number];
  size_t numbers = 0;
  for (const std::string& number : Lines("tests/requirements/numbers.txt")) {
    if (number.starts_with("#")) continue;
    ++numbers;
    EXPECT_EQ(rows[number], 1) << number;
  }
  EXPECT_EQ(numbers, 228u);
  EXPECT_EQ(rows.size(), numbers) << "a row has a number that is not in numbers.txt";
}

TEST(Requirements, NameTestsThatAreThereAndOneForEachThatWorks) {
  EXPECT_THAT(FaultsOf(Documented()), IsEmpty());
}

TEST(Requirements, AreCountedRightInTheSummary) {
  std::map<std::string, int> states;
  for (const Row& row : Documented()) ++states[row.state];
  std::string all;
  for (const std::string& line : Lines("docs/requirements.md")) {
    if (line.starts_with("| all |")) all = line;
  }
  EXPECT_EQ(all, "| all | " + std::to_string(Documented().size()) + " | " +
                     std::to_string(states["works"]) + " | " + std::to_string(states["not yet"]) +
                     " | " + std::to_string(states["organisational"]) + " |");
}

TEST(Requirements, PlantedFaultsAreFound) {
  const auto rows = RowsOf({
      "| number | asks | state | where | test |",
      "|---|---|---|---|---|",
      "| 003.14 | Red goes on. | works | `services/` | `tests/requirements/numbers.txt` |",
      "| 003.15 | Red. | works | here | – |",
      "| 003.16 | Red. | nearly | here | – |",
      "| 003.17 |  | not yet | here | – |",
      "| P.01 | Red. | not yet | here | `tests/no_such_test.cc` |",
  });
  EXPECT_THAT(rows, testing::SizeIs(5));
  EXPECT_THAT(FaultsOf(rows),
              testing::ElementsAre("003.15 works, untested", "003.16 has no known state",
                                   "003.17 is not filled in",
                                   "P.01 names tests/no_such_test.cc, which is not there"));
}

}  // namespace
