// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/raw_peer.h"

namespace samenspel::attack {
namespace {

constexpr std::string_view kPing = "\4PING";

}  // namespace

RawPeer::RawPeer(uint16_t port, const std::string& server_key, const bus::CurveKeys& keys,
                 uint8_t from)
    : connection_(port, from), curve_(keys, server_key) {}

bool RawPeer::Greet() {
  return connection_.Say(Greeting("CURVE")) &&
         connection_.Hear(kGreetingBytes).size() == kGreetingBytes;
}

bool RawPeer::SayHello() {
  if (!connection_.Say(Frame(kCommand, curve_.Hello()))) return false;
  const auto welcome = connection_.HearFrame();
  return welcome && curve_.TakeWelcome(welcome->body);
}

bool RawPeer::SayInitiate(std::string_view properties) {
  if (!connection_.Say(Frame(kCommand, curve_.Initiate(properties)))) return false;
  const auto ready = connection_.HearFrame();
  return ready && curve_.OpenReady(ready->body);
}

bool RawPeer::Enter(const Metadata& metadata) {
  return Greet() && SayHello() && SayInitiate(Properties(metadata));
}

bool RawPeer::Send(std::string_view payload, uint8_t flags) {
  return connection_.Say(Frame(0, curve_.Message(payload, flags)));
}

std::optional<std::string> RawPeer::Receive(base::milliseconds patience) {
  while (const auto frame = connection_.HearFrame(patience)) {
    if (auto payload = curve_.OpenMessage(frame->body)) {
      if (!payload->starts_with(kPing)) return payload;
      // After two bytes of time to live a context, which PONG gives back.
      if (!Send(Command("PONG", payload->substr(kPing.size() + 2)), kBoxedCommand)) break;
    }
  }
  return std::nullopt;
}

}  // namespace samenspel::attack
