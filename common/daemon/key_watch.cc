// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/key_watch.h"

#include "common/daemon/config.h"

namespace samenspel::daemon {
namespace {

constexpr size_t kCurveCharacters = 40;

}  // namespace

base::Result<bus::CurveKeys> ReadCurveKeys(base::FileSystem& files, const std::string& secrets) {
  const auto secret = ReadSecret(files, secrets + "/curve.secret", kCurveCharacters);
  if (!secret.ok()) return secret.status();
  return bus::CurveKeysOf(*secret);
}

KeyWatch::KeyWatch(base::FileSystem& files, std::string secrets, std::string principal,
                   bus::CurveKeys current, std::shared_ptr<const bus::Registry> registry, Log log)
    : files_(files),
      secrets_(std::move(secrets)),
      principal_(std::move(principal)),
      current_(std::move(current)),
      registry_(std::move(registry)),
      log_(std::move(log)) {}

std::optional<bus::CurveKeys> KeyWatch::Look() {
  const bus::Principal* own = registry_->ById(principal_);
  if (own == nullptr || own->curve_key == current_.public_key) return std::nullopt;
  auto keys = ReadCurveKeys(files_, secrets_);
  if (keys.ok() && keys->public_key == own->curve_key) return *std::move(keys);
  if (std::exchange(complained_of_, own->curve_key) != own->curve_key) {
    log_(LogLevel::kError, "event=key_not_changed why=\"" +
                               (keys.ok() ? "the secret is not that of the key in the registry"
                                          : keys.status().message()) +
                               "\" consequence=\"this daemon goes on with its former key\"");
  }
  return std::nullopt;
}

void KeyWatch::Took(bus::CurveKeys keys) {
  current_ = std::move(keys);
  complained_of_.clear();
  log_(LogLevel::kInfo, "event=key_changed principal=" + principal_);
}

}  // namespace samenspel::daemon
