// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/doorkeeper.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "tests/attack/connection.h"

namespace samenspel::bus {
namespace {

using attack::Connection;
using std::chrono::seconds;

constexpr base::milliseconds kNow{0};
constexpr base::milliseconds kPatience{10'000};
constexpr size_t kLarge = 200 << 10;

// Takes connections on a free port of the loopback, as libzmq would.
class Listener {
 public:
  Listener() : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(fd_, 10), 0);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    number_ = ntohs(address.sin_port);
  }
  ~Listener() {
    close(fd_);
    for (const int taken : taken_) close(taken);
  }
  uint16_t number() const { return number_; }
  int Accept() { return taken_.emplace_back(accept(fd_, nullptr, nullptr)); }

 private:
  int fd_;
  uint16_t number_ = 0;
  std::vector<int> taken_;
};

class DoorkeeperTest : public testing::Test {
 protected:
  struct Line {
    Connection client;
    int descriptor;
  };
  // A connection that the keeper was told of.
  Line Come() {
    Connection client(listener_.number());
    const int descriptor = listener_.Accept();
    keeper_.Note({ZMQ_EVENT_ACCEPTED, descriptor});
    return {std::move(client), descriptor};
  }
  Line ComeIn() {
    Line line = Come();
    const std::string ready(Doorkeeper::kReadyBytes, 'x');
    EXPECT_EQ(send(line.descriptor, ready.data(), ready.size(), 0),
              static_cast<ssize_t>(ready.size()));
    EXPECT_EQ(line.client.Hear(ready.size()), ready);
    return line;
  }
  // Has the client say so much, and libzmq read it.
  static void Say(Line& line, size_t bytes) {
    std::string rest(bytes, 'x');
    for (size_t said = 0; said < bytes;) {
      const size_t now = line.client.SayNow(std::string_view(rest).substr(said));
      for (size_t read = 0; read < now;) {
        const ssize_t got = recv(line.descriptor, rest.data(), now - read, 0);
        ASSERT_GT(got, 0);
        read += static_cast<size_t>(got);
      }
      said += now;
    }
  }

  const Doorkeeper::Time begin_{seconds(1000)};
  Listener listener_;
  Doorkeeper keeper_{HoldLimits{.handshakes = 2,
                                .handshake_bytes = 1000,
                                .unread_bytes = 1 << 20,
                                .first_bytes = 300 << 10,
                                .unsent_bytes = 1 << 20,
                                .half_message = seconds(60)}};
};

TEST_F(DoorkeeperTest, LetsTheOldestHandshakeGiveWay) {
  Line first = Come();
  Line second = Come();
  EXPECT_FALSE(first.client.IsHungUpOn(kNow));
  Line third = Come();
  EXPECT_TRUE(first.client.IsHungUpOn(kPatience));
  EXPECT_FALSE(second.client.IsHungUpOn(kNow));
  EXPECT_FALSE(third.client.IsHungUpOn(kNow));
  EXPECT_EQ(keeper_.handshakes_failed(), 1U);
}

TEST_F(DoorkeeperTest, CountsNobodyAmongTheHandshakesWhoIsInOrGone) {
  Line in = ComeIn();
  Line gone = Come();
  keeper_.Note({ZMQ_EVENT_DISCONNECTED, gone.descriptor});
  Line second = Come();
  Line third = Come();
  for (Line* line : {&in, &second, &third}) EXPECT_FALSE(line->client.IsHungUpOn(kNow));
  EXPECT_EQ(keeper_.handshakes_failed(), 1U);
}

TEST_F(DoorkeeperTest, CutsWhoSaysTooMuchBeforeItIsIn) {
  Line talker = Come();
  Say(talker, 1001);
  Line quiet = Come();
  keeper_.Look(begin_);
  EXPECT_TRUE(talker.client.IsHungUpOn(kPatience));
  EXPECT_FALSE(quiet.client.IsHungUpOn(kNow));
}

TEST_F(DoorkeeperTest, CutsTheGreediestWhenAllTogetherHoldTooMuch) {
  Line modest = ComeIn();
  Line greedy = ComeIn();
  keeper_.Took(modest.descriptor, "modest", 0);
  keeper_.Took(greedy.descriptor, "greedy", 0);
  Say(modest, 500 << 10);
  Say(greedy, 500 << 10);
  keeper_.Look(begin_);
  EXPECT_EQ(keeper_.cut(), 0U);
  Say(greedy, 100 << 10);
  keeper_.Look(begin_ + seconds(1));
  EXPECT_TRUE(greedy.client.IsHungUpOn(kPatience));
  EXPECT_FALSE(modest.client.IsHungUpOn(kNow));
}

TEST_F(DoorkeeperTest, CutsWhoNeverGaveAMessageAndHoldsMuch) {
  Line hidden = ComeIn();
  Line known = ComeIn();
  keeper_.Took(known.descriptor, "known", 0);
  Say(hidden, 301 << 10);
  Say(known, 301 << 10);
  keeper_.Look(begin_);
  EXPECT_TRUE(hidden.client.IsHungUpOn(kPatience));
  EXPECT_FALSE(known.client.IsHungUpOn(kNow));
}

TEST_F(DoorkeeperTest, DoesNotCountWhatWasTaken) {
  Line busy = ComeIn();
  for (int i = 0; i < 20; ++i) {
    Say(busy, kLarge + 42);
    keeper_.Took(busy.descriptor, "a route", kLarge);
    keeper_.Look(begin_ + seconds(i));
  }
  for (const int later : {100, 200}) keeper_.Look(begin_ + seconds(later));
  EXPECT_FALSE(busy.client.IsHungUpOn(kNow));
}

TEST_F(DoorkeeperTest, GivesAMinuteForAMessage) {
  Line slow = ComeIn();
  Say(slow, kLarge);
  keeper_.Look(begin_);
  keeper_.Look(begin_ + seconds(60));
  EXPECT_FALSE(slow.client.IsHungUpOn(kNow));
  keeper_.Look(begin_ + seconds(61));
  EXPECT_TRUE(slow.client.IsHungUpOn(kPatience));
}

TEST_F(DoorkeeperTest, ForgivesHeartbeats) {
  Line idle = ComeIn();
  for (int second = 0; second < 2000; ++second) {
    Say(idle, 100);
    for (int look = 0; look < 50; ++look) {
      keeper_.Look(begin_ + seconds(second) + look * Doorkeeper::kEvery);
    }
  }
  EXPECT_FALSE(idle.client.IsHungUpOn(kNow));
}

TEST_F(DoorkeeperTest, CutsWhoDoesNotReadItsAnswers) {
  Line deaf = ComeIn();
  Line other = ComeIn();
  keeper_.Took(deaf.descriptor, "deaf", 0);
  keeper_.Took(other.descriptor, "other", 0);
  keeper_.Gave("other", 100 << 10);
  for (int i = 0; i < 10; ++i) keeper_.Gave("deaf", 100 << 10);
  keeper_.Look(begin_);
  EXPECT_TRUE(deaf.client.IsHungUpOn(kPatience));
  EXPECT_FALSE(other.client.IsHungUpOn(kNow));
}

}  // namespace
}  // namespace samenspel::bus
