// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/secrets.h"

namespace samenspel::cli {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr size_t kKeyBytes = 32;

}  // namespace

std::string Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

base::Result<std::string> ReadHexKey(const std::string& path, World& world) {
  const auto text = world.files.Read(path);
  if (!text.ok()) return text.status();
  const std::string digits = Trimmed(*text);
  std::string key;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    const size_t high = kHex.find(digits[i]);
    const size_t low = kHex.find(digits[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) break;
    key += static_cast<char>(high * 16 + low);
  }
  if (key.size() != kKeyBytes || digits.size() != 2 * kKeyBytes) {
    return base::Status(base::Code::kInvalid, path + ": this is no key of 64 hexadecimal digits");
  }
  return key;
}

base::Status WriteHexKey(const std::string& path, World& world) {
  std::string digits;
  for (const char byte : world.entropy.Bytes(kKeyBytes)) {
    digits += kHex[static_cast<uint8_t>(byte) >> 4];
    digits += kHex[static_cast<uint8_t>(byte) & 15];
  }
  return world.files.Replace(path, digits + "\n");
}

}  // namespace samenspel::cli
