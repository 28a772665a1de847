// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/registry.h"

#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kKey = "HelloWorldHelloWorldHelloWorldHelloWorld";
constexpr const char* kOtherKey = "WorldHelloWorldHelloWorldHelloWorldHello";
constexpr const char* kSigningKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

std::string AnnasFile() {
  return R"(principal = "pro_anna"
employer = "org_wijkteam"
organisation = "org_veilig_thuis"
function = "veilig_thuis_desk"
roles = ["desk", "chair"]
curve_key = "HelloWorldHelloWorldHelloWorldHelloWorld"
ed25519_key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
valid_from = 2026-01-01T00:00:00Z
valid_until = 2027-01-01T00:00:00.250Z
revoked_at = 2026-06-01T12:30:15Z
may_act_for = ["org_wijkteam"]
)";
}

std::string With(std::string file, const std::string& from, const std::string& to) {
  const size_t at = file.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return file.replace(at, from.size(), to);
}

class RegistryTest : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& content) {
    ASSERT_TRUE(files_->Replace("registry/" + name, content).ok());
  }
  auto Load() { return Registry::Load(*files_, "registry"); }
  void ExpectRefused(const std::string& content, const std::string& message) {
    Write("anna.toml", content);
    const auto registry = Load();
    ASSERT_FALSE(registry.ok()) << content;
    EXPECT_EQ(registry.status().code(), base::Code::kInvalid);
    EXPECT_EQ(registry.status().message(), message);
  }

  std::unique_ptr<base::FileSystem> files_ = base::MemoryFileSystem();
};

TEST_F(RegistryTest, ReadsAPrincipal) {
  Write("anna.toml", AnnasFile());
  Write("notes.txt", "not of the registry");
  Write("anna.toml.new", "left by a crash");
  const auto registry = Load();
  ASSERT_TRUE(registry.ok()) << registry.status().message();
  const Principal* anna = (*registry)->ById("pro_anna");
  ASSERT_NE(anna, nullptr);
  EXPECT_EQ((*registry)->all().size(), 1U);
  EXPECT_EQ((*registry)->ByKey(kKey), anna);
  EXPECT_EQ(anna->employer, "org_wijkteam");
  EXPECT_EQ(anna->organisation, "org_veilig_thuis");
  EXPECT_EQ(anna->function, "veilig_thuis_desk");
  EXPECT_TRUE(anna->HasRole("chair"));
  EXPECT_FALSE(anna->HasRole("operator"));
  EXPECT_EQ(anna->ed25519_key, kSigningKey);
  EXPECT_EQ(base::ToMs(anna->valid_from), 1'767'225'600'000);
  EXPECT_EQ(base::ToMs(anna->valid_until), 1'798'761'600'250);
  EXPECT_EQ(base::ToMs(*anna->revoked_at), 1'780'317'015'000);
  EXPECT_TRUE(anna->MayActFor("org_wijkteam"));
  EXPECT_FALSE(anna->MayActFor("org_veilig_thuis"));
}

TEST_F(RegistryTest, KnowsWhenAPrincipalIsValid) {
  Write("anna.toml", AnnasFile());
  const auto registry = Load();
  const Principal* anna = (*registry)->ById("pro_anna");
  const milliseconds one{1};
  EXPECT_FALSE(anna->IsValidAt(anna->valid_from - one));
  EXPECT_TRUE(anna->IsValidAt(anna->valid_from));
  EXPECT_TRUE(anna->IsValidAt(*anna->revoked_at - one));
  EXPECT_FALSE(anna->IsValidAt(*anna->revoked_at));
  Principal unrevoked = *anna;
  unrevoked.revoked_at.reset();
  EXPECT_TRUE(unrevoked.IsValidAt(unrevoked.valid_until - one));
  EXPECT_FALSE(unrevoked.IsValidAt(unrevoked.valid_until));
}

TEST_F(RegistryTest, WritesWhatItReads) {
  Write("anna.toml", AnnasFile());
  EXPECT_EQ(RegistryFile(*(*Load())->ById("pro_anna")), AnnasFile());
  Principal service = Person("svc_intake", {kOtherKey, ""});
  service.roles = {};
  Write("intake.toml", RegistryFile(service));
  const auto both = Load();
  ASSERT_TRUE(both.ok()) << both.status().message();
  EXPECT_EQ(RegistryFile(*(*both)->ById("svc_intake")), RegistryFile(service));
}

TEST_F(RegistryTest, NeverWritesTextThatReadsAsSomethingElse) {
  Principal odd = Person("pro_odd", {kOtherKey, ""});
  odd.function = "x\"\nroles = [\"operator\"]\\\x01";
  Write("odd.toml", RegistryFile(odd));
  EXPECT_EQ(Load().status().message(),
            "registry/odd.toml:4: function must be text of letters, digits, _ . -");
}

TEST_F(RegistryTest, RefusesAFolderThatIsNotThere) {
  EXPECT_FALSE(Registry::Load(*base::RealFileSystem(), "no/such/folder").ok());
}

TEST_F(RegistryTest, RefusesAnUnknownKeyOfTheFile) {
  ExpectRefused(AnnasFile() + "admin = true\n",
                "registry/anna.toml:12: this key has no meaning here");
  ExpectRefused(AnnasFile() + "[more]\n", "registry/anna.toml:12: this key has no meaning here");
}

TEST_F(RegistryTest, RefusesAMissingKeyOfTheFile) {
  for (const std::string key : {"principal", "employer", "organisation", "function", "roles",
                                "curve_key", "valid_from", "valid_until"}) {
    std::string file = AnnasFile();
    const size_t at = file.find(key + " = ");
    file.erase(at, file.find('\n', at) + 1 - at);
    ExpectRefused(file, "registry/anna.toml:1: " + key + " is missing");
  }
}

TEST_F(RegistryTest, RefusesAWrongType) {
  ExpectRefused(With(AnnasFile(), "\"pro_anna\"", "7"),
                "registry/anna.toml:1: principal must be text of letters, digits, _ . -");
  ExpectRefused(With(AnnasFile(), "\"pro_anna\"", "\"\""),
                "registry/anna.toml:1: principal must be text of letters, digits, _ . -");
  ExpectRefused(With(AnnasFile(), "[\"desk\", \"chair\"]", "\"desk\""),
                "registry/anna.toml:5: roles must be a list of texts");
  ExpectRefused(With(AnnasFile(), "\"chair\"", "1"),
                "registry/anna.toml:5: roles must be text of letters, digits, _ . -");
  ExpectRefused(With(AnnasFile(), "[\"org_wijkteam\"]", "true"),
                "registry/anna.toml:11: may_act_for must be a list of texts");
}

TEST_F(RegistryTest, RefusesABadKeyWithoutQuotingIt) {
  const std::string why = "registry/anna.toml:6: curve_key must be 40 characters of Z85";
  ExpectRefused(With(AnnasFile(), kKey, "HelloWorld"), why);
  ExpectRefused(With(AnnasFile(), kKey, "#####WorldHelloWorldHelloWorldHelloWorld"), why);
  ExpectRefused(With(AnnasFile(), "\"HelloWorldHelloWorldHelloWorldHelloWorld\"", "12"), why);
  const std::string signing = "registry/anna.toml:7: ed25519_key must be the base64 of 32 bytes";
  ExpectRefused(With(AnnasFile(), kSigningKey, "AAEC"), signing);
  ExpectRefused(With(AnnasFile(), kSigningKey, "not base64!"), signing);
  ExpectRefused(With(AnnasFile(), kSigningKey, ""), signing);
}

TEST_F(RegistryTest, RefusesABadInstant) {
  const auto why = [](int line, const std::string& key) {
    return "registry/anna.toml:" + std::to_string(line) + ": " + key +
           " must be a date and time in UTC, such as 2026-01-31T09:00:00Z";
  };
  const std::string from = "2026-01-01T00:00:00Z";
  ExpectRefused(With(AnnasFile(), from, "2026-01-01"), why(8, "valid_from"));
  ExpectRefused(With(AnnasFile(), from, "2026-01-01T00:00:00"), why(8, "valid_from"));
  ExpectRefused(With(AnnasFile(), from, "2026-01-01T00:00:00+01:00"), why(8, "valid_from"));
  ExpectRefused(With(AnnasFile(), from, "2026-01-01T00:00:00.0001Z"), why(8, "valid_from"));
  ExpectRefused(With(AnnasFile(), from, "\"2026-01-01T00:00:00Z\""), why(8, "valid_from"));
  ExpectRefused(With(AnnasFile(), "2026-06-01T12:30:15Z", "1780317015"), why(10, "revoked_at"));
  ExpectRefused(With(AnnasFile(), from, "2028-01-01T00:00:00Z"),
                "registry/anna.toml:9: valid_until must be later than valid_from");
}

TEST_F(RegistryTest, RefusesWhatIsNotTomlWithoutQuotingIt) {
  ExpectRefused(With(AnnasFile(), "\"HelloWorldHelloWorldHelloWorldHelloWorld\"", kKey),
                "registry/anna.toml:6: this is not TOML");
  ExpectRefused(AnnasFile() + "principal = \"pro_again\"\n",
                "registry/anna.toml:12: this is not TOML");
  ExpectRefused(With(AnnasFile(), "2026-01-01T", "2026-02-30T"),
                "registry/anna.toml:8: this is not TOML");
}

TEST_F(RegistryTest, RefusesAKeyThatNestsATableForEachOfItsNames) {
  std::string deep = "a";
  for (int i = 0; i < 200'000; ++i) deep += ".a";
  ExpectRefused(AnnasFile() + deep + " = 1\n", "registry/anna.toml:12: this is nested too deeply");
}

TEST_F(RegistryTest, RefusesAnIdInTwoFiles) {
  Write("anna.toml", AnnasFile());
  Write("bram.toml", With(With(AnnasFile(), kKey, kOtherKey), kSigningKey,
                          "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
  EXPECT_EQ(Load().status().message(),
            "registry/bram.toml:1: this principal stands in registry/anna.toml:1 too");
}

TEST_F(RegistryTest, RefusesAKeyInTwoFilesWithoutQuotingIt) {
  Write("anna.toml", AnnasFile());
  Write("bram.toml", With(AnnasFile(), "pro_anna", "pro_bram"));
  EXPECT_EQ(Load().status().message(),
            "registry/bram.toml:6: this key stands in registry/anna.toml:6 too");
  Write("bram.toml", With(With(AnnasFile(), "pro_anna", "pro_bram"), kKey, kOtherKey));
  EXPECT_EQ(Load().status().message(),
            "registry/bram.toml:7: this key stands in registry/anna.toml:7 too");
}

TEST_F(RegistryTest, KnowsAPrincipalByBothKeysWhileOneTakesOver) {
  const std::string both = AnnasFile() + "other_curve_key = \"" + kOtherKey + "\"\n";
  Write("anna.toml", both);
  const auto registry = Load();
  ASSERT_TRUE(registry.ok()) << registry.status().message();
  const Principal* anna = (*registry)->ByKey(kOtherKey);
  ASSERT_NE(anna, nullptr);
  EXPECT_EQ(anna, (*registry)->ByKey(kKey));
  EXPECT_EQ(anna->other_curve_key, kOtherKey);
  Write("anna.toml", RegistryFile(*anna));
  EXPECT_EQ((*Load())->ById("pro_anna")->other_curve_key, kOtherKey);
}

TEST_F(RegistryTest, RefusesAnotherKeyThatIsNoneOrSomebodys) {
  ExpectRefused(AnnasFile() + "other_curve_key = \"\"\n",
                "registry/anna.toml:12: other_curve_key must be 40 characters of Z85");
  const std::string both = AnnasFile() + "other_curve_key = \"" + kKey + "\"\n";
  ExpectRefused(both, "registry/anna.toml:12: this key stands in registry/anna.toml:6 too");
  Principal anna = Person("pro_anna", NewKeys());
  Principal bram = Person("pro_bram", NewKeys());
  bram.other_curve_key = anna.curve_key;
  EXPECT_FALSE(Registry::Of({anna, bram}).ok());
}

TEST_F(RegistryTest, RefusesTheWholeForOneBadFile) {
  Write("anna.toml", AnnasFile());
  Write("zoe.toml", "");
  const auto registry = Load();
  EXPECT_THAT(registry.status().message(), StartsWith("registry/zoe.toml:1: "));
}

TEST(Registry, RefusesAKeyOrIdThatStandsTwiceInMemory) {
  const Principal anna = Person("pro_anna", {kKey, ""});
  EXPECT_FALSE(Registry::Of({anna, Person("pro_anna", {kOtherKey, ""})}).ok());
  const auto twice = Registry::Of({anna, Person("pro_bram", {kKey, ""})});
  EXPECT_THAT(twice.status().message(), Not(HasSubstr(kKey)));
  EXPECT_FALSE(twice.ok());
  EXPECT_FALSE(Registry::Of({Person("", {kKey, ""})}).ok());
  EXPECT_FALSE(Registry::Of({Person("pro_anna", {})}).ok());
}

TEST(Registry, DoesNotKnowWhoIsNotInIt) {
  const auto registry = RegistryOf({Person("pro_anna", {kKey, ""})});
  EXPECT_EQ(registry->ById("pro_bram"), nullptr);
  EXPECT_EQ(registry->ByKey(kOtherKey), nullptr);
  EXPECT_EQ(registry->ByKey(""), nullptr);
}

}  // namespace
}  // namespace samenspel::bus
