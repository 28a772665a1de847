// SPDX-License-Identifier: EUPL-1.2
// Every daemon gets another key while people work (S4).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/kill/rig.h"
#include "tests/support/ask.h"

namespace samenspel::kill {
namespace {

using testing::HasSubstr;

constexpr int kProfessionals = 40;
constexpr size_t kChangesAStep = 30;
constexpr base::milliseconds kLookFor{500};
constexpr const char* kRefused = "does not admit this key";

class Rotation : public testing::Test {
 protected:
  void Rotate(std::string_view service, const std::vector<std::string>& step = {}) {
    const std::string& folder = rig_.region().folder();
    std::vector<std::string> words{"keys",
                                   "rotate",
                                   "svc_" + std::string(service),
                                   "--registry",
                                   folder + "/registry",
                                   "--secrets",
                                   folder + "/secrets"};
    words.insert(words.end(), step.begin(), step.end());
    const auto done = support::RunToEnd(rig_.region().Client("operator", words));
    ASSERT_EQ(done.code, 0) << done.output;
  }
  bus::CurveKeys KeysOf(std::string_view service) {
    const std::string secret = support::ReadFile(rig_.region().folder() + "/secrets/" +
                                                 std::string(service) + "/curve.secret");
    return *bus::CurveKeysOf(secret.substr(0, secret.find('\n')));
  }
  void AwaitLog(std::string_view service, const std::string& event) {
    const auto end = std::chrono::steady_clock::now() + support::kPatience;
    while (rig_.region().LogText(service).find(event) == std::string::npos &&
           std::chrono::steady_clock::now() < end) {
    }
    EXPECT_THAT(rig_.region().LogText(service), HasSubstr(event));
  }
  // People go on with their work; each change is answered.
  void Work() {
    Pace& pace = rig_.load().pace();
    pace.Allow(kChangesAStep);
    EXPECT_TRUE(pace.AwaitAll(support::kPatience)) << "not every change was answered";
  }
  base::Status Reach(std::string_view service, const bus::CurveKeys& own,
                     const std::string& server_key, base::milliseconds wait = kLookFor) {
    const auto client =
        *bus::Client::Connect({rig_.region().PortOf(service).endpoint(), server_key}, own);
    common::v1::Envelope envelope = support::NewEnvelope();
    envelope.mutable_status();
    return client->Call(envelope, wait).status();
  }
  // Who has stolen the former secret is nobody now. Every daemon has written down by then that the
  // registry changed: later, it would be missing from what is compared at the end.
  void AwaitForgotten(std::string_view whose, const bus::CurveKeys& former) {
    for (const std::string_view service : support::kServices) {
      if (service == whose) continue;
      const auto end = std::chrono::steady_clock::now() + support::kPatience;
      std::string answer;
      while (answer.find(kRefused) == std::string::npos && std::chrono::steady_clock::now() < end) {
        answer = Reach(service, former, KeysOf(service).public_key).message();
      }
      EXPECT_THAT(answer, HasSubstr(kRefused)) << service;
    }
  }

  Rig rig_{Asked("SAMENSPEL_KILL_SEED", 1), kProfessionals};
};

TEST_F(Rotation, OfTheKeysOfAllDaemonsUnderLoadRefusesNobody) {
  rig_.Start();
  std::map<std::string, bus::CurveKeys, std::less<>> former;
  for (const std::string_view service : support::kServices) {
    former[std::string(service)] = KeysOf(service);
    Rotate(service);
  }
  rig_.BeginLoad();
  Work();
  for (const std::string_view service : support::kServices) {
    rig_.load().pace().Allow(kChangesAStep);
    Rotate(service, {"--switch"});
    AwaitLog(service, "event=key_changed");
    Work();
  }
  for (const std::string_view service : support::kServices) Rotate(service, {"--finish"});
  Work();
  const auto colleague = KeysOf("audit");
  for (const std::string_view service : support::kServices) {
    const auto& old = former.find(service)->second;
    EXPECT_FALSE(Reach(service, colleague, old.public_key).ok()) << "still shows its former key";
    EXPECT_TRUE(Reach(service, colleague, KeysOf(service).public_key, support::kPatience).ok());
    AwaitForgotten(service, old);
  }
  for (const auto& [what, count] : rig_.load().shared().counts()) {
    EXPECT_THAT(what, testing::Not(HasSubstr("answered"))) << count << " were sent away";
  }
  rig_.EndAndCheck();
}

TEST_F(Rotation, GoesOnAfterAKillBetweenItsSteps) {
  rig_.Start();
  const auto former = KeysOf("meeting");
  Rotate("meeting");
  rig_.BeginLoad();
  for (const char* step : {"--switch", "--finish"}) {
    rig_.load().pace().Allow(kChangesAStep);
    Rotate("meeting", {step});
    rig_.region().Daemon("meeting").Signal(SIGKILL);
    (void)rig_.region().Daemon("meeting").Wait(support::kPatience);
    rig_.region().Launch("meeting");
    Work();
  }
  AwaitForgotten("meeting", former);
  rig_.EndAndCheck();
}

TEST_F(Rotation, WaitsForTheSecret) {
  rig_.region().Launch("intake");
  rig_.region().AwaitReady("intake");
  Rotate("intake");
  const std::string secrets = rig_.region().folder() + "/secrets/intake";
  const std::string former = support::ReadFile(secrets + "/curve.secret");
  Rotate("intake", {"--switch"});
  const std::string next = support::ReadFile(secrets + "/curve.secret");
  support::WriteFile(secrets + "/curve.secret", former);
  AwaitLog("intake", "event=key_not_changed");
  EXPECT_EQ(support::StatusOf(*rig_.region().Connect("desk-vt", "intake")).service(), "intake");
  support::WriteFile(secrets + "/curve.secret", next);
  AwaitLog("intake", "event=key_changed");
  EXPECT_EQ(support::StatusOf(*rig_.region().Connect("desk-vt", "intake")).service(), "intake");
}

}  // namespace
}  // namespace samenspel::kill
