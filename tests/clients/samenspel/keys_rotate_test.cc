// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "common/bus/link.h"
#include "common/bus/registry.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr char kService[] = "svc_intake";
constexpr char kNow[] = "/secrets/intake/curve.secret";
constexpr char kNext[] = "/secrets/intake/curve-next.secret";

class KeysRotation : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(world.Run({"keys", "new", "--id", kService, "--service", "--employer", "org_a",
                         "--function", "intake", "--role", "service", "--registry", "/registry",
                         "--secrets", "/secrets"}),
              0)
        << world.err();
    first_ = Registered().curve_key;
  }
  int Rotate(const std::vector<std::string>& steps = {}, const std::string& id = kService) {
    std::vector<std::string> words{"keys",      "rotate",    id,        "--registry",
                                   "/registry", "--secrets", "/secrets"};
    words.insert(words.end(), steps.begin(), steps.end());
    return world.Run(words);
  }
  bus::Principal Registered() {
    const auto registry = bus::Registry::Load(*world.files, "/registry");
    EXPECT_TRUE(registry.ok()) << registry.status().message();
    return *(*registry)->ById(kService);
  }
  std::string PublicOf(const std::string& path) {
    const auto secret = world.files->Read(path);
    EXPECT_TRUE(secret.ok()) << path;
    return secret.ok() ? bus::CurveKeysOf(secret->substr(0, 40))->public_key : "";
  }

  FakeWorld world;
  std::string first_;
};

TEST_F(KeysRotation, GoesInThreeSteps) {
  EXPECT_EQ(Rotate(), 0) << world.err();
  const std::string next = Registered().other_curve_key;
  EXPECT_EQ(Registered().curve_key, first_);
  EXPECT_EQ(PublicOf(kNow), first_);
  EXPECT_EQ(PublicOf(kNext), next);
  EXPECT_THAT(world.out(), HasSubstr("next_key = \"" + next + "\""));

  EXPECT_EQ(Rotate({"--switch"}), 0) << world.err();
  EXPECT_EQ(Registered().curve_key, next);
  EXPECT_EQ(Registered().other_curve_key, first_);
  EXPECT_EQ(PublicOf(kNow), next);
  EXPECT_FALSE(world.files->Exists(kNext));

  EXPECT_EQ(Rotate({"--finish"}), 0) << world.err();
  EXPECT_EQ(Registered().curve_key, next);
  EXPECT_EQ(Registered().other_curve_key, "");
}

TEST_F(KeysRotation, ShowsNoSecret) {
  const auto secret = world.files->Read(kNow)->substr(0, 40);
  Rotate();
  const auto next = world.files->Read(kNext)->substr(0, 40);
  for (const char* step : {"--switch", "--finish"}) Rotate({step});
  EXPECT_THAT(world.out() + world.err(), Not(HasSubstr(secret)));
  EXPECT_THAT(world.out() + world.err(), Not(HasSubstr(next)));
}

TEST_F(KeysRotation, CanBeCancelledBeforeTheSwitchOnly) {
  Rotate();
  EXPECT_EQ(Rotate({"--cancel"}), 0) << world.err();
  EXPECT_EQ(Registered().curve_key, first_);
  EXPECT_EQ(Registered().other_curve_key, "");
  EXPECT_FALSE(world.files->Exists(kNext));
  Rotate();
  Rotate({"--switch"});
  EXPECT_EQ(Rotate({"--cancel"}), 1);
  EXPECT_NE(Registered().curve_key, first_);
}

TEST_F(KeysRotation, TakesEachStepInItsTurn) {
  for (const char* step : {"--switch", "--finish", "--cancel"}) EXPECT_EQ(Rotate({step}), 1);
  EXPECT_EQ(Registered().curve_key, first_);
  Rotate();
  const std::string next = Registered().other_curve_key;
  EXPECT_EQ(Rotate({"--finish"}), 1) << "the daemon is still known by its former key";
  EXPECT_EQ(Registered().other_curve_key, next);
  EXPECT_EQ(Rotate(), 0) << "said again";
  EXPECT_EQ(Registered().other_curve_key, next);
  Rotate({"--switch"});
  EXPECT_EQ(Rotate(), 1);
  EXPECT_EQ(Rotate({"--switch"}), 0) << "said again";
  EXPECT_EQ(Registered().curve_key, next);
  EXPECT_EQ(Rotate({"--switch", "--finish"}), 2) << "one step at a time";
}

TEST_F(KeysRotation, GoesOnWhereASwitchWasCutShort) {
  Rotate();
  const std::string next = Registered().other_curve_key;
  // The secret is in place, the registry is not.
  ASSERT_TRUE(world.files->Replace(kNow, *world.files->Read(kNext)).ok());
  EXPECT_EQ(Rotate({"--switch"}), 0) << world.err();
  EXPECT_EQ(Registered().curve_key, next);
  // The secret of the next lies there still.
  ASSERT_TRUE(world.files->Replace(kNext, *world.files->Read(kNow)).ok());
  EXPECT_EQ(Rotate({"--switch"}), 0) << world.err();
  EXPECT_FALSE(world.files->Exists(kNext));
  EXPECT_EQ(Rotate({"--finish"}), 0) << world.err();
}

TEST_F(KeysRotation, StopsWhenASecretIsGone) {
  Rotate();
  ASSERT_TRUE(world.files->Remove(kNext).ok());
  ASSERT_TRUE(world.files->Remove(kNow).ok());
  for (const char* step : {"--switch", "--finish", "--cancel"}) {
    EXPECT_EQ(Rotate({step}), 1) << step;
    EXPECT_THAT(world.err(), HasSubstr("/secrets/intake"));
  }
}

TEST_F(KeysRotation, ShowsInTheList) {
  Rotate();
  world.Run({"keys", "list", "--registry", "/registry", "--json"});
  const json one = json::parse(world.out());
  EXPECT_EQ(one["principals"][0]["state"], "changing");
  EXPECT_EQ(one["principals"][0]["other_curve_key"], Registered().other_curve_key);
}

TEST_F(KeysRotation, OfARevokedKeyIsRefused) {
  world.Run({"keys", "revoke", kService, "--registry", "/registry"});
  EXPECT_EQ(Rotate(), 1);
  EXPECT_THAT(world.err(), HasSubstr("revoked"));
  EXPECT_EQ(Registered().other_curve_key, "");
}

TEST_F(KeysRotation, OfSomebodyUnknownIsRefused) { EXPECT_EQ(Rotate({}, "svc_meeting"), 3); }

}  // namespace
}  // namespace samenspel::cli
