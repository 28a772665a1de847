// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/metrics/server.h"
#include "common/metrics/text.h"
#include "tests/support/port.h"

namespace samenspel::metrics {
namespace {

using support::BareConnection;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string Get(int port, const std::string& line) {
  BareConnection asker(static_cast<uint16_t>(port));
  asker.Say(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return asker.Hear();
}

std::unique_ptr<Server> Opened() {
  auto server = Server::Open("127.0.0.1:0");
  EXPECT_TRUE(server.ok());
  return std::move(*server);
}

TEST(MetricsServer, AnswersWithTheNewestText) {
  const auto server = Opened();
  server->Publish("samenspel_uptime_seconds 1\n");
  server->Publish("samenspel_uptime_seconds 2\n");
  const std::string answer = Get(server->port(), "GET /metrics");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("text/plain; version=0.0.4"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\nsamenspel_uptime_seconds 2\n"));
}

TEST(MetricsServer, KnowsNothingElse) {
  const auto server = Opened();
  EXPECT_THAT(Get(server->port(), "GET /"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Get(server->port(), "GET /metrics/../secrets"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Get(server->port(), "POST /metrics"), StartsWith("HTTP/1.1 405"));
}

TEST(MetricsServer, DropsWhoSaysTooMuchOrNonsense) {
  const auto server = Opened();
  server->Publish("still here\n");
  EXPECT_THAT(Get(server->port(), "GET /" + std::string(64 * 1024, 'x')), Not(HasSubstr("200 OK")));
  EXPECT_THAT(Get(server->port(), std::string("\x01\x02\xff", 3)), Not(HasSubstr("200 OK")));
  EXPECT_THAT(Get(server->port(), "GET /metrics"), HasSubstr("still here"));
}

TEST(MetricsServer, IsNotHeldUpByThoseWhoSayNothing) {
  const auto server = Opened();
  server->Publish("still here\n");
  std::vector<std::unique_ptr<BareConnection>> silent;
  for (int i = 0; i < 6; ++i) {
    silent.push_back(std::make_unique<BareConnection>(static_cast<uint16_t>(server->port())));
  }
  EXPECT_THAT(Get(server->port(), "GET /metrics"), HasSubstr("still here"));
}

TEST(MetricsServer, ListensOnLoopbackOnly) {
  for (const char* address : {"0.0.0.0:7111", "192.0.2.1:7111", "127.0.0.1", "127.0.0.1:", ":7111",
                              "127.0.0.1:99999", "localhost:7111", "127.0.0.1:7111x", ""}) {
    const auto server = Server::Open(address);
    ASSERT_FALSE(server.ok()) << address;
    EXPECT_EQ(server.status().code(), base::Code::kInvalid);
  }
}

TEST(MetricsServer, SaysThatAPortIsTaken) {
  const auto first = Opened();
  const auto second = Server::Open("127.0.0.1:" + std::to_string(first->port()));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), base::Code::kUnavailable);
}

TEST(MetricsText, TellsWhichWayTheClockIsOff) {
  common::v1::ServiceStatus status;
  status.set_service("intake");
  EXPECT_THAT(MetricsText(status, base::FromMs(0)),
              HasSubstr("samenspel_clock_off_seconds{service=\"intake\"} 0\n"));
  status.set_clock_off_ms(-61'500);
  EXPECT_THAT(MetricsText(status, base::FromMs(0)),
              HasSubstr("samenspel_clock_off_seconds{service=\"intake\"} -61.5\n"));
}

TEST(MetricsText, TellsHowADaemonIs) {
  common::v1::ServiceStatus status;
  status.set_service("intake");
  status.set_version("0.2.0");
  status.set_started_at_ms(10'000);
  status.mutable_head()->set_sequence(42);
  auto& follow = *status.add_follows();
  follow.set_service("meeting");
  follow.set_applied(7);
  follow.set_head(9);
  follow.set_heard_at_ms(69'500);
  auto& follower = *status.add_followers();
  follower.set_principal("svc_audit");
  follower.set_sent(40);
  follower.set_lagging(true);
  auto& counter = *status.add_counters();
  counter.set_name("queue_unclaimed");
  counter.set_value(3);
  const std::string text = MetricsText(status, base::FromMs(70'000));
  EXPECT_THAT(text, HasSubstr("samenspel_build_info{service=\"intake\",version=\"0.2.0\"} 1"));
  EXPECT_THAT(text, HasSubstr("samenspel_uptime_seconds{service=\"intake\"} 60"));
  EXPECT_THAT(text, HasSubstr("samenspel_journal_entries{service=\"intake\"} 42"));
  EXPECT_THAT(
      text, HasSubstr("samenspel_follow_behind_entries{service=\"intake\",follows=\"meeting\"} 2"));
  EXPECT_THAT(
      text,
      HasSubstr("samenspel_follow_silent_seconds{service=\"intake\",follows=\"meeting\"} 0.5"));
  EXPECT_THAT(
      text,
      HasSubstr("samenspel_follower_behind_entries{service=\"intake\",follower=\"svc_audit\"} 2"));
  EXPECT_THAT(text,
              HasSubstr("samenspel_follower_lagging{service=\"intake\",follower=\"svc_audit\"} 1"));
  EXPECT_THAT(text, HasSubstr("samenspel_queue_unclaimed{service=\"intake\"} 3"));
}

}  // namespace
}  // namespace samenspel::metrics
