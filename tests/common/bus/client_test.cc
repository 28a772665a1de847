// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/client.h"

#include <atomic>
#include <thread>

#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

using testing::HasSubstr;

// Serves a link on a thread of its own until it goes.
class Serving {
 public:
  using Answers = std::function<std::vector<Output>(const Input&)>;
  Serving(Link& link, Answers answers)
      : thread_([this, &link, answers = std::move(answers)] {
          while (!ended_) {
            for (const Input& input : link.Receive(milliseconds(20))) link.Send(answers(input));
          }
        }) {}
  ~Serving() {
    ended_ = true;
    thread_.join();
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

 private:
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

std::string IdOf(const Input& input) {
  common::v1::Envelope envelope;
  EXPECT_TRUE(envelope.ParseFromString(input.bytes));
  return envelope.request_id();
}

class ClientTest : public BusTest {
 protected:
  std::unique_ptr<Link> link_ = OpenLink();
};

TEST_F(ClientTest, GetsTheReplyToItsRequest) {
  const Serving serving(*link_, [](const Input& input) -> std::vector<Output> {
    return {{.peer = input.peer, .bytes = ReplyTo(IdOf(input), input.key)}};
  });
  const auto reply = Connect(*link_, anna_)->Call(Request("who am I?"), kPatience);
  ASSERT_TRUE(reply.ok()) << reply.status().message();
  EXPECT_EQ(reply->response(), anna_.public_key);
}

TEST_F(ClientTest, PassesOverWhatIsNotItsReply) {
  const Serving serving(*link_, [](const Input& input) -> std::vector<Output> {
    return {{.peer = input.peer, .bytes = "no protobuf \xFF"},
            {.peer = input.peer, .bytes = ""},
            {.peer = input.peer, .bytes = ReplyTo(std::string(16, 'o'), "another's")},
            {.peer = input.peer, .bytes = ReplyTo(IdOf(input), "yours")}};
  });
  const auto reply = Connect(*link_, anna_)->Call(Request("hello"), kPatience);
  ASSERT_TRUE(reply.ok()) << reply.status().message();
  EXPECT_EQ(reply->response(), "yours");
}

TEST_F(ClientTest, SendsTheSameBytesAgainUntilItIsAnswered) {
  std::vector<std::string> heard;
  auto envelope = Request("please");
  {
    const Serving serving(*link_, [&](const Input& input) -> std::vector<Output> {
      heard.push_back(input.bytes);
      if (heard.size() < 3) return {};
      return {{.peer = input.peer, .bytes = ReplyTo(IdOf(input), "at last")}};
    });
    EXPECT_TRUE(Connect(*link_, anna_)->Call(envelope, kPatience).ok());
  }
  EXPECT_THAT(heard,
              testing::ElementsAre(envelope.SerializeAsString(), envelope.SerializeAsString(),
                                   envelope.SerializeAsString()));
}

TEST_F(ClientTest, IsAnsweredByAServiceThatRestartedMeanwhile) {
  const std::string endpoint = link_->endpoint();
  const auto anna = Connect(*link_, anna_);
  ASSERT_TRUE(anna->SendRaw("up").ok());
  AwaitFrame(*link_);
  link_.reset();
  link_ = OpenLink(endpoint);
  const Serving serving(*link_, [](const Input& input) -> std::vector<Output> {
    return {{.peer = input.peer, .bytes = ReplyTo(IdOf(input), "back")}};
  });
  EXPECT_TRUE(anna->Call(Request("anyone?"), kPatience).ok());
}

TEST_F(ClientTest, SaysThatNothingWasSentWhenNobodyListens) {
  const auto anna = Connect(*link_, anna_);
  const std::string endpoint = link_->endpoint();
  link_.reset();
  const auto late = Client::Connect({endpoint, service_.public_key}, anna_);
  const auto reply = (*late)->Call(Request("hello"), milliseconds(200));
  EXPECT_EQ(reply.status().code(), base::Code::kUnavailable);
  EXPECT_EQ(reply.status().message(), "reach " + endpoint + ": no connection came up");
}

TEST_F(ClientTest, SaysThatTheOutcomeIsUnknownWhenNobodyAnswers) {
  const auto anna = Connect(*link_, anna_);
  const auto reply = anna->Call(Request("hello"), milliseconds(500));
  EXPECT_EQ(reply.status().code(), base::Code::kTimeout);
  EXPECT_THAT(reply.status().message(), HasSubstr("no answer"));
  EXPECT_EQ(AwaitFrame(*link_).key, anna_.public_key);
}

TEST_F(ClientTest, TrustsNoServiceWithAnotherKey) {
  const auto anna = Client::Connect({link_->endpoint(), NewKeys().public_key}, anna_);
  EXPECT_EQ((*anna)->Call(Request("secret"), milliseconds(300)).status().code(),
            base::Code::kUnavailable);
  EXPECT_THAT(link_->Receive(milliseconds(0)), testing::IsEmpty());
}

TEST_F(ClientTest, RefusesAnAddressOrKeyItCannotUse) {
  const auto code = [](const ServerAddress& server, const CurveKeys& keys) {
    return Client::Connect(server, keys).status().code();
  };
  EXPECT_EQ(code({"inproc://intake", service_.public_key}, anna_), base::Code::kInvalid);
  EXPECT_EQ(code({"tcp://nowhere", service_.public_key}, anna_), base::Code::kInvalid);
  EXPECT_EQ(code({link_->endpoint(), "short"}, anna_), base::Code::kInvalid);
  EXPECT_EQ(code({link_->endpoint(), service_.public_key}, {}), base::Code::kInvalid);
}

TEST_F(ClientTest, WaitsInVainNoLongerThanAsked) {
  const auto anna = Connect(*link_, anna_);
  EXPECT_EQ(anna->ReceiveRaw(milliseconds(50)).status().code(), base::Code::kTimeout);
}

TEST_F(ClientTest, SixtyFourClientsOfOneProcessAreAllServed) {
  const Serving serving(*link_, [](const Input& input) -> std::vector<Output> {
    return {{.peer = input.peer, .bytes = ReplyTo(IdOf(input), "yes")}};
  });
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 64; ++i) clients.push_back(Connect(*link_, anna_));
  for (const auto& client : clients) EXPECT_TRUE(client->Call(Request("me?"), kPatience).ok());
}

}  // namespace
}  // namespace samenspel::bus
