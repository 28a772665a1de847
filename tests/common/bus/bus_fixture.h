// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "common/base/entropy.h"
#include "common/base/ids.h"
#include "common/bus/client.h"
#include "common/bus/link.h"

namespace samenspel::bus {

using base::milliseconds;
using std::chrono::seconds;

/// Long enough for a loaded machine; nothing waits this long when all is well.
constexpr milliseconds kPatience{10'000};

inline CurveKeys NewKeys() { return *NewCurveKeys(); }

inline Principal Person(const std::string& id, const CurveKeys& keys) {
  Principal person;
  person.id = id;
  person.employer = "org_veilig_thuis";
  person.organisation = "org_veilig_thuis";
  person.function = "veilig_thuis_desk";
  person.roles = {"desk"};
  person.curve_key = keys.public_key;
  person.valid_from = base::Instant{};
  person.valid_until = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);
  return person;
}

inline std::shared_ptr<const Registry> RegistryOf(std::vector<Principal> principals) {
  return *Registry::Of(std::move(principals));
}

inline common::v1::Envelope Request(const std::string& body) {
  static base::SystemEntropy entropy;
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(base::NewRequestId(base::SystemClock().Wall(), entropy));
  envelope.set_request(body);
  return envelope;
}

inline std::string ReplyTo(const std::string& request_id, const std::string& body) {
  common::v1::Answer answer;
  answer.mutable_reply()->set_request_id(request_id);
  answer.mutable_reply()->set_status(common::v1::STATUS_OK);
  answer.mutable_reply()->set_response(body);
  return answer.SerializeAsString();
}

/// A service with real sockets on a free port of the loopback, and one person, Anna, who may use
/// it.
class BusTest : public testing::Test {
 protected:
  std::unique_ptr<Link> OpenLink(const std::string& listen = "tcp://127.0.0.1:*") {
    return OpenLink({.listen = listen, .keys = service_, .leaders = {}});
  }
  std::unique_ptr<Link> OpenLink(const LinkConfig& config) {
    auto link = Link::Open(config, RegistryOf({Person("pro_anna", anna_)}), entropy_);
    EXPECT_TRUE(link.ok()) << link.status().message();
    return *std::move(link);
  }
  std::unique_ptr<Client> Connect(const Link& link, const CurveKeys& keys) {
    auto client =
        Client::Connect({.endpoint = link.endpoint(), .server_key = service_.public_key}, keys);
    EXPECT_TRUE(client.ok()) << client.status().message();
    return *std::move(client);
  }

  /// Turns until an input of `kind` came; the frames before it are lost.
  static Input Await(Link& link, Input::Kind kind) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
      for (Input& input : link.Receive(milliseconds(100))) {
        if (input.kind == kind) return std::move(input);
      }
    }
    ADD_FAILURE() << "nothing of this kind came";
    return {};
  }
  static Input AwaitFrame(Link& link) { return Await(link, Input::Kind::kFrame); }

  /// Turns until `done`; returns all that came.
  template <class Done>
  static std::vector<Input> TurnUntil(Link& link, const Done& done) {
    std::vector<Input> all;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!done() && std::chrono::steady_clock::now() < end) {
      std::ranges::move(link.Receive(milliseconds(20)), std::back_inserter(all));
    }
    EXPECT_TRUE(done()) << "it did not happen in time";
    return all;
  }

  /// Sends `bytes` and has them answered by `link` with the sender's key.
  static void ExpectServed(Link& link, Client& client, const CurveKeys& keys) {
    ASSERT_TRUE(client.SendRaw("hello").ok());
    const Input input = AwaitFrame(link);
    EXPECT_EQ(input.key, keys.public_key);
    EXPECT_EQ(input.bytes, "hello");
    link.Send({{.peer = input.peer, .bytes = "hello yourself"}});
    const auto answer = client.ReceiveRaw(kPatience);
    ASSERT_TRUE(answer.ok()) << answer.status().message();
    EXPECT_EQ(*answer, "hello yourself");
  }

  base::SystemEntropy entropy_;
  const CurveKeys service_ = NewKeys();
  const CurveKeys anna_ = NewKeys();
};

}  // namespace samenspel::bus
