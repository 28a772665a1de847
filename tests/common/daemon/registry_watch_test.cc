// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "common/daemon/loop.h"
#include "tests/support/scratch.h"

namespace samenspel::daemon {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class RegistryWatching : public testing::Test {
 protected:
  RegistryWatching() {
    principal_.id = "pro_00000000000000000000000n00";
    principal_.employer = principal_.organisation = "org_000000000000000000000000v1";
    principal_.function = "desk";
    principal_.roles = {"desk_worker"};
    principal_.curve_key = bus::NewCurveKeys()->public_key;
    principal_.valid_until = base::Instant(std::chrono::hours(24 * 365 * 100));
    Write(bus::RegistryFile(principal_));
    const auto first = watch_.First();
    EXPECT_TRUE(first.ok()) << first.status().message();
  }
  std::string File() const { return folder_.path() + "/" + principal_.id + ".toml"; }
  void Write(const std::string& content) { EXPECT_TRUE(files_->Replace(File(), content).ok()); }
  // A second later.
  std::shared_ptr<const bus::Registry> Look() {
    now_ += std::chrono::seconds(1);
    return watch_.Look(now_);
  }

  support::ScratchFolder folder_;
  std::unique_ptr<base::FileSystem> files_ = base::RealFileSystem();
  bus::Principal principal_;
  std::vector<std::string> lines_;
  RegistryWatch watch_{*files_, folder_.path(),
                       [this](LogLevel, const std::string& line) { lines_.push_back(line); }};
  base::Instant now_{};
};

TEST_F(RegistryWatching, ReadsNothingAgainWhileNothingChanges) {
  EXPECT_EQ(Look(), nullptr);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(RegistryWatching, TakesWhatIsWritten) {
  principal_.roles = {"table_member"};
  Write(bus::RegistryFile(principal_));
  const auto registry = Look();
  ASSERT_NE(registry, nullptr);
  EXPECT_TRUE(registry->ById(principal_.id)->HasRole("table_member"));
}

TEST_F(RegistryWatching, SaysOnceThatTheFormerOneStaysInForce) {
  Write("id = 3\n");
  EXPECT_EQ(Look(), nullptr);
  EXPECT_EQ(Look(), nullptr);
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_THAT(lines_, Contains(HasSubstr("event=registry_refused")));
}

TEST_F(RegistryWatching, TellsAsLongAsTheFolderIsNotWhatIsInForce) {
  EXPECT_FALSE(watch_.refused());
  Write("id = 3\n");
  Look();
  Look();
  EXPECT_TRUE(watch_.refused());
  Write(bus::RegistryFile(principal_));
  EXPECT_NE(Look(), nullptr);
  EXPECT_FALSE(watch_.refused());
}

// What a daemon could not read before it may be able to read then: nothing else changes.
TEST_F(RegistryWatching, ReadsAgainWhenAFileIsGivenAnotherMode) {
  ASSERT_EQ(chmod(File().c_str(), 0640), 0);
  EXPECT_NE(Look(), nullptr);
}

}  // namespace
}  // namespace samenspel::daemon
