// SPDX-License-Identifier: EUPL-1.2
// The handler that says who may enter: missing, hung, talking nonsense. Nobody gets in.
#include <functional>
#include <optional>
#include <thread>
#include <zmq_addon.hpp>

#include "common/bus/socket.h"
#include "tests/attack/raw_peer.h"
#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

using attack::RawPeer;
using Frames = std::vector<std::string>;
// The reply to a request with this id; nothing: none.
using Reply = std::function<std::optional<Frames>(const std::string& id)>;

constexpr const char* kZapAddress = "inproc://zeromq.zap.01";
constexpr size_t kFrameBytesMax = 1 << 20;

// A handler of the test's making, on a thread of its own, until the context ends.
class Handler {
 public:
  Handler(zmq::context_t& context, Reply reply) : context_(context), reply_(std::move(reply)) {
    zmq::socket_t socket(context_, ZMQ_ROUTER);
    socket.set(zmq::sockopt::linger, 0);
    socket.bind(kZapAddress);
    thread_ = std::thread(&Handler::Serve, this, std::move(socket));
  }
  ~Handler() {
    context_.shutdown();
    thread_.join();
  }

 private:
  void Serve(zmq::socket_t socket) try {
    for (;;) {
      std::vector<zmq::message_t> request;
      if (!zmq::recv_multipart(socket, std::back_inserter(request))) continue;
      const auto frames = reply_(request[3].to_string());
      if (!frames) continue;
      std::vector<zmq::message_t> answer;
      answer.push_back(std::move(request[0]));
      answer.emplace_back();
      for (const std::string& frame : *frames) answer.emplace_back(frame.data(), frame.size());
      zmq::send_multipart(socket, answer);
    }
  } catch (const zmq::error_t&) {
  }

  zmq::context_t& context_;
  const Reply reply_;
  std::thread thread_;
};

// Whether somebody with a key gets in at a socket as our daemons have it, when the handler answers
// so.
bool GetsIn(const std::optional<Reply>& reply) {
  const CurveKeys server = NewKeys();
  zmq::context_t context;
  std::optional<Handler> handler;
  if (reply) handler.emplace(context, *reply);
  zmq::socket_t router = NewRouter(context, server, kFrameBytesMax);
  Bind(router, "tcp://127.0.0.1:*");
  const std::string endpoint = router.get(zmq::sockopt::last_endpoint);
  const auto port = static_cast<uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1)));
  RawPeer peer(port, server.public_key, NewKeys());
  const bool in = peer.Enter();
  EXPECT_TRUE(in || peer.connection().IsHungUpOn());
  router.close();
  return in;
}

TEST(Zap, LetsInWhomItSaysMayEnter) {
  EXPECT_TRUE(
      GetsIn([](const std::string& id) { return Frames{"1.0", id, "200", "OK", "user", ""}; }));
}

TEST(Zap, LetsNobodyInWhereThereIsNone) { EXPECT_FALSE(GetsIn(std::nullopt)); }

TEST(Zap, LetsNobodyInWhileItHangs) {
  EXPECT_FALSE(GetsIn([](const std::string&) { return std::nullopt; }));
}

TEST(Zap, LetsNobodyInByNonsense) {
  const std::vector<Reply> replies = {
      [](const std::string& id) { return Frames{"1.0", id, "300", "Later", "", ""}; },
      [](const std::string& id) { return Frames{"1.0", id, "400", "No", "user", ""}; },
      [](const std::string& id) { return Frames{"1.0", id, "500", "Broken", "", ""}; },
      [](const std::string& id) { return Frames{"1.0", id, "2000", "OK", "user", ""}; },
      [](const std::string& id) { return Frames{"1.0", id, "200 ", "OK", "user", ""}; },
      [](const std::string& id) { return Frames{"1.0", id, "", "OK", "user", ""}; },
      [](const std::string& id) { return Frames{"2.0", id, "200", "OK", "user", ""}; },
      [](const std::string& id) { return Frames{"", id, "200", "OK", "user", ""}; },
      [](const std::string& id) { return Frames{"1.0", id + "x", "200", "OK", "user", ""}; },
      [](const std::string& id) {
        return Frames{"1.0", id, "200", "OK", "user"};
      },
      [](const std::string& id) { return Frames{"1.0", id, "200", "OK", "user", "", ""}; },
      [](const std::string& id) { return Frames{"1.0", id, "200", "OK", "user", "\xFFnonsense"}; },
      [](const std::string&) { return Frames{""}; },
      [](const std::string&) { return Frames{std::string(100'000, 'x')}; }};
  for (size_t i = 0; i < replies.size(); ++i) EXPECT_FALSE(GetsIn(replies[i])) << i;
}

}  // namespace
}  // namespace samenspel::bus
