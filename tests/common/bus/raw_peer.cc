// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/bus/raw_peer.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zmq.h>

#include <cassert>

namespace samenspel::bus {
namespace {

constexpr char kCommand = 0x04;
constexpr char kMessage = 0x00;
constexpr char kLong = 0x02;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string BigEndian(uint64_t number, int size) {
  std::string bytes;
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(number >> (8 * i));
  return bytes;
}

std::string FromZ85(const std::string& text) {
  std::string bytes(32, '\0');
  const void* decoded = zmq_z85_decode(Bytes(bytes), text.c_str());
  assert(decoded != nullptr);
  (void)decoded;
  return bytes;
}

std::string Box(std::string_view plain, const std::string& nonce, const std::string& to,
                const std::string& secret) {
  assert(nonce.size() == crypto_box_NONCEBYTES);
  std::string box(plain.size() + crypto_box_MACBYTES, '\0');
  const int failed = crypto_box_easy(Bytes(box), Bytes(plain), plain.size(), Bytes(nonce),
                                     Bytes(to), Bytes(secret));
  assert(failed == 0);
  return box;
}

// Empty when it does not open.
std::string Open(std::string_view box, const std::string& nonce, const std::string& from,
                 const std::string& secret) {
  if (box.size() < crypto_box_MACBYTES) return {};
  std::string plain(box.size() - crypto_box_MACBYTES, '\0');
  if (crypto_box_open_easy(Bytes(plain), Bytes(box), box.size(), Bytes(nonce), Bytes(from),
                           Bytes(secret)) != 0) {
    return {};
  }
  return plain;
}

std::string Greeting() {
  std::string greeting("\xFF\0\0\0\0\0\0\0\1\x7F\3\0CURVE", 17);
  greeting.resize(64, '\0');
  return greeting;
}

std::string Properties(const std::map<std::string, std::string>& metadata) {
  std::string bytes;
  for (const auto& [name, value] : metadata) {
    bytes += BigEndian(name.size(), 1) + name + BigEndian(value.size(), 4) + value;
  }
  return bytes;
}

}  // namespace

RawPeer::RawPeer(const std::string& endpoint) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port =
      htons(static_cast<uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
  connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

RawPeer::~RawPeer() { close(fd_); }

void RawPeer::Say(std::string_view bytes) {
  (void)send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::string RawPeer::Hear(size_t size) {
  std::string bytes(size, '\0');
  const ssize_t got = recv(fd_, bytes.data(), size, MSG_WAITALL);
  bytes.resize(got < 0 ? 0 : static_cast<size_t>(got));
  return bytes;
}

std::string RawPeer::HearFrame() {
  const std::string head = Hear(2);
  return head.size() == 2 ? Hear(static_cast<uint8_t>(head[1])) : "";
}

void RawPeer::SayFrame(char flags, std::string_view body) {
  const bool is_long = body.size() > 255;
  Say(std::string(1, static_cast<char>(flags | (is_long ? kLong : 0))) +
      BigEndian(body.size(), is_long ? 8 : 1) + std::string(body));
}

std::string RawPeer::NextShortNonce() { return BigEndian(++nonce_, 8); }

bool RawPeer::ShakeHands(const CurveKeys& keys, const std::string& server_key,
                         const std::map<std::string, std::string>& metadata) {
  const std::string server = FromZ85(server_key);
  std::string short_public(crypto_box_PUBLICKEYBYTES, '\0');
  short_secret_.resize(crypto_box_SECRETKEYBYTES);
  crypto_box_keypair(Bytes(short_public), Bytes(short_secret_));
  Say(Greeting());
  if (Hear(64).size() != 64) return false;

  const std::string hello_nonce = NextShortNonce();
  SayFrame(kCommand,
           std::string("\5HELLO\1\0", 8) + std::string(72, '\0') + short_public + hello_nonce +
               Box(std::string(64, '\0'), "CurveZMQHELLO---" + hello_nonce, server, short_secret_));
  const std::string welcome = HearFrame();
  if (!welcome.starts_with("\7WELCOME")) return false;
  const std::string opened =
      Open(welcome.substr(24), "WELCOME-" + welcome.substr(8, 16), server, short_secret_);
  if (opened.size() != 128) return false;
  server_short_public_ = opened.substr(0, 32);

  const std::string vouch_nonce(16, 'v');
  const std::string vouch = Box(short_public + server, "VOUCH---" + vouch_nonce,
                                server_short_public_, FromZ85(keys.secret_key));
  const std::string nonce = NextShortNonce();
  SayFrame(kCommand, "\10INITIATE" + opened.substr(32) + nonce +
                         Box(FromZ85(keys.public_key) + vouch_nonce + vouch + Properties(metadata),
                             "CurveZMQINITIATE" + nonce, server_short_public_, short_secret_));
  return HearFrame().starts_with("\5READY");
}

void RawPeer::Send(std::string_view payload) {
  const std::string nonce = NextShortNonce();
  SayFrame(kMessage, "\7MESSAGE" + nonce +
                         Box(std::string(1, '\0') + std::string(payload),
                             "CurveZMQMESSAGEC" + nonce, server_short_public_, short_secret_));
}

}  // namespace samenspel::bus
