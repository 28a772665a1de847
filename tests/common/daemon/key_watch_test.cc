// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/key_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace samenspel::daemon {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class KeyWatchTest : public testing::Test {
 protected:
  void SetUp() override { Keep(now_); }
  void Keep(const bus::CurveKeys& keys) {
    ASSERT_TRUE(files_->Replace("/secrets/curve.secret", keys.secret_key + "\n").ok());
  }
  static std::shared_ptr<const bus::Registry> Naming(const bus::CurveKeys& keys,
                                                     const bus::CurveKeys& other) {
    bus::Principal own;
    own.id = "svc_intake";
    own.curve_key = keys.public_key;
    own.other_curve_key = other.public_key;
    return *bus::Registry::Of({own});
  }
  KeyWatch Watch() {
    return {
        *files_,          "/secrets",
        "svc_intake",     now_,
        Naming(now_, {}), [this](LogLevel, const std::string& line) { lines_.push_back(line); }};
  }

  const bus::CurveKeys now_ = *bus::NewCurveKeys();
  const bus::CurveKeys next_ = *bus::NewCurveKeys();
  std::unique_ptr<base::FileSystem> files_ = base::MemoryFileSystem();
  std::vector<std::string> lines_;
};

TEST_F(KeyWatchTest, ChangesWhenTheRegistryNamesTheNextKeyFirst) {
  KeyWatch watch = Watch();
  EXPECT_FALSE(watch.Look());
  watch.UseRegistry(Naming(now_, next_));  // Announced.
  EXPECT_FALSE(watch.Look());
  Keep(next_);
  EXPECT_FALSE(watch.Look()) << "the registry says when";
  watch.UseRegistry(Naming(next_, now_));
  const auto keys = watch.Look();
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->public_key, next_.public_key);
  EXPECT_EQ(keys->secret_key, next_.secret_key);
  EXPECT_TRUE(watch.Look()) << "until they were taken";
  watch.Took(*keys);
  EXPECT_FALSE(watch.Look());
  EXPECT_THAT(lines_, testing::ElementsAre(HasSubstr("event=key_changed")));
}

TEST_F(KeyWatchTest, GoesOnWithTheFormerKeyWithoutTheSecretOfTheNext) {
  KeyWatch watch = Watch();
  watch.UseRegistry(Naming(next_, now_));
  EXPECT_FALSE(watch.Look());
  EXPECT_FALSE(watch.Look());
  EXPECT_THAT(lines_, SizeIs(1)) << "said once";
  EXPECT_THAT(lines_.front(), HasSubstr("event=key_not_changed why=\"the secret is not that of"));
  ASSERT_TRUE(files_->Remove("/secrets/curve.secret").ok());
  EXPECT_FALSE(watch.Look());
  Keep(next_);
  EXPECT_TRUE(watch.Look());
}

TEST_F(KeyWatchTest, NamesNoSecretInItsLines) {
  KeyWatch watch = Watch();
  watch.UseRegistry(Naming(next_, now_));
  EXPECT_FALSE(watch.Look());
  Keep(next_);
  watch.Took(*watch.Look());
  for (const std::string& line : lines_) {
    EXPECT_THAT(line, testing::Not(HasSubstr(now_.secret_key)));
    EXPECT_THAT(line, testing::Not(HasSubstr(next_.secret_key)));
  }
}

TEST_F(KeyWatchTest, StaysAsItIsWhenTheRegistryDoesNotKnowIt) {
  KeyWatch watch = Watch();
  watch.UseRegistry(std::make_shared<bus::Registry>());
  EXPECT_FALSE(watch.Look());
}

}  // namespace
}  // namespace samenspel::daemon
