// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "common/bus/token.h"

namespace samenspel::bus {

inline constexpr const char* kZapVersion = "1.0";

/// Frames of an answer (ZeroMQ RFC 27): version, request id, status code and text, user id,
/// metadata.
using ZapReply = std::array<std::string, 6>;

/// The answer to a request for entry, whatever its frames hold: "200" and a token for a CURVE key
/// of `may_enter` that was asked for in our domain, "400" and no user for all else.
ZapReply AnswerZap(std::span<const std::string_view> request,
                   const std::function<bool(std::string_view curve_key)>& may_enter,
                   const TokenMint& mint);

}  // namespace samenspel::bus
