// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/zap.h"

#include <optional>

#include "common/bus/keys.h"
#include "common/bus/socket.h"

namespace samenspel::bus {
namespace {

// Frames of a ZAP request: version, request id, domain, address, routing id, mechanism, then its
// credentials; with CURVE one, the 32 bytes of the public key.
constexpr size_t kRequestId = 1;
constexpr size_t kDomain = 2;
constexpr size_t kMechanism = 5;
constexpr size_t kCredential = 6;
constexpr size_t kCurveFrames = 7;
constexpr size_t kKeyBytes = 32;

// The key that a request for entry shows; nothing when it is not one of ours.
std::optional<std::string> KeyShown(std::span<const std::string_view> request) {
  if (request.size() != kCurveFrames) return std::nullopt;
  if (request[0] != kZapVersion) return std::nullopt;
  if (request[kDomain] != kZapDomain) return std::nullopt;
  if (request[kMechanism] != "CURVE") return std::nullopt;
  if (request[kCredential].size() != kKeyBytes) return std::nullopt;
  return CurveKeyText(request[kCredential]);
}

}  // namespace

ZapReply AnswerZap(std::span<const std::string_view> request,
                   const std::function<bool(std::string_view curve_key)>& may_enter,
                   const TokenMint& mint) {
  const auto key = KeyShown(request);
  const bool admitted = key && may_enter(*key);
  return {kZapVersion,
          request.size() > kRequestId ? std::string(request[kRequestId]) : "",
          admitted ? "200" : "400",
          admitted ? "OK" : "Not admitted",
          admitted ? mint.TokenFor(*key) : "",
          ""};
}

}  // namespace samenspel::bus
