// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/tlog/vectors.h"

#include <fstream>

#include "common/tlog/base64.h"

namespace samenspel::tlog {

const nlohmann::json& Vectors() {
  static const nlohmann::json vectors = nlohmann::json::parse(std::ifstream(TLOG_VECTORS));
  return vectors;
}

std::string FromHex(std::string_view digits) {
  std::string bytes;
  for (size_t i = 0; i < digits.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

std::vector<std::string> FromHexList(const nlohmann::json& list) {
  std::vector<std::string> items;
  for (const auto& item : list) items.push_back(FromHex(item.get<std::string>()));
  return items;
}

std::string FromBase64(const nlohmann::json& text) {
  return DecodeBase64(text.get<std::string>()).value();
}

}  // namespace samenspel::tlog
