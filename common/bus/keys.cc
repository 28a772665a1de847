// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/keys.h"

#include <zmq.h>

#include <array>
#include <cassert>

#include "common/bus/link.h"

namespace samenspel::bus {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kKeyCharacters = 40;
using KeyText = std::array<char, kKeyCharacters + 1>;  // libzmq writes a closing zero.

}  // namespace

bool IsCurveKey(std::string_view text) {
  if (text.size() != kKeyCharacters || text.find('\0') != std::string_view::npos) return false;
  std::array<uint8_t, kKeyBytes> bytes{};
  return zmq_z85_decode(bytes.data(), std::string(text).c_str()) != nullptr;
}

std::string CurveKeyText(std::string_view bytes) {
  assert(bytes.size() == kKeyBytes);
  KeyText text{};
  zmq_z85_encode(text.data(), reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  return text.data();
}

base::Result<CurveKeys> NewCurveKeys() {
  KeyText public_key{};
  KeyText secret_key{};
  if (zmq_curve_keypair(public_key.data(), secret_key.data()) != 0) {
    return base::Status(base::Code::kUnavailable, "make a key pair: libzmq has no CURVE");
  }
  return CurveKeys{public_key.data(), secret_key.data()};
}

base::Result<CurveKeys> CurveKeysOf(const std::string& secret_key) {
  KeyText public_key{};
  if (!IsCurveKey(secret_key) || zmq_curve_public(public_key.data(), secret_key.c_str()) != 0) {
    return base::Status(base::Code::kInvalid, "read a secret key: not 40 characters of Z85");
  }
  return CurveKeys{public_key.data(), secret_key};
}

}  // namespace samenspel::bus
