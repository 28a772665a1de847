// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {

/// A form of which everything but the address is equal.
std::string Form(const std::string& address);
/// The result file, line by line.
std::vector<nlohmann::json> Rows(const std::string& text);

/// A file with forms a, b and c, and an intake that answers a repeated id with its first answer, as
/// the daemon does. The form b is red.
class Bulk : public testing::Test {
 protected:
  Bulk();

  void File(const std::string& text, const std::string& path = "/bulk.jsonl");
  int Import(std::vector<std::string> more = {}, const std::string& path = "/bulk.jsonl");
  FakeWorld::Answer Intake(const common::v1::Envelope& envelope);
  /// The addresses of the reports that intake holds, in the order of their coming.
  std::vector<std::string> Addresses() const { return received; }
  /// Where the import of `/bulk.jsonl` is remembered; empty: nowhere.
  std::string Remembered();

  FakeWorld world;
  std::map<std::string, common::v1::Reply> answered;
  std::vector<std::string> received;
  std::set<std::string> unknown;  ///< Addresses that intake refuses for now.
};

}  // namespace samenspel::cli
