// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/curve.h"

#include <sodium.h>

#include <cassert>

#include "tests/attack/wire.h"

namespace samenspel::attack {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kNonceBytes = 8;
constexpr size_t kLongNonceBytes = 16;
constexpr size_t kHelloPadding = 72;
constexpr size_t kHelloZeros = 64;
constexpr size_t kWelcomeBytes = 128;

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}
uint8_t* Bytes(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }

std::string Box(std::string_view plain, const std::string& nonce, const std::string& to,
                const std::string& secret) {
  assert(nonce.size() == crypto_box_NONCEBYTES);
  std::string box(plain.size() + crypto_box_MACBYTES, '\0');
  const int failed = crypto_box_easy(Bytes(box), Bytes(plain), plain.size(), Bytes(nonce),
                                     Bytes(to), Bytes(secret));
  assert(failed == 0);
  (void)failed;
  return box;
}

std::optional<std::string> Open(std::string_view box, const std::string& nonce,
                                const std::string& from, const std::string& secret) {
  if (box.size() < crypto_box_MACBYTES) return std::nullopt;
  std::string plain(box.size() - crypto_box_MACBYTES, '\0');
  if (crypto_box_open_easy(Bytes(plain), Bytes(box), box.size(), Bytes(nonce), Bytes(from),
                           Bytes(secret)) != 0) {
    return std::nullopt;
  }
  return plain;
}

// What follows the name of a command that is `name`.
std::optional<std::string_view> DataOf(std::string_view body, std::string_view name) {
  if (!body.starts_with(BigEndian(name.size(), 1) + std::string(name))) return std::nullopt;
  return body.substr(1 + name.size());
}

}  // namespace

std::string FromZ85(std::string_view text) {
  constexpr std::string_view kDigits =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
  constexpr size_t kGroup = 5;
  std::string bytes;
  for (; text.size() >= kGroup; text.remove_prefix(kGroup)) {
    uint32_t number = 0;
    for (const char digit : text.substr(0, kGroup)) {
      number = number * kDigits.size() + static_cast<uint32_t>(kDigits.find(digit));
    }
    bytes += BigEndian(number, 4);
  }
  assert(bytes.size() == kKeyBytes);
  return bytes;
}

CurveClient::CurveClient(const bus::CurveKeys& keys, const std::string& server_key)
    : public_key_(FromZ85(keys.public_key)),
      secret_key_(FromZ85(keys.secret_key)),
      server_key_(FromZ85(server_key)),
      short_public_(kKeyBytes, '\0'),
      short_secret_(kKeyBytes, '\0') {
  crypto_box_keypair(Bytes(short_public_), Bytes(short_secret_));
}

std::string CurveClient::NextNonce() { return BigEndian(++nonce_, kNonceBytes); }

std::string CurveClient::Hello() {
  const std::string nonce = NextNonce();
  return Command("HELLO", std::string("\1\0", 2) + std::string(kHelloPadding, '\0') +
                              short_public_ + nonce +
                              Box(std::string(kHelloZeros, '\0'), "CurveZMQHELLO---" + nonce,
                                  server_key_, short_secret_));
}

bool CurveClient::TakeWelcome(std::string_view body) {
  const auto data = DataOf(body, "WELCOME");
  if (!data || data->size() < kLongNonceBytes) return false;
  const auto opened =
      Open(data->substr(kLongNonceBytes),
           "WELCOME-" + std::string(data->substr(0, kLongNonceBytes)), server_key_, short_secret_);
  if (!opened || opened->size() != kWelcomeBytes) return false;
  server_short_public_ = opened->substr(0, kKeyBytes);
  cookie_ = opened->substr(kKeyBytes);
  return true;
}

std::string CurveClient::Initiate(std::string_view properties) {
  const std::string vouch_nonce(kLongNonceBytes, 'v');
  const std::string vouch =
      Box(short_public_ + server_key_, "VOUCH---" + vouch_nonce, server_short_public_, secret_key_);
  const std::string nonce = NextNonce();
  return Command("INITIATE",
                 cookie_ + nonce +
                     Box(public_key_ + vouch_nonce + vouch + std::string(properties),
                         "CurveZMQINITIATE" + nonce, server_short_public_, short_secret_));
}

std::optional<std::string> CurveClient::OpenReady(std::string_view body) {
  const auto data = DataOf(body, "READY");
  if (!data || data->size() < kNonceBytes) return std::nullopt;
  return Open(data->substr(kNonceBytes),
              "CurveZMQREADY---" + std::string(data->substr(0, kNonceBytes)), server_short_public_,
              short_secret_);
}

std::string CurveClient::Message(std::string_view payload, uint8_t flags) {
  const std::string nonce = NextNonce();
  return Command("MESSAGE",
                 nonce + Box(std::string(1, static_cast<char>(flags)).append(payload),
                             "CurveZMQMESSAGEC" + nonce, server_short_public_, short_secret_));
}

std::optional<std::string> CurveClient::OpenMessage(std::string_view body) {
  const auto data = DataOf(body, "MESSAGE");
  if (!data || data->size() < kNonceBytes) return std::nullopt;
  auto opened = Open(data->substr(kNonceBytes),
                     "CurveZMQMESSAGES" + std::string(data->substr(0, kNonceBytes)),
                     server_short_public_, short_secret_);
  if (!opened || opened->empty()) return std::nullopt;
  return opened->substr(1);
}

}  // namespace samenspel::attack
