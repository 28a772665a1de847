// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "common/bus/link.h"
#include "common/bus/registry.h"
#include "common/tlog/note_key.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr char kCurve[] = "/secrets/pro_00000000000000000000000001/curve.secret";
constexpr char kFile[] = "/registry/pro_00000000000000000000000001.toml";

class Keys : public testing::Test {
 protected:
  int New(const std::string& id, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{
        "keys", "new",    "--id",        id,           "--employer", "org_a",     "--function",
        "desk", "--role", "desk_worker", "--registry", "/registry",  "--secrets", "/secrets"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return world.Run(arguments);
  }
  std::string Read(const std::string& path) {
    auto text = world.files->Read(path);
    EXPECT_TRUE(text.ok()) << path;
    return text.ok() ? *text : "";
  }
  bus::Principal Registered(const std::string& id) {
    const auto registry = bus::Registry::Load(*world.files, "/registry");
    EXPECT_TRUE(registry.ok()) << registry.status().message();
    const bus::Principal* found = (*registry)->ById(id);
    EXPECT_NE(found, nullptr);
    return found == nullptr ? bus::Principal{} : *found;
  }

  FakeWorld world;
};

TEST_F(Keys, AreMadeAndRegistered) {
  EXPECT_EQ(New(kPrincipal, {"--organisation", "org_b", "--role", "table_member", "--days", "30"}),
            0)
      << world.err();
  const bus::Principal principal = Registered(kPrincipal);
  EXPECT_EQ(principal.employer, "org_a");
  EXPECT_EQ(principal.organisation, "org_b");
  EXPECT_THAT(principal.roles, ElementsAre("desk_worker", "table_member"));
  EXPECT_EQ(principal.valid_until - principal.valid_from, std::chrono::hours(24 * 30));
  EXPECT_TRUE(principal.IsValidAt(world.clock.wall));
  const std::string secret = Read(kCurve);
  EXPECT_EQ(bus::CurveKeysOf(secret.substr(0, 40))->public_key, principal.curve_key);
  EXPECT_EQ(Read("/secrets/pro_00000000000000000000000001/spool.key").size(), 65U);
  EXPECT_THAT(world.out() + world.err(), Not(HasSubstr(secret.substr(0, 40))));
}

TEST_F(Keys, ActForTheEmployerWhenNothingElseIsSaid) {
  New(kPrincipal);
  EXPECT_EQ(Registered(kPrincipal).organisation, "org_a");
}

TEST_F(Keys, AreNeverOverwritten) {
  New(kPrincipal);
  const std::string secret = Read(kCurve);
  const std::string file = Read(kFile);
  EXPECT_EQ(New(kPrincipal), 1);
  EXPECT_THAT(world.err(), HasSubstr("not overwritten"));
  EXPECT_EQ(New(kPrincipal, {"--if-missing"}), 0);
  EXPECT_EQ(Read(kCurve), secret);
  EXPECT_EQ(Read(kFile), file);
}

TEST_F(Keys, AreNotMadeAnewForSomeoneWhoLostThem) {
  New(kPrincipal);
  ASSERT_TRUE(world.files->Remove(kCurve).ok());
  EXPECT_EQ(New(kPrincipal), 1);
  EXPECT_EQ(New(kPrincipal, {"--if-missing"}), 1);
  EXPECT_FALSE(world.files->Exists(kCurve));
}

TEST_F(Keys, AreFinishedWhenTheFirstRunWasCutShort) {
  New(kPrincipal);
  const std::string secret = Read(kCurve);
  ASSERT_TRUE(world.files->Remove(kFile).ok());
  EXPECT_EQ(New(kPrincipal), 1);
  EXPECT_EQ(New(kPrincipal, {"--if-missing"}), 0);
  EXPECT_EQ(Read(kCurve), secret);
  EXPECT_EQ(Registered(kPrincipal).curve_key, bus::CurveKeysOf(secret.substr(0, 40))->public_key);
}

TEST_F(Keys, OfAServiceComeWithAMasterKey) {
  EXPECT_EQ(New("svc_intake", {"--service"}), 0) << world.err();
  EXPECT_TRUE(world.files->Exists("/secrets/intake/curve.secret"));
  EXPECT_EQ(Read("/secrets/intake/master.key").size(), 65U);
  EXPECT_FALSE(world.files->Exists("/secrets/intake/ed25519.seed"));
}

TEST_F(Keys, OfAuditSignItsCheckpoints) {
  EXPECT_EQ(New("svc_audit", {"--service"}), 0);
  EXPECT_EQ(Read("/secrets/audit/ed25519.seed").size(), 65U);
  EXPECT_EQ(world.Run({"keys", "audit-key", "--registry", "/registry", "--origin", "log.example"}),
            0);
  std::string text = world.out();
  text.pop_back();
  const auto key = tlog::VerifierKey::Parse(text);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->name(), "log.example");
  std::string seed;
  for (const std::string digits = Read("/secrets/audit/ed25519.seed"); seed.size() < 32;) {
    seed += static_cast<char>(std::stoi(digits.substr(seed.size() * 2, 2), nullptr, 16));
  }
  EXPECT_EQ(tlog::SigningKey::FromSeed("log.example", seed)->verifier().Text(), text);
}

TEST_F(Keys, HaveNoLogKeyWithoutAudit) {
  New(kPrincipal);
  EXPECT_EQ(world.Run({"keys", "audit-key", "--registry", "/registry", "--origin", "log.example"}),
            3);
}

TEST_F(Keys, RefuseAnIdThatIsNone) {
  for (const std::string bad :
       {"../x", "pro_x", "svc_intake", "", "pro_0000000000000000000000000I"}) {
    EXPECT_EQ(New(bad), 2) << bad;
  }
  for (const std::string bad : {"svc_", "svc_../x", kPrincipal}) {
    EXPECT_EQ(New(bad, {"--service"}), 2) << bad;
  }
}

TEST_F(Keys, RefuseWordsThatWouldSpoilTheRegistry) {
  EXPECT_EQ(New(kPrincipal, {"--role", "two words"}), 2);
  EXPECT_FALSE(world.files->Exists(kFile));
  EXPECT_FALSE(world.files->Exists(kCurve));
}

TEST_F(Keys, AreRevokedOnce) {
  New(kPrincipal);
  world.clock.Advance(std::chrono::minutes(5));
  EXPECT_EQ(world.Run({"keys", "revoke", kPrincipal, "--registry", "/registry"}), 0);
  const bus::Principal principal = Registered(kPrincipal);
  EXPECT_EQ(principal.revoked_at, world.clock.wall);
  EXPECT_FALSE(principal.IsValidAt(world.clock.wall));
  world.clock.Advance(std::chrono::minutes(5));
  EXPECT_EQ(world.Run({"keys", "revoke", kPrincipal, "--registry", "/registry"}), 0);
  EXPECT_EQ(Registered(kPrincipal).revoked_at, principal.revoked_at);
}

TEST_F(Keys, OfSomebodyUnknownCannotBeRevoked) {
  New(kPrincipal);
  EXPECT_EQ(
      world.Run({"keys", "revoke", "pro_00000000000000000000000002", "--registry", "/registry"}),
      3);
}

TEST_F(Keys, AreListedWithTheirState) {
  New(kPrincipal);
  New("pro_00000000000000000000000002", {"--days", "1"});
  world.Run({"keys", "revoke", kPrincipal, "--registry", "/registry"});
  world.clock.Advance(std::chrono::hours(48));
  EXPECT_EQ(world.Run({"keys", "list", "--registry", "/registry", "--json"}), 0);
  const json list = json::parse(world.out())["principals"];
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0]["state"], "revoked");
  EXPECT_EQ(list[1]["state"], "expired");
}

TEST_F(Keys, NeedNoConfig) {
  ASSERT_TRUE(world.files->Replace(kConfigPath, "broken =").ok());
  EXPECT_EQ(New(kPrincipal), 0);
}

}  // namespace
}  // namespace samenspel::cli
