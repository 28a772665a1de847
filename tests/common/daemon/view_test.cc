// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/view.h"

#include "proto/intake/state/state.pb.h"
#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using intake::state::CaseCounter;
using intake::state::Rules;

constexpr const char* kStream = "a-stream";

class ViewTest : public CoreTest {
 protected:
  void SetUp() override {
    CoreTest::SetUp();
    batch_.emplace(intake_.store().Begin());
    view_.emplace(intake_.store(), *batch_, intake_.keys(), intake_.entropy());
  }
  static CaseCounter Counter(uint32_t last) {
    CaseCounter counter;
    counter.set_last(last);
    return counter;
  }
  std::optional<store::Batch> batch_;
  std::optional<View> view_;
};

TEST_F(ViewTest, TellsWhatIsNotThereFromWhatIsEmpty) {
  EXPECT_EQ(view_->Find<CaseCounter>(kStream), std::nullopt);
  EXPECT_EQ(view_->Load<CaseCounter>(kStream).last(), 0U);
  view_->Save(kStream, Counter(0));
  EXPECT_TRUE(view_->Find<CaseCounter>(kStream).has_value());
}

TEST_F(ViewTest, GivesBackWhatWasKeptAndStoresIt) {
  view_->Keep(kStream, Counter(7));
  EXPECT_EQ(view_->Load<CaseCounter>(kStream).last(), 7U);
  EXPECT_EQ(view_->Take<CaseCounter>(kStream).last(), 7U);
  EXPECT_EQ(view_->Take<CaseCounter>(kStream).last(), 7U);  // Once it was taken: what is stored.
}

TEST_F(ViewTest, TakesWhatWasSavedSinceItWasKept) {
  view_->Keep(kStream, Counter(7));
  view_->Save(kStream, Counter(8));
  EXPECT_EQ(view_->Take<CaseCounter>(kStream).last(), 8U);
}

TEST_F(ViewTest, ReadsAnotherKindOfStateFromItsRow) {
  Rules rules;
  view_->Keep(kStream, rules);
  EXPECT_EQ(view_->Take<CaseCounter>(kStream).last(), 0U);
}

TEST_F(ViewTest, ForgetsWhatWasKeptWhenItIsMuchAndLosesNothing) {
  for (uint32_t i = 1; i <= 1000; ++i) view_->Keep("stream-" + std::to_string(i), Counter(i));
  for (uint32_t i = 1; i <= 1000; ++i) {
    EXPECT_EQ(view_->Take<CaseCounter>("stream-" + std::to_string(i)).last(), i);
  }
}

}  // namespace
}  // namespace samenspel::daemon
