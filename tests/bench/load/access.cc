// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/access.h"

#include "common/base/file_system.h"

namespace samenspel::bench {
namespace {

constexpr size_t kKeyCharacters = 40;  // The file ends with a line break.

}  // namespace

base::Result<Access> ReadAccess(const std::string& config_path) {
  const auto files = base::RealFileSystem();
  const auto text = files->Read(config_path);
  if (!text.ok()) return text.status();
  auto config = cli::ReadConfig(*text, config_path);
  if (!config.ok()) return config.status();
  auto secret = files->Read(config->secret);
  if (!secret.ok()) return secret.status();
  secret->resize(kKeyCharacters);
  const auto keys = bus::CurveKeysOf(*secret);
  if (!keys.ok()) return keys.status();
  return Access{std::move(*config), *keys};
}

}  // namespace samenspel::bench
