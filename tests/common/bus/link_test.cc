// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/link.h"

#include <sys/time.h>

#include <csignal>

#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

using testing::HasSubstr;

class LinkTest : public BusTest {};

TEST_F(LinkTest, ServesAKnownKey) {
  const auto link = OpenLink();
  const auto anna = Connect(*link, anna_);
  ExpectServed(*link, *anna, anna_);
}

TEST_F(LinkTest, AnswersNothingToAnUnknownKey) {
  const auto link = OpenLink();
  const auto stranger = Connect(*link, NewKeys());
  const auto reply = stranger->Call(Request("let me in"), milliseconds(500));
  EXPECT_EQ(reply.status().code(), base::Code::kUnavailable);
  EXPECT_THAT(reply.status().message(), HasSubstr("does not admit this key"));
  EXPECT_THAT(link->Receive(milliseconds(0)), testing::IsEmpty());
  EXPECT_GE(link->counters().handshakes_failed, 1U);
}

struct OutOfForce {
  const char* name;
  void (*change)(Principal&, base::Instant now);
};

class LinkRefuses : public BusTest, public testing::WithParamInterface<OutOfForce> {};

TEST_P(LinkRefuses, AKeyThatIsOutOfForce) {
  const auto link = OpenLink();
  Principal anna = Person("pro_anna", anna_);
  GetParam().change(anna, base::SystemClock().Wall());
  link->UseRegistry(RegistryOf({anna}));
  const auto client = Connect(*link, anna_);
  EXPECT_EQ(client->Call(Request("hello"), milliseconds(300)).status().code(),
            base::Code::kUnavailable);
  EXPECT_THAT(link->Receive(milliseconds(0)), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Admission, LinkRefuses,
    testing::Values(
        OutOfForce{"Expired", [](Principal& p, base::Instant now) { p.valid_until = now; }},
        OutOfForce{"NotYetValid",
                   [](Principal& p, base::Instant now) { p.valid_from = now + seconds(60); }},
        OutOfForce{"Revoked", [](Principal& p, base::Instant now) { p.revoked_at = now; }}),
    [](const auto& test) { return test.param.name; });

TEST_F(LinkTest, LetsInWhomANewRegistryNamesWhileTheyKeepTrying) {
  const auto link = OpenLink();
  const CurveKeys bram = NewKeys();
  const auto client = Connect(*link, bram);
  EXPECT_EQ(client->Call(Request("early"), milliseconds(200)).status().code(),
            base::Code::kUnavailable);
  link->UseRegistry(RegistryOf({Person("pro_bram", bram)}));
  ExpectServed(*link, *client, bram);
}

TEST_F(LinkTest, JudgesAKeyByTheTimeThatItIsTold) {
  const auto link = OpenLink();
  Principal anna = Person("pro_anna", anna_);
  const base::Instant wall = base::SystemClock().Wall();
  anna.valid_until = wall - seconds(3600);  // By a wall clock that jumped.
  link->UseRegistry(RegistryOf({anna}));
  link->UseTime(wall - seconds(7200));
  const auto client = Connect(*link, anna_);
  ExpectServed(*link, *client, anna_);
  link->UseTime(wall);
  const auto late = Connect(*link, anna_);
  EXPECT_EQ(late->Call(Request("hello"), milliseconds(300)).status().code(),
            base::Code::kUnavailable);
}

TEST_F(LinkTest, RefusesNewConnectionsOfAKeyThatANewRegistryLacks) {
  const auto link = OpenLink();
  const auto open = Connect(*link, anna_);
  ExpectServed(*link, *open, anna_);
  link->UseRegistry(RegistryOf({}));
  const auto late = Connect(*link, anna_);
  EXPECT_EQ(late->Call(Request("hello"), milliseconds(300)).status().code(),
            base::Code::kUnavailable);
}

TEST_F(LinkTest, NamesTheKeyOfAnOpenConnectionAlsoAfterItsRevocation) {
  // Whoever takes the frame looks the key up in the registry of that moment.
  const auto link = OpenLink();
  const auto open = Connect(*link, anna_);
  ExpectServed(*link, *open, anna_);
  link->UseRegistry(RegistryOf({}));
  ExpectServed(*link, *open, anna_);
}

TEST_F(LinkTest, BringsAnEmptyFrameAsEmptyBytes) {
  const auto link = OpenLink();
  const auto anna = Connect(*link, anna_);
  ASSERT_TRUE(anna->SendRaw("").ok());
  const Input input = AwaitFrame(*link);
  EXPECT_EQ(input.bytes, "");
  EXPECT_EQ(input.key, anna_.public_key);
}

TEST_F(LinkTest, GivesEachClientItsOwnReplies) {
  const auto link = OpenLink();
  const CurveKeys bram_keys = NewKeys();
  link->UseRegistry(RegistryOf({Person("pro_anna", anna_), Person("pro_bram", bram_keys)}));
  const auto anna = Connect(*link, anna_);
  const auto bram = Connect(*link, bram_keys);
  ASSERT_TRUE(anna->SendRaw("anna").ok());
  ASSERT_TRUE(bram->SendRaw("bram").ok());
  for (int heard = 0; heard < 2;) {
    for (const Input& input : link->Receive(kPatience)) {
      EXPECT_EQ(input.key, input.bytes == "anna" ? anna_.public_key : bram_keys.public_key);
      link->Send({{.peer = input.peer, .bytes = "for " + input.bytes}});
      ++heard;
    }
  }
  EXPECT_EQ(*anna->ReceiveRaw(kPatience), "for anna");
  EXPECT_EQ(*bram->ReceiveRaw(kPatience), "for bram");
}

TEST_F(LinkTest, ReportsAPeerThatIsGone) {
  const auto link = OpenLink();
  auto anna = Connect(*link, anna_);
  ASSERT_TRUE(anna->SendRaw("and away").ok());
  const Peer peer = AwaitFrame(*link).peer;
  anna.reset();
  std::vector<Input> came;
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (came.empty() && std::chrono::steady_clock::now() < end) {
    link->Send({{.peer = peer, .bytes = "still there?"}});
    came = link->Receive(milliseconds(10));
  }
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(came[0].kind, Input::Kind::kPeerGone);
  EXPECT_EQ(came[0].peer, peer);
  EXPECT_EQ(link->counters().sends_failed, 1U);
}

TEST_F(LinkTest, ReportsAPeerThatNeverWasOnceATurn) {
  const auto link = OpenLink();
  const Peer nobody{.socket = 0, .route = "nobody"};
  link->Send({{.peer = nobody, .bytes = "hello"}, {.peer = nobody, .bytes = "hello?"}});
  const auto came = link->Receive(milliseconds(0));
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(came[0].kind, Input::Kind::kPeerGone);
  EXPECT_EQ(came[0].peer, nobody);
  EXPECT_EQ(link->counters().sends_failed, 2U);
  EXPECT_THAT(link->Receive(milliseconds(0)), testing::IsEmpty());
}

TEST_F(LinkTest, TakesNoMoreThanItsMaximumATurn) {
  const auto link = OpenLink(
      {.listen = "tcp://127.0.0.1:*", .keys = service_, .leaders = {}, .receive_at_most = 7});
  const auto anna = Connect(*link, anna_);
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(anna->SendRaw(std::to_string(i)).ok());
  for (int next = 0; next < 40;) {
    const auto inputs = link->Receive(kPatience);
    ASSERT_FALSE(inputs.empty());
    ASSERT_LE(inputs.size(), 7U);
    for (const Input& input : inputs) EXPECT_EQ(input.bytes, std::to_string(next++));
  }
}

TEST_F(LinkTest, SaysThatItsAddressIsTaken) {
  const auto first = OpenLink();
  const auto second = Link::Open({.listen = first->endpoint(), .keys = service_, .leaders = {}},
                                 RegistryOf({}), entropy_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), base::Code::kExists);
  EXPECT_EQ(second.status().message(),
            "listen on " + first->endpoint() + ": Address already in use");
}

TEST_F(LinkTest, RefusesToListenWithoutEncryption) {
  for (const char* listen : {"inproc://intake", "ipc:///run/intake", "", "127.0.0.1:7101"}) {
    const auto link =
        Link::Open({.listen = listen, .keys = service_, .leaders = {}}, RegistryOf({}), entropy_);
    EXPECT_EQ(link.status().code(), base::Code::kInvalid) << listen;
  }
}

TEST_F(LinkTest, RefusesKeysThatDoNotBelongTogether) {
  const CurveKeys mixed{.public_key = anna_.public_key, .secret_key = service_.secret_key};
  const auto link = Link::Open({.listen = "tcp://127.0.0.1:*", .keys = mixed, .leaders = {}},
                               RegistryOf({}), entropy_);
  EXPECT_EQ(link.status().code(), base::Code::kInvalid);
}

TEST_F(LinkTest, ProbesItsAdmission) { EXPECT_TRUE(OpenLink()->AdmissionAlive()); }

TEST_F(LinkTest, StopsWaitingWhenASignalArrives) {
  const auto link = OpenLink();
  const auto before = std::signal(SIGALRM, [](int) {});
  const itimerval soon{.it_interval = {0, 20'000}, .it_value = {0, 20'000}};
  setitimer(ITIMER_REAL, &soon, nullptr);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(link->Receive(seconds(60)), testing::IsEmpty());
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(30));
  const itimerval never{};
  setitimer(ITIMER_REAL, &never, nullptr);
  std::signal(SIGALRM, before);
}

}  // namespace
}  // namespace samenspel::bus
